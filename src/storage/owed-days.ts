// What is owed by when, also while a clock stands: the one place that knows. What stands runs out of no day; a promise that no
// pause moves, and a law that knows no such pause, go on.

import { and, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import { earliest, type LocalDate } from '../domain/deadline/local-date.ts'
import { lawsOf, type RowWithDates } from './subject-requests.ts'
import { subjectRequests } from './tables.ts'

const { pausedAt, dueOn, dueOnWhilePaused } = subjectRequests

/** The day by which the answer is owed as things stand; null where there is none, or none while the clock stands. */
export function owedOn(row: Pick<RowWithDates, 'pausedAt' | 'dueOn' | 'dueOnWhilePaused'>): LocalDate | null {
  return row.pausedAt === null ? row.dueOn : row.dueOnWhilePaused
}

/** The same in a query, whatever it calls the table. */
export const OWED_ON = sql<LocalDate | null>`case when paused_at is null then due_on else due_on_while_paused end`

/** Whether it is before that day. No pause makes a day earlier, so the index by due day finds them. */
export function isOwedBefore(day: LocalDate): SQL | undefined {
  return and(lt(dueOn, day), or(isNull(pausedAt), lt(dueOnWhilePaused, day)))
}

/** The last day to announce an extension, of the laws whose clock does not stand; null where there is none. */
export function extensionOwedBy(row: RowWithDates): LocalDate | null {
  return earliest(...lawsOf(row).map(law => (standsUnder(row, law.regime) ? null : law.extensionNoticeBy)))
}

/** Whether an extension can still be announced under one of the laws. */
export function canStillBeExtended(row: RowWithDates, today: LocalDate): boolean {
  return lawsOf(row).some(
    ({ regime, extensionNoticeBy: by }) => by !== null && (standsUnder(row, regime) || today <= by)
  )
}

function standsUnder({ pausedAt, clock }: RowWithDates, regime: RowWithDates['regime']): boolean {
  return pausedAt !== null && (clock.standing ?? []).includes(regime)
}
