import t from 'tap'
import {
  CALENDAR_DATES,
  type DatedRequest,
  entriesOf,
  USUAL_CALENDAR_DATES
} from '../../src/domain/calendar-entries.ts'
import { parseLocalDate } from '../../src/domain/deadline/local-date.ts'

const day = parseLocalDate
const AT = new Date('2026-02-20T10:00:00Z')
/** All four days apart, nobody proven, nothing extended. */
const FRESH: DatedRequest = {
  dueOn: day('2026-04-20'),
  targetOn: day('2026-04-17'),
  acknowledgeBy: day('2026-03-06'),
  extensionNoticeBy: day('2026-04-06'),
  isConfirmed: false,
  extendedAt: null
}

t.test('Which days of a request stand in a calendar', async t => {
  const rows: [string, Partial<DatedRequest>, string[]][] = [
    ['each that was asked for', {}, ['dueOn', 'targetOn', 'acknowledgeBy', 'extensionNoticeBy']],
    ['none that the law does not set', { acknowledgeBy: null, extensionNoticeBy: null }, ['dueOn', 'targetOn']],
    [
      'none at all without a due day',
      { dueOn: null, targetOn: null, acknowledgeBy: null, extensionNoticeBy: null },
      []
    ],
    ['receipt is confirmed once', { isConfirmed: true }, ['dueOn', 'targetOn', 'extensionNoticeBy']],
    ['an extension is announced once', { extendedAt: AT }, ['dueOn', 'targetOn', 'acknowledgeBy']],
    [
      'what falls on the due day is no second entry',
      { targetOn: FRESH.dueOn, extensionNoticeBy: FRESH.dueOn },
      ['dueOn', 'acknowledgeBy']
    ]
  ]
  for (const [title, facts, expected] of rows) {
    const request = { ...FRESH, ...facts }
    const entries = entriesOf(request, CALENDAR_DATES)
    t.same(
      entries.map(({ date }) => date),
      expected,
      title
    )
    for (const { date, on } of entries) t.equal(on, request[date])
  }
  t.same(
    entriesOf(FRESH, USUAL_CALENDAR_DATES).map(({ date }) => date),
    ['dueOn', 'acknowledgeBy', 'extensionNoticeBy'],
    'the safe day is for those who ask for it'
  )
})
