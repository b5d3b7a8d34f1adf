// The queue as the time of a sandbox sees it. Jobs promised for later carry the tenant's instant, and the queue goes by the
// real one: those of a sandbox that is ahead are brought forward when its own clock says so.

import { setTimeout as pause } from 'node:timers/promises'
import type { Sql } from 'postgres'

const LOOK_EVERY_MS = 10
/** Half a minute. A job that takes longer is left behind, as time would leave it. */
const LOOKS = 3_000

/**
 * Waits until others have done what is promised for this instant. What failed is not waited for: it is tried again later, as
 * it would be.
 */
export async function waitForJobs(worker: Sql, tenantId: string, shownAt: Date, stopping?: AbortSignal): Promise<void> {
  for (let looks = LOOKS; looks > 0 && !stopping?.aborted; looks -= 1) {
    const [waiting] = await worker`
      select from graphile_worker._private_jobs
      where payload->>'tenantId' = ${tenantId} and (locked_at is not null or attempts = 0)
        and run_at <= greatest(created_at, ${shownAt}) limit 1`
    if (waiting === undefined) return
    await pause(LOOK_EVERY_MS)
  }
}

/** Lets the queue have what was promised for an instant that the clock of its sandbox shows by now. */
export async function bringJobsForward(worker: Sql, serviceNow: Date): Promise<void> {
  await worker`
    select graphile_worker.reschedule_jobs(array[job.id], run_at => job.created_at)
    from test_clocks clock join graphile_worker._private_jobs job on job.payload->>'tenantId' = clock.tenant_id::text
    where job.attempts = 0 and job.locked_at is null and job.run_at > job.created_at
      and job.run_at <= clock.shown_at + coalesce(greatest(${serviceNow} - clock.runs_since, '0'), '0')`
}

/** When the next timer or job of a sandbox is due after `shownAt`; null when nothing is. */
export async function nextInstant(worker: Sql, tenantId: string, shownAt: Date): Promise<Date | null> {
  // Without the fence the planner may walk through everybody's timers up to that instant. Rounded up to what a Date can hold.
  const [row] = await worker<{ at: Date | null }[]>`
    select date_trunc('milliseconds', least(
      (select min(due_at) from (select due_at from timers where tenant_id = ${tenantId} and fired_at is null offset 0) unfired
       where due_at > ${shownAt}),
      (select min(run_at) from graphile_worker._private_jobs
       where payload->>'tenantId' = ${tenantId} and attempts = 0 and locked_at is null and run_at > greatest(created_at, ${shownAt}))
    ) + interval '999 microseconds') as at`
  return row?.at ?? null
}
