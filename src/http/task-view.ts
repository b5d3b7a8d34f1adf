// A task as the wire shows it: to staff with all that was said of it, to an integration as far as it needs it for its work.

import { groundsFor } from '../domain/grounds.ts'
import { acceptedChanges } from '../domain/proposed-changes.ts'
import { OWED_TASK_STATES, WORKING_STATES } from '../domain/tasks.ts'
import { openCaseVault, peopleOf } from '../storage/cases.ts'
import { type CollectedRow, collectedOfTask, contentsOfCollected } from '../storage/collected.ts'
import type { Scope } from '../storage/database.ts'
import type { CaseVault } from '../storage/sealing.ts'
import { contentsOf, type RequestContents } from '../storage/subject-requests.ts'
import { contentsOfTask } from '../storage/tasks.ts'
import { findWork, type WorkItem } from '../storage/work-list.ts'
import type { HandedInShape } from './schemas/handed-in.ts'
import type { TaskShape } from './schemas/tasks.ts'

/** @throws {HabeasError} `not_found` */
export async function showTask(scope: Scope, taskId: string): Promise<TaskShape> {
  return taskViewOf(scope, await findWork(scope, taskId))
}

export function taskViewOf(scope: Pick<Scope, 'vault' | 'actor'>, item: WorkItem): TaskShape {
  const { task, request, theirs, system } = item
  const isOwn = task.claimedBy !== null && task.claimedBy === scope.actor.id
  const isStaff = scope.actor.mover === 'agent'
  const vault = theirs.sealedKey === null ? null : openCaseVault(scope, theirs)
  const isNeeded = isStaff || (OWED_TASK_STATES.includes(task.state) && WORKING_STATES.includes(request.state))
  const seen = vault !== null && isNeeded ? personAndDetails(scope, item, vault) : { subject: null, details: null }
  return {
    id: task.id,
    requestId: request.id,
    system: { id: system.id, slug: system.slug, name: system.name },
    kind: task.kind,
    state: task.state,
    categories: task.categories,
    right: request.right,
    requestState: request.state,
    dueOn: request.dueOn,
    targetOn: request.targetOn,
    instructions: system.instructions,
    ...seen,
    grounds: groundsFor({ use: 'withhold', ...request }).map(ground => ground.code),
    assignee: task.assignee,
    claimedBy: isStaff || isOwn ? task.claimedBy : null,
    leaseUntil: instant(task.leaseUntil),
    failures: task.failures,
    result: task.result,
    withheld: task.withheld,
    report: vault !== null && (isStaff || isOwn) ? reportOf(item, vault) : null,
    version: task.version,
    createdAt: task.createdAt.toISOString(),
    updatedAt: task.updatedAt.toISOString(),
    endedAt: instant(task.endedAt)
  }
}

/** What was handed in for a task. @throws {HabeasError} `not_found` */
export async function showHandedIn(scope: Scope, taskId: string): Promise<{ data: HandedInShape[] }> {
  const { theirs } = await findWork(scope, taskId)
  if (theirs.sealedKey === null) return { data: [] }
  const vault = openCaseVault(scope, theirs)
  return { data: (await collectedOfTask(scope, taskId)).map(row => handedInView(vault, row)) }
}

function handedInView(vault: CaseVault, row: CollectedRow): HandedInShape {
  const { kind, bytes, records } = row
  return { ...contentsOfCollected(vault, row), kind, bytes, records, handedInAt: row.createdAt.toISOString() }
}

function personAndDetails(scope: Pick<Scope, 'vault'>, { request, theirs }: WorkItem, vault: CaseVault) {
  const { subject } = peopleOf(scope, theirs)
  const contents = contentsOf(vault, request)
  const { text, purpose, directMarketing, ground, format } = contents.details
  return {
    subject: { email: subject.email, identifiers: [...subject.identifiers] },
    details: {
      text: text ?? null,
      changes: changesAsked(contents),
      purpose: purpose ?? null,
      directMarketing: directMarketing ?? false,
      ground: ground ?? null,
      format: format ?? null
    }
  }
}

/** GDPR Art. 16: a system is sent what staff accepted. */
function changesAsked({ details, decision }: RequestContents) {
  return acceptedChanges(details, decision).map(({ field, current, proposed, evidence }) => ({
    field,
    current: current ?? null,
    proposed,
    evidence: evidence ?? null
  }))
}

function reportOf({ task }: WorkItem, vault: CaseVault): TaskShape['report'] {
  const { note, changes, anonymised, recipientsTold, failure } = contentsOfTask(vault, task)
  return { note, changes: [...changes], anonymised: [...anonymised], recipientsTold: [...recipientsTold], failure }
}

const instant = (at: Date | null) => at?.toISOString() ?? null
