// Public holidays of a place, from versioned data that is read when the place is first asked for.

import { readFileSync } from 'node:fs'
import type { HolidayCalendar } from '../domain/deadline/holidays.ts'
import type { LocalDate } from '../domain/deadline/local-date.ts'
import { invalid } from '../domain/errors.ts'
import { CALENDAR_IDS } from './calendar-ids.ts'

export { CALENDAR_IDS } from './calendar-ids.ts'

/** A calendar as it is committed: by year, the days as `MM-DD`. The broad list holds only what the public one does not. */
export interface CalendarData {
  readonly id: string
  /** Changes when, and only when, a day changes. */
  readonly version: string
  readonly attribution: string
  readonly license: string
  readonly public: Readonly<Record<string, readonly string[]>>
  readonly broad: Readonly<Record<string, readonly string[]>>
}

interface LoadedCalendar extends HolidayCalendar {
  readonly publicDays: ReadonlySet<string>
  readonly broadDays: ReadonlySet<string>
}

const loaded = new Map<string, LoadedCalendar>()

/**
 * The holidays of a place.
 * @param extra public holidays that the place has declared since the data was written, such as a day of mourning: deadlines
 *   move past them, and they become part of the version. Days on which only the controller is closed do not belong here
 * @throws {HabeasError} `invalid` when the place is not one of `CALENDAR_IDS`
 */
export function calendarFor(id: string, extra: readonly LocalDate[] = []): HolidayCalendar {
  const calendar = loaded.get(id) ?? load(id)
  if (extra.length === 0) return calendar
  const days = new Set<string>(extra)
  return {
    id,
    version: [calendar.version, ...[...days].sort()].join('+'),
    covers: date => calendar.covers(date),
    isPublicHoliday: date => days.has(date) || calendar.isPublicHoliday(date),
    isBroadHoliday: date => days.has(date) || calendar.isBroadHoliday(date)
  }
}

function load(id: string): LoadedCalendar {
  if (!CALENDAR_IDS.includes(id)) {
    const fix = `Send one of ${CALENDAR_IDS.join(', ')}.`
    throw invalid('The holidays of this place are not known.', { pointer: '/calendar', rule: 'enum', fix })
  }
  const data: CalendarData = JSON.parse(readFileSync(new URL(`data/${id}.json`, import.meta.url), 'utf8'))
  const years = Object.keys(data.public)
  const publicDays = daysOf(data.public)
  const broadDays = daysOf(data.broad)
  const calendar: LoadedCalendar = {
    id,
    version: data.version,
    publicDays,
    broadDays,
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
