// Work promised for later, in the transaction that needs it. Payloads are ids.

import { sql } from 'drizzle-orm'
import type { JobKind, Jobs } from '../domain/jobs.ts'
import type { Scope } from './database.ts'

/**
 * Promises a job: it stands or falls with this transaction.
 * @param key  a second promise under the same key replaces the first while it has not begun
 */
export async function promise<K extends JobKind>(
  scope: Scope,
  kind: K,
  ids: Omit<Jobs[K], 'tenantId'>,
  { at, key }: { at?: Date; key?: string } = {}
): Promise<void> {
  const payload = JSON.stringify({ tenantId: scope.tenantId, ...ids })
  await scope.tx.execute(
    sql`select promise(${kind}, ${payload}::json, ${at?.toISOString() ?? null}::timestamptz, ${key ?? null})`
  )
}
