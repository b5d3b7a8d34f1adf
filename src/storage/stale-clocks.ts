// Open requests whose dates were computed with public holidays that have changed since.

import { and, asc, eq, gt, inArray, type SQL, sql } from 'drizzle-orm'
import type { RegimeName } from '../domain/deadline/regimes.ts'
import { OPEN_STATES } from '../domain/lifecycle.ts'
import type { Scope } from './database.ts'
import type { SubjectRequestRow } from './subject-requests.ts'
import { subjectRequests } from './tables.ts'

/** For each law the calendar that counts now, as `GR@1.1f22c553c63b`. */
export type CalendarsNow = Readonly<Record<RegimeName, string>>

export async function isAnyClockStale(scope: Scope, now: CalendarsNow): Promise<boolean> {
  const [found] = await scope.tx
    .select({ id: subjectRequests.id })
    .from(subjectRequests)
    .where(and(openOfTenant(scope), stale(now)))
    .limit(1)
  return found !== undefined
}

/** Locks the next of them in order of id, after `after`. */
export async function lockStaleClocks(
  scope: Scope,
  now: CalendarsNow,
  after: string | null,
  limit: number
): Promise<SubjectRequestRow[]> {
  return await scope.tx
    .select()
    .from(subjectRequests)
    .where(and(openOfTenant(scope), after === null ? undefined : gt(subjectRequests.id, after), stale(now)))
    .orderBy(asc(subjectRequests.id))
    .limit(limit)
    .for('update')
}

/** Writes down with which holidays the dates were found to be as they were: nothing happened, and nothing is told. */
export async function keepClocks(
  scope: Scope,
  kept: readonly Pick<SubjectRequestRow, 'id' | 'clock' | 'dueOnWhilePaused'>[]
): Promise<void> {
  if (kept.length === 0) return
  await scope.tx.execute(sql`
    update subject_requests r set clock = k.clock, due_on_while_paused = k."dueOnWhilePaused"
    from jsonb_to_recordset(${JSON.stringify(kept)}::text::jsonb) as k(id uuid, clock jsonb, "dueOnWhilePaused" date)
    where r.tenant_id = ${scope.tenantId} and r.id = k.id`)
}

function openOfTenant({ tenantId }: Scope): SQL | undefined {
  return and(eq(subjectRequests.tenantId, tenantId), inArray(subjectRequests.state, [...OPEN_STATES]))
}

function stale(now: CalendarsNow): SQL {
  const calendars = sql`${JSON.stringify(now)}::text::jsonb`
  return sql`(${subjectRequests.clock} ->> 'holidays' || '@' || (${subjectRequests.clock} ->> 'holidaysVersion')
      is distinct from ${calendars} ->> ${subjectRequests.regime}
    or exists (select from jsonb_array_elements(${subjectRequests.clock} -> 'laws') law
      where (law ->> 'holidays') || '@' || (law ->> 'holidaysVersion') is distinct from ${calendars} ->> (law ->> 'regime')))`
}
