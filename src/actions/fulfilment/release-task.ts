// A task goes back to the work list.

import { HabeasError } from '../../domain/errors.ts'
import { isFree, isHeldBy } from '../../domain/tasks.ts'
import type { Scope } from '../../storage/database.ts'
import { note } from '../../storage/history.ts'
import { changeTask, type TaskRow } from '../../storage/tasks.ts'
import { actorIdOf, factsOf, lockWork, requireWorking } from './hold-task.ts'

/**
 * Gives a task back. Its holder may, and so may staff when nobody works on it: that is how a task that a system gave up is
 * handed to it again, with its failures forgotten.
 *
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed`; `lease_lost` when it is not theirs to give back
 */
export async function releaseTask(scope: Scope, taskId: string): Promise<TaskRow> {
  const { task, request, system } = await lockWork(scope, taskId)
  const isTheirs = isHeldBy(task, actorIdOf(scope))
  const isAbandoned = scope.actor.mover === 'agent' && isFree(task, scope.now)
  if (!isTheirs && !isAbandoned) {
    throw new HabeasError('lease_lost', 'This task is not yours to give back.', { state: task.state })
  }
  requireWorking(scope, request)
  const failures = task.state === 'failed' ? 0 : task.failures
  const released = await changeTask(scope, task, { state: 'open', claimedBy: null, leaseUntil: null, failures })
  await note(scope, request, 'task_released', factsOf(task, system, { from: task.state }))
  return released
}
