// Figures over a tenant's requests, counted where they lie. Each report is one statement, so that all its figures are of one
// moment. Days are those of the zone that is given.

import { type SQL, sql } from 'drizzle-orm'
import { addDays, type LocalDate, startOfDay } from '../domain/deadline/local-date.ts'
import { OPEN_STATES } from '../domain/lifecycle.ts'
import {
  CALIFORNIA_REQUESTS,
  type CaliforniaCounts,
  type CountedPeople,
  regimesCounted
} from '../domain/reports/california.ts'
import type { OverviewCounts } from '../domain/reports/overview.ts'
import type { Period } from '../domain/reports/period.ts'
import type { Scope } from './database.ts'
import { OWED_ON } from './owed-days.ts'

interface Days {
  readonly period: Period
  readonly timeZone: string
}

/** What an overview is made of: what is open on `today`, and what came in, was extended and was answered in the period. */
export async function countForOverview(
  scope: Scope,
  days: Days,
  { today, weekEndsOn }: { today: LocalDate; weekEndsOn: LocalDate }
): Promise<OverviewCounts> {
  const mine = sql`tenant_id = ${scope.tenantId}`
  const answered = sql`${mine} and ${isWithin('responded_at', days)}`
  return await countAtOnce<OverviewCounts>(scope, {
    open: sql`select state, count(*) as count, count(*) filter (where ${OWED_ON} < ${today}) as overdue,
        count(*) filter (where ${OWED_ON} between ${today} and ${weekEndsOn}) as "dueThisWeek", count(paused_at) as paused
      from subject_requests where ${mine} and state in ${[...OPEN_STATES]} group by state`,
    received: countByKind(sql`${mine} and ${cameIn(days)}`),
    answers: sql`select subject_right as "right", regime, count(*) as answered, count(due_on) as dated,
        count(*) filter (where answered_on <= due_on) as "onTime", ${MIDDLE_OF_DAYS},
        percentile_disc(0.9) within group (order by answered_on - received_on) as "p90Days"
      from (${answersIn(answered, days.timeZone)}) answers group by grouping sets ((subject_right, regime), ()) having count(*) > 0`,
    extensions: countByKind(sql`${mine} and ${isWithin('extended_at', days)}`),
    outcomes: sql`select outcome, ground, count(*) as count from subject_requests where ${answered} group by outcome, ground`
  })
}

/** What California asks for: how the requests of the period ended, whenever they did, and how many days their answers took. */
export async function countForCalifornia(scope: Scope, days: Days, people: CountedPeople): Promise<CaliforniaCounts> {
  const kinds = CALIFORNIA_REQUESTS.flatMap(({ request, rights }) => rights.map(right => ({ request, right })))
  const named = sql.join(
    kinds.map(({ request, right }) => sql`(${request}, ${right})`),
    sql`, `
  )
  const counted = sql`tenant_id = ${scope.tenantId} and ${cameIn(days)}
    and subject_right in ${kinds.map(({ right }) => right)} and regime in ${[...regimesCounted(people)]}`
  return await countAtOnce<CaliforniaCounts>(scope, {
    // An outcome that is only prepared is none yet.
    ended: sql`select subject_right as "right", state, case when responded_at is not null then outcome end as outcome, ground,
        count(*) as count
      from subject_requests where ${counted} group by 1, 2, 3, 4`,
    days: sql`select request, ${MIDDLE_OF_DAYS}
      from (${answersIn(sql`${counted} and responded_at is not null and outcome <> 'forwarded'`, days.timeZone)}) answers
        join (values ${named}) named (request, "right") on named."right" = subject_right
      group by grouping sets ((request), ()) having count(*) > 0`
  })
}

/** Of an even number of answers the median lies half-way between the two in the middle. */
const MIDDLE_OF_DAYS = sql`percentile_cont(0.5) within group (order by answered_on - received_on) as "medianDays",
  avg(answered_on - received_on) as "meanDays"`

/** The answers that stand: one that was taken back by reopening the request is none. */
function answersIn(condition: SQL, timeZone: string): SQL {
  return sql`select subject_right, regime, received_on, due_on, (responded_at at time zone ${timeZone})::date as answered_on
    from subject_requests where ${condition}`
}

function countByKind(condition: SQL): SQL {
  return sql`select subject_right as "right", regime, count(*) as count from subject_requests where ${condition}
    group by grouping sets ((subject_right, regime), ())`
}

/** Whether an instant lies on a day of the period. */
function isWithin(column: 'responded_at' | 'extended_at', { period, timeZone }: Days): SQL {
  const [from, until] = [startOfDay(timeZone, period.from), startOfDay(timeZone, addDays(period.to, 1))]
  return sql`${sql.raw(column)} >= ${from.toISOString()}::timestamptz and ${sql.raw(column)} < ${until.toISOString()}::timestamptz`
}

/**
 * Whether a request was received within the period. Nothing is written down before it was received, so the index of the newest
 * finds it; two days are left for a zone that was corrected since.
 */
function cameIn({ period, timeZone }: Days): SQL {
  const notBefore = startOfDay(timeZone, addDays(period.from, -2))
  return sql`received_on between ${period.from} and ${period.to} and created_at >= ${notBefore.toISOString()}::timestamptz`
}

/** Each list by its name. They come as JSON, in which a number is a number. */
async function countAtOnce<T>(scope: Scope, lists: Readonly<Record<keyof T & string, SQL>>): Promise<T> {
  const columns = Object.entries<SQL>(lists).map(
    ([name, list]) => sql`(select coalesce(json_agg(listed), '[]') from (${list}) listed) as ${sql.identifier(name)}`
  )
  const { rows } = await scope.tx.execute<Record<string, unknown>>(sql`select ${sql.join(columns, sql`, `)}`)
  return rows[0] as T
}
