// Data that a system hands in for a request. The bytes flow between two transactions, never within one: the first says where
// they go, the second keeps what arrived, or leaves it to be removed.

import { uuidv7 } from 'uuidv7'
import { HabeasError, invalid } from '../../domain/errors.ts'
import { inHours } from '../../domain/timers.ts'
import { caseVaultFor } from '../../storage/cases.ts'
import {
  type CollectedKind,
  type CollectedRow,
  collectedNameHash,
  collectedOfRequest,
  collectedOfTask,
  contextOfCollected,
  putCollected,
  sealCollected,
  takeCollected
} from '../../storage/collected.ts'
import type { Scope } from '../../storage/database.ts'
import { promise } from '../../storage/promises.ts'
import { extendLease, type TaskRow } from '../../storage/tasks.ts'
import { holdTask, leaseFrom } from './hold-task.ts'

/** More names than any system has tables. */
const ITEMS_PER_TASK = 1_000
/** Longer than any upload lasts. */
const HOURS_UNTIL_ABANDONED = 24

export interface Offered {
  readonly kind: CollectedKind
  readonly name: string
  readonly contentType: string
  /** Of the task's own; null where a dataset or file belongs to none in particular. */
  readonly category: string | null
}

/** Where the bytes go, and how they are sealed on the way. */
export interface Shelf {
  readonly id: string
  readonly taskId: string
  readonly objectKey: string
  readonly key: Buffer
  readonly context: string
  /** Bytes of all that the request may have; and what is left of them for this. */
  readonly requestBytes: number
  readonly room: number
}

/** What arrived, whole. */
export interface Arrived {
  /** Before sealing. */
  readonly bytes: number
  /** Null for a file. */
  readonly records: number | null
}

export interface Kept {
  readonly at: Date
  /** Whether nothing of this name was there before. */
  readonly isNew: boolean
}

/**
 * Makes room for what is about to come, and renews the claim. If nothing comes of it, what was stored until then is removed a
 * day later by a promise made here: a process that dies between the two transactions leaves nothing behind.
 *
 * @throws {HabeasError} as `holdTask` does; `outcome_not_possible` for a task that collects nothing; `invalid` for a category
 *   that is not the task's; `too_large` for one name too many, or when the request has all that it may
 */
export async function expectData(
  scope: Scope,
  taskId: string,
  offered: Offered,
  requestBytes = Number.POSITIVE_INFINITY
): Promise<Shelf> {
  const { task, request } = await holdTask(scope, taskId)
  refuseMisplaced(task, offered)
  await refuseTooMany(scope, task, offered)
  const room = requestBytes - (await bytesBesides(scope, task, offered))
  if (room <= 0) throw requestIsFull(requestBytes)
  await extendLease(scope, task, leaseFrom(scope))

  const id = uuidv7()
  const shelf = { tenantId: scope.tenantId, requestId: request.id, id }
  const objectKey = `${scope.tenantId}/${id}`
  const at = inHours(scope.now, HOURS_UNTIL_ABANDONED)
  await promise(scope, 'remove_objects', { keys: [objectKey] }, { at, key: jobOf(objectKey) })
  const vault = await caseVaultFor(scope, request.caseId)
  return { id, taskId, objectKey, key: vault.objectKey(), context: contextOfCollected(shelf), requestBytes, room }
}

/**
 * Keeps what arrived, in place of what was handed in under the same name before.
 *
 * @throws {HabeasError} `lease_lost`, `conflict`, `move_not_allowed` when the task was taken over, has ended, or is no longer
 *   wanted, and `too_large` when the request has become too large: then nothing points at the object, and it goes
 */
export async function keepData(scope: Scope, shelf: Shelf, offered: Offered, arrived: Arrived): Promise<Kept> {
  const { task, request } = await holdTask({ ...scope, ifMatch: null }, shelf.taskId)
  await refuseTooMany(scope, task, offered)
  if ((await bytesBesides(scope, task, offered)) + arrived.bytes > shelf.requestBytes)
    throw requestIsFull(shelf.requestBytes)
  const { kind, ...contents } = offered
  const vault = await caseVaultFor(scope, request.caseId)
  const replaced = await putCollected(scope, {
    id: shelf.id,
    requestId: request.id,
    taskId: task.id,
    kind,
    nameHash: collectedNameHash(scope.vault, offered.name),
    sealed: sealCollected(vault, shelf.id, contents),
    objectKey: shelf.objectKey,
    bytes: arrived.bytes,
    records: arrived.records,
    createdAt: scope.now
  })
  // In place of the promise to remove what has now arrived.
  await promise(scope, 'remove_objects', { keys: replaced === null ? [] : [replaced] }, { key: jobOf(shelf.objectKey) })
  return { at: scope.now, isNew: replaced === null }
}

/**
 * Takes back what was handed in by mistake: another person's data, or the wrong file.
 * @throws {HabeasError} as `holdTask` does; `not_found` when there is nothing of this name
 */
export async function takeBackData(scope: Scope, taskId: string, kind: CollectedKind, name: string): Promise<void> {
  const { task } = await holdTask(scope, taskId)
  const { objectKey } = await takeCollected(scope, task.id, kind, collectedNameHash(scope.vault, name))
  await promise(scope, 'remove_objects', { keys: [objectKey] })
}

function refuseMisplaced(task: TaskRow, { category }: Offered): void {
  if (task.kind !== 'collect') {
    throw new HabeasError('outcome_not_possible', `A task to ${task.kind} hands in no data.`, { task: task.kind })
  }
  if (category === null || task.categories.length === 0 || task.categories.includes(category)) return
  throw invalid('The category is not one of this task.', {
    pointer: '/query/category',
    rule: 'oneOf',
    fix: `Send one of ${task.categories.join(', ')}, or leave it out.`
  })
}

async function refuseTooMany(scope: Scope, task: TaskRow, { kind, name }: Offered): Promise<void> {
  const items = await collectedOfTask(scope, task.id)
  const nameHash = collectedNameHash(scope.vault, name)
  const replaces = items.some(item => item.kind === kind && item.nameHash.equals(nameHash))
  if (replaces || items.length < ITEMS_PER_TASK) return
  throw new HabeasError('too_large', `A task takes at most ${ITEMS_PER_TASK} datasets and files.`, {
    limit: ITEMS_PER_TASK
  })
}

/** Of all that was handed in for the request, but for what this replaces: the store is everybody's. */
async function bytesBesides(scope: Scope, task: TaskRow, { kind, name }: Offered): Promise<number> {
  const nameHash = collectedNameHash(scope.vault, name)
  const isReplaced = (row: CollectedRow) => row.taskId === task.id && row.kind === kind && row.nameHash.equals(nameHash)
  const rows = await collectedOfRequest(scope, task.requestId)
  return rows.filter(row => !isReplaced(row)).reduce((sum, row) => sum + row.bytes, 0)
}

function requestIsFull(limit: number): HabeasError {
  return new HabeasError('too_large', `For one request at most ${limit} bytes are taken.`, { limit })
}

const jobOf = (objectKey: string) => `upload:${objectKey}`
