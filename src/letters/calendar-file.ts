// Days as a file that calendar programs read (RFC 5545). Written by a library; what is ours is what stands in it.

import ical, {
  escape as escapeText,
  ICalAlarmType,
  type ICalCalendar,
  ICalEventClass,
  ICalEventStatus,
  ICalEventTransparency
} from 'ical-generator'
import { addDays, type LocalDate } from '../domain/deadline/local-date.ts'

export interface CalendarDay {
  /** The same for the same day of the same request, in every version of the file. */
  readonly uid: string
  readonly on: LocalDate
  readonly title: string
  readonly description: string
  /** Grows with every change of what it is about; programs take the highest. */
  readonly sequence: number
  readonly changedAt: Date
  /** Whether the program should remind of it. */
  readonly reminds: boolean
}

export interface CalendarFile {
  readonly name: string
  readonly description: string | null
  readonly days: readonly CalendarDay[]
}

/** At nine in the morning of the day before, wherever the program is: a whole day begins at midnight there. */
const REMINDER_SECONDS_BEFORE = 15 * 3_600
/** How often programs are asked to look again, in seconds. */
const REFRESH_SECONDS = 3_600

/** The file. The same days give the same bytes: nothing in it says when it was written. */
export function writeCalendar({ name, description, days }: CalendarFile): string {
  const calendar = ical({
    prodId: { company: 'Habeas', product: 'Deadlines', language: 'EN' },
    // The library takes these two as they are.
    name: escapeText(clean(name), false),
    description: description === null ? null : escapeText(clean(description), false),
    ttl: REFRESH_SECONDS
  })
  for (const day of days) addDay(calendar, day)
  const file = `${calendar.toString()}\r\n`
  return days.length === 0 ? file.replace(END, `${TIME_ZONE}${END}`) : file
}

function addDay(
  calendar: ICalCalendar,
  { uid, on, title, description, sequence, changedAt, reminds }: CalendarDay
): void {
  const event = calendar.createEvent({
    id: uid,
    sequence,
    allDay: true,
    start: midnight(on),
    // The first day that no longer belongs to it (RFC 5545 section 3.6.1).
    end: midnight(addDays(on, 1)),
    summary: clean(title),
    description: clean(description),
    // Without a METHOD the stamp is when it changed last (RFC 5545 section 3.8.7.2).
    stamp: changedAt,
    lastModified: changedAt,
    status: ICalEventStatus.CONFIRMED,
    class: ICalEventClass.PRIVATE,
    // A deadline leaves the day free for appointments.
    transparency: ICalEventTransparency.TRANSPARENT
  })
  if (reminds) event.createAlarm({ type: ICalAlarmType.display, triggerBefore: REMINDER_SECONDS_BEFORE })
}

/** The library writes the day of an instant as it is in UTC. */
const midnight = (day: LocalDate) => new Date(`${day}T00:00:00Z`)

/** Control characters have no place in a text of a calendar; a line break is written as two letters. */
function clean(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n]/gu, ' ')
}

const END = 'END:VCALENDAR\r\n'
/** Of a calendar without a day: one without anything in it is none (RFC 5545 section 3.6), and no program shows a time zone. */
const TIME_ZONE = `BEGIN:VTIMEZONE
TZID:Etc/UTC
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0000
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
`.replaceAll('\n', '\r\n')
