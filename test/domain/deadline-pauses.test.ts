import t from 'tap'
import { calendarFor } from '../../src/calendars/calendar.ts'
import { type ClockInput, computeDeadlines } from '../../src/domain/deadline/clock.ts'
import { type LocalDate, parseLocalDate } from '../../src/domain/deadline/local-date.ts'

const at = (text: string) => new Date(`${text}T10:00:00Z`)
const on = (text: string): LocalDate => parseLocalDate(text)

/** Neexo's clock, received Monday 2 March 2026, unless a test says otherwise. */
function deadlines(input: Partial<ClockInput> = {}) {
  return computeDeadlines({
    regime: 'eu-gdpr',
    right: 'access',
    receivedAt: at('2026-03-02'),
    timeZone: 'Europe/Copenhagen',
    events: [],
    holidays: calendarFor('DK'),
    ...input
  })
}

const identity = { type: 'pause', reason: 'identity', pausedAt: at('2026-03-03') } as const
const rulesIn = (input: Partial<ClockInput>) => deadlines(input).trace.map(step => step.rule)

t.test('a pause', async t => {
  t.test('that is still running adds nothing, and the trace says so', async t => {
    t.equal(deadlines({ events: [identity] }).dueOn, '2026-04-07')
    t.ok(rulesIn({ events: [identity] }).includes('pause_running'))
  })
  t.test('adds nothing when the controller asked only after undue delay', async t => {
    const events = [{ ...identity, resumedAt: at('2026-03-13'), undueDelay: true }]
    t.equal(deadlines({ events }).dueOn, '2026-04-07')
    t.ok(rulesIn({ events }).includes('pause_asked_late'))
  })
  t.test('that overlaps another one counts its days once', async t => {
    const events = [
      { ...identity, resumedAt: at('2026-03-10') },
      { type: 'pause', reason: 'clarification', pausedAt: at('2026-03-06'), resumedAt: at('2026-03-12') }
    ] as const
    // 2 April and 9 days, not 13: 11 April is a Saturday.
    t.equal(deadlines({ events }).dueOn, '2026-04-13')
    t.equal(deadlines({ events: [...events].reverse() }).dueOn, '2026-04-13', 'in whatever order they are told')
    t.ok(rulesIn({ events }).includes('pause_overlaps'))
  })
  t.test('that began after the deadline revives nothing, but counts towards an extension', async t => {
    const events = [{ ...identity, pausedAt: at('2026-04-20'), resumedAt: at('2026-04-30') }]
    t.match(deadlines({ events }), { dueOn: '2026-04-07', extendedDueOn: '2026-06-12' })
    t.ok(rulesIn({ events }).includes('pause_too_late'))
  })
  t.test('for a reason the law does not list moves nothing, and the trace names the law’s silence', async t => {
    const events = [{ ...identity, reason: 'legal_review', resumedAt: at('2026-03-13') }]
    const { dueOn, trace } = deadlines({ events })
    t.equal(dueOn, '2026-04-07')
    const step = trace.find(step => step.rule === 'pause_not_known')
    t.match(step, { params: { reason: 'legal_review' }, source: /EDPB/ })
  })
  t.test('cannot end before it began', async t => {
    const events = [{ ...identity, resumedAt: at('2026-03-01') }]
    t.throws(() => deadlines({ events }), { code: 'invalid', facts: { errors: [{ pointer: '/events/0/resumedAt' }] } })
  })
  t.test('for clarification stops the British clock for access alone', async t => {
    const events = [{ ...identity, reason: 'clarification', resumedAt: at('2026-03-10') }]
    const uk = { regime: 'uk-gdpr', timeZone: 'Europe/London', holidays: calendarFor('GB-EAW'), events } as const
    t.equal(deadlines(uk).dueOn, '2026-04-10', 'eight days, the first and the last included')
    t.equal(deadlines({ ...uk, right: 'erasure' }).dueOn, '2026-04-02')
    t.ok(rulesIn({ ...uk, right: 'erasure' }).includes('pause_not_for_right'))
  })
  t.test('for clarification is not counted twice when identity began the British month anew after it', async t => {
    const events = [
      { ...identity, reason: 'clarification', pausedAt: at('2026-03-03'), resumedAt: at('2026-03-05') },
      { ...identity, pausedAt: at('2026-03-04'), resumedAt: at('2026-03-12') }
    ]
    const uk = { regime: 'uk-gdpr', timeZone: 'Europe/London', holidays: calendarFor('GB-EAW'), events } as const
    t.equal(deadlines(uk).dueOn, '2026-04-13', 'the month from 12 March ends on a Sunday')
    const lost = deadlines(uk).trace.find(step => step.rule === 'pause_before_start')
    t.match(lost, { params: { reason: 'clarification' }, to: '2026-03-12' }, 'and the trace says why its days are lost')
    t.notOk(rulesIn(uk).includes('pause_without_days'), 'not that there were none')
  })
})

t.test('a month begun anew never ends before the one it replaces', async t => {
  // Both months end on 28 February, and the later one would lose three of the four days of the question.
  const clarification = {
    type: 'pause',
    reason: 'clarification',
    pausedAt: at('2025-01-28'),
    resumedAt: at('2025-01-31')
  } as const
  const uk = {
    regime: 'uk-gdpr',
    timeZone: 'Europe/London',
    holidays: calendarFor('GB-EAW'),
    receivedAt: at('2025-01-28')
  } as const
  const asked = { ...uk, events: [clarification] }
  const proven = { ...uk, events: [clarification, { ...clarification, reason: 'identity' }] }
  t.equal(deadlines(asked).dueOn, '2025-03-04')
  t.equal(deadlines(proven).dueOn, '2025-03-04', 'proof of identity takes nothing away')
  const { trace } = deadlines(proven)
  t.match(
    trace.find(step => step.rule === 'restart_ends_earlier'),
    { params: { reason: 'identity', restartOn: '2025-01-31' }, from: '2025-01-28', to: '2025-01-28' }
  )
  t.notOk(
    trace
      .slice(
        0,
        trace.findIndex(step => step.rule === 'refusal')
      )
      .some(step => step.rule === 'restarted')
  )
  t.match(
    trace.find(step => step.rule === 'pause_credited'),
    { from: '2025-02-28', to: '2025-03-04', params: { days: 4 } }
  )
  t.equal(deadlines(proven).extendedDueOn, '2025-05-02', 'and so of the longer period')
})

t.test('once extended, a pause after the first deadline is not said to move nothing', async t => {
  const late = { ...identity, pausedAt: at('2026-04-20'), resumedAt: at('2026-04-30') }
  const extension = { type: 'extension', announcedAt: at('2026-04-01') } as const
  const extended = deadlines({ events: [extension, late] })
  t.equal(extended.effectiveDueOn, '2026-06-12')
  t.match(
    extended.trace.map(step => step.rule).filter(rule => rule.startsWith('pause_')),
    ['pause_credited']
  )
  const later = { ...identity, pausedAt: at('2026-08-20'), resumedAt: at('2026-08-30') }
  const rules = rulesIn({ events: [extension, later] })
  t.equal(rules.filter(rule => rule === 'pause_too_late').length, 1, 'unless it began after the extended one as well')
  t.ok(rules.indexOf('pause_too_late') > rules.indexOf('extension_taken'))
})

t.test('a fee', async t => {
  t.test('cannot be paid before it was asked for, whether days are told or hours', async t => {
    const uk = { regime: 'uk-gdpr', timeZone: 'Europe/London', holidays: calendarFor('GB-EAW') } as const
    const [asked, paid] = [on('2026-03-10'), at('2026-03-05')]
    const refused = { code: 'invalid', facts: { errors: [{ pointer: '/events/0/paidAt', rule: 'notBeforeRequest' }] } }
    t.throws(() => deadlines({ ...uk, events: [{ type: 'fee', requestedAt: asked, paidAt: paid }] }), refused)
    t.throws(
      () => deadlines({ ...uk, events: [{ type: 'fee', requestedAt: at('2026-03-10'), paidAt: on('2026-03-05') }] }),
      refused
    )
    const sameDay = { type: 'fee', requestedAt: at('2026-03-10'), paidAt: on('2026-03-10') } as const
    t.equal(deadlines({ ...uk, events: [sameDay] }).dueOn, '2026-04-10', 'but on the same day')
  })
  const fee = { type: 'fee', requestedAt: on('2026-03-04'), paidAt: at('2026-03-09') } as const
  t.test('stops no European clock', async t => {
    t.equal(deadlines({ events: [fee] }).dueOn, '2026-04-07')
  })
  t.test('begins the Swiss period ten days after it was asked for', async t => {
    const swiss = { regime: 'ch-fadp', timeZone: 'Europe/Zurich', holidays: calendarFor('CH-ZH') } as const
    const { dueOn, trace } = deadlines({ ...swiss, events: [fee] })
    t.equal(dueOn, '2026-04-13', '14 March and 30 days')
    t.match(
      trace.find(step => step.rule === 'restarted_after_days'),
      { params: { reason: 'fee', askedOn: '2026-03-04', days: 10 }, from: '2026-03-02', to: '2026-03-14' },
      'and the trace speaks of the ten days'
    )
    t.equal(
      deadlines({ ...swiss, events: [{ ...fee, paidAt: undefined }] }).dueOn,
      '2026-04-01',
      'while nobody has agreed to it, nothing'
    )
  })
  t.test('adds in Singapore the days until it was agreed', async t => {
    const singapore = { regime: 'sg-pdpa', timeZone: 'Asia/Singapore', holidays: calendarFor('SG') } as const
    t.equal(deadlines({ ...singapore, events: [fee] }).dueOn, '2026-04-06', '1 April and 5 days')
  })
})
