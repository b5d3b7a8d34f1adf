// Sends a request back to work from review.

import { requireStartable } from '../../domain/details.ts'
import { type Fault, HabeasError, invalid } from '../../domain/errors.ts'
import { nextState } from '../../domain/lifecycle.ts'
import { caseVaultFor } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { newestPackageOf } from '../../storage/packages.ts'
import {
  contentsOf,
  findSubjectRequest,
  lockSubjectRequest,
  type SubjectRequestRow
} from '../../storage/subject-requests.ts'
import { systemsOf, type TaskRow, tasksOfRequest } from '../../storage/tasks.ts'
import { expirePackage } from '../answers/expire-package.ts'
import { withoutWords } from '../answers/refuse-request.ts'
import { askAgain, planMissingTasks } from '../fulfilment/plan-tasks.ts'
import { acceptedByHand } from '../fulfilment/ready-to-start.ts'
import { refuseWhileCopyIsOwed } from '../fulfilment/wait-for-copies.ts'
import { moveRequest } from './move-request.ts'
import { preparedByHand } from './prepared-by.ts'

export interface Rework {
  /** The tasks whose systems are asked again; the others stand. What was handed in stays until it is replaced. */
  readonly taskIds?: readonly string[] | undefined
  /** What was wrong, for whoever does it again; sealed. */
  readonly note: string
}

/**
 * Takes a request back into fulfilment. The outcome falls, the package built from it can no longer be fetched, and systems
 * that were never asked (it was refused or forwarded before) are asked now.
 *
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed`; `identity_not_proven` for one that was refused
 *   unproven; `details_missing`; `waits_for_other_request`; `invalid` naming a task that is not of this request or has not ended
 */
export async function reworkRequest(
  scope: Scope,
  requestId: string,
  { taskIds = [], note }: Rework
): Promise<SubjectRequestRow> {
  const row = await lockSubjectRequest(scope, requestId)
  nextState(row.state, 'rework', scope.actor.mover)
  if (row.verifiedAt === null) {
    throw new HabeasError('identity_not_proven', 'Nothing is done for a person who has not proven who they are.')
  }
  requireStartable(row.right, contentsOf(await caseVaultFor(scope, row.caseId), row).details)
  await refuseWhileCopyIsOwed(scope, row)
  const ended = await endedTasks(scope, requestId)
  refuseUnknown(taskIds, ended)
  const named = new Set(taskIds)

  const { sealed } = await withoutWords(scope, row)
  await moveRequest(scope, row, 'rework', {
    data: { tasks: [...named] },
    words: note,
    changes: {
      outcome: null,
      ground: null,
      sealed,
      ...preparedByHand(scope),
      ...(await acceptedByHand(scope, { ...row, sealed }))
    }
  })
  if (await newestPackageOf(scope, requestId)) await expirePackage({ ...scope, ifMatch: null }, requestId)

  let after = await planMissingTasks(scope, await findSubjectRequest(scope, requestId))
  const again = (await endedTasks(scope, requestId)).filter(task => named.has(task.id))
  const systems = await systemsOf(scope, again)
  for (const task of again) after = await askAgain(scope, after, task, systems.get(task.systemId)!, 'rework')
  return after
}

async function endedTasks(scope: Scope, requestId: string): Promise<TaskRow[]> {
  return (await tasksOfRequest(scope, requestId)).filter(task => task.result !== null)
}

function refuseUnknown(taskIds: readonly string[], ended: readonly TaskRow[]): void {
  const faults = taskIds.flatMap((id, index) => (ended.some(task => task.id === id) ? [] : [faultAt(index)]))
  if (faults.length > 0) throw invalid('A task that was named cannot be done again.', ...faults)
}

function faultAt(index: number): Fault {
  return { pointer: `/taskIds/${index}`, rule: 'oneOf', fix: 'Name tasks of this request that have ended.' }
}
