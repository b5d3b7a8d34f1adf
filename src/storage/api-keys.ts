// The keys that integrations come with. Only their hashes are kept.

import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import type { ApiScope } from '../domain/actor.ts'
import { HabeasError } from '../domain/errors.ts'
import type { Scope } from './database.ts'
import { apiKeys, doors } from './tables.ts'

export type ApiKeyRow = typeof apiKeys.$inferSelect

export interface NewApiKey {
  readonly id: string
  readonly name: string
  readonly prefix: string
  readonly hash: Buffer
  readonly scopes: readonly ApiScope[]
  readonly expiresAt: Date | null
}

/** The name under which a stranger who holds the key finds its tenant. */
export const doorOfApiKey = (hash: Buffer): string => `api-key:${hash.toString('hex')}`

export async function addApiKey(scope: Scope, { id, hash, scopes, ...rest }: NewApiKey): Promise<void> {
  const { tenantId, now } = scope
  await scope.tx
    .insert(apiKeys)
    .values({ tenantId, id, hash, scopes: [...scopes], ...rest, createdBy: scope.actor.id, createdAt: now })
  await scope.tx.insert(doors).values({ key: doorOfApiKey(hash), tenantId, targetId: id })
}

/** @throws {HabeasError} `not_found` */
export async function findApiKey(scope: Scope, id: string): Promise<ApiKeyRow> {
  const [row] = await scope.tx.select().from(apiKeys).where(eq(apiKeys.id, id))
  return existing(row)
}

/** As `findApiKey`, locked until the transaction ends. */
export async function lockApiKey(scope: Scope, id: string): Promise<ApiKeyRow> {
  const [row] = await scope.tx.select().from(apiKeys).where(eq(apiKeys.id, id)).for('update')
  return existing(row)
}

/** The one thing that can happen to a key is its end. */
export const versionOfApiKey = ({ revokedAt }: Pick<ApiKeyRow, 'revokedAt'>): number => (revokedAt === null ? 1 : 2)

function existing(row: ApiKeyRow | undefined): ApiKeyRow {
  if (row === undefined) throw new HabeasError('not_found', 'There is no such API key.')
  return row
}

/** Oldest first, revoked ones included. */
export async function listApiKeys(scope: Scope, after: string | null, limit: number): Promise<ApiKeyRow[]> {
  return await scope.tx
    .select()
    .from(apiKeys)
    .where(after === null ? undefined : gt(apiKeys.id, after))
    .orderBy(asc(apiKeys.id))
    .limit(limit)
}

/** Ends the key and takes down its door. The one that was revoked first stays the revocation on record. */
export async function markApiKeyRevoked(scope: Scope, { id, hash }: ApiKeyRow): Promise<void> {
  await scope.tx
    .update(apiKeys)
    .set({ revokedAt: scope.now })
    .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
  await scope.tx.delete(doors).where(eq(doors.key, doorOfApiKey(hash)))
}
