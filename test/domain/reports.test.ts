// The figures' own rules: which days they are about, and what California calls what became of a request.

import t from 'tap'
import { parseLocalDate } from '../../src/domain/deadline/local-date.ts'
import { HabeasError } from '../../src/domain/errors.ts'
import { GROUNDS } from '../../src/domain/grounds.ts'
import { OPEN_STATES, STATES } from '../../src/domain/lifecycle.ts'
import {
  CALIFORNIA_REQUESTS,
  composeCalifornia,
  dispositionOf,
  type EndedAlike,
  readYear
} from '../../src/domain/reports/california.ts'
import { composeOverview, type OverviewCounts } from '../../src/domain/reports/overview.ts'
import { endOfWeek, readPeriod } from '../../src/domain/reports/period.ts'
import { OUTCOMES } from '../../src/domain/subject-request.ts'

const day = parseLocalDate
const pointerOf = (work: () => unknown): string | null => {
  try {
    work()
    return null
  } catch (error) {
    if (!(error instanceof HabeasError)) throw error
    return (error.facts.errors as { pointer: string }[])[0]!.pointer
  }
}

t.test('The period of a report', async t => {
  const today = day('2026-03-31')
  t.same(readPeriod({}, today), { from: '2025-04-01', to: '2026-03-31' }, 'is twelve months up to today')
  t.same(readPeriod({ to: '2024-02-29' }, today), { from: '2023-03-01', to: '2024-02-29' })
  t.same(readPeriod({ from: '2026-01-01' }, today), { from: '2026-01-01', to: '2026-03-31' })
  t.same(readPeriod({ from: '2026-03-31', to: '2026-03-31' }, today), { from: today, to: today }, 'may be one day')
  t.equal(
    pointerOf(() => readPeriod({ from: '2026-04-01', to: '2026-03-31' }, today)),
    '/query/to'
  )
  t.equal(
    pointerOf(() => readPeriod({ from: '2026-02-30' }, today)),
    '/query/from',
    'names days that exist'
  )
  t.equal(
    pointerOf(() => readPeriod({ from: '2010-01-01' }, today)),
    '/query/from',
    'and ten years at most'
  )
  for (const edge of ['0001-01-01', '1999-12-31', '2101-01-01', '9999-12-31']) {
    t.equal(
      pointerOf(() => readPeriod({ to: edge }, today)),
      '/query/to',
      `of this age: not ${edge}`
    )
  }
})

t.test('A week ends on Sunday', async t => {
  t.equal(endOfWeek(day('2026-03-02')), '2026-03-08', 'from its Monday')
  t.equal(endOfWeek(day('2026-03-07')), '2026-03-08')
  t.equal(endOfWeek(day('2026-03-08')), '2026-03-08', 'and on the day itself')
})

t.test('An overview', async t => {
  const none: OverviewCounts = { open: [], received: [], answers: [], extensions: [], outcomes: [] }
  const when = {
    period: { from: day('2026-01-01'), to: day('2026-01-31') },
    timeZone: 'Europe/Copenhagen',
    today: day('2026-02-01'),
    weekEndsOn: day('2026-02-01')
  }
  const empty = composeOverview(none, when)
  t.same(empty.rows, [], 'of nothing has no rows')
  t.match(empty.total, { received: 0, answered: 0, onTimeShare: null, medianDays: null, p90Days: null, extensions: 0 })
  t.same(
    empty.open.byState.map(({ state, count }) => [state, count]),
    OPEN_STATES.map(state => [state, 0]),
    'and names every open state all the same'
  )

  const kind = { right: 'erasure', regime: 'us-ca' } as const
  const { rows } = composeOverview(
    {
      ...none,
      received: [{ ...kind, regime: 'eu-gdpr', count: 2 }],
      extensions: [{ right: 'access', regime: 'eu-gdpr', count: 1 }],
      answers: [{ ...kind, answered: 3, dated: 3, onTime: 2, medianDays: 7, p90Days: 30, meanDays: 12.3456 }]
    },
    when
  )
  t.same(
    rows.map(({ right, regime }) => `${right} ${regime}`),
    ['access eu-gdpr', 'erasure eu-gdpr', 'erasure us-ca'],
    'has a row for whatever happened, in the order of rights and laws'
  )
  t.match(
    rows[2],
    { received: 0, onTimeShare: 0.6667, meanDays: 12.3 },
    'with shares and means that can be written down'
  )
})

t.test('What California calls the end of a request', async t => {
  const calls = (state: EndedAlike['state'], outcome: EndedAlike['outcome'] = null) => dispositionOf({ state, outcome })
  t.equal(calls('closed', 'granted'), 'compliedInWhole')
  t.equal(calls('responded', 'nothing_found'), 'compliedInWhole', 'that nothing was found is a whole answer')
  t.equal(calls('closed', 'partly_granted'), 'compliedInPart')
  t.equal(calls('closed', 'refused'), 'denied')
  t.equal(calls('expired'), 'denied', 'a request that nobody proved was not verifiable')
  t.equal(calls('withdrawn'), 'withdrawn')
  t.equal(calls('cancelled'), 'leftOut', 'a duplicate or spam is no request')
  t.equal(calls('closed', 'forwarded'), 'leftOut', 'nor is one that belongs to another business')
  for (const state of OPEN_STATES) t.equal(calls(state), 'pending', `${state} is not answered yet`)
  t.equal(
    STATES.filter(state => calls(state) === 'pending').length,
    OPEN_STATES.length + 2,
    'answered states have outcomes'
  )
})

t.test('The figures of California', async t => {
  const when = { timeZone: 'America/Los_Angeles', today: day('2026-03-01') }
  const ended = (row: Partial<EndedAlike>): EndedAlike => ({
    right: 'access',
    state: 'closed',
    outcome: 'granted',
    ground: null,
    count: 1,
    ...row
  })

  await t.test('count each kind by its rights', async t => {
    const { rows } = composeCalifornia(
      2025,
      'consumers',
      {
        ended: [
          ended({ count: 3 }),
          ended({ right: 'portability' }),
          ended({ right: 'erasure', outcome: 'refused', ground: 'identity_not_confirmed', count: 2 }),
          ended({ right: 'erasure', state: 'cancelled', outcome: null, count: 5 })
        ],
        days: [{ request: 'know', medianDays: 12.5, meanDays: 13.04 }]
      },
      when
    )
    t.match(
      rows.find(({ request }) => request === 'know'),
      { received: 4, counts: { compliedInWhole: 4 }, medianDays: 12.5, meanDays: 13 }
    )
    t.match(
      rows.find(({ request }) => request === 'delete'),
      { received: 2, counts: { denied: 2, leftOut: 5 }, denials: { notVerifiable: 2 }, medianDays: null }
    )
  })

  await t.test('add up, whatever became of the requests', async t => {
    const every = STATES.flatMap(state => [null, ...OUTCOMES].map(outcome => ended({ state, outcome })))
    const { rows } = composeCalifornia(2025, 'consumers', { ended: every, days: [] }, when)
    const { received, counts, denials } = rows.find(({ request }) => request === 'know')!
    const { leftOut, ...others } = counts
    t.equal(received + leftOut, every.length)
    t.equal(
      Object.values(others).reduce((sum, count) => sum + count, 0),
      received
    )
    t.equal(
      Object.values(denials).reduce((sum, count) => sum + count, 0),
      counts.denied + counts.compliedInPart,
      'and each denial has one reason'
    )
  })

  await t.test('know a reason for every ground that California offers', async t => {
    const rights = CALIFORNIA_REQUESTS.flatMap(({ rights }) => [...rights]) as string[]
    const codes = GROUNDS.filter(
      ground =>
        ground.regimes.includes('us-ca') &&
        ground.rights.some(right => rights.includes(right)) &&
        ground.use.some(use => use === 'refuse' || use === 'withhold')
    ).map(({ code }) => code)
    const reasonOf = (ground: string) => {
      const counted = { ended: [ended({ outcome: 'refused', ground })], days: [] }
      const { denials } = composeCalifornia(2025, 'consumers', counted, when).rows[2]!
      return Object.entries(denials).find(([, count]) => count === 1)![0]
    }
    t.same(
      [...new Set(codes)].filter(code => reasonOf(code) === 'other').sort(),
      [
        'accurate_as_recorded',
        'excessive_repetitive',
        'fraudulent',
        'manifestly_unfounded',
        'more_likely_accurate',
        'not_controller',
        'repeated_6_months'
      ].filter(code => codes.includes(code as (typeof codes)[number])),
      'the others stand on other grounds'
    )
  })

  await t.test('are those of a whole year', async t => {
    const empty = { ended: [], days: [] }
    t.match(composeCalifornia(2025, 'consumers', empty, when), {
      period: { from: '2025-01-01', to: '2025-12-31' },
      isComplete: true,
      publishBy: '2026-07-01'
    })
    t.equal(composeCalifornia(2026, 'consumers', empty, when).isComplete, false)
    t.equal(readYear(undefined, when.today), 2025, 'the last that is over, if nobody says which')
    t.equal(readYear(2026, when.today), 2026)
    for (const year of [2019, 2027])
      t.equal(
        pointerOf(() => readYear(year, when.today)),
        '/query/year'
      )
  })
})
