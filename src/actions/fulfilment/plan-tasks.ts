// Asks the systems: one task for each that the data map says has to act.

import { uuidv7 } from 'uuidv7'
import { countUnknownCategories, type PlannedTask, planTasks } from '../../domain/data-map.ts'
import type { Policy } from '../../domain/policy.ts'
import { allRejected } from '../../domain/proposed-changes.ts'
import { caseVaultFor } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { lastEvent, note } from '../../storage/history.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { staffMailbox } from '../../storage/staff.ts'
import { contentsOf, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import type { SystemRow } from '../../storage/systems.ts'
import { addTask, reopenTask, systemsInUse, type TaskRow, tasksOfRequest } from '../../storage/tasks.ts'
import { tellStaff } from '../requests/tell.ts'

/** Why a system that had answered is asked again. */
type Again = 'dropped_before' | 'request_reopened' | 'scope_widened' | 'rework'

/**
 * Plans what the data map wants and what is not there yet. What a system has answered stands, unless the person came back
 * because the answer was not right, or asks for more than that system was asked before. Nobody is asked for corrections that
 * were all rejected.
 *
 * @param row  as locked by this transaction and already in fulfilment
 * @returns the request as it now stands
 */
export async function planMissingTasks(scope: Scope, row: SubjectRequestRow): Promise<SubjectRequestRow> {
  const systems = await systemsInUse(scope)
  const { details, decision } = contentsOf(await caseVaultFor(scope, row.caseId), row)
  const { body: policy } = await currentPolicy(scope)
  const known = await tasksOfRequest(scope, row.id)
  const reopenedAt = (await lastEvent(scope, row.id, 'reopen'))?.at ?? null

  let after = row
  if (allRejected(details, decision)) return after
  for (const planned of planTasks(systems, row.right, details)) {
    const system = systems.find(({ id }) => id === planned.systemId)!
    const task = known.find(({ systemId }) => systemId === planned.systemId)
    const again = task === undefined ? null : whyAgain(task, planned, reopenedAt)
    if (task === undefined) after = await addPlanned(scope, policy, after, planned, system)
    else if (again !== null) {
      const categories = [...new Set([...task.categories, ...planned.categories])]
      after = await askAgain(scope, after, task, system, again, categories)
    }
  }
  return after
}

/**
 * What staff have to know of how the request was understood: categories that the person named and the data map does not
 * know. Only how many; the names are the person's words.
 */
export async function describeScope(scope: Scope, row: SubjectRequestRow): Promise<{ unknownCategories?: number }> {
  const { details } = contentsOf(await caseVaultFor(scope, row.caseId), row)
  const unknownCategories = countUnknownCategories(await systemsInUse(scope), details)
  return unknownCategories > 0 ? { unknownCategories } : {}
}

/** Asks a system again whose task had ended or was dropped. @returns the request as it now stands */
export async function askAgain(
  scope: Scope,
  row: SubjectRequestRow,
  task: TaskRow,
  system: SystemRow,
  because: Again,
  categories: readonly string[] = task.categories
): Promise<SubjectRequestRow> {
  await reopenTask(scope, task, categories)
  return await note(scope, row, 'task_planned', {
    taskId: task.id,
    system: system.slug,
    task: task.kind,
    categories,
    again: because
  })
}

function whyAgain(task: TaskRow, planned: PlannedTask, reopenedAt: Date | null): Again | null {
  if (task.state === 'dropped') return 'dropped_before'
  if (task.endedAt !== null && reopenedAt !== null && task.endedAt <= reopenedAt) return 'request_reopened'
  return planned.categories.every(name => task.categories.includes(name)) ? null : 'scope_widened'
}

async function addPlanned(
  scope: Scope,
  policy: Policy,
  row: SubjectRequestRow,
  { systemId, kind, categories }: PlannedTask,
  system: SystemRow
): Promise<SubjectRequestRow> {
  const id = uuidv7()
  const { assignee } = system
  await addTask(scope, { id, requestId: row.id, systemId, kind, categories: [...categories], assignee })
  // An integration looks for its work itself; a person is told.
  if (assignee !== null && (await staffMailbox(scope, assignee)) !== null) {
    await tellStaff(scope, policy, { ...row, assignee }, 'task_assigned', { task: kind, system: system.name })
  }
  return await note(scope, row, 'task_planned', { taskId: id, system: system.slug, task: kind, categories })
}
