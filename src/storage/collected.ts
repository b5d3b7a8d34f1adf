// What systems handed in for a request: the row says what and where, the content lies sealed in the object store.

import { and, asc, eq } from 'drizzle-orm'
import { HabeasError } from '../domain/errors.ts'
import type { Scope } from './database.ts'
import type { CaseVault, TenantVault } from './sealing.ts'
import { collected } from './tables.ts'

export type CollectedRow = typeof collected.$inferSelect
export type CollectedKind = CollectedRow['kind']

/** What the sealed value holds. A name is kept as it came: it is data, and never a path. */
export interface CollectedContents {
  readonly name: string
  readonly contentType: string
  /** Which category of the data map it belongs to, where that is known. */
  readonly category: string | null
}

const placeOfCollected = (id: string) => `collected|sealed|${id}`

export function sealCollected(vault: CaseVault, id: string, contents: CollectedContents): Buffer {
  return vault.sealJson(placeOfCollected(id), contents)
}

export function contentsOfCollected(vault: CaseVault, row: Pick<CollectedRow, 'id' | 'sealed'>): CollectedContents {
  return vault.openJson<CollectedContents>(placeOfCollected(row.id), row.sealed)
}

/** Under which words the content is sealed: that of one request cannot be opened as another's. */
export function contextOfCollected({ tenantId, requestId, id }: Pick<CollectedRow, 'tenantId' | 'requestId' | 'id'>) {
  return `collected:${tenantId}:${requestId}:${id}`
}

/** By what a second upload of the same name finds the first. Keyed, because names of files can be guessed. */
export function collectedNameHash(vault: TenantVault, name: string): Buffer {
  return vault.blindIndex('collected name', name.normalize('NFC'))
}

/** Oldest first. Records come as NDJSON, whatever form they were handed in with. */
export async function collectedOfRequest(scope: Scope, requestId: string): Promise<CollectedRow[]> {
  return await scope.tx.select().from(collected).where(eq(collected.requestId, requestId)).orderBy(asc(collected.id))
}

export async function collectedOfTask(scope: Scope, taskId: string): Promise<CollectedRow[]> {
  return await scope.tx.select().from(collected).where(eq(collected.taskId, taskId)).orderBy(asc(collected.id))
}

/** Adds a row in place of an earlier one of the same name. @returns the object that nothing points at any more */
export async function putCollected(scope: Scope, row: Omit<CollectedRow, 'tenantId'>): Promise<string | null> {
  const [earlier] = await scope.tx
    .delete(collected)
    .where(and(eq(collected.taskId, row.taskId), eq(collected.kind, row.kind), eq(collected.nameHash, row.nameHash)))
    .returning({ objectKey: collected.objectKey })
  await scope.tx.insert(collected).values({ ...row, tenantId: scope.tenantId })
  return earlier?.objectKey ?? null
}

/** Takes away all that was handed in for a request. @returns the objects that nothing points at any more */
export async function takeAllCollected(scope: Scope, requestId: string): Promise<string[]> {
  const rows = await scope.tx
    .delete(collected)
    .where(and(eq(collected.tenantId, scope.tenantId), eq(collected.requestId, requestId)))
    .returning({ objectKey: collected.objectKey })
  return rows.map(row => row.objectKey)
}

/** Takes back what was handed in. @throws {HabeasError} `not_found` */
export async function takeCollected(
  scope: Scope,
  taskId: string,
  kind: CollectedKind,
  nameHash: Buffer
): Promise<CollectedRow> {
  const [row] = await scope.tx
    .delete(collected)
    .where(and(eq(collected.taskId, taskId), eq(collected.kind, kind), eq(collected.nameHash, nameHash)))
    .returning()
  if (row === undefined) throw new HabeasError('not_found', 'Nothing was handed in under this name.')
  return row
}
