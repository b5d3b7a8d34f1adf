// Lets the clock of a sandbox go where it was sent: from one instant at which something is due to the next, and at each of them
// what is due is done and what it promises as well, so that everything happens when and in the order it would have happened.

import type { Sql } from 'postgres'
import { SYSTEM } from '../domain/actor.ts'
import { inDays } from '../domain/timers.ts'
import { inTenant } from '../storage/database.ts'
import { findTestClock, releaseTestClock, stepTestClock } from '../storage/test-clocks.ts'
import { fireTimersOf } from './fire-timers.ts'
import type { JobParts } from './parts.ts'
import { bringJobsForward, nextInstant } from './sandbox-queue.ts'
import { writeDueCheckpoints } from './write-checkpoint.ts'

/** Returns when what is promised for this instant is done, or when it is told to stop. */
export type FinishJobs = (worker: Sql, tenantId: string, shownAt: Date, stopping?: AbortSignal) => Promise<void>

/** What is looked after once a day, whether or not anything is due. */
const DAYS_AT_ONCE = 1

/**
 * Plays an advance to its end, unless somebody else is at it. Where it stops half-way whoever comes next goes on from there.
 *
 * @param sql       connections of the worker's login; one is kept while it plays
 * @param stopping  ends it before the next instant
 * @throws {AggregateError} once it has arrived, with what failed on the way: those timers stay due
 */
export async function advanceClock(
  sql: Sql,
  parts: JobParts,
  tenantId: string,
  finishJobs: FinishJobs,
  stopping?: AbortSignal
): Promise<void> {
  const failures = new Map<string, unknown>()
  const worker = await sql.reserve()
  const advance = { worker, parts, tenantId, finishJobs, failures, stopping }
  try {
    // Whoever was turned away at the lock relies on the one who had it to look once more.
    while (!stopping?.aborted && (await clocksOnTheirWay(worker)).includes(tenantId)) {
      const [lock] = await worker`select where pg_try_advisory_lock(hashtext('test clock'), hashtext(${tenantId}))`
      if (lock === undefined) return
      try {
        while (await playOne(advance)) {}
      } finally {
        await worker`select pg_advisory_unlock(hashtext('test clock'), hashtext(${tenantId}))`
      }
    }
  } finally {
    worker.release()
  }
  if (failures.size > 0) throw new AggregateError(failures.values(), `${failures.size} timers could not fire.`)
}

/** The sandboxes whose clocks have not arrived. */
export async function clocksOnTheirWay(worker: Sql): Promise<string[]> {
  const rows = await worker<{ id: string }[]>`select tenant_id as id from test_clocks where runs_since is null`
  return rows.map(({ id }) => id)
}

interface OneAdvance {
  readonly worker: Sql
  readonly parts: JobParts
  readonly tenantId: string
  readonly finishJobs: FinishJobs
  /** What the timers failed with that are due and did not fire. */
  readonly failures: Map<string, unknown>
  readonly stopping: AbortSignal | undefined
}

/**
 * Does what is due at the instant at which the clock stands; where nothing is, moves it to the next.
 * @returns false once it has arrived, or was told to stop
 */
async function playOne({ worker, parts, tenantId, finishJobs, failures, stopping }: OneAdvance): Promise<boolean> {
  const { db, clock } = parts
  const who = () => ({ tenantId, actor: SYSTEM, now: clock() })
  const { shownAt, runsSince, toAt } = await inTenant(db, who(), findTestClock)
  if (runsSince !== null || toAt === null) return false

  await bringJobsForward(worker, clock())
  await finishJobs(worker, tenantId, shownAt, stopping)
  if (stopping?.aborted) return false
  // What failed before is tried again at each instant.
  failures.clear()
  const fired = await fireTimersOf(worker, db, clock, tenantId, failures)
  if (fired > 0) {
    // What they promised and what they set is for the same instant.
    await inTenant(db, who(), scope => stepTestClock(scope, shownAt, fired))
    return true
  }
  await writeDueCheckpoints(parts, [tenantId])

  if (shownAt >= toAt) {
    await inTenant(db, who(), releaseTestClock)
    return false
  }
  const next = earliest(toAt, inDays(shownAt, DAYS_AT_ONCE), (await nextInstant(worker, tenantId, shownAt)) ?? toAt)
  await inTenant(db, who(), scope => stepTestClock(scope, next, 0))
  return true
}

const earliest = (...instants: readonly Date[]) => new Date(Math.min(...instants.map(Number)))
