// Every worked case of the laws, asked for over HTTP, and what is refused there.

import t from 'tap'
import { deadlineCases, EXPECTED, written } from '../support/deadline-cases.ts'
import { openHouse } from '../support/house.ts'

const cases = deadlineCases()

t.test('A key that may do nothing else is answered every worked case', async t => {
  const house = await openHouse(t)
  const program = await (await house.tenant()).key('checks:read')
  t.equal(cases.length, 164, 'no case was lost')
  for (const row of cases) {
    const { regime, right, holidays, timeZone, receivedAt } = row
    const question = { regime, right, holidays, timeZone, receivedAt, events: JSON.parse(row.events!) }
    const answer = await program.post('/v1/deadlines/preview', question)
    const found = { ...answer.json(), dueEndsAt: written(answer.json().dueEndsAt) }
    t.equal(answer.statusCode, 200, String(row.id))
    t.same(
      Object.fromEntries(EXPECTED.map(column => [column, found[column]])),
      Object.fromEntries(EXPECTED.map(column => [column, row[column] || null])),
      `${row.id}: ${row.note}`
    )
    const { trace } = answer.json()
    t.ok(trace.length > 1 && trace.every((step: { sentence: string }) => step.sentence.endsWith('.')), 'step by step')
  }
})

const question = {
  regime: 'eu-gdpr',
  right: 'access',
  holidays: 'DK',
  timeZone: 'Europe/Copenhagen',
  receivedAt: '2026-03-02T10:00:00+01:00'
}
const wait = { type: 'pause', reason: 'identity', pausedAt: '2026-03-03T10:00:00Z', resumedAt: '2026-03-10T10:00:00Z' }

t.test('A question that makes no sense', async t => {
  const house = await openHouse(t)
  const program = await (await house.tenant()).key('checks:read')
  const ask = async (asked: object) => (await program.post('/v1/deadlines/preview', { ...question, ...asked })).json()
  const california = { regime: 'us-ca', holidays: 'US-CA', timeZone: 'America/Los_Angeles' }
  const rows: [string, object, object][] = [
    ['names a zone that nobody lives in', { timeZone: 'Europe/Vejle' }, { errors: [{ pointer: '/timeZone' }] }],
    ['names a zone that knows no summer', { timeZone: '+01:00' }, { errors: [{ pointer: '/timeZone' }] }],
    ['names a calendar that is not kept', { holidays: 'XX' }, { errors: [{ pointer: '/holidays' }] }],
    ['names a law that is not known', { regime: 'us-tx' }, { errors: [{ pointer: '/regime' }] }],
    ['names a right that is none', { right: 'oblivion' }, { errors: [{ pointer: '/right' }] }],
    [
      'names a right that the law does not give',
      { right: 'opt_out' },
      { code: 'right_not_offered', offered: ['access', 'rectification', 'erasure'] }
    ],
    [
      'lets a wait end before it begins',
      { events: [{ ...wait, resumedAt: '2026-03-02T10:00:00Z' }] },
      { errors: [{ pointer: '/events/0/resumedAt', rule: 'notBeforePause' }] }
    ],
    [
      'lets a wait begin before the request has arrived',
      { events: [{ ...wait, pausedAt: '2026-03-02T08:59:59Z' }] },
      { errors: [{ pointer: '/events/0/pausedAt', rule: 'notBeforeReceipt' }] }
    ],
    [
      'asks for a fee before that',
      { events: [{ type: 'fee', requestedAt: '2026-03-01' }] },
      { errors: [{ pointer: '/events/0/requestedAt', rule: 'notBeforeReceipt' }] }
    ],
    [
      'lets a wait go on for a thousand years',
      { events: [{ ...wait, resumedAt: '3026-03-10T10:00:00Z' }] },
      { errors: [{ pointer: '/events/0/resumedAt', rule: 'instant' }] }
    ],
    ['names an event that is none', { events: [{ type: 'stop' }] }, { errors: [{ pointer: '/events/0/type' }] }],
    [
      'names an event that the law does not know',
      { events: [{ type: 'transfer_needed' }] },
      { errors: [{ pointer: '/events/0', rule: 'notKnown' }] }
    ],
    [
      'dates a letter under a law that counts nothing from there',
      { events: [{ type: 'request_dated', at: '2026-02-20' }] },
      { errors: [{ pointer: '/events/0', rule: 'notKnown' }] }
    ],
    [
      'extends what the law does not extend',
      { ...california, right: 'opt_out', events: [{ type: 'extension' }] },
      { status: 409, code: 'extension_not_available', detail: /CCPA/ }
    ],
    [
      'extends twice',
      { events: [{ type: 'extension' }, { type: 'extension' }] },
      { status: 409, code: 'already_extended' }
    ],
    [
      'leaves open how long, where the law wants it said',
      { regime: 'nz-privacy', holidays: 'NZ', timeZone: 'Pacific/Auckland', events: [{ type: 'extension' }] },
      { errors: [{ pointer: '/events/0/workingDays', rule: 'required' }] }
    ],
    [
      'extends after the last day for saying so',
      { events: [{ type: 'extension', announcedAt: '2026-04-07T22:00:00Z' }] },
      { status: 409, code: 'extension_too_late', extensionNoticeBy: '2026-04-07' }
    ],
    ['lies before all calendars', { receivedAt: '2017-12-31T10:00:00Z' }, { errors: [{ pointer: '/receivedAt' }] }],
    ['lies after them', { receivedAt: '2041-01-01T10:00:00Z' }, { errors: [{ pointer: '/receivedAt' }] }],
    ['promises to answer yesterday', { promiseDays: -1 }, { errors: [{ pointer: '/promiseDays' }] }],
    ['says more than is asked', { tenant: 'neexo' }, { errors: [{ pointer: '/tenant' }] }]
  ]
  for (const [what, asked, refusal] of rows) {
    const answer = await ask(asked)
    t.match(answer, { status: /4(09|22)/, detail: /\.$/, ...refusal }, what)
  }
  t.equal((await house.stranger.post('/v1/deadlines/preview', question)).statusCode, 401, 'nor is a stranger answered')
})

t.test('A question that is hard to answer', async t => {
  const house = await openHouse(t)
  const program = await (await house.tenant()).key('checks:read')
  const ask = async (asked: object) => (await program.post('/v1/deadlines/preview', { ...question, ...asked })).json()
  const rulesOf = (answer: { trace: { rule: string }[] }) => answer.trace.map(step => step.rule)

  await t.test('may tell of waits that overlap: their days count once, and the trace says so', async t => {
    const other = {
      ...wait,
      reason: 'clarification',
      pausedAt: '2026-03-06T10:00:00Z',
      resumedAt: '2026-03-12T10:00:00Z'
    }
    const answer = await ask({ events: [wait, other] })
    t.equal(answer.dueOn, '2026-04-13', 'nine days, not thirteen')
    const step = answer.trace.find((step: { rule: string }) => step.rule === 'pause_overlaps')
    t.match(step, { params: { days: 2, overlap: 4 }, sentence: /4 days of that are counted for another wait already/ })
  })

  await t.test('may lie anywhere from 2018 to 2040, and end beyond', async t => {
    t.match(await ask({ receivedAt: '2018-01-01T00:00:00Z' }), { dueOn: '2018-02-01' })
    const last = await ask({ receivedAt: '2040-12-31T12:00:00Z' })
    t.match(last, { dueOn: '2041-01-31', extendedDueOn: '2041-04-01' })
    t.notOk(rulesOf(last).includes('calendar_ends'))
  })

  await t.test('may be asked for a controller without any holidays that count', async t => {
    const answer = await ask({ holidays: 'none', receivedAt: '2026-02-25T10:00:00Z' })
    t.match(answer, { dueOn: '2026-03-25' })
    t.match(answer.trace[1], { rule: 'no_holidays', source: /1182\/71 Art\. 2\(1\)/ })
  })

  await t.test('may tell of a complaint that arrived before it had to be confirmed', async t => {
    const british = { regime: 'uk-gdpr', right: 'complaint', holidays: 'GB-EAW', timeZone: 'Europe/London' }
    const before = await ask({ ...british, receivedAt: '2026-06-18T12:00:00+01:00' })
    t.match(before, { acknowledgeBy: null })
    t.match(before.trace.at(-1), { rule: 'acknowledgement_not_in_force', source: /164A/, sentence: /19 June\./ })
    t.match(await ask({ ...british, receivedAt: '2026-06-19T00:00:00+01:00' }), { acknowledgeBy: '2026-07-20' })
  })

  await t.test('may be asked in three languages', async t => {
    t.match((await ask({ locale: 'da' })).trace[0].sentence, /^Modtaget mandag den 2\. marts 2026/)
    t.match((await ask({ locale: 'el' })).trace[0].sentence, /^Παραλήφθηκε τη Δευτέρα 2 Μαρτίου 2026/)
  })
})
