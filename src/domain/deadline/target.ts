// The safe dates: never later than any reading of the law that could be defended.

import { addWorkingDays, type HolidayCalendar, type RestDays, stepBack } from './holidays.ts'
import { addDays, earliest, type LocalDate } from './local-date.ts'
import { addSpan, joinSpans } from './period.ts'
import type { DeadlineRule } from './regime.ts'

/** No reading of any law counts one of these as a working day. */
const BROADEST_REST: RestDays = { weekdays: [6, 7], holidays: 'broad' }

/**
 * The safe date for the answer: no pause is believed, nothing rolls forward, and the last day steps back to a working day on
 * the broadest list of holidays. Null where the law sets no period.
 */
export function safeDate(rule: DeadlineRule, countedFrom: LocalDate, calendar: HolidayCalendar): LocalDate | null {
  const base = safeBase(rule, countedFrom, calendar)
  return base && stepBack(base, BROADEST_REST, calendar)
}

/**
 * The safe date for an extended answer. Where months are added, the earlier of two readings holds: all counted from the start,
 * or the further ones counted from the end of the first.
 */
export function safeExtendedDate(
  rule: DeadlineRule,
  countedFrom: LocalDate,
  statedWorkingDays: number | null,
  calendar: HolidayCalendar
): LocalDate | null {
  const base = safeBase(rule, countedFrom, calendar)
  if (rule.answer === null || rule.extension === null || base === null) return null
  const { span } = rule.extension
  if ('statedInWorkingDaysExcept' in span) {
    if (statedWorkingDays === null) return null
    return stepBack(
      addWorkingDays(base, statedWorkingDays, span.statedInWorkingDaysExcept, calendar),
      BROADEST_REST,
      calendar
    )
  }
  const atOnce = addDays(
    addSpan(countedFrom, joinSpans(rule.answer.span, span.further), calendar),
    -rule.target.daysEarlier
  )
  const chained = addSpan(base, span.further, calendar)
  return stepBack(atOnce < chained ? atOnce : chained, BROADEST_REST, calendar)
}

/** Makes a safe date keep a promise as well. A promise that ends on a day of rest is kept before it, but not before receipt. */
export function noLaterThanPromise(
  safeOn: LocalDate | null,
  promisedOn: LocalDate | null,
  receivedOn: LocalDate,
  calendar: HolidayCalendar
): LocalDate | null {
  if (promisedOn === null) return safeOn
  const kept = stepBack(promisedOn, BROADEST_REST, calendar)
  return earliest(safeOn, kept < receivedOn ? receivedOn : kept)
}

function safeBase(
  { answer, target }: DeadlineRule,
  countedFrom: LocalDate,
  calendar: HolidayCalendar
): LocalDate | null {
  return answer && addDays(addSpan(countedFrom, target.span ?? answer.span, calendar), -target.daysEarlier)
}
