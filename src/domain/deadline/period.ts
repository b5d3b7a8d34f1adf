// From the first day of a period to its last: the span, the days it stood still, and the roll at the end, in this order.

import { addWorkingDays, type HolidayCalendar, restReasonFor, rollForward } from './holidays.ts'
import { addDays, addMonths, daysBetween, type LocalDate, partsOf } from './local-date.ts'
import type { Interruption } from './pauses.ts'
import type { Period, Span } from './regime.ts'
import type { TraceRule, TraceStep } from './trace.ts'

/**
 * The last day of the period. The span is counted from the start, never from a date already moved; what stood still is added
 * in whole days; overlapping waits count once; a wait that began after the period had run out revives nothing. Where the law
 * begins the period anew but days that stood still would be lost by that, the later of both ends holds: proof that the law lets
 * a controller wait for takes no day from it.
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
  const credits: Interruption[] = []
  const restarts: Interruption[] = []
  const tooLate: Interruption[] = []
  const endFrom = (start: LocalDate) =>
    roll(addDays(addSpan(start, period.span, calendar), sumOf(standstills(credits, start))), period, calendar)
  const bestStart = () => restarts.reduce((best, { restartOn }) => betterStart(best, restartOn, endFrom), startOn)
  for (const wait of interruptions) {
    if (wait.askedOn > endFrom(bestStart())) tooLate.push(wait)
    else if (wait.effect === 'restart') restarts.push(wait)
    else credits.push(wait)
  }
  const start = bestStart()
  traceStarts(
    interruptions.filter(wait => !credits.includes(wait)),
    { tooLate, from: startOn, to: start },
    trace
  )
  const base = addSpan(start, period.span, calendar)
  trace.push(spanStep(period, start, base))
  const stood = addStandstills(base, standstills(credits, start), start, trace)
  const end = roll(stood, period, calendar)
  traceRoll(period, stood, end, calendar, trace)
  return end
}

/** The one of two first days from which the period ends later; when both end together, the later one, as the law has it. */
function betterStart(a: LocalDate, b: LocalDate, endFrom: (start: LocalDate) => LocalDate): LocalDate {
  const [early, late] = a < b ? [a, b] : [b, a]
  return endFrom(early) > endFrom(late) ? early : late
}

interface Starts {
  readonly tooLate: readonly Interruption[]
  /** Where the period began at first, and where it begins in the end. */
  readonly from: LocalDate
  readonly to: LocalDate
}

/** How the beginning came to be where it is, and what did nothing for that. */
function traceStarts(waits: readonly Interruption[], { tooLate, from, to }: Starts, trace: TraceStep[]): void {
  let start = from
  for (const wait of waits) {
    const { reason, askedOn, answeredOn, restartOn, daysToThink: days, source } = wait
    const params = { reason, askedOn, answeredOn }
    const stays = { params, source, from: start, to: start }
    if (tooLate.includes(wait)) trace.push({ ...stays, rule: 'pause_too_late' })
    else if (restartOn > to) trace.push({ ...stays, rule: 'restart_ends_earlier', params: { ...params, restartOn } })
    else if (restartOn <= start) {
      trace.push({ ...stays, rule: askedOn < start ? 'pause_before_start' : 'pause_without_days' })
    } else {
      const step = { params, source, from: start, to: restartOn }
      if (days === null) trace.push({ ...step, rule: 'restarted' })
      else trace.push({ ...step, rule: 'restarted_after_days', params: { ...params, days } })
      start = restartOn
    }
  }
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

function addStandstills(
  base: LocalDate,
  stood: readonly Standstill[],
  start: LocalDate,
  trace: TraceStep[]
): LocalDate {
  let day = base
  for (const { wait, days, overlap } of stood) {
    const { reason, askedOn, answeredOn, source } = wait
    const params = { reason, days, overlap, askedOn, answeredOn }
    const moved = addDays(day, days)
    if (days === 0 && overlap === 0 && wasLost(wait, start)) {
      trace.push({ rule: 'pause_before_start', params, source, from: start, to: start })
    } else {
      const rule: TraceRule = overlap > 0 ? 'pause_overlaps' : days > 0 ? 'pause_credited' : 'pause_without_days'
      trace.push({ rule, params, source, from: day, to: moved })
    }
    day = moved
  }
  return day
}

/** Whether it had days, and all of them lie before the day from which the period is counted. */
function wasLost({ effect, askedOn, answeredOn }: Interruption, start: LocalDate): boolean {
  return askedOn < start && (effect === 'credit_inclusive' || askedOn < answeredOn)
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
