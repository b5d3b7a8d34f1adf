// Begins the work: every system in scope is asked.

import { requireStartable } from '../../domain/details.ts'
import { nextState } from '../../domain/lifecycle.ts'
import { RIGHT_RULES } from '../../domain/rights.ts'
import { caseVaultFor } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { contentsOf, lockSubjectRequest, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { guardAtOnce } from '../register/enter-register.ts'
import { moveRequest } from '../requests/move-request.ts'
import { preparedByHand } from '../requests/prepared-by.ts'
import { finishWhenAnswered } from './finish-fulfilment.ts'
import { describeScope, planMissingTasks } from './plan-tasks.ts'
import { acceptedByHand } from './ready-to-start.ts'
import { refuseWhileCopyIsOwed } from './wait-for-copies.ts'

/**
 * Starts fulfilment: one task for each system in scope. A request that no system has to act on goes on to review; one that staff
 * answer themselves waits for them. Started again after a question to the person, it asks only what was not asked yet.
 *
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed`, `right_not_confirmed`;
 *   `details_missing` while nobody has said what the right cannot do without; `waits_for_other_request` for an erasure while the person is owed a copy, with the ids of those requests
 */
export async function startFulfilment(scope: Scope, requestId: string): Promise<SubjectRequestRow> {
  const row = await lockSubjectRequest(scope, requestId)
  nextState(row.state, 'start', scope.actor.mover)
  await refuseWhileCopyIsOwed(scope, row)
  requireStartable(row.right, contentsOf(await caseVaultFor(scope, row.caseId), row).details)

  const started = await moveRequest(scope, row, 'start', {
    data: await describeScope(scope, row),
    changes: { ...preparedByHand(scope), ...(await acceptedByHand(scope, row)) }
  })
  // It was entered with the proof of identity; this is for whoever gave that before the register was entered with it.
  const guarded = await guardAtOnce(scope, started)
  const planned = await planMissingTasks(scope, guarded)
  return RIGHT_RULES[row.right].task === 'answer' ? planned : await finishWhenAnswered(scope, planned)
}
