// What stands in a calendar about a request: for staff the reference, the right and the day, and nothing of the person; for the
// person what they wait for, and from whom.

import { CALENDAR_DATES, type CalendarDate, type DatedRequest, entriesOf } from '../domain/calendar-entries.ts'
import type { LocalDate } from '../domain/deadline/local-date.ts'
import type { Right } from '../domain/rights.ts'
import type { Locale } from '../domain/subject-request.ts'
import type { CalendarDay, CalendarFile } from './calendar-file.ts'
import { say } from './catalogue.ts'
import { formatDay, rightName } from './words.ts'

export interface RequestInCalendar extends DatedRequest {
  readonly id: string
  readonly reference: string
  readonly right: Right
  readonly version: number
  readonly updatedAt: Date
  readonly receivedOn: LocalDate
}

export interface StaffCalendar {
  readonly tenant: string
  readonly locale: Locale
  readonly dates: readonly CalendarDate[]
  readonly requests: readonly RequestInCalendar[]
  /** Whether more are open than the calendar holds. */
  readonly isCut: boolean
}

export function staffCalendar({ tenant, locale, dates, requests, isCut }: StaffCalendar): CalendarFile {
  const about = say(locale, 'calendar.about')
  const dayIn = daysInWords(locale)
  return {
    name: say(locale, 'calendar.name', { tenant }),
    description: isCut ? `${about} ${say(locale, 'calendar.cut', { count: requests.length })}` : about,
    days: requests.flatMap(request => daysOf(request, dates, locale, dayIn))
  }
}

function daysOf(
  request: RequestInCalendar,
  dates: readonly CalendarDate[],
  locale: Locale,
  dayIn: DayInWords
): CalendarDay[] {
  const { id, reference, right, version, updatedAt } = request
  const facts = { reference, right: rightName(right, locale) }
  const description = linesAbout(request, locale, dayIn)
  return entriesOf(request, dates).map(({ date, on }) => ({
    uid: `${id}-${date}@habeas`,
    on,
    title: say(locale, `calendar.title.${date}`, facts),
    description,
    sequence: version,
    changedAt: updatedAt,
    reminds: date === 'dueOn'
  }))
}

/** Every day of the request, so that one entry says what the others would. */
function linesAbout(request: RequestInCalendar, locale: Locale, dayIn: DayInWords): string {
  const line = (name: CalendarDate | 'receivedOn', day: LocalDate) =>
    say(locale, `calendar.line.${name}`, { day: dayIn(day) })
  const lines = CALENDAR_DATES.flatMap(date => (request[date] === null ? [] : [line(date, request[date])]))
  return [line('receivedOn', request.receivedOn), ...lines].join('\n')
}

type DayInWords = (day: LocalDate) => string

/** Writing a day in words takes a hundred times as long as all else about it, and a thousand requests share a few dozen. */
function daysInWords(locale: Locale): DayInWords {
  const written = new Map<LocalDate, string>()
  return day => {
    const words = written.get(day) ?? formatDay(day, locale)
    written.set(day, words)
    return words
  }
}

export interface PersonsCalendar {
  readonly tenant: string
  readonly locale: Locale
  readonly reference: string
  /** Those that still wait for an answer, and know by when. */
  readonly owed: readonly Pick<RequestInCalendar, 'id' | 'right' | 'version' | 'updatedAt' | 'dueOn'>[]
}

/** No link stands in it: calendars lie on other people's servers, and whoever has the link has the page. */
export function personsCalendar({ tenant, locale, reference, owed }: PersonsCalendar): CalendarFile {
  return {
    name: say(locale, 'calendar.person.name', { tenant }),
    description: null,
    days: owed.flatMap(({ id, right, version, updatedAt, dueOn }) =>
      dueOn === null
        ? []
        : [
            {
              uid: `${id}-answer@habeas`,
              on: dueOn,
              title: say(locale, 'calendar.person.title', { tenant, right: rightName(right, locale) }),
              description: say(locale, 'calendar.person.text', { tenant, reference }),
              sequence: version,
              changedAt: updatedAt,
              reminds: false
            }
          ]
    )
  }
}
