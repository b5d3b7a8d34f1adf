// A system says what it did. When it was the last one, the request goes to review.

import { dateIn } from '../../domain/deadline/local-date.ts'
import type { TaskReport } from '../../domain/tasks.ts'
import { caseVaultFor } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { record } from '../../storage/history.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { changeTask, contentsOfTask, sealTask, type TaskRow } from '../../storage/tasks.ts'
import { refuseContradiction, requireReasons } from '../register/check-report.ts'
import { preparedByHand } from '../requests/prepared-by.ts'
import { finishWhenAnswered } from './finish-fulfilment.ts'
import { factsOf, holdTask } from './hold-task.ts'

/**
 * Ends a task with its result, and with the last one the fulfilment of its request.
 *
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed`, `conflict`; `lease_lost` for somebody whose claim was
 *   taken over; `invalid` and `ground_not_available` for what is kept back without its reason; `outcome_not_possible` when the
 *   result contradicts what was handed in
 */
export async function completeTask(scope: Scope, taskId: string, report: TaskReport): Promise<TaskRow> {
  const { task, request, system } = await holdTask(scope, taskId)
  const { body: policy } = await currentPolicy(scope)
  requireReasons(request, task, report, dateIn(policy.timeZone, scope.now))
  await refuseContradiction(scope, task, report)

  const { result, note: words } = report
  const withheld = [...report.withheld]
  const vault = await caseVaultFor(scope, request.caseId)
  const { changes, anonymised, recipientsTold } = report
  const ended = await changeTask(scope, task, {
    state: 'ended',
    result,
    withheld,
    leaseUntil: null,
    endedAt: scope.now,
    sealed: sealTask(vault, task.id, {
      ...contentsOfTask(vault, task),
      note: words,
      changes,
      anonymised,
      recipientsTold
    })
  })
  const kept = withheld.map(({ category, ground, until }) => ({ category, ground, until }))
  const facts = factsOf(ended, system, { result, ...(kept.length > 0 ? { withheld: kept } : {}) })
  const text = words === null ? undefined : { words, vault }
  // What is left undone is an answer that somebody prepared. Who did all that was asked has decided nothing.
  const prepared = result === 'done' ? {} : preparedByHand(scope)
  const after = await record(scope, request, { kind: 'task_ended', to: request.state, data: facts, text }, prepared)
  await finishWhenAnswered(scope, after)
  return ended
}
