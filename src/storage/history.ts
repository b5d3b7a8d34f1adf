// The history: one entry for every change, in the same transaction as the change.

import { and, asc, desc, eq, gt, sql } from 'drizzle-orm'
import type { EventKind } from '../domain/events.ts'
import type { State } from '../domain/lifecycle.ts'
import type { Scope } from './database.ts'
import type { CaseVault } from './sealing.ts'
import type { SubjectRequestRow } from './subject-requests.ts'
import { events, subjectRequests } from './tables.ts'

export type EventRow = typeof events.$inferSelect

export interface Entry {
  readonly kind: EventKind
  /** The state it leads to; the same state when it is no move. */
  readonly to: State
  /** Facts without personal data. */
  readonly data: Record<string, unknown>
  /** Free text of a person, sealed; the entry itself keeps only a commitment to it. */
  readonly text?: { readonly words: string; readonly vault: CaseVault } | undefined
}

/** What changes in the row beside the state and its place in the history. */
export type Changes = Partial<
  Omit<SubjectRequestRow, 'tenantId' | 'id' | 'state' | 'version' | 'lastEventSeq' | 'updatedAt'>
>

const GENESIS = Buffer.alloc(32)

/**
 * Writes one entry and the row it tells of, together.
 * @param row  as locked by this transaction
 * @returns the row as it now stands
 */
export async function record(
  scope: Scope,
  row: SubjectRequestRow,
  entry: Entry,
  changes: Changes = {}
): Promise<SubjectRequestRow> {
  const seq = row.lastEventSeq + 1
  const after: SubjectRequestRow = {
    ...row,
    ...changes,
    state: entry.to,
    version: row.version + 1,
    lastEventSeq: seq,
    updatedAt: scope.now
  }
  await scope.tx.insert(events).values({
    tenantId: scope.tenantId,
    requestId: row.id,
    seq,
    kind: entry.kind,
    fromState: row.state,
    toState: entry.to,
    mover: scope.actor.mover,
    actorId: scope.actor.id,
    at: scope.now,
    data: entry.data,
    sealed: entry.text === undefined ? null : entry.text.vault.sealJson(placeOfText(row.id, seq), entry.text.words),
    commitment: entry.text === undefined ? null : entry.text.vault.commit(entry.text.words),
    // The database chains: it sets both from the last entry.
    previousHash: GENESIS,
    hash: GENESIS
  })
  await scope.tx
    .update(subjectRequests)
    .set({ ...changes, state: after.state, version: after.version, lastEventSeq: seq, updatedAt: scope.now })
    .where(and(eq(subjectRequests.tenantId, scope.tenantId), eq(subjectRequests.id, row.id)))
  return after
}

/** One entry that changes no state. */
export async function note(
  scope: Scope,
  row: SubjectRequestRow,
  kind: EventKind,
  data: Record<string, unknown>,
  changes: Changes = {}
): Promise<SubjectRequestRow> {
  return await record(scope, row, { kind, to: row.state, data }, changes)
}

export const placeOfText = (requestId: string, seq: number) => `events|sealed|${requestId}|${seq}`

export async function listEvents(scope: Scope, requestId: string, after: number, limit: number): Promise<EventRow[]> {
  return await scope.tx
    .select()
    .from(events)
    .where(and(eq(events.requestId, requestId), gt(events.seq, after)))
    .orderBy(asc(events.seq))
    .limit(limit)
}

/** The last entry of one kind, if there is any. */
export async function lastEvent(scope: Scope, requestId: string, kind: EventKind): Promise<EventRow | undefined> {
  const [row] = await scope.tx
    .select()
    .from(events)
    .where(and(eq(events.requestId, requestId), eq(events.kind, kind)))
    .orderBy(desc(events.seq))
    .limit(1)
  return row
}

/** One entry with its data exactly as the database hashed it. */
export interface ChainLink {
  readonly requestId: string
  readonly seq: number
  readonly kind: string
  readonly fromState: string
  readonly toState: string
  readonly mover: string
  readonly actorId: string | null
  /** Microseconds since 1970, as text: more than a double holds exactly. */
  readonly atMicros: string
  readonly data: string
  readonly commitment: string | null
  readonly previousHash: string
  readonly hash: string
}

/** A stretch of all chains of the tenant in order of request and place, for verification. */
export async function readChains(
  scope: Scope,
  after: { requestId: string; seq: number } | null,
  limit: number
): Promise<ChainLink[]> {
  const from = after === null ? sql`true` : sql`(request_id, seq) > (${after.requestId}::uuid, ${after.seq}::int)`
  const { rows } = await scope.tx.execute<ChainLink & Record<string, unknown>>(sql`
    select request_id as "requestId", seq, kind, from_state as "fromState", to_state as "toState", mover, actor_id as "actorId",
      ((extract(epoch from at) * 1000000)::bigint)::text as "atMicros", data::text as data,
      encode(commitment, 'hex') as commitment, encode(previous_hash, 'hex') as "previousHash", encode(hash, 'hex') as hash
    from events where ${from} order by request_id, seq limit ${limit}`)
  return rows
}
