// The copy that an erasure waited for is answered: it goes on.

import { canMove } from '../../domain/lifecycle.ts'
import { OWED_TASK_STATES } from '../../domain/tasks.ts'
import { copiesOwed } from '../../storage/copies-owed.ts'
import type { Scope } from '../../storage/database.ts'
import { note } from '../../storage/history.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { lockSubjectRequest } from '../../storage/subject-requests.ts'
import { tasksOfRequest } from '../../storage/tasks.ts'
import { tellStaff } from '../requests/tell.ts'
import { startFulfilment } from './start-fulfilment.ts'

/**
 * Starts an erasure where the tenant chose that work begins by itself, and tells staff where it did not, or where systems were
 * asked already and can now begin. One that is owed another copy, or is over, stays as it is.
 */
export async function resumeWaiting(scope: Scope, requestId: string): Promise<void> {
  const row = await lockSubjectRequest(scope, requestId)
  if ((await copiesOwed(scope, row)).length > 0) return
  const { body: policy } = await currentPolicy(scope)
  const canStart = canMove(row.state, 'start', 'system')
  if (canStart && policy.startsByItself) {
    await startFulfilment(scope, requestId)
    return
  }
  const isOwed = (await tasksOfRequest(scope, requestId)).some(task => OWED_TASK_STATES.includes(task.state))
  if (!canStart && !isOwed) return
  const alerted = await note(scope, row, 'alerted', { because: 'copy_answered' })
  await tellStaff(scope, policy, alerted, 'alert_can_go_on', {})
}
