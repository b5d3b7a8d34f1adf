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

/** An entry that changes no state and tells of no person's words. */
export interface Note {
  readonly row: SubjectRequestRow
  readonly kind: EventKind
  readonly data: Record<string, unknown>
}

/**
 * Writes entries of many requests in two statements; several of one request follow each other as they are given.
 * @param notes  with rows as locked by this transaction, each as it stood before all of them
 */
export async function noteAll(scope: Scope, notes: readonly Note[]): Promise<void> {
  if (notes.length === 0) return
  const added = new Map<string, number>()
  const entries = notes.map(({ row, kind, data }) => {
    const count = (added.get(row.id) ?? 0) + 1
    added.set(row.id, count)
    return {
      tenantId: scope.tenantId,
      requestId: row.id,
      seq: row.lastEventSeq + count,
      kind,
      fromState: row.state,
      toState: row.state,
      mover: scope.actor.mover,
      actorId: scope.actor.id,
      at: scope.now,
      data,
      // The database chains: it sets both from the last entry.
      previousHash: GENESIS,
      hash: GENESIS
    }
  })
  await scope.tx.insert(events).values(entries)
  const counts = JSON.stringify([...added].map(([id, count]) => ({ id, count })))
  await scope.tx.execute(sql`
    update subject_requests r set version = version + n.count, last_event_seq = last_event_seq + n.count,
      updated_at = ${scope.now.toISOString()}::timestamptz
    from jsonb_to_recordset(${counts}::text::jsonb) as n(id uuid, count int)
    where r.tenant_id = ${scope.tenantId} and r.id = n.id`)
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
