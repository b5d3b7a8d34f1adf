// A system could not do its task.

import { stateAfterFailure } from '../../domain/tasks.ts'
import { caseVaultFor } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { note, record } from '../../storage/history.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { changeTask, contentsOfTask, sealTask, type TaskRow } from '../../storage/tasks.ts'
import { tellStaff } from '../requests/tell.ts'
import { factsOf, holdTask } from './hold-task.ts'

export interface Failure {
  /** For staff; sealed, for a system's error message may quote the person's data. */
  readonly reason: string
  /** Whether the same system may succeed later. */
  readonly retry: boolean
}

/**
 * Records that a task was tried in vain. It goes back to the list; after three times in a row, or at once when there is no use
 * in trying again, it is left to people, who are told.
 *
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed`, `lease_lost`, `conflict`
 */
export async function failTask(scope: Scope, taskId: string, { reason, retry }: Failure): Promise<TaskRow> {
  const { task, request, system } = await holdTask(scope, taskId)
  const vault = await caseVaultFor(scope, request.caseId)
  const failures = task.failures + 1
  const state = stateAfterFailure(failures, retry)
  const failed = await changeTask(scope, task, {
    state,
    failures,
    claimedBy: null,
    leaseUntil: null,
    sealed: sealTask(vault, task.id, { ...contentsOfTask(vault, task), failure: reason })
  })
  const facts = factsOf(failed, system, { failures, retry, leftToPeople: state === 'failed' })
  const text = { words: reason, vault }
  const after = await record(scope, request, { kind: 'task_failed', to: request.state, data: facts, text })
  if (state !== 'failed') return failed

  const alerted = await note(scope, after, 'alerted', factsOf(failed, system, { because: 'task_failed', failures }))
  const { body: policy } = await currentPolicy(scope)
  await tellStaff(scope, policy, alerted, 'alert_task_failed', { task: task.kind, system: system.name, failures })
  return failed
}
