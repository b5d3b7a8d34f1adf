// The legal clock: from what happened to a request, and when, to every date the law attaches to it.

import { type Fault, invalid } from '../errors.ts'
import type { Right } from '../rights.ts'
import { type ClockEvent, orderFaults, type Received, type When } from './clock-events.ts'
import { assertInTime, type Count, extendedDueDate, extensionNoticeBy, extensionTaken, isPast } from './extension.ts'
import { governingRule, requestDateOf } from './governing-rule.ts'
import { type HolidayCalendar, NO_HOLIDAYS } from './holidays.ts'
import { addDays, dateIn, earliest, isTimeZone, type LocalDate, startOfDay } from './local-date.ts'
import { interruptionsOf } from './pauses.ts'
import { endOfPeriod } from './period.ts'
import type { Regime } from './regime.ts'
import { REGIMES, type RegimeName } from './regimes.ts'
import { noLaterThanPromise, safeDate, safeExtendedDate } from './target.ts'
import type { TraceRule, TraceStep } from './trace.ts'

export type { ClockEvent } from './clock-events.ts'
export { parseClockEvents } from './read-events.ts'
export type { TraceStep } from './trace.ts'

const MAX_PROMISE_DAYS = 3650

export interface ClockInput {
  readonly regime: RegimeName
  readonly right: Right
  readonly receivedAt: Date
  /** IANA zone of the controller's establishment: days are counted there, not where the server or the person is. */
  readonly timeZone: string
  readonly events: readonly ClockEvent[]
  /** Plain days within which the controller promises to answer, whatever the law allows. */
  readonly promiseDays?: number | undefined
  readonly holidays: HolidayCalendar
}

export interface Deadlines {
  /** The day to show: the earlier of the law's and the promised one. An answer is in time until this day ends. */
  readonly dueOn: LocalDate | null
  readonly statutoryDueOn: LocalDate | null
  readonly promisedOn: LocalDate | null
  /** Where the law's clock ends if its extension is taken; null where there is none, or its length has to be stated first. */
  readonly extendedDueOn: LocalDate | null
  /** `extendedDueOn` once the extension is taken, else `dueOn`. */
  readonly effectiveDueOn: LocalDate | null
  readonly acknowledgeBy: LocalDate | null
  /** Never later than any defensible reading of the law, nor than the promise: for reminders and the work list. */
  readonly targetOn: LocalDate | null
  readonly extendedTargetOn: LocalDate | null
  readonly extensionNoticeBy: LocalDate | null
  readonly refusalBy: LocalDate | null
  /** The first instant after `dueOn` in the controller's zone: an answer is in time while `now < dueEndsAt`. */
  readonly dueEndsAt: Date | null
  readonly trace: TraceStep[]
}

/**
 * Every date the law attaches to a request, with the reasoning. The same input gives the same answer on any machine.
 * @throws {HabeasError} `right_not_offered` when the regime does not know the right; `extension_not_available` when it has no
 *   extension for it; `already_extended` when two were taken; `extension_too_late` when it was announced after the last
 *   day for that; `invalid` for an event, zone or promise that makes no sense
 */
export function computeDeadlines(input: ClockInput): Deadlines {
  const count = startCount(input)
  const { rule, receivedOn, calendar, trace, taken } = count
  if (rule.answer === null) note(trace, 'no_period', '', null, null)

  const statutoryDueOn = rule.answer && endOfPeriod(rule.answer, receivedOn, count.waits, calendar, trace)
  const promisedOn = promise(input.promiseDays, count, statutoryDueOn)
  const dueOn = earliest(statutoryDueOn, promisedOn)
  const acknowledgeBy = acknowledge(count)
  const refusalBy = rule.refusalSource === null ? null : statutoryDueOn
  if (refusalBy !== null) note(trace, 'refusal', rule.refusalSource ?? '', receivedOn, refusalBy)
  const noticeBy = extensionNoticeBy(count, statutoryDueOn)
  assertInTime(taken, noticeBy)
  const extendedDueOn = extendedDueDate(count, statutoryDueOn, noticeBy)

  const safeFrom = rule.target.countedFrom === 'start' ? receivedOn : count.requestDatedOn
  const safeOn = noEarlier(safeDate(rule, safeFrom, calendar), receivedOn)
  const targetOn = noLaterThanPromise(safeOn, promisedOn, receivedOn, calendar)
  const extendedTargetOn = isPast(taken, noticeBy, receivedOn)
    ? null
    : noEarlier(safeExtendedDate(rule, safeFrom, taken?.workingDays ?? null, calendar), receivedOn)
  if (targetOn !== null) note(trace, 'target', '', dueOn, targetOn)
  if (extendedTargetOn !== null) note(trace, 'extended_target', '', extendedDueOn, extendedTargetOn)

  const effectiveDueOn = taken === null ? dueOn : extendedDueOn
  sayWhenItEnds(effectiveDueOn, input, trace)
  return {
    dueOn,
    statutoryDueOn,
    promisedOn,
    extendedDueOn,
    effectiveDueOn,
    acknowledgeBy,
    targetOn,
    extendedTargetOn,
    extensionNoticeBy: noticeBy,
    refusalBy,
    dueEndsAt: dueOn && startOfDay(input.timeZone, addDays(dueOn, 1)),
    trace
  }
}

/** @throws {HabeasError} as `computeDeadlines` does */
function startCount(input: ClockInput): Count {
  assertReadable(input)
  const { right, timeZone, receivedAt, events, holidays: calendar } = input
  const regime: Regime = REGIMES[input.regime]
  const dayOf = (when: When): LocalDate => (typeof when === 'string' ? when : dateIn(timeZone, when))
  const receivedOn = dayOf(receivedAt)
  assertPossible(events, { at: receivedAt, dayOf })
  const trace: TraceStep[] = [
    { rule: 'received', params: { timeZone }, source: regime.startSource, from: null, to: receivedOn }
  ]
  if (calendar.id === NO_HOLIDAYS.id) note(trace, 'no_holidays', regime.holidays.source, null, null)
  const rule = governingRule(regime, right, events, trace)
  return {
    rule,
    receivedOn,
    requestDatedOn: requestDateOf(regime, receivedOn, events, dayOf, trace),
    waits: interruptionsOf(regime, right, events, dayOf, trace),
    taken: extensionTaken(regime.law, rule, events, dayOf),
    calendar,
    trace
  }
}

function assertReadable({ receivedAt, timeZone, promiseDays = 0 }: ClockInput): void {
  const faults: Fault[] = []
  if (Number.isNaN(receivedAt.getTime())) {
    faults.push({ pointer: '/receivedAt', rule: 'instant', fix: 'Send an RFC 3339 instant with its offset.' })
  }
  if (!isTimeZone(timeZone)) {
    faults.push({ pointer: '/timeZone', rule: 'timeZone', fix: 'Send an IANA name such as Europe/Athens.' })
  }
  if (!(Number.isSafeInteger(promiseDays) && promiseDays >= 0 && promiseDays <= MAX_PROMISE_DAYS)) {
    const fix = `Send a whole number of days from 0 to ${MAX_PROMISE_DAYS}.`
    faults.push({ pointer: '/promiseDays', rule: 'range', fix })
  }
  if (faults.length > 0) throw invalid('The deadline cannot be computed from this.', ...faults)
}

function assertPossible(events: readonly ClockEvent[], received: Received): void {
  const faults = orderFaults(events, received)
  if (faults.length > 0) throw invalid('It cannot have happened in this order.', ...faults)
}

/** A promise is counted in plain days and never moves: it may end on a Sunday. */
function promise(
  days: number | undefined,
  { receivedOn, taken, trace }: Count,
  statutoryDueOn: LocalDate | null
): LocalDate | null {
  if (days === undefined) return null
  const promisedOn = addDays(receivedOn, days)
  trace.push({ rule: 'promised', params: { days }, source: '', from: receivedOn, to: promisedOn })
  // Once more time was taken it is not the promise that says when.
  if (statutoryDueOn === null || taken !== null) return promisedOn
  if (promisedOn < statutoryDueOn) note(trace, 'promise_decides', '', statutoryDueOn, promisedOn)
  else note(trace, 'promise_changes_nothing', '', promisedOn, statutoryDueOn)
  return promisedOn
}

function acknowledge({ rule: { acknowledgement }, receivedOn, calendar, trace }: Count): LocalDate | null {
  if (acknowledgement === null) return null
  const { source, inForceOn = '' } = acknowledgement
  if (receivedOn < inForceOn) {
    trace.push({ rule: 'acknowledgement_not_in_force', params: { inForceOn }, source, from: receivedOn, to: null })
    return null
  }
  const acknowledgeBy = endOfPeriod(acknowledgement, receivedOn, [], calendar, [])
  note(trace, 'acknowledgement', source, receivedOn, acknowledgeBy)
  return acknowledgeBy
}

/** Nothing can be done about a request that is still in the post. */
function noEarlier(on: LocalDate | null, receivedOn: LocalDate): LocalDate | null {
  return on !== null && on < receivedOn ? receivedOn : on
}

function sayWhenItEnds(on: LocalDate | null, { timeZone, holidays }: ClockInput, trace: TraceStep[]): void {
  if (on === null) return
  if (!holidays.covers(on)) {
    const params = { calendar: holidays.id, version: holidays.version }
    trace.push({ rule: 'calendar_ends', params, source: '', from: on, to: on })
  }
  trace.push({ rule: 'day_ends', params: { timeZone }, source: '', from: on, to: on })
}

function note(trace: TraceStep[], rule: TraceRule, source: string, from: LocalDate | null, to: LocalDate | null): void {
  trace.push({ rule, params: {}, source, from, to })
}
