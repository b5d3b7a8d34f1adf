// How a request ends that should not have been one, and what had begun because of it.

import type { CancelReason } from '../../domain/cancel-reasons.ts'
import { dateIn } from '../../domain/deadline/local-date.ts'
import { REGISTER_KINDS, type RegisterKind } from '../../domain/register.ts'
import { findCase } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { standingEntriesOf } from '../../storage/register.ts'
import { findSubjectRequest, lockInCase, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { liftRegister } from '../register/lift-register.ts'
import { endWaiting } from '../verification/end-waiting.ts'
import { moveRequest } from './move-request.ts'
import { tellSubject } from './tell.ts'

export interface Cancellation {
  readonly reason: CancelReason
  readonly note: string | null
  readonly duplicateOf: string | null
}

/**
 * Ends a request that was a duplicate, spam or a mistake. A person who proved who they are is told; spam is not answered, but
 * where the person is restricted because of it: they are told of the end of that whatever it was.
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed`
 */
export async function cancelRequest(
  scope: Scope,
  requestId: string,
  cancellation: Cancellation
): Promise<SubjectRequestRow> {
  const { reason, note, duplicateOf } = cancellation
  const row = await lockInCase(scope, requestId)
  const other = duplicateOf === null ? null : await referenceOf(scope, duplicateOf)
  const after = await moveRequest(scope, row, 'cancel', { data: { reason, duplicateOf }, words: note })
  await endWaiting(scope, row)
  const ending = await kindsEnding(scope, row, cancellation)
  if (row.verifiedAt === null || (reason === 'spam' && !ending.includes('restricted')))
    return await liftCancelled(scope, after, ending, undefined)

  const { body: policy } = await currentPolicy(scope)
  const because =
    reason === 'duplicate' && other !== null
      ? ({ reason, otherReference: other } as const)
      : ({ reason: 'mistake' } as const)
  const cancelledOn = dateIn(policy.timeZone, scope.now)
  const letterId = await tellSubject(
    scope,
    policy,
    await findCase(scope, row.caseId),
    'cancelled_notice',
    { rights: [row.right], cancelledOn, because },
    { requestId }
  )
  return await liftCancelled(scope, after, ending, letterId)
}

/**
 * Which entries of the register end with a request that is cancelled: its own, for it should not have been. Those of a duplicate
 * do where the other request has entered the person as well; else nothing would protect them any more, and staff decide.
 */
async function kindsEnding(
  scope: Scope,
  { id }: SubjectRequestRow,
  { reason, duplicateOf }: Cancellation
): Promise<RegisterKind[]> {
  const kinds: RegisterKind[] = []
  for (const kind of REGISTER_KINDS) {
    const stands = (await standingEntriesOf(scope, id, kind)).length > 0
    const isKept =
      reason === 'duplicate' &&
      (duplicateOf === null || (await standingEntriesOf(scope, duplicateOf, kind)).length === 0)
    if (stands && !isKept) kinds.push(kind)
  }
  return kinds
}

async function liftCancelled(
  scope: Scope,
  row: SubjectRequestRow,
  kinds: readonly RegisterKind[],
  toldBy: string | undefined
): Promise<SubjectRequestRow> {
  let after = row
  for (const kind of kinds)
    after = await liftRegister(scope, after, {
      kind,
      because: 'request_cancelled',
      ...(toldBy === undefined ? {} : { toldBy })
    })
  return after
}

async function referenceOf(scope: Scope, requestId: string): Promise<string> {
  const { caseId } = await findSubjectRequest(scope, requestId)
  return (await findCase(scope, caseId)).reference
}
