// How long what has ended is kept.

import t from 'tap'
import { parseLocalDate } from '../../src/domain/deadline/local-date.ts'
import { POLICY_DEFAULTS, type Policy } from '../../src/domain/policy.ts'
import { caseKeptUntil, daysShorter, type EndedCase, inboundKeptUntil } from '../../src/domain/retention.ts'
import { HOUSE_POLICY } from '../support/tenant-in-house.ts'

const PERIODS = POLICY_DEFAULTS.retention

t.test('A case that was answered is kept for months, counted by the calendar of the tenant', async t => {
  const rows: [string, Partial<EndedCase>, Partial<Policy>, string, string][] = [
    ['2026-02-20T10:00:00Z', {}, {}, '2028-02-20T23:00:00Z', 'two years, and the last day counts'],
    ['2026-02-20T23:30:00Z', {}, {}, '2028-02-21T23:00:00Z', 'it was the 21st already in Copenhagen'],
    [
      '2024-02-29T10:00:00Z',
      {},
      { retention: { ...PERIODS, answeredMonths: 12 } },
      '2025-02-28T23:00:00Z',
      'a leap day'
    ],
    ['2026-06-20T10:00:00Z', {}, { timeZone: 'Australia/Sydney' }, '2028-06-20T14:00:00Z', 'in the zone of the tenant'],
    ['2026-02-20T10:00:00Z', { wasAnswered: false }, {}, '2026-03-22T23:00:00Z', 'thirty days when nobody proved it'],
    [
      '2026-02-20T10:00:00Z',
      { regimes: ['eu-gdpr', 'us-ca'] },
      { retention: { ...PERIODS, answeredMonths: 6 } },
      '2028-02-20T23:00:00Z',
      'California wants to see 24 months, 11 CCR 7101(a)'
    ],
    [
      '2026-02-20T10:00:00Z',
      { regimes: ['us-ca'] },
      { retention: { ...PERIODS, answeredMonths: 36 } },
      '2029-02-20T23:00:00Z',
      'and lets nobody keep less, but more'
    ],
    [
      '2026-02-20T10:00:00Z',
      { regimes: ['us-ca'], wasAnswered: false },
      {},
      '2026-03-22T23:00:00Z',
      'what it wants to see stands in the history'
    ],
    [
      '2026-02-20T10:00:00Z',
      { keptBackUntil: parseLocalDate('2036-12-31') },
      {},
      '2037-01-31T23:00:00Z',
      'a month from the day on which what was kept back is looked at again'
    ],
    [
      '2026-02-20T10:00:00Z',
      { keptBackUntil: parseLocalDate('2026-12-31') },
      {},
      '2028-02-20T23:00:00Z',
      'and no shorter for one that comes earlier'
    ]
  ]
  for (const [endedAt, ended, policy, until, why] of rows) {
    const end = {
      endedAt: new Date(endedAt),
      wasAnswered: true,
      regimes: ['eu-gdpr'],
      keptBackUntil: null,
      ...ended
    } as const
    t.same(caseKeptUntil({ ...HOUSE_POLICY, ...policy }, end), new Date(until), why)
  }
})

t.test('A mail that became no case is kept for days', async t => {
  t.same(
    inboundKeptUntil(HOUSE_POLICY, new Date('2026-02-20T10:00:00Z')),
    new Date('2026-05-21T22:00:00Z'),
    'ninety, across the summer time'
  )
})

t.test('A period that becomes shorter lets timers fire earlier, and never too late', async t => {
  t.equal(daysShorter(PERIODS, PERIODS), 0)
  t.equal(daysShorter(PERIODS, { ...PERIODS, answeredMonths: 36, unprovenDays: 60 }), 0, 'a longer one waits by itself')
  t.equal(daysShorter(PERIODS, { ...PERIODS, answeredMonths: 23 }), 31, 'a month has 31 days at most')
  t.equal(daysShorter(PERIODS, { answeredMonths: 24, unprovenDays: 20, unsortedDays: 30 }), 60, 'by the largest')
})
