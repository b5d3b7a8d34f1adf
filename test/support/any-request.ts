// Requests of any law, received at any time, by controllers in any zone and place, with any waits.

import fc from 'fast-check'
import { CALENDAR_IDS, calendarFor } from '../../src/calendars/calendar.ts'
import type { ClockEvent, ClockInput } from '../../src/domain/deadline/clock.ts'
import type { DeadlineRule, Regime } from '../../src/domain/deadline/regime.ts'
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

export const HOUR_MS = 3_600_000
const instants = fc.integer({ min: Date.UTC(2018, 0, 1), max: Date.UTC(2040, 0, 1) }).map(at => new Date(at))
/** At home half of the time, where summer time and holidays are those of the law, and anywhere else for the rest. */
const places = fc.option(
  fc.record({
    timeZone: fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
    calendar: fc.constantFrom(...CALENDAR_IDS, 'none')
  }),
  { freq: 2 }
)

export const requests: fc.Arbitrary<Omit<ClockInput, 'events'>> = fc
  .record({
    kind: fc.constantFrom(...offeredRights()),
    place: places,
    receivedAt: instants,
    promiseDays: fc.option(fc.integer({ min: 0, max: 120 }), { nil: undefined })
  })
  .map(({ kind: [regime, right], place, ...rest }) => {
    const [timeZone, calendar] = place === null ? HOME[regime] : [place.timeZone, place.calendar]
    return { regime, right, timeZone, holidays: calendarFor(calendar), ...rest }
  })
/** Of laws under which some waits begin the period anew: of British access every kind of wait counts. */
export const requestsWithRestarts: fc.Arbitrary<Omit<ClockInput, 'events'>> = fc
  .record({
    kind: fc.constantFrom(
      ['uk-gdpr', 'access'] as const,
      ['uk-gdpr', 'access'] as const,
      ['ch-fadp', 'access'] as const
    ),
    receivedAt: instants
  })
  .map(({ kind: [regime, right], receivedAt }) => {
    const [timeZone, calendar] = HOME[regime]
    return { regime, right, timeZone, holidays: calendarFor(calendar), receivedAt }
  })

/** Pauses that begin within 60 days of receipt and last up to 30. */
export const waits = fc.array(
  fc.record({
    reason: fc.constantFrom('identity', 'clarification', 'representative_authority', 'legal_review'),
    begins: fc.integer({ min: 0, max: 60 * 24 }),
    lasts: fc.option(fc.integer({ min: 0, max: 30 * 24 }), { nil: null }),
    undueDelay: fc.boolean()
  }),
  { maxLength: 4 }
)
export type Wait = { reason: string; begins: number; lasts: number | null; undueDelay: boolean }
export const pausesOf = (list: readonly Wait[], receivedAt: Date): ClockEvent[] =>
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

/** Fees that were asked for and paid. */
export const feesOf = (list: readonly { begins: number; lasts: number }[], receivedAt: Date): ClockEvent[] =>
  list.map(({ begins, lasts }) => {
    const requestedAt = new Date(receivedAt.getTime() + begins * HOUR_MS)
    return { type: 'fee', requestedAt, paidAt: new Date(requestedAt.getTime() + lasts * HOUR_MS) }
  })

function offeredRights(): [RegimeName, Right][] {
  return REGIME_NAMES.flatMap(regime =>
    RIGHTS.filter(right => rulesOf(regime, right)).map((right): [RegimeName, Right] => [regime, right])
  )
}

export function rulesOf(name: RegimeName, right: Right): DeadlineRule | undefined {
  const regime: Regime = REGIMES[name]
  return regime.rights[right]
}
