// A task in the hands of whoever works on it. A claim is a lease: who does not come back in time may be replaced.

import { HabeasError } from '../../domain/errors.ts'
import { movesOpenTo } from '../../domain/lifecycle.ts'
import { isFree, isHeldBy, LEASE_SECONDS, type TaskState, WORKING_STATES } from '../../domain/tasks.ts'
import type { Scope } from '../../storage/database.ts'
import { note } from '../../storage/history.ts'
import { lockSubjectRequest, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import type { SystemRow } from '../../storage/systems.ts'
import { changeTask, lockTask, type TaskRow } from '../../storage/tasks.ts'
import { findWork, type WorkItem } from '../../storage/work-list.ts'
import { refuseWhileCopyIsOwed } from './wait-for-copies.ts'

export type HeldWork = Pick<WorkItem, 'task' | 'request' | 'system'>

/**
 * The task with its request, both locked, in this order: whoever ends a task may move its request. `If-Match` is about the
 * task here.
 * @throws {HabeasError} `not_found`, `version_stale`
 */
export async function lockWork(scope: Scope, taskId: string): Promise<HeldWork> {
  const { task, system } = await findWork(scope, taskId)
  const request = await lockSubjectRequest({ ...scope, ifMatch: null }, task.requestId)
  return { task: await lockTask(scope, taskId), request, system }
}

/**
 * Takes a task for a quarter of an hour. Taking one's own again renews the lease; one that ran out can be taken by anybody.
 *
 * @param work  as locked by this transaction
 * @throws {HabeasError} `conflict` when it is somebody else's, has ended, or was given up and is left to people;
 *   `move_not_allowed` while its request is not in fulfilment; `waits_for_other_request` for an erasure while the person is
 *   owed a copy
 */
export async function takeTask(scope: Scope, { task, request, system }: HeldWork): Promise<HeldWork> {
  if (task.result !== null) throw alreadyEnded(task)
  requireWorking(scope, request)
  const leaseUntil = leaseFrom(scope)
  if (isHeldBy(task, actorIdOf(scope))) return { task: await changeTask(scope, task, { leaseUntil }), request, system }

  refuseUnclaimable(scope, task)
  await refuseWhileCopyIsOwed(scope, request)
  const takenOver = task.state === 'claimed'
  const taken = await changeTask(scope, task, { state: 'claimed', claimedBy: actorIdOf(scope), leaseUntil })
  const told = await note(scope, request, 'task_claimed', factsOf(taken, system, { takenOver }))
  return { task: taken, request: told, system }
}

/**
 * The task in the hands of this actor. A person may work on a task without having claimed it; a program has to claim, so
 * that two copies of it never do the same work.
 *
 * @throws {HabeasError} `not_found`, `version_stale`; `lease_lost` when it is somebody else's now, or was never claimed;
 *   `conflict` when it has ended; `move_not_allowed`; `waits_for_other_request`
 */
export async function holdTask(scope: Scope, taskId: string): Promise<HeldWork> {
  const work = await lockWork(scope, taskId)
  const { task, request } = work
  const isTheirs = isHeldBy(task, actorIdOf(scope))
  const mayTakeNow = scope.actor.mover === 'agent' && isFree(task, scope.now)
  if (!isTheirs && !mayTakeNow) throw notHeld(scope, task)
  requireWorking(scope, request)
  return isTheirs ? work : await takeTask(scope, work)
}

/** @throws {HabeasError} `move_not_allowed`: systems work while the request is in fulfilment, and at no other time */
export function requireWorking({ actor }: Scope, { state }: SubjectRequestRow): void {
  if (WORKING_STATES.includes(state)) return
  throw new HabeasError('move_not_allowed', `Its request is ${state}: there is nothing to do for it.`, {
    state,
    allowedActions: movesOpenTo(actor.mover, state)
  })
}

/** Until when a claim holds that is made or renewed now. */
export function leaseFrom({ now }: Scope): Date {
  return new Date(now.getTime() + LEASE_SECONDS * 1000)
}

/** What the history says of a task, without personal data. */
export function factsOf(task: TaskRow, system: SystemRow, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { taskId: task.id, system: system.slug, task: task.kind, ...more }
}

/** Work on tasks has a name behind it: a staff member's or a key's. */
export function actorIdOf({ actor }: Pick<Scope, 'actor'>): string {
  if (actor.id === null) throw new Error('A task is worked on by somebody with a name.')
  return actor.id
}

function refuseUnclaimable({ actor, now }: Scope, task: TaskRow): void {
  const { state, leaseUntil, failures } = task
  if (state === 'dropped') throw new HabeasError('conflict', 'This task is no longer wanted.', { state })
  if (!isFree(task, now)) {
    throw new HabeasError('conflict', 'Somebody else works on this task.', { state, leaseUntil: iso(leaseUntil) })
  }
  if (state === 'failed' && actor.mover === 'integration') {
    const detail = 'This task was given up and is left to people: a person has to release it first.'
    throw new HabeasError('conflict', detail, { state, failures })
  }
}

function notHeld(scope: Scope, task: TaskRow): HabeasError {
  const { state, result, claimedBy, leaseUntil } = task
  if (result !== null && claimedBy === actorIdOf(scope)) return alreadyEnded(task)
  return new HabeasError('lease_lost', WHY_NOT_HELD[state], { state, leaseUntil: iso(leaseUntil) })
}

const WHY_NOT_HELD: Readonly<Record<TaskState, string>> = {
  open: 'Nobody holds this task: claim it first.',
  claimed: 'Somebody else holds this task now.',
  failed: 'This task was given up and is left to people.',
  ended: 'Somebody else has ended this task.',
  dropped: 'This task is no longer wanted.'
}

function alreadyEnded({ state, result }: TaskRow): HabeasError {
  return new HabeasError('conflict', 'This task has ended.', { state, result })
}

const iso = (instant: Date | null) => instant?.toISOString() ?? null
