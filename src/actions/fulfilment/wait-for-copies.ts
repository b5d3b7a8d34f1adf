// An erasure waits for the copy that the person is owed, and goes on once they have it.

import { HabeasError } from '../../domain/errors.ts'
import { RIGHT_RULES } from '../../domain/rights.ts'
import { copiesOwed, erasuresOf } from '../../storage/copies-owed.ts'
import type { Scope } from '../../storage/database.ts'
import { promise } from '../../storage/promises.ts'
import type { SubjectRequestRow } from '../../storage/subject-requests.ts'

/** @throws {HabeasError} `waits_for_other_request`, with the ids of the requests that come first */
export async function refuseWhileCopyIsOwed(scope: Scope, row: SubjectRequestRow): Promise<void> {
  if (RIGHT_RULES[row.right].task !== 'erase') return
  const waitsFor = await copiesOwed(scope, row)
  if (waitsFor.length === 0) return
  throw new HabeasError(
    'waits_for_other_request',
    'This person has an open access or portability request; the erasure waits for its answer.',
    { waitsFor }
  )
}

/**
 * Promises to look at the erasures that may have waited for a request. Each is looked at by itself: they may belong to other
 * cases, whose locks are not ours to take here.
 * @param ended  as it now stands, answered or over
 */
export async function promiseToWaiting(scope: Scope, ended: SubjectRequestRow): Promise<void> {
  if (!RIGHT_RULES[ended.right].handsOverData || ended.verifiedAt === null) return
  for (const requestId of await erasuresOf(scope, ended))
    await promise(scope, 'resume_waiting', { requestId }, { key: `resume:${requestId}` })
}
