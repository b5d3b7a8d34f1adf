// The clock of a sandbox: read, sent ahead, and moved step by step to where it was sent.

import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { HabeasError } from '../domain/errors.ts'
import { refuseLive, type TestClock } from '../domain/test-clock.ts'
import type { Scope } from './database.ts'
import { testClocks } from './tables.ts'

/** @throws {HabeasError} `sandbox_only` for a live tenant */
export async function findTestClock(scope: Scope): Promise<TestClock> {
  refuseLive(scope.tenant)
  const [row] = await scope.tx.select().from(testClocks)
  if (row === undefined) throw new HabeasError('not_found', 'This sandbox has no clock.')
  return row
}

/**
 * Sends it ahead from what it shows now; from here on it stands until it is moved. Of two who try, one does.
 * @throws {HabeasError} `clock_advancing`
 */
export async function sendTestClock(scope: Scope, toAt: Date): Promise<void> {
  const { now } = scope
  const sent = await scope.tx
    .update(testClocks)
    .set({ shownAt: now, runsSince: null, fromAt: now, toAt, fired: 0 })
    .where(and(eq(testClocks.tenantId, scope.tenantId), isNotNull(testClocks.runsSince)))
    .returning({ tenantId: testClocks.tenantId })
  if (sent.length > 0) return
  throw new HabeasError('clock_advancing', 'The clock has not arrived where it was sent before; wait until it has.')
}

/** Moves a clock that is on its way, and counts what fired since the last step. */
export async function stepTestClock(scope: Scope, shownAt: Date, fired: number): Promise<void> {
  await scope.tx
    .update(testClocks)
    .set({ shownAt, fired: sql`${testClocks.fired} + ${fired}` })
    .where(isOnItsWay(scope))
}

/** Lets a clock that has arrived run on. It is not behind the service's, which ran on meanwhile. */
export async function releaseTestClock(scope: Scope): Promise<void> {
  const { now, serviceNow } = scope
  const shownAt = now > serviceNow ? now : serviceNow
  await scope.tx.update(testClocks).set({ shownAt, runsSince: serviceNow }).where(isOnItsWay(scope))
}

const isOnItsWay = ({ tenantId }: Scope) => and(eq(testClocks.tenantId, tenantId), isNull(testClocks.runsSince))
