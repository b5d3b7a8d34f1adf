// Tasks: what each system has to do for a request, and how far it is.

import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { HabeasError } from '../domain/errors.ts'
import { type AppliedChange, OWED_TASK_STATES } from '../domain/tasks.ts'
import type { Scope } from './database.ts'
import type { CaseVault } from './sealing.ts'
import type { SystemRow } from './systems.ts'
import { systems, tasks } from './tables.ts'
import { refuseStale } from './versions.ts'

export type TaskRow = typeof tasks.$inferSelect

/** What a task's sealed value holds: what was said of it in people's and systems' own words. */
export interface TaskContents {
  readonly note: string | null
  readonly changes: readonly AppliedChange[]
  /** Categories that were made anonymous instead of being erased. */
  readonly anonymised: readonly string[]
  /** Recipients of the data that were told of the change (GDPR Art. 19). */
  readonly recipientsTold: readonly string[]
  /** Why it last failed. */
  readonly failure: string | null
}

const NOTHING_SAID: TaskContents = { note: null, changes: [], anonymised: [], recipientsTold: [], failure: null }
const placeOfTask = (taskId: string) => `tasks|sealed|${taskId}`

export function sealTask(vault: CaseVault, taskId: string, contents: Partial<TaskContents>): Buffer {
  return vault.sealJson(placeOfTask(taskId), { ...NOTHING_SAID, ...contents })
}

export function contentsOfTask(vault: CaseVault, row: TaskRow): TaskContents {
  if (row.sealed === null) return NOTHING_SAID
  return { ...NOTHING_SAID, ...vault.openJson<Partial<TaskContents>>(placeOfTask(row.id), row.sealed) }
}

/**
 * Locks the task. Its request has to be locked before: whoever locks both does it in that order.
 * @throws {HabeasError} `not_found`; `version_stale` when the caller saw another version
 */
export async function lockTask(scope: Scope, id: string): Promise<TaskRow> {
  const [row] = await scope.tx.select().from(tasks).where(eq(tasks.id, id)).for('update')
  if (row === undefined) throw new HabeasError('not_found', 'There is no such task.')
  refuseStale(scope, 'task', row.version)
  return row
}

export async function tasksOfRequest(scope: Scope, requestId: string): Promise<TaskRow[]> {
  return await scope.tx.select().from(tasks).where(eq(tasks.requestId, requestId)).orderBy(asc(tasks.id))
}

/** A task that nobody has begun. */
export async function addTask(
  scope: Scope,
  task: Pick<TaskRow, 'id' | 'requestId' | 'systemId' | 'kind' | 'categories' | 'assignee'>
): Promise<void> {
  await scope.tx
    .insert(tasks)
    .values({ ...task, tenantId: scope.tenantId, state: 'open', createdAt: scope.now, updatedAt: scope.now })
}

/** @param row  as locked by this transaction. @returns the task as it now stands */
export async function changeTask(
  scope: Scope,
  row: TaskRow,
  changes: Partial<Omit<TaskRow, 'tenantId' | 'id' | 'requestId' | 'systemId' | 'version' | 'updatedAt'>>
): Promise<TaskRow> {
  const grown = { ...changes, version: row.version + 1, updatedAt: scope.now }
  await scope.tx
    .update(tasks)
    .set(grown)
    .where(and(eq(tasks.tenantId, scope.tenantId), eq(tasks.id, row.id)))
  return { ...row, ...grown }
}

/**
 * Lets a claim hold longer while its holder hands data in. The version stays: whoever claimed with a version in hand can end
 * the task with it, however many uploads lie between.
 */
export async function extendLease(scope: Scope, row: TaskRow, leaseUntil: Date): Promise<void> {
  await scope.tx
    .update(tasks)
    .set({ leaseUntil })
    .where(and(eq(tasks.tenantId, scope.tenantId), eq(tasks.id, row.id)))
}

/** Asks a system again: what it said before no longer stands, what it handed in does. */
export async function reopenTask(
  scope: Scope,
  row: TaskRow,
  categories: readonly string[] = row.categories
): Promise<TaskRow> {
  return await changeTask(scope, row, {
    state: 'open',
    categories: [...categories],
    claimedBy: null,
    leaseUntil: null,
    result: null,
    withheld: [],
    sealed: null,
    failures: 0,
    endedAt: null
  })
}

/** Drops what is no longer wanted, because the request ended without it. */
export async function dropOpenTasks(scope: Scope, requestId: string): Promise<void> {
  await scope.tx
    .update(tasks)
    .set({
      state: 'dropped',
      leaseUntil: null,
      claimedBy: null,
      version: sql`${tasks.version} + 1`,
      updatedAt: scope.now
    })
    .where(
      and(
        eq(tasks.tenantId, scope.tenantId),
        eq(tasks.requestId, requestId),
        inArray(tasks.state, [...OWED_TASK_STATES])
      )
    )
}

/** The data map as it stands now, with who does the tasks of each system. */
export async function systemsInUse(scope: Scope): Promise<SystemRow[]> {
  return await scope.tx.select().from(systems).where(isNull(systems.removedAt)).orderBy(asc(systems.slug))
}

/** Systems by id, those taken out of use since included: what they did still stands. */
export async function systemsOf(scope: Scope, rows: readonly TaskRow[]): Promise<Map<string, SystemRow>> {
  if (rows.length === 0) return new Map()
  const ids = [...new Set(rows.map(row => row.systemId))]
  const found = await scope.tx.select().from(systems).where(inArray(systems.id, ids))
  return new Map(found.map(system => [system.id, system]))
}
