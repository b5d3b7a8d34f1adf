// Ends the work: every system has answered, and the request goes to review.

import { SYSTEM } from '../../domain/actor.ts'
import { HabeasError } from '../../domain/errors.ts'
import { nextState } from '../../domain/lifecycle.ts'
import { groundOfRejected, outcomeWithRejected } from '../../domain/proposed-changes.ts'
import { RIGHT_RULES } from '../../domain/rights.ts'
import { handsOverData, type Outcome } from '../../domain/subject-request.ts'
import { OWED_TASK_STATES, outcomeOf } from '../../domain/tasks.ts'
import { caseVaultFor } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { beginPackage } from '../../storage/packages.ts'
import { contentsOf, lockSubjectRequest, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { systemsOf, type TaskRow, tasksOfRequest } from '../../storage/tasks.ts'
import { supersede } from '../../storage/tokens.ts'
import { moveRequest } from '../requests/move-request.ts'
import { preparedByHand } from '../requests/prepared-by.ts'

/**
 * Ends fulfilment by hand: for the rights that staff answer themselves, and after a rework in which no system had to act.
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed`; `tasks_open` naming the systems that have not answered
 */
export async function finishFulfilment(scope: Scope, requestId: string): Promise<SubjectRequestRow> {
  const row = await lockSubjectRequest(scope, requestId)
  nextState(row.state, 'finish', scope.actor.mover)
  const tasks = await tasksOfRequest(scope, requestId)
  const owed = tasks.filter(task => OWED_TASK_STATES.includes(task.state))
  if (owed.length > 0) throw await stillOwed(scope, owed)
  return await finish(scope, row, tasks)
}

/**
 * Moves the request to review when its last task has ended, in the name of nobody.
 * @param row  as locked by this transaction, in fulfilment
 */
export async function finishWhenAnswered(scope: Scope, row: SubjectRequestRow): Promise<SubjectRequestRow> {
  const tasks = await tasksOfRequest(scope, row.id)
  if (tasks.some(task => OWED_TASK_STATES.includes(task.state))) return row
  return await finish({ ...scope, actor: SYSTEM }, row, tasks)
}

async function finish(scope: Scope, row: SubjectRequestRow, tasks: readonly TaskRow[]): Promise<SubjectRequestRow> {
  const ended = tasks.filter(task => task.result !== null)
  const { details, decision } = contentsOf(await caseVaultFor(scope, row.caseId), row)
  const decided = decision?.changes ?? []
  const found = outcomeOf(ended.map(task => task.result!)) ?? outcomeWithoutTasks(row)
  const outcome = outcomeWithRejected(found, details, decided)
  const isCut = outcome === 'partly_granted' || outcome === 'refused'
  const ground = isCut ? (firstGround(ended) ?? groundOfRejected(decided)) : null
  const data = { outcome, ground, systems: ended.length, ...(ended.length === 0 ? { because: whyNoTasks(row) } : {}) }
  const after = await moveRequest(scope, row, 'finish', {
    data,
    changes: { outcome, ground, ...preparedByHand(scope) }
  })
  if (handsOverData(row.right, outcome)) {
    // The link of an earlier answer gives out nothing that nobody has reviewed yet.
    await supersede(scope, row.caseId, 'download', row.id)
    await beginPackage(scope, row.id)
  }
  return after
}

/**
 * Where no system had to act the outcome is for a person to decide: not searched is not the same as nothing found. But an
 * objection to direct marketing can only be granted (GDPR Art. 21(3)), an opt-out nearly always (11 CCR 7026), and the register
 * has granted it.
 */
function outcomeWithoutTasks({ right, directMarketing }: SubjectRequestRow): Outcome | null {
  return (right === 'objection' && directMarketing) || right === 'opt_out' ? 'granted' : null
}

function whyNoTasks({ right }: SubjectRequestRow): string {
  return RIGHT_RULES[right].task === 'answer' ? 'answered_by_staff' : 'no_system_in_scope'
}

function firstGround(ended: readonly TaskRow[]): string | null {
  return ended.flatMap(task => task.withheld)[0]?.ground ?? null
}

async function stillOwed(scope: Scope, owed: readonly TaskRow[]): Promise<HabeasError> {
  const systems = await systemsOf(scope, owed)
  const open = owed.map(task => ({ id: task.id, system: systems.get(task.systemId)?.slug ?? null, state: task.state }))
  const names = owed.map(task => systems.get(task.systemId)?.name ?? 'a system taken out of use')
  return new HabeasError('tasks_open', `No answer yet from: ${names.join(', ')}.`, { tasks: open })
}
