// Checkpoints: signed statements of where every chain of the tenant stood. They are only added to.

import { and, asc, desc, eq, gt, lt, sql } from 'drizzle-orm'
import type { ChainHead } from '../domain/checkpoint.ts'
import type { Scope } from './database.ts'
import { checkpointHeads, checkpoints } from './tables.ts'

export type CheckpointRow = typeof checkpoints.$inferSelect

/** Of two who write a checkpoint of the same tenant one waits, and then sees the other's. */
export async function lockCheckpoints(scope: Scope): Promise<void> {
  await scope.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`checkpoints of ${scope.tenantId}`}, 0))`)
}

/** The same without waiting. @returns false while somebody else holds it */
export async function tryLockCheckpoints(scope: Scope): Promise<boolean> {
  const {
    rows: [row]
  } = await scope.tx.execute<{ taken: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`checkpoints of ${scope.tenantId}`}, 0)) as taken`
  )
  return row?.taken ?? false
}

export async function newestCheckpoint(scope: Scope): Promise<CheckpointRow | undefined> {
  const [row] = await scope.tx.select().from(checkpoints).orderBy(desc(checkpoints.seq)).limit(1)
  return row
}

/** Whether anything was recorded since a checkpoint. @param since  null when there is none */
export async function hasNewsSince(scope: Scope, since: CheckpointRow | undefined): Promise<boolean> {
  // An entry's time is fixed before its transaction ends, so one that was under way at the checkpoint may be older than it.
  const from = since === undefined ? sql`true` : sql`at > ${since.at.toISOString()}::timestamptz - interval '1 hour'`
  const {
    rows: [row]
  } = await scope.tx.execute<{ news: boolean }>(sql`
    select exists (
      select from events e
      where e.tenant_id = ${scope.tenantId} and ${from} and not exists (
        select from checkpoint_heads h where h.tenant_id = e.tenant_id and h.request_id = e.request_id and h.event_seq >= e.seq)
    ) as news`)
  return row?.news ?? false
}

/** @param before  the place of the last one seen; null begins with the newest */
export async function listCheckpoints(scope: Scope, before: number | null, limit: number): Promise<CheckpointRow[]> {
  return await scope.tx
    .select()
    .from(checkpoints)
    .where(and(eq(checkpoints.tenantId, scope.tenantId), before === null ? undefined : lt(checkpoints.seq, before)))
    .orderBy(desc(checkpoints.seq))
    .limit(limit)
}

/** All of them in order, for verification. */
export async function* readAllCheckpoints(scope: Scope, pageSize = 500): AsyncGenerator<CheckpointRow> {
  for (let after = 0; ; ) {
    const page = await scope.tx
      .select()
      .from(checkpoints)
      .where(gt(checkpoints.seq, after))
      .orderBy(asc(checkpoints.seq))
      .limit(pageSize)
    yield* page
    const last = page.at(-1)
    if (last === undefined || page.length < pageSize) return
    after = last.seq
  }
}

export async function insertCheckpoint(scope: Scope, row: Omit<CheckpointRow, 'tenantId'>): Promise<CheckpointRow> {
  const [inserted] = await scope.tx
    .insert(checkpoints)
    .values({ ...row, tenantId: scope.tenantId })
    .returning()
  return inserted!
}

export async function insertHeads(scope: Scope, checkpointSeq: number, heads: readonly ChainHead[]): Promise<void> {
  if (heads.length === 0) return
  await scope.tx.execute(sql`
    insert into ${checkpointHeads} (tenant_id, request_id, checkpoint_seq, event_seq, hash)
    select ${scope.tenantId}::uuid, h."requestId", ${checkpointSeq}::int, h.seq, decode(h.hash, 'hex')
    from jsonb_to_recordset(${JSON.stringify(heads)}::text::jsonb) as h("requestId" uuid, seq int, hash text)`)
}
