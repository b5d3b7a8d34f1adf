// Public holidays of a place, from versioned data that is read when the place is first asked for.

import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type HolidayCalendar, NO_HOLIDAYS } from '../domain/deadline/holidays.ts'
import type { LocalDate } from '../domain/deadline/local-date.ts'
import { invalid } from '../domain/errors.ts'
import { CALENDAR_IDS } from './calendar-ids.ts'

export { CALENDAR_IDS } from './calendar-ids.ts'

/** A calendar as it is committed: by year, the days as `MM-DD`. The broad list holds only what the public one does not. */
export interface CalendarData {
  readonly id: string
  /** Changes when, and only when, a day changes: how many times it has, and what it is now. */
  readonly version: string
  readonly attribution: string
  readonly license: string
  readonly public: Readonly<Record<string, readonly string[]>>
  readonly broad: Readonly<Record<string, readonly string[]>>
}

const loaded = new Map<string, HolidayCalendar>([[NO_HOLIDAYS.id, NO_HOLIDAYS]])
/** With days of their own. The same days give the same calendar, so that what is known of it need not be found out again. */
const extended = new Map<string, HolidayCalendar>()
const MOST_EXTENDED = 1_000

/**
 * The holidays of a place.
 * @param extra public holidays that the place has declared since the data was written, such as a day of mourning: deadlines
 *   move past them, and they become part of the version. Days on which only the controller is closed do not belong here
 * @throws {HabeasError} `invalid` when the place is not one of `CALENDAR_IDS`, nor `none`
 */
export function calendarFor(id: string, extra: readonly LocalDate[] = []): HolidayCalendar {
  const calendar = loaded.get(id) ?? load(id)
  const days = [...new Set(extra)].filter(day => !calendar.isPublicHoliday(day)).sort()
  return days.length === 0 ? calendar : withDays(calendar, days)
}

function withDays(calendar: HolidayCalendar, days: readonly LocalDate[]): HolidayCalendar {
  const version = `${calendar.version}+${days.length}.${hash('sha256', days.join(' ')).slice(0, 8)}`
  const key = `${calendar.id} ${version}`
  const known = extended.get(key)
  if (known !== undefined) return known
  const added = new Set<string>(days)
  const made: HolidayCalendar = {
    id: calendar.id,
    version,
    covers: date => calendar.covers(date),
    isPublicHoliday: date => added.has(date) || calendar.isPublicHoliday(date),
    isBroadHoliday: date => added.has(date) || calendar.isBroadHoliday(date)
  }
  const [oldest] = extended.keys()
  if (extended.size >= MOST_EXTENDED && oldest !== undefined) extended.delete(oldest)
  extended.set(key, made)
  return made
}

function load(id: string): HolidayCalendar {
  if (!CALENDAR_IDS.includes(id)) {
    const fix = `Send one of ${CALENDAR_IDS.join(', ')}.`
    throw invalid('The holidays of this place are not known.', { pointer: '/holidays', rule: 'enum', fix })
  }
  const data: CalendarData = JSON.parse(readFileSync(new URL(`data/${id}.json`, import.meta.url), 'utf8'))
  const years = Object.keys(data.public)
  const publicDays = daysOf(data.public)
  const broadDays = daysOf(data.broad)
  const calendar: HolidayCalendar = {
    id,
    version: data.version,
    covers: date => date.slice(0, 4) >= years[0]! && date.slice(0, 4) <= years.at(-1)!,
    isPublicHoliday: date => publicDays.has(date),
    isBroadHoliday: date => publicDays.has(date) || broadDays.has(date)
  }
  loaded.set(id, calendar)
  return calendar
}

function daysOf(byYear: CalendarData['public']): ReadonlySet<string> {
  return new Set(Object.entries(byYear).flatMap(([year, days]) => days.map(day => `${year}-${day}`)))
}
