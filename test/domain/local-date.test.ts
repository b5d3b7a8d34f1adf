import fc from 'fast-check'
import t from 'tap'
import {
  addDays,
  addMonths,
  dateIn,
  daysBetween,
  earliest,
  hourOfDay,
  isLocalDate,
  isTimeZone,
  isWeekend,
  type LocalDate,
  parseLocalDate,
  startOfDay,
  weekdayOf
} from '../../src/domain/deadline/local-date.ts'

const d = (text: string): LocalDate => parseLocalDate(text)
const DAY_MS = 86_400_000

t.test('a day is read only when it exists', async t => {
  for (const text of ['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31']) t.equal(parseLocalDate(text), text)
  for (const text of [
    '2023-02-29',
    '1900-02-29',
    '2024-13-01',
    '2024-00-10',
    '2024-04-31',
    '2024-1-1',
    '0000-01-01',
    '2024-01-01T00:00:00Z',
    ''
  ]) {
    t.notOk(isLocalDate(text), text)
    t.throws(() => parseLocalDate(text, '/day'), {
      code: 'invalid',
      facts: { errors: [{ pointer: '/day', rule: 'date' }] }
    })
  }
})

t.test('months are added to the day number, or end on the last day of a month that lacks it', async t => {
  const cases = [
    ['2024-03-05', 1, '2024-04-05'],
    ['2022-08-31', 1, '2022-09-30'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2023-01-31', 1, '2023-02-28'],
    ['2025-02-28', 1, '2025-03-28'],
    ['2025-11-30', 3, '2026-02-28'],
    ['2025-12-31', 1, '2026-01-31'],
    ['2026-01-31', -1, '2025-12-31'],
    ['2024-02-29', 12, '2025-02-28']
  ] as const
  for (const [from, months, to] of cases) t.equal(addMonths(d(from), months), to, `${from} and ${months} months`)
})

t.test('the arithmetic of days agrees with a second calendar', async () => {
  const days = fc.integer({ min: -50_000, max: 60_000 })
  const text = (day: number) => d(new Date(day * DAY_MS).toISOString().slice(0, 10))
  fc.assert(
    fc.property(days, fc.integer({ min: -4000, max: 4000 }), (day, more) => {
      const weekday = new Date(day * DAY_MS).getUTCDay()
      return (
        addDays(text(day), more) === text(day + more) &&
        daysBetween(text(day), text(day + more)) === more &&
        weekdayOf(text(day)) % 7 === weekday &&
        isWeekend(text(day)) === (weekday === 0 || weekday === 6)
      )
    }),
    { numRuns: 2000 }
  )
})

t.test('a year that four digits cannot write is refused', async t => {
  t.throws(() => addDays(d('9999-12-31'), 1), RangeError)
  t.throws(() => addMonths(d('0001-01-31'), -1), RangeError)
})

t.test('the earliest of some days passes over those that are missing', async t => {
  t.equal(earliest(null, d('2026-03-02'), d('2026-02-27'), null), '2026-02-27')
  t.equal(earliest(null, null), null)
})

t.test('an instant is the day that the wall calendar of the zone shows', async t => {
  const cases = [
    ['2025-01-31T22:30:00Z', 'Europe/Athens', '2025-02-01'],
    ['2025-01-31T22:30:00Z', 'Europe/Copenhagen', '2025-01-31'],
    ['2025-10-25T21:30:00Z', 'Europe/Athens', '2025-10-26'],
    ['2026-03-28T23:00:00Z', 'Europe/Copenhagen', '2026-03-29'],
    ['2026-04-04T15:30:00Z', 'Australia/Sydney', '2026-04-05'],
    ['2025-11-03T07:30:00Z', 'America/Los_Angeles', '2025-11-02'],
    // Samoa left out 30 December 2011 when it crossed the date line.
    ['2011-12-30T09:59:59Z', 'Pacific/Apia', '2011-12-29'],
    ['2011-12-30T10:00:00Z', 'Pacific/Apia', '2011-12-31']
  ] as const
  for (const [instant, zone, day] of cases) t.equal(dateIn(zone, new Date(instant)), day, `${instant} in ${zone}`)
})

t.test('a day starts at midnight, or at the first instant that exists', async t => {
  const cases = [
    ['Europe/Copenhagen', '2026-03-29', '2026-03-28T23:00:00.000Z'],
    ['Europe/Copenhagen', '2026-03-30', '2026-03-29T22:00:00.000Z'],
    ['Europe/Athens', '2025-10-27', '2025-10-26T22:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-06', '2026-04-05T13:30:00.000Z'],
    // Lebanon and Brazil have skipped midnight itself.
    ['Asia/Beirut', '2026-03-29', '2026-03-28T22:00:00.000Z'],
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z']
  ] as const
  for (const [zone, day, instant] of cases)
    t.equal(startOfDay(zone, d(day)).toISOString(), instant, `${day} in ${zone}`)
})

t.test('an hour is the one that clocks show; where they skip it, it comes as much later as they skip', async t => {
  const cases = [
    ['Europe/Copenhagen', '2026-03-28', 8, '2026-03-28T07:00:00.000Z'],
    ['Europe/Copenhagen', '2026-03-29', 8, '2026-03-29T06:00:00.000Z'],
    ['Europe/Copenhagen', '2026-03-29', 2, '2026-03-29T01:00:00.000Z'],
    // It is shown twice that night, and comes first when it is first shown.
    ['Europe/Copenhagen', '2026-10-25', 2, '2026-10-25T00:00:00.000Z'],
    ['Pacific/Apia', '2011-12-31', 8, '2011-12-30T18:00:00.000Z']
  ] as const
  for (const [zone, day, hour, instant] of cases)
    t.equal(hourOfDay(zone, d(day), hour).toISOString(), instant, `${hour} on ${day} in ${zone}`)
})

t.test('days and instants agree with the formatter of the runtime, in every kind of zone', async () => {
  const zones = [
    'Europe/Athens',
    'America/Los_Angeles',
    'Australia/Lord_Howe',
    'Asia/Beirut',
    'Africa/Casablanca',
    'Pacific/Apia',
    'Antarctica/Troll',
    'UTC'
  ]
  const formatters = new Map(
    zones.map(timeZone => [timeZone, new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })])
  )
  const shown = (zone: string, at: number) => formatters.get(zone)!.format(at)
  const instants = fc.integer({ min: Date.UTC(1990, 0, 1) / 1000, max: Date.UTC(2050, 0, 1) / 1000 })
  fc.assert(
    fc.property(fc.constantFrom(...zones), instants, (zone, seconds) => {
      const at = seconds * 1000
      const day = dateIn(zone, new Date(at))
      const start = startOfDay(zone, day).getTime()
      return day === shown(zone, at) && start <= at && shown(zone, start) === day && shown(zone, start - 1) < day
    }),
    { numRuns: 3000 }
  )
})

t.test('a zone is an IANA name, never an offset', async t => {
  for (const name of ['Europe/Athens', 'America/Montreal', 'UTC']) t.ok(isTimeZone(name), name)
  for (const name of ['+02:00', 'Europe/Atlantis', '', 'Europe/Athens[u-ca=iso8601]', '2026-01-01[Europe/Athens]'])
    t.notOk(isTimeZone(name), name)
})
