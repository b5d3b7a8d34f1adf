// The one extension a law may give: whether it was taken, by when the person must hear of it, and where it leads.

import { HabeasError, invalid } from '../errors.ts'
import type { ClockEvent, When } from './clock-events.ts'
import { addWorkingDays, type HolidayCalendar } from './holidays.ts'
import type { LocalDate } from './local-date.ts'
import type { Interruption } from './pauses.ts'
import { endOfPeriod, joinSpans } from './period.ts'
import type { DeadlineRule, Extension } from './regime.ts'
import type { TraceStep } from './trace.ts'

/** An extension that was taken, with the working days the controller stated where the law leaves the length open. */
export interface TakenExtension {
  readonly workingDays: number | null
  /** Null where nobody said; it then counts as in time. */
  readonly announcedOn: LocalDate | null
}

/** What the dates of a request are counted from. */
export interface Count {
  readonly rule: DeadlineRule
  readonly receivedOn: LocalDate
  readonly requestDatedOn: LocalDate
  readonly waits: readonly Interruption[]
  readonly taken: TakenExtension | null
  readonly calendar: HolidayCalendar
  readonly trace: TraceStep[]
}

/**
 * The extension the events tell of, or null.
 * @throws {HabeasError} `extension_not_available` when the rule has none, `already_extended` when it was taken twice, `invalid`
 *   when its length is missing where the law leaves it open, or given where the law fixes it
 */
export function extensionTaken(
  law: string,
  rule: DeadlineRule,
  events: readonly ClockEvent[],
  dayOf: (when: When) => LocalDate
): TakenExtension | null {
  const taken = events.flatMap((event, index) => (event.type === 'extension' ? [{ event, index }] : []))
  const first = taken[0]
  if (first === undefined) return null
  if (rule.extension === null) {
    throw new HabeasError('extension_not_available', `${law} has no extension for this request.`)
  }
  if (taken.length > 1) throw new HabeasError('already_extended', 'The deadline can be extended once only.')
  const { workingDays, announcedAt } = first.event
  return {
    workingDays: statedWorkingDays(rule.extension, workingDays, `/events/${first.index}/workingDays`),
    announcedOn: announcedAt === undefined ? null : dayOf(announcedAt)
  }
}

/** @throws {HabeasError} `extension_too_late`, with the last day on which the person could have been told */
export function assertInTime(taken: TakenExtension | null, noticeBy: LocalDate | null): void {
  if (taken === null || taken.announcedOn === null || noticeBy === null || taken.announcedOn <= noticeBy) return
  throw new HabeasError('extension_too_late', `The extension had to be announced by ${noticeBy}.`, {
    extensionNoticeBy: noticeBy
  })
}

/** The last day to tell the person: the end of the answer's own period, from receipt or from the date of the request. */
export function extensionNoticeBy(count: Count, statutoryDueOn: LocalDate | null): LocalDate | null {
  const { answer, extension } = count.rule
  if (answer === null || extension === null) return null
  const fromStart = extension.noticeCountedFrom === 'start'
  const to = fromStart ? statutoryDueOn : endOfPeriod(answer, count.requestDatedOn, [], count.calendar, [])
  count.trace.push({ rule: 'extension_notice', params: {}, source: extension.noticeSource, from: null, to })
  return to
}

/**
 * Where the extended period ends; null where there is no extension, or where the day to tell the person of one lies before the
 * request arrived. What the law fixes is counted from receipt, not from the first deadline, so that a short
 * month cuts the period once and not twice: received 31 January, one month ends on 28 February but three on 30 April.
 */
export function extendedDueDate(
  count: Count,
  statutoryDueOn: LocalDate | null,
  noticeBy: LocalDate | null
): LocalDate | null {
  const { rule, receivedOn, waits, taken, calendar, trace } = count
  const { answer, extension } = rule
  if (answer === null || extension === null || statutoryDueOn === null) return null
  const { span, source } = extension
  if (isPast(taken, noticeBy, receivedOn)) {
    trace.push({ rule: 'extension_past', params: {}, source: extension.noticeSource, from: receivedOn, to: noticeBy })
    return null
  }
  if ('statedInWorkingDaysExcept' in span) {
    if (taken === null || taken.workingDays === null) return null
    const { workingDays } = taken
    const to = addWorkingDays(statutoryDueOn, workingDays, span.statedInWorkingDaysExcept, calendar)
    trace.push({ rule: 'extension_stated', params: { workingDays }, source, from: statutoryDueOn, to })
    return to
  }
  if (taken !== null) dropTooLate(trace)
  const told = taken === null ? 'extension_possible' : 'extension_taken'
  trace.push({ rule: told, params: {}, source, from: receivedOn, to: null })
  const whole = { ...answer, span: joinSpans(answer.span, span.further), source }
  return endOfPeriod(whole, receivedOn, waits, calendar, trace)
}

/** A letter that was long on its way: an extension that nobody took can no longer be taken. */
export function isPast(taken: TakenExtension | null, noticeBy: LocalDate | null, receivedOn: LocalDate): boolean {
  return taken === null && noticeBy !== null && noticeBy < receivedOn
}

/** What came too late for the first period is said of the extended one, where it came too late for that as well. */
function dropTooLate(trace: TraceStep[]): void {
  trace.splice(0, trace.length, ...trace.filter(step => step.rule !== 'pause_too_late'))
}

function statedWorkingDays({ span }: Extension, workingDays: number | undefined, pointer: string): number | null {
  const isOpen = 'statedInWorkingDaysExcept' in span
  if (isOpen && workingDays === undefined) {
    const fix = 'Say how many working days more are needed: the law leaves it open, and the person must be told.'
    throw invalid('The length of the extension is missing.', { pointer, rule: 'required', fix })
  }
  if (!isOpen && workingDays !== undefined) {
    const fix = 'Leave the working days out.'
    throw invalid('The law fixes the length of the extension.', { pointer, rule: 'notAllowed', fix })
  }
  return workingDays ?? null
}
