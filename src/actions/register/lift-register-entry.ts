// Staff end an entry of the register.

import { dateIn } from '../../domain/deadline/local-date.ts'
import { HabeasError, invalid } from '../../domain/errors.ts'
import { LIFT_REASONS, type LiftReason } from '../../domain/register.ts'
import type { Scope } from '../../storage/database.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { findEntry, type RegisterEntry } from '../../storage/register.ts'
import { lockSubjectRequest, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { liftNow, notTold } from './lift-register.ts'

/**
 * Lifts an entry on the word of staff.
 * @throws {HabeasError} `not_found`; `conflict` for an entry that was lifted; `invalid` for another kind's reason;
 *   `not_told` while the notice of a restriction has not left, or before the day it names
 */
export async function liftEntry(
  scope: Scope,
  entryId: string,
  why: { because: LiftReason; words: string | null }
): Promise<RegisterEntry> {
  const { entry, request } = await lockEntry(scope, entryId)
  requireReason(entry, why.because)
  if (entry.kind === 'restricted') await requireTold(scope, entry)
  await liftNow(scope, request, entry, why)
  return await findEntry(scope, entryId)
}

/**
 * Locks the request of an entry, which comes first in the order of locks, and reads the entry again under it.
 * @throws {HabeasError} `not_found`; `conflict` for an entry that was lifted
 */
export async function lockEntry(
  scope: Scope,
  entryId: string
): Promise<{ entry: RegisterEntry; request: SubjectRequestRow }> {
  const { requestId } = await findEntry(scope, entryId)
  const request = await lockSubjectRequest(scope, requestId)
  const entry = await findEntry(scope, entryId)
  if (entry.liftedAt !== null)
    throw new HabeasError('conflict', 'This entry was lifted before.', { liftedAt: entry.liftedAt.toISOString() })
  return { entry, request }
}

/** @throws {HabeasError} `invalid` for a reason that only ends entries of another kind */
export function requireReason({ kind }: RegisterEntry, because: LiftReason): void {
  const reasons: readonly string[] = LIFT_REASONS[kind]
  if (reasons.includes(because)) return
  throw invalid(`An entry of the kind ${kind} does not end for this reason.`, {
    pointer: '/because',
    rule: 'enum',
    fix: `Send one of ${reasons.join(', ')}.`
  })
}

async function requireTold(scope: Scope, entry: RegisterEntry): Promise<void> {
  const { notice } = entry
  if (notice?.letterState !== 'sent') throw notTold(entry)
  const { body: policy } = await currentPolicy(scope)
  if (notice.liftsOn !== null && dateIn(policy.timeZone, scope.now) < notice.liftsOn) {
    throw new HabeasError('not_told', `The person was told that the restriction ends on ${notice.liftsOn}.`, {
      liftsOn: notice.liftsOn
    })
  }
}
