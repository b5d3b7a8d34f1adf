// What is promised to a webhook. The database promises each entry of the history itself: see `announce_events` in the migrations.

import { and, asc, eq, lt, lte, min, type SQL, sql } from 'drizzle-orm'
import { HabeasError } from '../domain/errors.ts'
import type { PlacedEntry } from '../domain/public-events.ts'
import { inDays } from '../domain/timers.ts'
import { type Attempted, DELIVERIES_KEPT_DAYS, type DeliveryState, type Standing } from '../domain/webhooks.ts'
import type { Scope } from './database.ts'
import { events, subjectRequests, webhookDeliveries } from './tables.ts'

export type DeliveryRow = typeof webhookDeliveries.$inferSelect

/** A delivery with the entry that it tells of; null for a ping. */
export interface Delivery {
  readonly row: DeliveryRow
  readonly entry: PlacedEntry | null
}

export async function insertPing(scope: Scope, webhookId: string, id: string): Promise<void> {
  const { tenantId, now } = scope
  await scope.tx
    .insert(webhookDeliveries)
    .values({ tenantId, id, webhookId, state: 'pending', nextTryAt: now, createdAt: now })
}

/** @throws {HabeasError} `not_found` */
export async function findDelivery(scope: Scope, webhookId: string, id: string): Promise<Delivery> {
  const [found] = await withEntries(
    scope,
    and(eq(webhookDeliveries.webhookId, webhookId), eq(webhookDeliveries.id, id))
  )
  if (found === undefined) throw new HabeasError('not_found', 'There is no such delivery.')
  return deliveryOf(found)
}

/** Newest first. @param before  the last one seen */
export async function listDeliveries(
  scope: Scope,
  webhookId: string,
  { state, before, limit }: { state: DeliveryState | undefined; before: DeliveryEnd | null; limit: number }
): Promise<Delivery[]> {
  const { createdAt, id } = webhookDeliveries
  const found = await withEntries(
    scope,
    and(
      eq(webhookDeliveries.webhookId, webhookId),
      state === undefined ? undefined : eq(webhookDeliveries.state, state),
      before === null ? undefined : sql`(${createdAt}, ${id}) < (${before.at}::timestamptz, ${before.id}::uuid)`
    )
  )
    .orderBy(sql`${createdAt} desc nulls last`, sql`${id} desc nulls last`)
    .limit(limit)
  return found.map(deliveryOf)
}

export interface DeliveryEnd {
  /** RFC 3339. */
  readonly at: string
  readonly id: string
}

/** What is due of one webhook, the longest due first, each counted as tried: who dies trying has tried. */
export async function takeDue(scope: Scope, webhookId: string, limit: number): Promise<Delivery[]> {
  const due = scope.tx
    .select({ id: webhookDeliveries.id })
    .from(webhookDeliveries)
    .where(and(isPendingOf(scope, webhookId), lte(webhookDeliveries.nextTryAt, scope.now)))
    .orderBy(asc(webhookDeliveries.nextTryAt), asc(webhookDeliveries.id))
    .limit(limit)
  const taken = await scope.tx
    .update(webhookDeliveries)
    .set({ attempts: sql`${webhookDeliveries.attempts} + 1`, lastTriedAt: scope.now })
    .where(and(eq(webhookDeliveries.tenantId, scope.tenantId), sql`${webhookDeliveries.id} in ${due}`))
    .returning({ id: webhookDeliveries.id })
  if (taken.length === 0) return []
  const found = await withEntries(scope, sql`${webhookDeliveries.id} in ${taken.map(({ id }) => id)}`)
  return found.map(deliveryOf)
}

/** When the next one of a webhook is due. @returns null when nothing is pending */
export async function nextTryOf(scope: Scope, webhookId: string): Promise<Date | null> {
  const [row] = await scope.tx
    .select({ at: min(webhookDeliveries.nextTryAt) })
    .from(webhookDeliveries)
    .where(isPendingOf(scope, webhookId))
  return row?.at ?? null
}

/** Records an attempt, unless another was made meanwhile. */
export async function recordAttempt(
  scope: Scope,
  { id, attempts, step }: DeliveryRow,
  { status, failure }: Attempted,
  standing: Standing
): Promise<void> {
  await scope.tx
    .update(webhookDeliveries)
    .set({
      ...standing,
      step: step + 1,
      lastStatus: status,
      lastFailure: failure,
      endedAt: standing.state === 'pending' ? null : scope.now
    })
    .where(
      and(
        eq(webhookDeliveries.tenantId, scope.tenantId),
        eq(webhookDeliveries.id, id),
        eq(webhookDeliveries.attempts, attempts),
        eq(webhookDeliveries.state, 'pending')
      )
    )
}

/** Lets a delivery begin anew, now. */
export async function renewDelivery(scope: Scope, id: string): Promise<void> {
  await scope.tx
    .update(webhookDeliveries)
    .set({ state: 'pending', step: 0, nextTryAt: scope.now, endedAt: null })
    .where(and(eq(webhookDeliveries.tenantId, scope.tenantId), eq(webhookDeliveries.id, id)))
}

/** Gives up what is pending, with its webhook. */
export async function endPending(scope: Scope, webhookId: string): Promise<void> {
  await scope.tx
    .update(webhookDeliveries)
    .set({ state: 'failed', nextTryAt: null, endedAt: scope.now, lastFailure: 'disabled' })
    .where(isPendingOf(scope, webhookId))
}

/** Throws away what ended a while ago. */
export async function forgetDeliveries(scope: Scope): Promise<void> {
  const { tenantId, endedAt } = webhookDeliveries
  const oldest = inDays(scope.now, -DELIVERIES_KEPT_DAYS)
  await scope.tx.delete(webhookDeliveries).where(and(eq(tenantId, scope.tenantId), lt(endedAt, oldest)))
}

function withEntries(scope: Scope, where: SQL | undefined) {
  const { fromState, toState, at, data } = events
  return scope.tx
    .select({ row: webhookDeliveries, entry: { fromState, toState, at, data }, caseId: subjectRequests.caseId })
    .from(webhookDeliveries)
    .leftJoin(
      events,
      and(
        eq(events.tenantId, webhookDeliveries.tenantId),
        eq(events.requestId, webhookDeliveries.requestId),
        eq(events.seq, webhookDeliveries.seq)
      )
    )
    .leftJoin(
      subjectRequests,
      and(eq(subjectRequests.tenantId, webhookDeliveries.tenantId), eq(subjectRequests.id, webhookDeliveries.requestId))
    )
    .where(and(eq(webhookDeliveries.tenantId, scope.tenantId), where))
}

type Found = Awaited<ReturnType<typeof withEntries>>[number]

function deliveryOf({ row, entry, caseId }: Found): Delivery {
  const { kind, position, requestId, seq } = row
  if (kind === null || position === null || requestId === null || seq === null) return { row, entry: null }
  if (entry === null || caseId === null) throw new Error('A delivery tells of an entry of the history.')
  return { row, entry: { ...entry, caseId, kind, position, requestId, seq } }
}

const isPendingOf = (scope: Scope, webhookId: string) =>
  and(
    eq(webhookDeliveries.tenantId, scope.tenantId),
    eq(webhookDeliveries.webhookId, webhookId),
    eq(webhookDeliveries.state, 'pending')
  )
