// Brings the dates of a tenant's open requests up to date with the public holidays, in stretches that hold nobody up.

import { followCalendarOfNext, promiseToFollowCalendar } from '../actions/clock/follow-calendar.ts'
import { SYSTEM } from '../domain/actor.ts'
import type { Jobs } from '../domain/jobs.ts'
import { inTenant } from '../storage/database.ts'
import { forEach } from './every-tenant.ts'
import type { JobParts } from './parts.ts'

/** Within a second of locks held, when the dates of all of them move. */
const AT_ONCE = 100

type Parts = Pick<JobParts, 'db' | 'clock'>

/** Interrupted anywhere, it goes on where it was when it is done again. */
export function followCalendarJob({ db, clock }: Parts) {
  return async ({ tenantId }: Jobs['follow_calendar']): Promise<void> => {
    const failures: unknown[] = []
    for (let last: string | null | undefined; last !== null; ) {
      const after: string | null = last ?? null
      const who = { tenantId, actor: SYSTEM, now: clock() }
      last = await inTenant(db, who, scope => followCalendarOfNext(scope, after, AT_ONCE, failures))
    }
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} clocks could not be reckoned.`)
  }
}

/** Looks for clocks that are behind: a release brings other calendars, and while two releases are at work, the older one writes. */
export async function followCalendars({ db, clock }: Parts, tenants: readonly string[]): Promise<void> {
  await forEach(tenants, tenantId => inTenant(db, { tenantId, actor: SYSTEM, now: clock() }, promiseToFollowCalendar))
}
