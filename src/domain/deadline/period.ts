// From the first day of a period to its last: the span, the days it stood still, and the roll at the end, in this order.

import { addWorkingDays, type HolidayCalendar, restReasonFor, rollForward } from './holidays.ts'
import { addDays, addMonths, daysBetween, type LocalDate, partsOf } from './local-date.ts'
import type { Interruption } from './pauses.ts'
import type { Period, Span } from './regime.ts'
import type { TraceRule, TraceStep } from './trace.ts'

/**
 * The last day of the period. The span is counted from the start, never from a date already moved; what stood still is added
 * in whole days; overlapping waits count once; a wait that began after the period had run out revives nothing.
 *
 * @param interruptions in the order in which they began
 */
export function endOfPeriod(
  period: Period,
  startOn: LocalDate,
  interruptions: readonly Interruption[],
  calendar: HolidayCalendar,
  trace: TraceStep[]
): LocalDate {
  let start = startOn
  const credits: Interruption[] = []
  for (const wait of interruptions) {
    const standing = addDays(addSpan(start, period.span, calendar), sumOf(standstills(credits, start)))
    const { reason, askedOn, answeredOn } = wait
    const step = { params: { reason, askedOn, answeredOn }, source: wait.source, from: start, to: start }
    if (askedOn > roll(standing, period, calendar)) trace.push({ ...step, rule: 'pause_too_late' })
    else if (wait.effect !== 'restart') credits.push(wait)
    else if (wait.restartOn <= start) trace.push({ ...step, rule: 'pause_without_days' })
    else {
      trace.push({ ...step, rule: 'restarted', to: wait.restartOn })
      start = wait.restartOn
    }
  }
  const base = addSpan(start, period.span, calendar)
  trace.push(spanStep(period, start, base))
  const stood = addStandstills(base, standstills(credits, start), trace)
  const end = roll(stood, period, calendar)
  traceRoll(period, stood, end, calendar, trace)
  return end
}

/** The day on which the span ends; months that lack the day number end on their last day. */
export function addSpan(date: LocalDate, span: Span, calendar: HolidayCalendar): LocalDate {
  if ('months' in span) return addMonths(date, span.months)
  if ('days' in span) return addDays(date, span.days)
  return addWorkingDays(date, span.workingDays, span.except, calendar)
}

/** Two spans of one unit as one. */
export function joinSpans(first: Span, further: Span): Span {
  if ('months' in first && 'months' in further) return { months: first.months + further.months }
  if ('days' in first && 'days' in further) return { days: first.days + further.days }
  throw new Error('A span can only be extended in its own unit.')
}

interface Standstill {
  readonly wait: Interruption
  readonly days: number
  /** Days already counted for an earlier wait. */
  readonly overlap: number
}

/** What each wait adds when overlapping ones are merged and nothing before the start is counted. */
function standstills(credits: readonly Interruption[], start: LocalDate): Standstill[] {
  let countedUntil: LocalDate | null = null
  return credits.map(wait => {
    const skipped = wait.effect === 'credit_inclusive' ? 0 : 1
    const first = addDays(later(wait.askedOn, start), skipped)
    const open: LocalDate = countedUntil === null ? first : later(first, addDays(countedUntil, 1))
    const days = Math.max(0, daysBetween(open, wait.answeredOn) + 1)
    countedUntil = countedUntil === null ? wait.answeredOn : later(countedUntil, wait.answeredOn)
    return { wait, days, overlap: Math.max(0, daysBetween(first, wait.answeredOn) + 1) - days }
  })
}

function addStandstills(base: LocalDate, stood: readonly Standstill[], trace: TraceStep[]): LocalDate {
  let day = base
  for (const { wait, days, overlap } of stood) {
    const { reason, askedOn, answeredOn } = wait
    const rule: TraceRule = overlap > 0 ? 'pause_overlaps' : days > 0 ? 'pause_credited' : 'pause_without_days'
    const moved = addDays(day, days)
    const params = { reason, days, overlap, askedOn, answeredOn }
    trace.push({ rule, params, source: wait.source, from: day, to: moved })
    day = moved
  }
  return day
}

function spanStep({ span, source }: Period, from: LocalDate, to: LocalDate): TraceStep {
  if ('months' in span) {
    const rule = partsOf(from).day === partsOf(to).day ? 'months' : 'months_to_month_end'
    return { rule, params: { months: span.months }, source, from, to }
  }
  if ('workingDays' in span) {
    return { rule: 'working_days', params: { workingDays: span.workingDays }, source, from, to }
  }
  return { rule: 'days', params: { days: span.days }, source, from, to }
}

function roll(date: LocalDate, period: Period, calendar: HolidayCalendar): LocalDate {
  return period.roll.past === null ? date : rollForward(date, period.roll.past, calendar)
}

/** Says why the last day moved, or why it did not although it is a rest day by the usual reckoning. */
function traceRoll(
  period: Period,
  from: LocalDate,
  to: LocalDate,
  calendar: HolidayCalendar,
  trace: TraceStep[]
): void {
  const { past, source } = period.roll
  const usual = restReasonFor(from, { weekdays: [6, 7], holidays: 'public' }, calendar)
  const because = (past === null ? null : restReasonFor(from, past, calendar)) ?? usual
  if (because === null) return
  trace.push({ rule: from === to ? 'not_rolled' : 'rolled', params: { because }, source, from, to })
}

function sumOf(stood: readonly Standstill[]): number {
  return stood.reduce((sum, { days }) => sum + days, 0)
}

function later(a: LocalDate, b: LocalDate): LocalDate {
  return a > b ? a : b
}
