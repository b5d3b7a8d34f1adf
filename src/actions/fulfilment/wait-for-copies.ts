// An erasure waits for the copy that the person is owed.

import { HabeasError } from '../../domain/errors.ts'
import { RIGHT_RULES } from '../../domain/rights.ts'
import { copiesOwed } from '../../storage/copies-owed.ts'
import type { Scope } from '../../storage/database.ts'
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
