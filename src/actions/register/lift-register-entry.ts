// Ends an entry of the register. A restriction ends only after the person was told of it (GDPR Art. 18(3)).

import { dateIn } from '../../domain/deadline/local-date.ts'
import { HabeasError, invalid } from '../../domain/errors.ts'
import { LIFT_REASONS, type LiftReason, type RegisterKind } from '../../domain/register.ts'
import { findCase, openCaseVault } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { record } from '../../storage/history.ts'
import { currentPolicy } from '../../storage/policies.ts'
import {
  entriesToldBy,
  findEntry,
  lift,
  type RegisterEntry,
  setNotice,
  standingEntriesOf
} from '../../storage/register.ts'
import type { CaseVault } from '../../storage/sealing.ts'
import { lockSubjectRequest, type SubjectRequestRow } from '../../storage/subject-requests.ts'

/** What to end because of a request. */
export interface ToLift {
  readonly kind: RegisterKind
  /** Undefined is every one that stands. */
  readonly purpose?: string | null
  readonly because: LiftReason
  /** The letter in which the person reads it: for a restriction only. */
  readonly toldBy?: string
}

/**
 * Ends what stands in the register because of a request, as its answer says. An objection or erasure ends now; a restriction
 * ends when the letter that tells of it has left (`liftAfterNotice`), because nobody was told by a letter that still waits.
 *
 * @param request  as locked by this transaction
 * @returns the request as it now stands
 * @throws {HabeasError} `not_told` for a restriction without a letter that tells of it
 */
export async function liftRegister(
  scope: Scope,
  request: SubjectRequestRow,
  asked: ToLift
): Promise<SubjectRequestRow> {
  let row = request
  for (const entry of await standingEntriesOf(scope, request.id, asked.kind, asked.purpose)) {
    if (entry.kind !== 'restricted') row = await liftNow(scope, row, entry, { because: asked.because, words: null })
    else if (asked.toldBy !== undefined) await setNotice(scope, entry.id, { letterId: asked.toldBy, liftsOn: null })
    else throw notTold(entry)
  }
  return row
}

/**
 * Ends the restrictions that an answer brought to an end, now that it has left. To be called when a letter was marked as sent.
 * @param request  of the letter, as locked by this transaction
 * @returns the request as it now stands
 */
export async function liftAfterNotice(
  scope: Scope,
  request: SubjectRequestRow,
  letterId: string
): Promise<SubjectRequestRow> {
  let row = request
  for (const entry of await entriesToldBy(scope, letterId)) {
    // A notice of its own names a day, and staff look at what the person replied before they lift.
    if (entry.notice?.liftsOn === null)
      row = await liftNow(scope, row, entry, { because: 'objection_decided', words: null })
  }
  return row
}

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

function notTold({ id, notice }: RegisterEntry): HabeasError {
  return new HabeasError('not_told', 'The person is told before a restriction ends (GDPR Art. 18(3)).', {
    entryId: id,
    notice: notice?.letterState ?? null
  })
}

async function liftNow(
  scope: Scope,
  request: SubjectRequestRow,
  entry: RegisterEntry,
  { because, words }: { because: LiftReason; words: string | null }
): Promise<SubjectRequestRow> {
  await lift(scope, entry.id)
  const text = words === null ? undefined : { words, vault: await vaultForWords(scope, request.caseId) }
  const { id, kind, purpose } = entry
  return await record(scope, request, {
    kind: 'register_lifted',
    to: request.state,
    data: { entryId: id, kind, purpose, because },
    text
  })
}

/** The register outlives what else is known of a person: an erased one who came back is lifted without words. */
async function vaultForWords(scope: Scope, caseId: string): Promise<CaseVault> {
  const theirs = await findCase(scope, caseId)
  if (theirs.sealedKey !== null) return openCaseVault(scope, theirs)
  throw invalid('There is nothing left to keep a note with.', {
    pointer: '/note',
    rule: 'erased',
    fix: 'Leave the note out: the personal data of this case was erased.'
  })
}
