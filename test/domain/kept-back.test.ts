// What an answer keeps back until a day, and when it is looked at again.

import t from 'tap'
import { parseLocalDate } from '../../src/domain/deadline/local-date.ts'
import { type Answer, daysKeptBack, lookAgainAt } from '../../src/domain/kept-back.ts'
import type { Decision } from '../../src/domain/subject-request.ts'

const day = (text: string) => parseLocalDate(text)
const kept = (until: string | null) => ({
  category: 'billing',
  ground: 'legal_obligation',
  until: until === null ? null : day(until),
  citation: null
})
const decided = (facts: Partial<Decision>): Decision => ({
  reasons: null,
  weighing: null,
  note: null,
  citation: null,
  until: null,
  changes: [],
  forwardedTo: null,
  ...facts
})

t.test('The days that the letter names, in their order and each once', async t => {
  const rows: [Partial<Answer>, string[], string][] = [
    [
      { withheld: [kept('2031-12-31'), kept('2027-06-30'), kept('2031-12-31')] },
      ['2027-06-30', '2031-12-31'],
      'of systems'
    ],
    [{ withheld: [kept(null)] }, [], 'what has no end is not looked at again'],
    [{ decision: decided({ until: '2027-01-31' }) }, ['2027-01-31'], 'of staff'],
    [
      {
        decision: decided({
          changes: [
            { field: 'a', before: null, after: null, accepted: false, ground: 'x', until: '2027-02-28' },
            { field: 'b', before: null, after: null, accepted: true, until: '2027-03-31' }
          ]
        })
      },
      ['2027-02-28'],
      'of a correction that was rejected'
    ],
    [
      { outcome: 'refused', withheld: [kept('2031-12-31')], decision: decided({ until: '2027-01-31' }) },
      ['2027-01-31'],
      'a refusal says what staff say, and nothing of the systems'
    ],
    [
      { outcome: 'granted', withheld: [kept('2031-12-31')] },
      [],
      'where nothing is kept back there is nothing to look at'
    ]
  ]
  for (const [answer, days, why] of rows)
    t.same(daysKeptBack({ outcome: 'partly_granted', decision: null, withheld: [], ...answer }), days, why)
})

t.test('It is looked at in the morning after the last day, in the zone of the tenant', async t => {
  t.same(lookAgainAt('Europe/Copenhagen', day('2026-12-31')), new Date('2027-01-01T07:00:00Z'))
  t.same(lookAgainAt('Australia/Sydney', day('2026-12-31')), new Date('2026-12-31T21:00:00Z'))
})
