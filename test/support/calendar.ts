// A calendar as a program reads it, with a parser that is not the one that wrote it.

import ICAL from 'ical.js'

export interface ReadEvent {
  readonly uid: string
  readonly summary: string
  readonly description: string
  readonly start: string
  readonly end: string
  readonly sequence: number
  readonly stamp: string
  readonly lastModified: string
  readonly status: string
  readonly alarms: { readonly action: string; readonly trigger: string; readonly description: string }[]
}

export interface ReadCalendar {
  readonly name: string
  readonly description: string
  readonly events: ReadEvent[]
}

const OCTETS_A_LINE = 75

/** @throws {Error} for what RFC 5545 does not allow: a parser is lenient where a strict program is not */
export function readCalendarFile(file: string): ReadCalendar {
  requireForm(file)
  const calendar = new ICAL.Component(ICAL.parse(file))
  for (const name of ['version', 'prodid']) once(calendar, name)
  if (calendar.getAllSubcomponents().length === 0) throw new Error('There is nothing in the calendar.')
  const events = calendar.getAllSubcomponents('vevent').map(readEvent)
  if (new Set(events.map(({ uid }) => uid)).size !== events.length) throw new Error('Two entries are called the same.')
  return {
    name: String(calendar.getFirstPropertyValue('x-wr-calname')),
    description: String(calendar.getFirstPropertyValue('x-wr-caldesc')),
    events
  }
}

function requireForm(file: string): void {
  if (!file.endsWith('\r\n')) throw new Error('The last line does not end.')
  if (/[^\r]\n|\r[^\n]/.test(file)) throw new Error('A line ends with something else than CRLF.')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is what is asked
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(file)) throw new Error('There is a control character.')
  const long = file.split('\r\n').find(line => Buffer.byteLength(line) > OCTETS_A_LINE)
  if (long !== undefined) throw new Error(`A line is longer than ${OCTETS_A_LINE} octets: ${long}`)
  // Properties of the calendar come before what is in it (section 3.4).
  const [head = ''] = file.split('BEGIN:V').slice(1)
  const tail = file.slice(file.lastIndexOf('END:V', file.length - 'END:VCALENDAR\r\n'.length - 1))
  if (!head.startsWith('CALENDAR\r\n') || tail.split('\r\n').length > 3)
    throw new Error('Something stands after the last component.')
}

function readEvent(component: ICAL.Component): ReadEvent {
  const event = new ICAL.Event(component)
  for (const name of ['uid', 'dtstamp', 'dtstart', 'dtend', 'summary', 'sequence', 'last-modified'])
    once(component, name)
  if (!event.startDate.isDate || !event.endDate.isDate) throw new Error('An entry is not for a whole day.')
  const text = (name: string, from = component) => String(from.getFirstPropertyValue(name))
  return {
    uid: event.uid,
    summary: event.summary,
    description: event.description,
    start: event.startDate.toString(),
    end: event.endDate.toString(),
    sequence: event.sequence,
    stamp: text('dtstamp'),
    lastModified: text('last-modified'),
    status: text('status'),
    alarms: component.getAllSubcomponents('valarm').map(alarm => ({
      action: text('action', alarm),
      trigger: text('trigger', alarm),
      description: text('description', alarm)
    }))
  }
}

function once(component: ICAL.Component, name: string): void {
  const { length } = component.getAllProperties(name)
  if (length !== 1) throw new Error(`${component.name} has ${name} ${length} times.`)
}
