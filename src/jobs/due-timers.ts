// What is due, as the worker's login sees it: every tenant's timers, and nothing else of theirs.

import type { Sql } from 'postgres'

export interface DueTimer {
  readonly id: string
  readonly tenantId: string
  readonly requestId: string | null
  readonly kind: string
  /** As the database writes it: it counts finer than a Date. */
  readonly dueAt: string
}

/** Within some tens of milliseconds of locks held, however many are due. */
const AT_ONCE = 500

/** The next of what is due at `now`, after `last`. A sandbox is never behind the service, so this is due there as well. */
export async function lookForDue(worker: Sql, now: Date, last?: DueTimer): Promise<DueTimer[]> {
  return await worker<DueTimer[]>`
    select id, tenant_id as "tenantId", request_id as "requestId", kind, due_at::text as "dueAt" from timers
    where fired_at is null and due_at <= ${now} ${after(worker, last)} order by due_at, tenant_id, id limit ${AT_ONCE}`
}

/**
 * The next of what is due by the clocks of sandboxes that are ahead; by one that is on its way where, and only where, it is
 * named. The fence keeps the planner from walking through everybody's timers up to that instant.
 */
export async function lookInSandboxes(
  worker: Sql,
  now: Date,
  onItsWay: string | null,
  last?: DueTimer
): Promise<DueTimer[]> {
  const which = onItsWay === null ? worker`clock.shown_at > clock.runs_since` : worker`clock.tenant_id = ${onItsWay}`
  return await worker<DueTimer[]>`
    select id, tenant_id as "tenantId", request_id as "requestId", kind, due_at::text as "dueAt"
    from (
      select timer.*, clock.shown_at + coalesce(greatest(${now} - clock.runs_since, '0'), '0') as clock_shows
      from test_clocks clock
        cross join lateral (select * from timers where tenant_id = clock.tenant_id and fired_at is null offset 0) timer
      where ${which}
    ) unfired
    where due_at <= clock_shows ${after(worker, last)} order by due_at, tenant_id, id limit ${AT_ONCE}`
}

function after(worker: Sql, last: DueTimer | undefined) {
  return last === undefined
    ? worker``
    : worker`and (due_at, tenant_id, id) > (${last.dueAt}::text::timestamptz, ${last.tenantId}, ${last.id})`
}
