// The file that calendar programs read: valid for a parser that did not write it, whatever stands in it.

import fc from 'fast-check'
import t from 'tap'
import { CALENDAR_DATES } from '../../src/domain/calendar-entries.ts'
import { addDays, parseLocalDate } from '../../src/domain/deadline/local-date.ts'
import { RIGHTS } from '../../src/domain/rights.ts'
import { LOCALES } from '../../src/domain/subject-request.ts'
import { personsCalendar, type RequestInCalendar, staffCalendar } from '../../src/letters/calendar-days.ts'
import { type CalendarDay, writeCalendar } from '../../src/letters/calendar-file.ts'
import { rightName } from '../../src/letters/words.ts'
import { readCalendarFile } from '../support/calendar.ts'

const day = parseLocalDate
const ID = '0190b2a1-7c3e-7d4f-8a5b-6c7d8e9f0a1b'
const REQUEST: RequestInCalendar = {
  id: ID,
  reference: 'H-7F3K-9QRM',
  right: 'access',
  version: 3,
  updatedAt: new Date('2026-02-20T10:00:00.123Z'),
  receivedOn: day('2026-01-31'),
  dueOn: day('2026-03-02'),
  targetOn: day('2026-02-27'),
  acknowledgeBy: day('2026-02-16'),
  extensionNoticeBy: day('2026-02-28'),
  isConfirmed: false,
  extendedAt: null
}
const OF_STAFF = { tenant: 'Acme', locale: 'en', dates: CALENDAR_DATES, requests: [REQUEST], isCut: false } as const
const HOSTILE = 'Acme\r\nEND:VCALENDAR\nBEGIN:VEVENT; x, \\n "y" \u0000\u0007\u0085 \ud800 Ελλάδα 👩‍👧‍👦'

t.test('A calendar for staff', async t => {
  const file = writeCalendar(staffCalendar(OF_STAFF))
  const { events, name } = readCalendarFile(file)

  t.equal(name, 'Acme: days of requests')
  t.same(
    events.map(({ uid, start }) => [uid, start]),
    [
      [`${ID}-dueOn@habeas`, '2026-03-02'],
      [`${ID}-targetOn@habeas`, '2026-02-27'],
      [`${ID}-acknowledgeBy@habeas`, '2026-02-16'],
      [`${ID}-extensionNoticeBy@habeas`, '2026-02-28']
    ],
    'has an entry a day, under a name that stays'
  )
  t.equal(events[0]?.summary, 'Answer due: Access to personal data (H-7F3K-9QRM)', 'called by reference and right')
  t.equal(events[3]?.end, '2026-03-01', 'that ends before the next day begins, also over the end of a month')
  for (const { stamp, lastModified, sequence, status } of events) {
    t.same([stamp, lastModified], ['2026-02-20T10:00:00Z', '2026-02-20T10:00:00Z'], 'and says when it changed last')
    t.same([sequence, status], [3, 'CONFIRMED'])
  }
  t.same(
    events.map(({ alarms }) => alarms),
    [[{ action: 'DISPLAY', trigger: '-PT15H', description: events[0]?.summary }], [], [], []],
    'The due day alone is reminded of, on the morning before'
  )
  t.match(events[0]?.description, /Received on Saturday 31 January 2026\.\n/, 'The entry tells the other days')
  t.match(events[0]?.description, /An extension is announced by Saturday 28 February 2026\./)
  t.equal(writeCalendar(staffCalendar(OF_STAFF)), file, 'The same days give the same file')
  t.match(file, /\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n/, 'which asks to be read again after an hour')
})

t.test('A calendar in every language, of every right', async t => {
  for (const locale of LOCALES) {
    const requests = RIGHTS.map((right, n) => ({ ...REQUEST, right, id: ID.replace(/.$/, n.toString(16)) }))
    const { events } = readCalendarFile(writeCalendar(staffCalendar({ ...OF_STAFF, locale, requests })))
    for (const right of RIGHTS) {
      t.equal(
        events.filter(({ summary }) => summary.includes(`: ${rightName(right, locale)} (`)).length,
        4,
        `${locale} ${right}`
      )
    }
  }
})

t.test('A calendar that is cut says so', async t => {
  const { description } = readCalendarFile(writeCalendar(staffCalendar({ ...OF_STAFF, isCut: true })))
  t.match(description, /Only the 1 that are due first are shown\./)
})

t.test('A calendar without a day is valid all the same', async t => {
  const { events } = readCalendarFile(writeCalendar(staffCalendar({ ...OF_STAFF, requests: [] })))
  t.same(events, [])
})

t.test('A calendar for a person', async t => {
  const asked = { tenant: 'Acme', locale: 'en', reference: 'H-7F3K-9QRM' } as const
  const file = writeCalendar(personsCalendar({ ...asked, owed: [REQUEST, { ...REQUEST, dueOn: null }] }))
  const { events } = readCalendarFile(file)
  t.match(events, [
    {
      uid: `${ID}-answer@habeas`,
      start: '2026-03-02',
      end: '2026-03-03',
      summary: 'Acme: answer to your request (Access to personal data)',
      description: /Your reference is H-7F3K-9QRM\./,
      alarms: []
    }
  ])
  t.equal(events.length, 1, 'has the day on which the answer is there, where there is one')
  t.notMatch(file, /https?:/, 'and no link to the page, which whoever has the link can open')
})

t.test('What tenants call themselves stays text', async t => {
  for (const locale of LOCALES) {
    const staff = readCalendarFile(writeCalendar(staffCalendar({ ...OF_STAFF, locale, tenant: HOSTILE })))
    t.equal(staff.events.length, 4, 'and no entry of its own')
    const theirs = { tenant: HOSTILE, locale, reference: 'H-1', owed: [REQUEST] }
    const { events } = readCalendarFile(writeCalendar(personsCalendar(theirs)))
    t.match(events, [{ summary: /BEGIN:VEVENT; x, \\n "y".*Ελλάδα 👩‍👧‍👦/u }])
  }
})

t.test('Any text and any day come back as they were', async () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 300 })
  const days = fc.integer({ min: 0, max: 9_000 }).map(count => addDays(day('2018-01-01'), count))
  fc.assert(
    fc.property(text, text, days, fc.nat(1_000_000), (title, description, on, sequence) => {
      const entry: CalendarDay = { uid: 'x', on, title, description, sequence, changedAt: new Date(0), reminds: true }
      const { events } = readCalendarFile(writeCalendar({ name: title, description, days: [entry] }))
      const read = events[0]!
      return (
        read.start === on &&
        read.end === addDays(on, 1) &&
        read.sequence === sequence &&
        sameText(read.summary, title) &&
        sameText(read.description, description)
      )
    })
  )
})

/** But for control characters, which become blanks. */
function sameText(read: string, written: string): boolean {
  const plain = (text: string) =>
    text
      .toWellFormed()
      .replaceAll(/\r\n?/g, '\n')
      .replaceAll(/[^\P{Cc}\n]/gu, ' ')
  return plain(read ?? '') === plain(written)
}
