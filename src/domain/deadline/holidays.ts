// Days on which nothing is owed: what a calendar tells the law, and how the law steps over such days.

import { type LocalDate, type Weekday, weekdayOf } from './local-date.ts'
import { type WorkingDays, workingDaysOf } from './working-days.ts'

/** The holidays of one place. It carries its version, so that a date can be explained after the calendar has changed. */
export interface HolidayCalendar {
  readonly id: string
  readonly version: string
  /** Whether the calendar has data for the day. Outside them no day is known to be a holiday. */
  covers(date: LocalDate): boolean
  /** A day that the law of the place makes a public holiday: deadlines move past it where the regime says so. */
  isPublicHoliday(date: LocalDate): boolean
  /** A day that anybody could defend as a holiday; every public holiday is one. Only safe earlier dates step back over it. */
  isBroadHoliday(date: LocalDate): boolean
}

/** Of a controller that is established in no place whose holidays the law counts. */
export const NO_HOLIDAYS: HolidayCalendar = {
  id: 'none',
  version: '0',
  covers: () => true,
  isPublicHoliday: () => false,
  isBroadHoliday: () => false
}

/** Which days a rule passes over. */
export interface RestDays {
  readonly weekdays: readonly Weekday[]
  readonly holidays: 'public' | 'broad' | 'none'
  /** Stretches of every year as `MM-DD`, both ends included. One that ends before it begins runs over New Year. */
  readonly closures?: readonly { readonly from: string; readonly until: string }[]
}

/** Why a day is passed over. */
export type RestReason = 'saturday' | 'sunday' | 'holiday' | 'closure'

/** The reason for which the rule passes over the day, or null when it is a working day. */
export function restReasonFor(date: LocalDate, rest: RestDays, calendar: HolidayCalendar): RestReason | null {
  const weekday = weekdayOf(date)
  if (rest.weekdays.includes(weekday)) return weekday === 6 ? 'saturday' : 'sunday'
  if (rest.holidays === 'public' && calendar.isPublicHoliday(date)) return 'holiday'
  if (rest.holidays === 'broad' && calendar.isBroadHoliday(date)) return 'holiday'
  return rest.closures?.some(closure => isWithin(date.slice(5), closure)) ? 'closure' : null
}

/** The day itself if it is a working day, else the next one. */
export function rollForward(date: LocalDate, rest: RestDays, calendar: HolidayCalendar): LocalDate {
  return daysUnder(rest, calendar).onOrAfter(date)
}

/** The day itself if it is a working day, else the last one before it. */
export function stepBack(date: LocalDate, rest: RestDays, calendar: HolidayCalendar): LocalDate {
  return daysUnder(rest, calendar).onOrBefore(date)
}

/** The `count`-th working day after the day; the day itself is not counted. */
export function addWorkingDays(date: LocalDate, count: number, rest: RestDays, calendar: HolidayCalendar): LocalDate {
  return daysUnder(rest, calendar).after(date, count)
}

function daysUnder(rest: RestDays, calendar: HolidayCalendar): WorkingDays {
  return workingDaysOf(calendar, rest, date => restReasonFor(date, rest, calendar) !== null)
}

function isWithin(monthDay: string, { from, until }: { from: string; until: string }): boolean {
  return from <= until ? monthDay >= from && monthDay <= until : monthDay >= from || monthDay <= until
}
