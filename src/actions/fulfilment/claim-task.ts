// Somebody takes a task from the work list.

import type { Scope } from '../../storage/database.ts'
import type { TaskRow } from '../../storage/tasks.ts'
import { lockWork, takeTask } from './hold-task.ts'

/**
 * Claims a task, or renews the claim.
 * @throws {HabeasError} as `lockWork` and `takeTask` do
 */
export async function claimTask(scope: Scope, taskId: string): Promise<TaskRow> {
  const { task } = await takeTask(scope, await lockWork(scope, taskId))
  return task
}
