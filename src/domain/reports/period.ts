// The days that a report is about, and those it calls this week.

import { addDays, addMonths, daysBetween, type LocalDate, parseLocalDate, weekdayOf } from '../deadline/local-date.ts'
import { invalid } from '../errors.ts'

/** Both days belong to it. */
export interface Period {
  readonly from: LocalDate
  readonly to: LocalDate
}

const USUAL_MONTHS = 12
/** More than the statutes of limitation ask for, and few enough to be counted while somebody waits. */
const MAX_DAYS = 3_660
const SUNDAY = 7
/** No request is older than the laws that gave the rights, and dates have four digits. */
const FIRST_DAY = '2000-01-01'
const LAST_DAY = '2100-12-31'

/**
 * The period asked for; what is left out is twelve months, up to today.
 * @param today  of the tenant's zone
 * @throws {HabeasError} `invalid` for a day that cannot be read, an end before the beginning, or more than ten years
 */
export function readPeriod(asked: { from?: string | undefined; to?: string | undefined }, today: LocalDate): Period {
  const to = asked.to === undefined ? today : readDay(asked.to, '/query/to')
  const from = asked.from === undefined ? addDays(addMonths(to, -USUAL_MONTHS), 1) : readDay(asked.from, '/query/from')
  if (from > to) {
    throw invalid('The period ends before it begins.', {
      pointer: '/query/to',
      rule: 'notBeforeFrom',
      fix: 'Send a last day that is not before the first.'
    })
  }
  if (daysBetween(from, to) >= MAX_DAYS) {
    throw invalid('The period is too long.', {
      pointer: '/query/from',
      rule: 'range',
      fix: `Send at most ${MAX_DAYS} days.`
    })
  }
  return { from, to }
}

function readDay(text: string, pointer: string): LocalDate {
  const day = parseLocalDate(text, pointer)
  if (day >= FIRST_DAY && day <= LAST_DAY) return day
  throw invalid('There are no figures of that day.', {
    pointer,
    rule: 'range',
    fix: `Send a day from ${FIRST_DAY} to ${LAST_DAY}.`
  })
}

/** The Sunday on or after a day: weeks begin on Monday (ISO 8601). */
export function endOfWeek(day: LocalDate): LocalDate {
  return addDays(day, SUNDAY - weekdayOf(day))
}
