// Public holidays changed, by a release or because the tenant added a day: the dates of what is open follow, and staff are
// told whose did.

import { isLater } from '../../calendars/calendar-versions.ts'
import { holidaysUnder } from '../../calendars/holidays-under.ts'
import { REGIME_NAMES, type RegimeName } from '../../domain/deadline/regimes.ts'
import { type MovedDate, movedDates } from '../../domain/moved-dates.ts'
import type { Policy } from '../../domain/policy.ts'
import type { Scope } from '../../storage/database.ts'
import { record } from '../../storage/history.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { promise } from '../../storage/promises.ts'
import { type CalendarsNow, isAnyClockStale, keepClocks, lockStaleClocks } from '../../storage/stale-clocks.ts'
import { type LawDates, lawsOf, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { planAlerts } from './plan-alerts.ts'
import { type ClockColumns, clockOf, reckonDeadlines } from './reckon-deadlines.ts'
import { type Moved, tellOfMovedDates } from './tell-of-moved-dates.ts'

/** Promises to bring the clocks of the tenant up to date, if one of them is behind. @returns whether it did */
export async function promiseToFollowCalendar(scope: Scope): Promise<boolean> {
  const { body: policy } = await currentPolicy(scope)
  if (!(await isAnyClockStale(scope, calendarsNow(policy)))) return false
  await promise(scope, 'follow_calendar', {}, { key: `calendar:${scope.tenantId}` })
  return true
}

/**
 * Brings the next clocks up to date that are behind, in order of id. Where a date moved, the history says which, from when to
 * when and why, and staff are told, all in this transaction: done again, it finds nothing left to do.
 *
 * @param failures  what one of them could not be reckoned with is put here; the others do not wait for it
 * @returns the last id that was looked at, or null when there was none
 */
export async function followCalendarOfNext(
  scope: Scope,
  after: string | null,
  limit: number,
  failures: unknown[]
): Promise<string | null> {
  const { body: policy } = await currentPolicy(scope)
  const rows = await lockStaleClocks(scope, calendarsNow(policy), after, limit)
  const reckoned = rows.flatMap(row => {
    try {
      return reckonIfBehind(policy, row)
    } catch (error) {
      failures.push(error)
      return []
    }
  })
  const moved: Moved[] = []
  for (const one of reckoned.filter(({ dates }) => dates.length > 0)) moved.push(await writeMoved(scope, policy, one))
  const same = reckoned.filter(({ dates }) => dates.length === 0)
  await keepClocks(
    scope,
    same.map(({ row, columns: { clock, dueOnWhilePaused } }) => ({ id: row.id, clock, dueOnWhilePaused }))
  )
  await tellOfMovedDates(scope, policy, moved)
  return rows.at(-1)?.id ?? null
}

/**
 * Brings one clock up to date before something else moves it, so that the history tells the two apart.
 * @param row  locked, and open
 */
export async function followCalendar(scope: Scope, policy: Policy, row: SubjectRequestRow): Promise<SubjectRequestRow> {
  const [reckoned] = reckonIfBehind(policy, row)
  if (reckoned === undefined || reckoned.dates.length === 0) return row
  const moved = await writeMoved(scope, policy, reckoned)
  await tellOfMovedDates(scope, policy, [moved])
  return moved.row
}

interface Reckoned {
  readonly row: SubjectRequestRow
  readonly columns: ClockColumns
  readonly dates: readonly MovedDate[]
  /** The calendar that changed, as it was and as it is. */
  readonly was: LawDates
  readonly is: LawDates
}

/** @returns nothing where the clock is up to date, or was reckoned by a later release than this one */
function reckonIfBehind(policy: Policy, row: SubjectRequestRow): Reckoned[] {
  const used = lawsOf(row).map(law => ({ law, now: holidaysUnder(policy, law.regime) }))
  const isBehind = used.some(({ law, now }) => now.id !== law.holidays || now.version !== law.holidaysVersion)
  const isAhead = used.some(({ law, now }) => isLater({ id: law.holidays, version: law.holidaysVersion }, now))
  if (!isBehind || isAhead) return []

  const columns = reckonDeadlines(policy, clockOf(row))
  const after = lawsOf({ ...row, ...columns })
  const change = lawsOf(row)
    .map((was, index) => ({ was, is: after[index]! }))
    .find(({ was, is }) => was.holidays !== is.holidays || was.holidaysVersion !== is.holidaysVersion)
  return change === undefined ? [] : [{ row, columns, dates: movedDates(row, columns), ...change }]
}

async function writeMoved(scope: Scope, policy: Policy, { row, columns, dates, was, is }: Reckoned): Promise<Moved> {
  const [first] = dates
  const data = {
    calendar: is.holidays,
    calendarBefore: was.holidays,
    version: is.holidaysVersion,
    versionBefore: was.holidaysVersion,
    ...(first?.date === 'dueOn'
      ? { dueOnBefore: first.from, dueOn: first.to }
      : { dates: dates.map(({ date }) => date) }),
    moved: Object.fromEntries(dates.map(({ date, from, to }) => [date, { from, to }]))
  }
  const after = await record(scope, row, { kind: 'clock_recomputed', to: row.state, data }, columns)
  await planAlerts(scope, policy, after, row)
  return { row: after, dates }
}

function calendarsNow(policy: Policy): CalendarsNow {
  const now = REGIME_NAMES.map(name => {
    const { id, version } = holidaysUnder(policy, name)
    return [name, `${id}@${version}`]
  })
  return Object.fromEntries(now) as Record<RegimeName, string>
}
