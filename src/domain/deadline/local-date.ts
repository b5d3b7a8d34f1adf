// The only arithmetic of days in the house. A legal day is a `YYYY-MM-DD` string: it sorts, compares, prints and stores as
// itself, and no time zone can touch it. Zones appear only where an instant becomes a day and a day becomes an instant.

import { Temporal } from 'temporal-polyfill'
import { invalid } from '../errors.ts'

/** A day of the calendar without a time or zone, as `YYYY-MM-DD`. Strings of this type compare in the order of time. */
export type LocalDate = string & { readonly __localDate: unique symbol }

/** Monday is 1, Sunday is 7, as in ISO 8601. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const SHAPE = /^\d{4}-\d{2}-\d{2}$/
const WEEKDAY_OF_REMAINDER = [4, 5, 6, 7, 1, 2, 3] as const satisfies readonly Weekday[]
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const
const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334] as const

/**
 * Reads a day from text that came from outside.
 * @throws {HabeasError} `invalid` when the text is not `YYYY-MM-DD` or names a day that does not exist
 */
export function parseLocalDate(text: string, pointer = ''): LocalDate {
  if (!isLocalDate(text)) {
    throw invalid('A date could not be read.', { pointer, rule: 'date', fix: 'Send a day that exists, as YYYY-MM-DD.' })
  }
  return text
}

/** Whether the text is a day that exists between the years 0001 and 9999. */
export function isLocalDate(text: string): text is LocalDate {
  if (!SHAPE.test(text) || text < '0001') return false
  const { year, month, day } = partsOf(text)
  return month >= 1 && month <= 12 && day >= 1 && day <= lengthOfMonth(year, month)
}

/** The day `days` later; a negative number goes back. */
export function addDays(date: LocalDate, days: number): LocalDate {
  return days === 0 ? date : fromEpochDay(epochDay(date) + days)
}

/** The same day number `months` later, or the last day of that month where the number does not exist in it. */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const { year, month, day } = partsOf(date)
  const count = year * 12 + month - 1 + months
  const newYear = Math.floor(count / 12)
  const newMonth = count - newYear * 12 + 1
  return format(newYear, newMonth, Math.min(day, lengthOfMonth(newYear, newMonth)))
}

/** How many midnights lie between the two; negative when `until` is the earlier one. */
export function daysBetween(from: LocalDate, until: LocalDate): number {
  return epochDay(until) - epochDay(from)
}

export function weekdayOf(date: LocalDate): Weekday {
  const remainder = epochDay(date) % 7
  return WEEKDAY_OF_REMAINDER[remainder < 0 ? remainder + 7 : remainder]!
}

/** Of its year: 1 January is 1. */
export function dayOfYear(date: LocalDate): number {
  const { year, month, day } = partsOf(date)
  return DAYS_BEFORE_MONTH[month - 1]! + day + (month > 2 && isLeapYear(year) ? 1 : 0)
}

/** 1 January of the year. @throws {RangeError} outside the years 0001 to 9999 */
export function firstOfYear(year: number): LocalDate {
  return format(year, 1, 1)
}

/** Saturday or Sunday. */
export function isWeekend(date: LocalDate): boolean {
  return weekdayOf(date) >= 6
}

/** The earliest of the given days, or null when none is given; nulls are passed over. */
export function earliest(...dates: readonly (LocalDate | null)[]): LocalDate | null {
  let first: LocalDate | null = null
  for (const date of dates) if (date !== null && (first === null || date < first)) first = date
  return first
}

/** The year, the month (1 to 12) and the day of the month. */
export function partsOf(date: string): { year: number; month: number; day: number } {
  return { year: number(date, 0, 4), month: number(date, 5, 7), day: number(date, 8, 10) }
}

/** Whether this runtime knows the IANA name. Offsets such as `+02:00` are no zones: they know nothing of summer time. */
export function isTimeZone(name: string): boolean {
  if (spansByZone.has(name)) return true
  if (!/^[A-Za-z]/.test(name)) return false
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name)
    return true
  } catch {
    return false
  }
}

/** The day on the wall calendar of the zone at that instant. */
export function dateIn(timeZone: string, instant: Date): LocalDate {
  const at = instant.getTime()
  return fromEpochDay(Math.floor((at + offsetAt(timeZone, at)) / DAY_MS))
}

/**
 * The first instant of the day in the zone. What is due on a day is in time while `now < startOfDay(zone, addDays(day, 1))`.
 * Where clocks skip midnight, the day starts at the first instant that exists.
 */
export function startOfDay(timeZone: string, date: LocalDate): Date {
  return hourOfDay(timeZone, date, 0)
}

/** When clocks in the zone show that hour of the day; where they skip it, as much later as they skip. @param hour  0 to 23 */
export function hourOfDay(timeZone: string, date: LocalDate, hour: number): Date {
  const shown = epochDay(date) * DAY_MS + hour * HOUR_MS
  const guess = shown - offsetAt(timeZone, shown)
  const offset = offsetAt(timeZone, guess)
  const certain = guess + offset === shown && offsetAt(timeZone, guess - DAY_MS / 8) === offset
  return certain ? new Date(guess) : lookedUp(timeZone, date, hour)
}

function lookedUp(timeZone: string, date: LocalDate, hour: number): Date {
  const plainTime = hour === 0 ? undefined : Temporal.PlainTime.from({ hour })
  return new Date(Temporal.PlainDate.from(date).toZonedDateTime({ timeZone, plainTime }).epochMilliseconds)
}

/**
 * The instant that lies an ISO 8601 duration later by the wall clock of the zone: a month is one of the calendar, and a day may
 * have 23 hours.
 * @returns null for what is no duration, or leads beyond what an instant can be
 */
export function addDuration(timeZone: string, instant: Date, duration: string): Date | null {
  try {
    const from = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone)
    return new Date(from.add(duration).epochMilliseconds)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

// Asking the zone database costs a hundred times what the rest of a deadline does, so each stretch of one offset is asked for once.

interface OffsetSpan {
  readonly from: number
  readonly until: number
  readonly offset: number
}

const MAX_SPANS = 400
const spansByZone = new Map<string, OffsetSpan[]>()

function offsetAt(timeZone: string, at: number): number {
  const spans = spansByZone.get(timeZone) ?? []
  const known = spans.find(span => at >= span.from && at < span.until)
  if (known !== undefined) return known.offset
  const span = findSpan(timeZone, at)
  spansByZone.set(timeZone, [span, ...spans.slice(0, MAX_SPANS)])
  return span.offset
}

function findSpan(timeZone: string, at: number): OffsetSpan {
  const moment = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
  const next = moment.getTimeZoneTransition('next')
  // A moment that is itself the change is not "previous" to itself, so the search starts one step later.
  const last = moment.add({ milliseconds: 1 }).getTimeZoneTransition('previous')
  return {
    from: last?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    until: next?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offset: moment.offsetNanoseconds / 1e6
  }
}

// Day numbers since 1970-01-01 in the proleptic Gregorian calendar, counted in years that begin in March
// (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").

/** The days from 1970 to 2079 are written once each: counting working days asks for the same few over and over. */
const MAX_WRITTEN = 40_000
const written: (LocalDate | undefined)[] = []

function epochDay(date: LocalDate): number {
  const { year, month, day } = partsOf(date)
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

function fromEpochDay(count: number): LocalDate {
  const known = written[count]
  if (known !== undefined) return known
  const date = writeEpochDay(count)
  if (count >= 0 && count < MAX_WRITTEN) written[count] = date
  return date
}

function writeEpochDay(count: number): LocalDate {
  const z = count + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const m = Math.floor((5 * dayOfYear + 2) / 153)
  const month = m < 10 ? m + 3 : m - 9
  return format(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - Math.floor((153 * m + 2) / 5) + 1)
}

function lengthOfMonth(year: number, month: number): number {
  return month === 2 && isLeapYear(year) ? 29 : DAYS_IN_MONTH[month - 1]!
}

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** @throws {RangeError} outside the years 0001 to 9999, where the text would no longer sort */
function format(year: number, month: number, day: number): LocalDate {
  if (!(year >= 1 && year <= 9999)) throw new RangeError(`The year ${year} cannot be written with four digits.`)
  const y = year >= 1000 ? `${year}` : `${year}`.padStart(4, '0')
  return `${y}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}` as LocalDate
}

function number(text: string, from: number, until: number): number {
  let value = 0
  for (let i = from; i < until; i++) value = value * 10 + text.charCodeAt(i) - 48
  return value
}
