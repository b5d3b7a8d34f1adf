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

const rulesIn = (input: Partial<ClockInput>) => deadlines(input).trace.map(step => step.rule)

t.test('a promise', async t => {
  t.test('is due when it ends before the period of the law', async t => {
    t.match(deadlines({ promiseDays: 14 }), {
      statutoryDueOn: '2026-04-07',
      promisedOn: '2026-03-16',
      dueOn: '2026-03-16',
      effectiveDueOn: '2026-03-16',
      targetOn: '2026-03-16',
      dueEndsAt: new Date('2026-03-16T23:00:00Z')
    })
  })
  t.test('of 30 days beats a month of 31, and a last day that rolls', async t => {
    t.match(deadlines({ promiseDays: 30 }), {
      statutoryDueOn: '2026-04-07',
      promisedOn: '2026-04-01',
      dueOn: '2026-04-01'
    })
  })
  t.test('changes nothing when February is shorter than it', async t => {
    const february = deadlines({ receivedAt: at('2026-02-03'), promiseDays: 30 })
    t.match(february, { statutoryDueOn: '2026-03-03', promisedOn: '2026-03-05', dueOn: '2026-03-03' })
  })
  t.test('never rolls off a Sunday, but is kept on the Friday before', async t => {
    t.match(deadlines({ promiseDays: 6 }), { promisedOn: '2026-03-08', dueOn: '2026-03-08', targetOn: '2026-03-06' })
  })
  t.test('is not kept before the request arrived', async t => {
    const sunday = deadlines({ receivedAt: at('2026-03-08'), promiseDays: 0 })
    t.match(sunday, { dueOn: '2026-03-08', targetOn: '2026-03-08' })
  })
  t.test('moves neither the refusal nor the notice nor the extended date, which are the law’s', async t => {
    t.match(deadlines({ promiseDays: 5 }), {
      refusalBy: '2026-04-07',
      extensionNoticeBy: '2026-04-07',
      extendedDueOn: '2026-06-02'
    })
  })
  t.test('gives a date to a complaint for which the law has no period', async t => {
    t.match(deadlines({ right: 'complaint' }), { dueOn: null, targetOn: null, dueEndsAt: null })
    t.match(deadlines({ right: 'complaint', promiseDays: 30 }), {
      statutoryDueOn: null,
      dueOn: '2026-04-01',
      targetOn: '2026-04-01'
    })
  })
  t.test('that is no number of days is refused', async t => {
    for (const promiseDays of [-1, 1.5, Number.NaN, 4000])
      t.throws(() => deadlines({ promiseDays }), { code: 'invalid' })
  })
})

t.test('an extension', async t => {
  t.test('makes the extended date the one that counts', async t => {
    t.match(deadlines({ events: [{ type: 'extension' }], promiseDays: 14 }), {
      dueOn: '2026-03-16',
      effectiveDueOn: '2026-06-02'
    })
    t.match(deadlines(), { effectiveDueOn: '2026-04-07', extendedDueOn: '2026-06-02' })
  })
  t.test('leaves nothing of a promise to be said: it is the law’s day that counts', async t => {
    for (const promiseDays of [14, 60]) {
      const rules = rulesIn({ promiseDays, events: [{ type: 'extension' }] })
      t.ok(rules.includes('promised'))
      t.notOk(rules.includes('promise_decides') || rules.includes('promise_changes_nothing'), `${promiseDays} days`)
    }
  })
  t.test('is none where its notice was due before a Canadian letter arrived', async t => {
    const canada = { regime: 'ca-pipeda', timeZone: 'America/Toronto', holidays: calendarFor('CA') } as const
    const dated = { type: 'request_dated', at: on('2026-02-02') } as const
    const slow = { ...canada, receivedAt: at('2026-04-20'), events: [dated] }
    t.match(deadlines(slow), {
      dueOn: '2026-05-20',
      extensionNoticeBy: '2026-03-04',
      extendedDueOn: null,
      targetOn: '2026-04-20',
      extendedTargetOn: null
    })
    t.ok(rulesIn(slow).includes('extension_past'))
    t.notOk(rulesIn(slow).some(rule => rule === 'extension_possible' || rule === 'extended_target'))
    t.match(deadlines({ ...slow, events: [dated, { type: 'extension' }] }), {
      effectiveDueOn: '2026-06-19',
      targetOn: '2026-04-20',
      extendedTargetOn: '2026-04-20'
    })
    const inTime = { ...canada, receivedAt: at('2026-03-04'), events: [dated] }
    t.ok(rulesIn(inTime).includes('extension_possible'), 'but on the last day for the notice it still is one')
  })
  t.test('is refused where the right has none', async t => {
    const optOut = {
      regime: 'us-ca',
      right: 'opt_out',
      timeZone: 'America/Los_Angeles',
      holidays: calendarFor('US-CA')
    } as const
    t.throws(() => deadlines({ ...optOut, events: [{ type: 'extension' }] }), { code: 'extension_not_available' })
    t.throws(() => deadlines({ right: 'complaint', events: [{ type: 'extension' }] }), {
      code: 'extension_not_available'
    })
  })
  t.test('is refused the second time', async t => {
    t.throws(() => deadlines({ events: [{ type: 'extension' }, { type: 'extension' }] }), { code: 'already_extended' })
  })
  t.test('of a length the law fixes cannot be given another', async t => {
    const refusal = { code: 'invalid', facts: { errors: [{ pointer: '/events/0/workingDays', rule: 'notAllowed' }] } }
    t.throws(() => deadlines({ events: [{ type: 'extension', workingDays: 5 }] }), refusal)
  })
  t.test('in New Zealand lasts as long as was stated, in working days after the first deadline', async t => {
    const nz = {
      regime: 'nz-privacy',
      timeZone: 'Pacific/Auckland',
      holidays: calendarFor('NZ'),
      receivedAt: new Date('2026-11-20T00:00:00Z')
    } as const
    const first = deadlines(nz)
    t.match(first, { dueOn: '2026-12-18', extendedDueOn: null, extendedTargetOn: null, effectiveDueOn: '2026-12-18' })
    // 21 to 24 December are four working days; the fifth is 18 January, after the stretch that does not count.
    const extended = deadlines({ ...nz, events: [{ type: 'extension', workingDays: 5 }] })
    t.match(extended, {
      dueOn: '2026-12-18',
      extendedDueOn: '2027-01-18',
      effectiveDueOn: '2027-01-18',
      extendedTargetOn: '2027-01-18'
    })
    const missing = { code: 'invalid', facts: { errors: [{ pointer: '/events/0/workingDays', rule: 'required' }] } }
    t.throws(() => deadlines({ ...nz, events: [{ type: 'extension' }] }), missing)
  })
})

t.test('what a law does not know is refused', async t => {
  const california = { regime: 'us-ca', timeZone: 'America/Los_Angeles', holidays: calendarFor('US-CA') } as const
  t.throws(() => deadlines({ right: 'opt_out' }), { code: 'right_not_offered', facts: { right: 'opt_out' } })
  t.throws(() => deadlines({ ...california, right: 'restriction' }), { code: 'right_not_offered' })
  for (const [index, event] of [
    { type: 'transfer_needed' } as const,
    { type: 'request_dated', at: on('2026-03-01') } as const,
    { type: 'controller_kind', kind: 'agency' } as const,
    { type: 'controller_kind', kind: 'toString' } as const
  ].entries()) {
    const refusal = { code: 'invalid', facts: { errors: [{ pointer: '/events/0', rule: 'notKnown' }] } }
    t.throws(() => deadlines({ events: [event] }), refusal, `event ${index}`)
  }
  t.throws(() => deadlines({ ...california, events: [{ type: 'fee', requestedAt: on('2026-03-04') }] }), {
    code: 'invalid'
  })
  t.throws(() => deadlines({ timeZone: 'Europe/Atlantis' }), {
    code: 'invalid',
    facts: { errors: [{ pointer: '/timeZone' }] }
  })
  t.throws(() => deadlines({ receivedAt: new Date(Number.NaN) }), { code: 'invalid' })
})

t.test('a Canadian request cannot be dated after its receipt', async t => {
  const events = [{ type: 'request_dated', at: on('2026-03-03') }] as const
  const canada = { regime: 'ca-pipeda', timeZone: 'America/Toronto', holidays: calendarFor('CA'), events } as const
  t.throws(() => deadlines(canada), { code: 'invalid', facts: { errors: [{ pointer: '/events/0/at' }] } })
})

t.test('a year without known holidays is computed with weekends alone, and the trace warns', async t => {
  t.ok(rulesIn({ receivedAt: at('2044-12-01') }).includes('calendar_ends'))
  t.notOk(rulesIn({}).includes('calendar_ends'))
})
