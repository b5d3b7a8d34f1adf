// Begins the work: every system in scope is asked.

import { nextState } from '../../domain/lifecycle.ts'
import { purposeEntered, type RegisterKind } from '../../domain/register.ts'
import { RIGHT_RULES } from '../../domain/rights.ts'
import { caseVaultFor } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { contentsOf, lockSubjectRequest, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { enterRegister } from '../register/enter-register.ts'
import { moveRequest } from '../requests/move-request.ts'
import { preparedByHand } from '../requests/prepared-by.ts'
import { finishWhenAnswered } from './finish-fulfilment.ts'
import { describeScope, planMissingTasks } from './plan-tasks.ts'
import { refuseWhileCopyIsOwed } from './wait-for-copies.ts'

/**
 * Starts fulfilment: one task for each system in scope, and what has to hold at once enters the register. A request that no
 * system has to act on goes on to review; one that staff answer themselves waits for them. Started again after a question
 * to the person, it asks only what was not asked yet.
 *
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed`, `right_not_confirmed`;
 *   `waits_for_other_request` for an erasure while the person is owed a copy, with the ids of those requests
 */
export async function startFulfilment(scope: Scope, requestId: string): Promise<SubjectRequestRow> {
  const row = await lockSubjectRequest(scope, requestId)
  nextState(row.state, 'start', scope.actor.mover)
  await refuseWhileCopyIsOwed(scope, row)

  const started = await moveRequest(scope, row, 'start', {
    data: await describeScope(scope, row),
    changes: preparedByHand(scope)
  })
  const guarded = await guardAtOnce(scope, started)
  const planned = await planMissingTasks(scope, guarded)
  return RIGHT_RULES[row.right].task === 'answer' ? planned : await finishWhenAnswered(scope, planned)
}

/**
 * What may not wait for any system: a restriction (GDPR Art. 18), the end of what nobody weighs (Art. 7(3), 21(3); 11 CCR
 * 7026), and the pause that any other objection brings until it is weighed (Art. 18(1)(d)).
 */
async function guardAtOnce(scope: Scope, row: SubjectRequestRow): Promise<SubjectRequestRow> {
  const kind = registerKindAtOnce(row)
  if (kind === null) return row
  const { details } = contentsOf(await caseVaultFor(scope, row.caseId), row)
  return await enterRegister(scope, row, { kind, purpose: purposeEntered(row.right, details) })
}

function registerKindAtOnce({ right, directMarketing }: SubjectRequestRow): RegisterKind | null {
  const { register } = RIGHT_RULES[right]
  // What is erased is entered once it is.
  if (register === 'erased') return null
  return right === 'objection' && !directMarketing ? 'restricted' : register
}
