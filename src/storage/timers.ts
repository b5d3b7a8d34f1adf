// Timers: set, stopped, and taken once.

import { and, eq, isNull, like } from 'drizzle-orm'
import { uuidv7 } from 'uuidv7'
import type { NextTimer } from '../domain/timers.ts'
import type { Scope } from './database.ts'
import { timers } from './tables.ts'

export type TimerRow = typeof timers.$inferSelect

export async function setTimer(
  scope: Scope,
  { kind, dueAt }: NextTimer,
  about: { requestId?: string; caseId?: string }
): Promise<void> {
  await scope.tx.insert(timers).values({
    tenantId: scope.tenantId,
    id: uuidv7(),
    requestId: about.requestId ?? null,
    caseId: about.caseId ?? null,
    kind,
    dueAt
  })
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

/** Takes a timer: of two who try, one gets it. */
export async function takeTimer(scope: Scope, id: string): Promise<TimerRow | undefined> {
  const [row] = await scope.tx
    .update(timers)
    .set({ firedAt: scope.now })
    .where(and(eq(timers.tenantId, scope.tenantId), eq(timers.id, id), isNull(timers.firedAt)))
    .returning()
  return row
}
