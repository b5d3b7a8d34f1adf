// What holds of every deadline, whatever the request.

import fc from 'fast-check'
import t from 'tap'
import { calendarFor } from '../../src/calendars/calendar.ts'
import { type ClockEvent, type ClockInput, computeDeadlines } from '../../src/domain/deadline/clock.ts'
import { restReasonFor } from '../../src/domain/deadline/holidays.ts'
import { addDays, dateIn } from '../../src/domain/deadline/local-date.ts'
import type { Regime } from '../../src/domain/deadline/regime.ts'
import { REGIME_NAMES, REGIMES, type RegimeName } from '../../src/domain/deadline/regimes.ts'
import { RIGHTS, type Right } from '../../src/domain/rights.ts'

const HOME: Readonly<Record<RegimeName, readonly [timeZone: string, calendar: string]>> = {
  'eu-gdpr': ['Europe/Athens', 'GR'],
  'uk-gdpr': ['Europe/London', 'GB-SCT'],
  'us-ca': ['America/Los_Angeles', 'US-CA'],
  'us-va': ['America/New_York', 'US'],
  'us-co': ['America/Denver', 'US'],
  'us-ia': ['America/Chicago', 'US'],
  'ca-pipeda': ['America/Toronto', 'CA'],
  'ca-qc': ['America/Montreal', 'CA-QC'],
  'au-privacy': ['Australia/Lord_Howe', 'AU-NSW'],
  'nz-privacy': ['Pacific/Auckland', 'NZ'],
  'sg-pdpa': ['Asia/Singapore', 'SG'],
  'br-lgpd': ['America/Sao_Paulo', 'BR'],
  'ch-fadp': ['Europe/Zurich', 'CH-ZH']
}

const HOUR_MS = 3_600_000
const instants = fc.integer({ min: Date.UTC(2018, 0, 1), max: Date.UTC(2040, 0, 1) }).map(at => new Date(at))
const requests: fc.Arbitrary<Omit<ClockInput, 'events'>> = fc
  .record({
    kind: fc.constantFrom(...offeredRights()),
    receivedAt: instants,
    promiseDays: fc.option(fc.integer({ min: 0, max: 120 }), { nil: undefined })
  })
  .map(({ kind: [regime, right], ...rest }) => {
    const [timeZone, calendar] = HOME[regime]
    return { regime, right, timeZone, holidays: calendarFor(calendar), ...rest }
  })
/** Pauses that begin within 60 days of receipt and last up to 30. */
const waits = fc.array(
  fc.record({
    reason: fc.constantFrom('identity', 'clarification', 'representative_authority', 'legal_review'),
    begins: fc.integer({ min: 0, max: 60 * 24 }),
    lasts: fc.option(fc.integer({ min: 0, max: 30 * 24 }), { nil: null }),
    undueDelay: fc.boolean()
  }),
  { maxLength: 4 }
)
type Wait = { reason: string; begins: number; lasts: number | null; undueDelay: boolean }
const pausesOf = (list: readonly Wait[], receivedAt: Date): ClockEvent[] =>
  list.map(({ reason, begins, lasts, undueDelay }) => {
    const pausedAt = new Date(receivedAt.getTime() + begins * HOUR_MS)
    return {
      type: 'pause',
      reason,
      pausedAt,
      undueDelay,
      resumedAt: lasts === null ? undefined : new Date(pausedAt.getTime() + lasts * HOUR_MS)
    }
  })
const inRange = { numRuns: 1500 }

t.test('the safe date is never later than the due date, nor than the promise', async () => {
  fc.assert(
    fc.property(requests, waits, (request, list) => {
      const found = computeDeadlines({ ...request, events: pausesOf(list, request.receivedAt) })
      return (
        notLater(found.targetOn, found.dueOn) &&
        notLater(found.targetOn, found.promisedOn) &&
        notLater(found.extendedTargetOn, found.extendedDueOn) &&
        notLater(found.dueOn, found.statutoryDueOn) &&
        notLater(found.statutoryDueOn, found.extendedDueOn)
      )
    }),
    inRange
  )
})

t.test('no pause makes a due date earlier, nor moves the safe date', async () => {
  fc.assert(
    fc.property(requests, waits, waits, (request, some, more) => {
      const before = computeDeadlines({ ...request, events: pausesOf(some, request.receivedAt) })
      const after = computeDeadlines({ ...request, events: pausesOf([...some, ...more], request.receivedAt) })
      return (
        notLater(before.statutoryDueOn, after.statutoryDueOn) &&
        notLater(before.extendedDueOn, after.extendedDueOn) &&
        before.targetOn === after.targetOn &&
        before.extendedTargetOn === after.extendedTargetOn
      )
    }),
    inRange
  )
})

t.test('where the last day moves, it moves to a working day', async () => {
  fc.assert(
    fc.property(requests, waits, (request, list) => {
      const { past } = rulesOf(request.regime, request.right)?.answer?.roll ?? { past: null }
      const { statutoryDueOn } = computeDeadlines({ ...request, events: pausesOf(list, request.receivedAt) })
      return past === null || statutoryDueOn === null || restReasonFor(statutoryDueOn, past, request.holidays) === null
    }),
    inRange
  )
})

t.test(
  'the safe date is a working day on the broadest list, unless the request itself arrived later than that',
  async () => {
    fc.assert(
      fc.property(requests, request => {
        const { targetOn } = computeDeadlines({ ...request, events: [] })
        const broadest = { weekdays: [6, 7], holidays: 'broad' } as const
        return (
          targetOn === null ||
          targetOn === dateIn(request.timeZone, request.receivedAt) ||
          restReasonFor(targetOn, broadest, request.holidays) === null
        )
      }),
      inRange
    )
  }
)

t.test('a request that came later is never due earlier', async () => {
  fc.assert(
    fc.property(requests, fc.integer({ min: 0, max: 60 * 24 }), (request, hours) => {
      const first = computeDeadlines({ ...request, events: [] })
      const second = computeDeadlines({
        ...request,
        receivedAt: new Date(request.receivedAt.getTime() + hours * HOUR_MS),
        events: []
      })
      return (
        notLater(first.dueOn, second.dueOn) &&
        notLater(first.extendedDueOn, second.extendedDueOn) &&
        notLater(first.targetOn, second.targetOn) &&
        notLater(first.acknowledgeBy, second.acknowledgeBy)
      )
    }),
    inRange
  )
})

t.test('the due date ends with its last instant in the zone of the controller', async () => {
  fc.assert(
    fc.property(requests, request => {
      const { dueOn, dueEndsAt } = computeDeadlines({ ...request, events: [] })
      if (dueOn === null || dueEndsAt === null) return dueOn === dueEndsAt
      const last = new Date(dueEndsAt.getTime() - 1)
      return dateIn(request.timeZone, last) === dueOn && dateIn(request.timeZone, dueEndsAt) === addDays(dueOn, 1)
    }),
    inRange
  )
})

t.test('the time zone of the machine changes nothing', async t => {
  const home = process.env.TZ
  t.teardown(() => {
    if (home === undefined) delete process.env.TZ
    else process.env.TZ = home
  })
  const sample = fc.sample(fc.tuple(requests, waits), { numRuns: 300, seed: 20_260_302 })
  const answers = [
    'UTC',
    'Europe/Athens',
    'America/Los_Angeles',
    'Pacific/Apia',
    'Australia/Lord_Howe',
    'Asia/Kathmandu'
  ].map(zone => {
    process.env.TZ = zone
    const hour = new Date(Date.UTC(2026, 0, 1)).getHours()
    return {
      hour,
      deadlines: sample.map(([request, list]) =>
        computeDeadlines({ ...request, events: pausesOf(list, request.receivedAt) })
      )
    }
  })
  t.equal(new Set(answers.map(({ hour }) => hour)).size, answers.length, 'the machine was in six zones')
  for (const { deadlines } of answers) t.same(deadlines, answers[0]?.deadlines)
})

function offeredRights(): [RegimeName, Right][] {
  return REGIME_NAMES.flatMap(regime =>
    RIGHTS.filter(right => rulesOf(regime, right)).map((right): [RegimeName, Right] => [regime, right])
  )
}

function rulesOf(name: RegimeName, right: Right) {
  const regime: Regime = REGIMES[name]
  return regime.rights[right]
}

function notLater(a: string | null, b: string | null): boolean {
  return a === null || b === null || a <= b
}
