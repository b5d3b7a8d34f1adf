// Timers: set, stopped, and taken once.

import { and, eq, gt, inArray, isNull, like, lte, sql } from 'drizzle-orm'
import { uuidv7 } from 'uuidv7'
import type { NextTimer, TimerKind } from '../domain/timers.ts'
import type { Scope } from './database.ts'
import { timers } from './tables.ts'

export type TimerRow = typeof timers.$inferSelect

export async function setTimer(
  scope: Scope,
  { kind, dueAt }: NextTimer,
  about: { requestId?: string; caseId?: string; inboundId?: string }
): Promise<void> {
  await scope.tx.insert(timers).values({
    tenantId: scope.tenantId,
    id: uuidv7(),
    requestId: about.requestId ?? null,
    caseId: about.caseId ?? null,
    inboundId: about.inboundId ?? null,
    kind,
    dueAt
  })
}

/** Timers of many requests, in one statement. */
export async function setTimersOfRequests(
  scope: Scope,
  next: readonly (NextTimer & { readonly requestId: string })[]
): Promise<void> {
  if (next.length === 0) return
  await scope.tx.insert(timers).values(next.map(timer => ({ ...timer, tenantId: scope.tenantId, id: uuidv7() })))
}

/** Sets the tenant's digest for now, unless one is to come already. */
export async function setDigest(scope: Scope): Promise<void> {
  const digest = { tenantId: scope.tenantId, id: uuidv7(), kind: 'digest', dueAt: scope.now }
  await scope.tx
    .insert(timers)
    .values(digest)
    .onConflictDoNothing({ target: timers.tenantId, where: sql`kind = 'digest' and fired_at is null` })
}

/** Sets when a webhook is looked at again. It has one timer, and that is moved. */
export async function setWebhookTimer(scope: Scope, webhookId: string, dueAt: Date): Promise<void> {
  await scope.tx
    .insert(timers)
    .values({ tenantId: scope.tenantId, id: webhookId, kind: 'webhook', dueAt })
    .onConflictDoUpdate({ target: [timers.tenantId, timers.id], set: { dueAt, firedAt: null } })
}

/** Stops what has not fired yet. @param kind  a SQL pattern: `alert:%` */
export async function stopTimers(
  scope: Scope,
  kind: string,
  about: { requestId: string } | { caseId: string }
): Promise<void> {
  const whose = 'requestId' in about ? eq(timers.requestId, about.requestId) : eq(timers.caseId, about.caseId)
  await scope.tx
    .update(timers)
    .set({ firedAt: scope.now })
    .where(and(eq(timers.tenantId, scope.tenantId), whose, like(timers.kind, kind), isNull(timers.firedAt)))
}

/** Stops those of many requests. @param after  leaves what was due by then to fire */
export async function stopTimersOfRequests(
  scope: Scope,
  kind: string,
  requestIds: readonly string[],
  after?: Date
): Promise<void> {
  await scope.tx
    .update(timers)
    .set({ firedAt: scope.now })
    .where(and(unfiredOf(scope, kind, requestIds), after === undefined ? undefined : gt(timers.dueAt, after)))
}

/** What has not fired yet of many requests. @param kind  a SQL pattern */
export async function unfiredTimers(scope: Scope, kind: string, requestIds: readonly string[]): Promise<TimerRow[]> {
  return await scope.tx
    .select()
    .from(timers)
    .where(unfiredOf(scope, kind, requestIds))
}

/** Whether any timer of this kind is due and has not fired. @param kind  a SQL pattern */
export async function isAnyDue(scope: Scope, kind: string): Promise<boolean> {
  const due = await scope.tx
    .select({ id: timers.id })
    .from(timers)
    .where(
      and(
        eq(timers.tenantId, scope.tenantId),
        like(timers.kind, kind),
        isNull(timers.firedAt),
        lte(timers.dueAt, scope.now)
      )
    )
    .limit(1)
  return due.length > 0
}

export async function findTimer(scope: Scope, id: string): Promise<TimerRow | undefined> {
  const [row] = await scope.tx
    .select()
    .from(timers)
    .where(and(eq(timers.tenantId, scope.tenantId), eq(timers.id, id)))
  return row
}

/** Lets all timers of one kind fire so many days earlier: whatever they do then is asked anew whether its time has come. */
export async function advanceTimers(scope: Scope, kind: TimerKind, days: number): Promise<void> {
  await scope.tx
    .update(timers)
    .set({ dueAt: sql`${timers.dueAt} - make_interval(days => ${days}::int)` })
    .where(and(eq(timers.tenantId, scope.tenantId), eq(timers.kind, kind), isNull(timers.firedAt)))
}

/** Takes a timer: of two who try, one gets it. */
export async function takeTimer(scope: Scope, id: string): Promise<TimerRow | undefined> {
  const [row] = await scope.tx
    .update(timers)
    .set({ firedAt: scope.now })
    .where(and(eq(timers.tenantId, scope.tenantId), eq(timers.id, id), isNull(timers.firedAt)))
    .returning()
  return row
}

/** Takes those of many that nobody has taken. */
export async function takeTimers(scope: Scope, ids: readonly string[]): Promise<TimerRow[]> {
  if (ids.length === 0) return []
  return await scope.tx
    .update(timers)
    .set({ firedAt: scope.now })
    .where(and(eq(timers.tenantId, scope.tenantId), inArray(timers.id, [...ids]), isNull(timers.firedAt)))
    .returning()
}

function unfiredOf(scope: Scope, kind: string, requestIds: readonly string[]) {
  return and(
    eq(timers.tenantId, scope.tenantId),
    inArray(timers.requestId, [...requestIds]),
    like(timers.kind, kind),
    isNull(timers.firedAt)
  )
}
