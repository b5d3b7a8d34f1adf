// Somebody with the whole database in hand, past every trigger, foreign key and check: whoever owns the disk.

import postgres, { type Sql } from 'postgres'
import { type Verification, verifyHistory } from '../../src/actions/proof/verify-history.ts'
import { writeCheckpoint } from '../../src/actions/proof/write-checkpoint.ts'
import { SYSTEM } from '../../src/domain/actor.ts'
import { type CheckpointSigner, checkpointSigner } from '../../src/storage/checkpoint-keys.ts'
import type { CheckpointRow } from '../../src/storage/checkpoints.ts'
import { inTenant } from '../../src/storage/database.ts'
import { type House, openHouse, type TenantInHouse } from './house.ts'

const KEPT = ['events', 'subject_requests', 'checkpoints', 'checkpoint_heads', 'cases'] as const
type Kept = (typeof KEPT)[number]

export interface BurgledHouse {
  readonly house: House
  readonly acme: TenantInHouse
  readonly signer: CheckpointSigner
  readonly sql: Sql
  verify(signer?: CheckpointSigner): Promise<Verification>
  checkpoint(): Promise<CheckpointRow>
  /** A request with moves, happenings and the words of staff. @returns its id */
  openWithHistory(n: number): Promise<string>
  /** Keeps the tables as they are now, for `restore`. */
  keep(): Promise<void>
  restore(...tables: Kept[]): Promise<void>
  /** Writes the chain of a request anew, with another assignee in it, through the trigger that chains: every hash is right. */
  rewrite(requestId: string): Promise<void>
  /** Takes the last entry away, and lets the request say that it ended before. */
  shorten(requestId: string): Promise<void>
}

/** A house in which somebody has broken in. */
export async function openBurgledHouse(test: { teardown(undo: () => Promise<void>): unknown }): Promise<BurgledHouse> {
  const house = await openHouse(test)
  const acme = await house.tenant()
  const signer = checkpointSigner(Buffer.alloc(32, 7))
  const sql = postgres(house.ownerUrl, {
    max: 1,
    onnotice: () => {},
    connection: { session_replication_role: 'replica' }
  })
  test.teardown(() => sql.end({ timeout: 5 }))
  await dropChecks(sql)
  const who = () => ({ tenantId: acme.id, actor: SYSTEM, now: house.now() })

  return {
    house,
    acme,
    signer,
    sql,
    verify: (by = signer) => inTenant(house.db, who(), scope => verifyHistory(scope, by)),
    checkpoint: () => inTenant(house.db, who(), scope => writeCheckpoint(scope, signer)),
    openWithHistory: n => openWithHistory(acme, n),
    keep: () => keep(sql),
    restore: (...tables) => restore(sql, tables),
    rewrite: requestId => rewrite(sql, requestId),
    shorten: requestId => shorten(sql, requestId)
  }
}

/** Whoever owns the tables is held by no constraint. */
async function dropChecks(sql: Sql): Promise<void> {
  const checks = await sql<{ name: string; of: string }[]>`
    select conname as name, conrelid::regclass::text as of from pg_constraint where contype = 'c' and connamespace = 'public'::regnamespace`
  for (const { name, of } of checks) await sql`alter table ${sql(of)} drop constraint ${sql(name)}`
}

async function openWithHistory(acme: TenantInHouse, n: number): Promise<string> {
  const asked = {
    rights: ['access'],
    subject: { name: 'Anna Berg', email: `anna${n}@example.com` },
    channel: 'phone',
    verification: { method: 'none' }
  }
  const [{ id }] = (await acme.agent.post('/v1/requests', asked)).json().requests
  await acme.agent.post(`/v1/requests/${id}/verification/confirmation`, {
    method: 'phone_callback',
    note: 'Called the number on file.'
  })
  await acme.agent.patch(`/v1/requests/${id}`, { assignee: 'agent' })
  await acme.agent.post(`/v1/requests/${id}/clarification`, { question: 'Which of the two accounts do you mean?' })
  await acme.agent.post(`/v1/requests/${id}/clarification/answer`, { text: 'Both.' })
  return id
}

async function keep(sql: Sql): Promise<void> {
  await sql`create schema if not exists kept`
  for (const table of KEPT) {
    await sql`drop table if exists kept.${sql(table)}`
    await sql`create table kept.${sql(table)} as select * from public.${sql(table)}`
  }
}

async function restore(sql: Sql, tables: readonly Kept[]): Promise<void> {
  for (const table of tables) {
    await sql`delete from public.${sql(table)}`
    await sql`insert into public.${sql(table)} select * from kept.${sql(table)}`
  }
}

async function rewrite(owner: Sql, requestId: string): Promise<void> {
  await owner.begin(async sql => {
    await sql`create temporary table old on commit drop as select * from events where request_id = ${requestId}`
    await sql`update old set data = '{"assignee": "somebody else"}' where kind = 'assigned'`
    await sql`delete from events where request_id = ${requestId}`
    await sql`alter table events enable always trigger chain_event`
    await sql`insert into events select * from old order by seq`
    await sql`alter table events enable trigger chain_event`
  })
}

async function shorten(sql: Sql, requestId: string): Promise<void> {
  await sql`delete from events where request_id = ${requestId} and seq = (select last_event_seq from subject_requests where id = ${requestId})`
  await sql`
    update subject_requests r set (state, last_event_seq) = (select to_state, seq from events where request_id = r.id order by seq desc limit 1) where id = ${requestId}`
}
