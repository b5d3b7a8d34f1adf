import fc from 'fast-check'
import t from 'tap'
import { calendarFor } from '../../src/calendars/calendar.ts'
import {
  alertAfter,
  alertsFrom,
  type Concern,
  firstAlerts,
  type Thresholds,
  thresholdOf
} from '../../src/domain/alerts.ts'
import { addDays, dateIn, daysBetween, parseLocalDate } from '../../src/domain/deadline/local-date.ts'
import { POLICY_DEFAULTS, type Policy } from '../../src/domain/policy.ts'

const d = (text: string) => parseLocalDate(text)
const LONG_AGO = new Date('2020-01-01T00:00:00Z')

interface Chosen extends Partial<Policy['alerts']> {
  readonly timeZone?: string
  readonly holidays?: string
}

function thresholds({ timeZone = 'Europe/Copenhagen', holidays = 'DK', ...alerts }: Chosen = {}): Thresholds {
  return { policy: { timeZone, alerts: { ...POLICY_DEFAULTS.alerts, ...alerts } }, holidays: calendarFor(holidays) }
}

/** The first `count` alerts as they follow each other. */
function chain(of: Thresholds, about: Concern, on: string, count: number): string[] {
  const said: string[] = []
  let next = alertAfter(of, d(on), { about, days: Number.NEGATIVE_INFINITY })
  while (next !== null && said.length < count) {
    said.push(`${next.kind} ${next.dueAt.toISOString()}`)
    next = alertAfter(of, d(on), thresholdOf(next.kind))
  }
  return said
}

t.test('The answer: fourteen, seven, three and one day before, on the day, and every week after it', async t => {
  t.same(chain(thresholds(), 'answer', '2026-07-15', 8), [
    'alert:-14 2026-07-01T06:00:00.000Z',
    'alert:-7 2026-07-08T06:00:00.000Z',
    'alert:-3 2026-07-12T06:00:00.000Z',
    'alert:-1 2026-07-14T06:00:00.000Z',
    'alert:0 2026-07-15T06:00:00.000Z',
    'alert:7 2026-07-22T06:00:00.000Z',
    'alert:14 2026-07-29T06:00:00.000Z',
    'alert:21 2026-08-05T06:00:00.000Z'
  ])
})

t.test('or as the tenant chose, in whatever order it wrote them', async t => {
  const chosen = thresholds({ daysBefore: [0, 30, 5, 5], everyDaysOverdue: 10 })
  t.same(
    chain(chosen, 'answer', '2026-07-31', 5).map(said => said.slice(0, said.indexOf('T'))),
    ['alert:-30 2026-07-01', 'alert:-5 2026-07-26', 'alert:0 2026-07-31', 'alert:10 2026-08-10', 'alert:20 2026-08-20']
  )
  const afterwardsOnly = thresholds({ daysBefore: [] })
  t.match(chain(afterwardsOnly, 'answer', '2026-07-31', 1), [/^alert:7 2026-08-07/])
})

t.test('Word of receipt: two working days before the last one, and then no more', async t => {
  const californian = thresholds({ timeZone: 'America/Los_Angeles', holidays: 'US-CA' })
  const cases = [
    ['2026-03-06', '2026-03-04', 'a Friday'],
    ['2026-03-10', '2026-03-06', 'over a weekend'],
    ['2026-05-27', '2026-05-22', 'over a weekend and Memorial Day'],
    ['2026-01-02', '2025-12-30', 'over New Year']
  ] as const
  for (const [by, on, why] of cases) {
    const said = chain(californian, 'acknowledgement', by, 3)
    t.equal(said.length, 1, why)
    t.match(said[0], `alert:acknowledge:-2 ${on}T`, why)
  }
  const twice = thresholds({ workingDaysBeforeAcknowledgement: [0, 5] })
  t.match(chain(twice, 'acknowledgement', '2026-04-10', 3), [
    /^alert:acknowledge:-5 2026-03-31/,
    /^alert:acknowledge:0 2026-04-10/
  ])
  t.same(chain(thresholds({ workingDaysBeforeAcknowledgement: [] }), 'acknowledgement', '2026-04-10', 3), [])
})

t.test('A morning is eight o’clock by the clocks of the place, also on the day they change', async t => {
  const cases = [
    ['Europe/Copenhagen', '2026-03-29', '2026-03-29T06:00:00.000Z'],
    ['Europe/Copenhagen', '2026-10-25', '2026-10-25T07:00:00.000Z'],
    ['America/Los_Angeles', '2026-03-08', '2026-03-08T15:00:00.000Z'],
    ['America/Los_Angeles', '2026-11-01', '2026-11-01T16:00:00.000Z'],
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-04T21:30:00.000Z'],
    ['Pacific/Auckland', '2026-09-27', '2026-09-26T19:00:00.000Z']
  ] as const
  for (const [timeZone, on, instant] of cases) {
    const [, dueAt] = chain(thresholds({ timeZone, daysBefore: [0] }), 'answer', on, 1)[0]!.split(' ')
    t.equal(dueAt, instant, `${on} in ${timeZone}`)
  }
})

t.test('Thresholds that lie behind are passed over, each concern by itself', async t => {
  const days = { answer: d('2026-07-15'), acknowledgement: d('2026-07-06') }
  const kinds = (now: string) => alertsFrom(thresholds(), days, new Date(now)).map(({ kind }) => kind)
  t.same(kinds('2026-06-15T00:00:00Z'), ['alert:-14', 'alert:acknowledge:-2'])
  t.same(kinds('2026-07-01T06:00:00Z'), ['alert:-7', 'alert:acknowledge:-2'], 'this very morning lies behind')
  t.same(kinds('2026-07-03T00:00:00Z'), ['alert:-7'])
  t.same(kinds('2026-08-01T00:00:00Z'), ['alert:21'])
  t.same(alertsFrom(thresholds(), { answer: null, acknowledgement: null }, LONG_AGO), [])
})

t.test('Where a request begins to have its days, the last threshold that lies behind is told at once', async t => {
  const days = { answer: d('2026-07-15'), acknowledgement: d('2026-07-06') }
  const first = (now: string, of = thresholds()) =>
    firstAlerts(of, days, new Date(now)).map(({ kind, dueAt }) => `${kind} ${dueAt.toISOString()}`)
  t.same(
    first('2026-06-15T00:00:00Z'),
    ['alert:-14 2026-07-01T06:00:00.000Z', 'alert:acknowledge:-2 2026-07-02T06:00:00.000Z'],
    'where none does, the first one comes in its morning'
  )
  t.same(first('2026-07-01T06:00:00Z'), [
    'alert:-14 2026-07-01T06:00:00.000Z',
    'alert:acknowledge:-2 2026-07-02T06:00:00.000Z'
  ])
  t.same(
    first('2026-07-06T12:00:00Z'),
    ['alert:-14 2026-07-06T12:00:00.000Z', 'alert:acknowledge:-2 2026-07-06T13:00:00.000Z'],
    'an hour is left for the letter that confirms receipt'
  )
  t.same(first('2026-07-16T12:00:00Z')[0], 'alert:0 2026-07-16T12:00:00.000Z', 'of several only the last')
  t.same(first('2026-08-01T12:00:00Z')[0], 'alert:14 2026-08-01T12:00:00.000Z')
  t.same(first('2027-08-01T12:00:00Z')[0], 'alert:378 2027-08-01T12:00:00.000Z', 'however late')
  t.same(
    firstAlerts(thresholds(), { answer: null, acknowledgement: null }, new Date('2026-07-16T12:00:00Z')),
    [],
    'and nothing where there is no day'
  )
  const silent = thresholds({ daysBefore: [], workingDaysBeforeAcknowledgement: [] })
  t.same(first('2026-07-16T12:00:00Z', silent), ['alert:7 2026-07-22T06:00:00.000Z'], 'nor where none was chosen')
})

t.test('Every threshold is reached once, on its day and in its order, wherever and however it was chosen', async () => {
  const zones = [
    'Europe/Athens',
    'America/Los_Angeles',
    'Asia/Singapore',
    'Pacific/Auckland',
    'America/Sao_Paulo',
    'UTC'
  ]
  const hours = new Map(
    zones.map(timeZone => [timeZone, new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' })])
  )
  fc.assert(
    fc.property(
      fc.constantFrom(...zones),
      fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 8 }),
      fc.integer({ min: 1, max: 90 }),
      fc.integer({ min: 0, max: 6000 }),
      (timeZone, daysBefore, everyDaysOverdue, offset) => {
        const of = thresholds({ timeZone, daysBefore, everyDaysOverdue })
        const on = addDays(d('2018-01-01'), offset)
        const reached: number[] = []
        let next = alertAfter(of, on, { about: 'answer', days: Number.NEGATIVE_INFINITY })
        while (next !== null && reached.length < daysBefore.length + 3) {
          reached.push(daysBetween(on, dateIn(timeZone, next.dueAt)))
          if (hours.get(timeZone)!.format(next.dueAt) !== '08:00') return false
          next = alertAfter(of, on, thresholdOf(next.kind))
        }
        const before = daysBefore.map(days => -days).sort((a, b) => a - b)
        const wanted = [...before, everyDaysOverdue, 2 * everyDaysOverdue, 3 * everyDaysOverdue]
        return reached.join() === wanted.map(days => days + 0).join()
      }
    ),
    { numRuns: 500 }
  )
})
