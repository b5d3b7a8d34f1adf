// The legal clock of a request, seen from the street.

import t from 'tap'
import { type House, openHouse, type TenantInHouse } from '../support/house.ts'

t.test('An agent needs more time', async t => {
  const house = await openHouse(t, { at: '2026-01-31T09:00:00Z' })
  const tenant = await house.tenant()
  const id = await openVerified(house, tenant)
  house.at('2026-02-20T10:00:00Z')

  await t.test('and says why on a ground that the law knows', async t => {
    const wrong = await tenant.agent.post(`/v1/requests/${id}/extension`, { ground: 'holiday', note: 'We are away.' })
    t.match(wrong.json(), { status: 422, code: 'ground_not_available', allowed: ['complexity', 'number_of_requests'] })
  })

  await t.test('and takes it before the first deadline', async t => {
    const answer = await tenant.agent.post(`/v1/requests/${id}/extension`, {
      ground: 'complexity',
      note: 'Nine systems have to be searched.'
    })
    t.equal(answer.statusCode, 201)
    t.match(answer.json(), {
      state: 'verified',
      extended: true,
      dueOn: '2026-04-30',
      statutoryDueOn: '2026-03-02',
      extendedDueOn: '2026-04-30'
    })
    t.notOk(answer.json().allowedActions.includes('extend'))
  })

  await t.test('so the person is told once, with the new date, the reason and whom to turn to', async t => {
    const before = house.letterbox.messages.length
    await house.doPromisedWork()
    await house.doPromisedWork()
    const mails = house.letterbox.messages.slice(before)
    t.equal(mails.length, 1)
    const text = String(mails[0]?.parsed.text)
    t.match(text, /30 April 2026/)
    t.match(text, /Nine systems have to be searched/)
    t.match(text, /Datatilsynet/)
  })

  await t.test('but cannot take it twice', async t => {
    const answer = await tenant.agent.post(`/v1/requests/${id}/extension`, {
      ground: 'complexity',
      note: 'Still not done.'
    })
    t.match(answer.json(), { status: 409, code: 'already_extended' })
  })

  await t.test('and a stranger is not told the request exists', async t => {
    const other = await house.tenant()
    const answer = await other.agent.post(`/v1/requests/${id}/extension`, { ground: 'complexity', note: 'Mine?' })
    t.match(answer.json(), { status: 404, code: 'not_found' })
  })

  await t.test('and anybody can read why the date is what it is', async t => {
    const clock = (await tenant.agent.get(`/v1/requests/${id}/clock`)).json()
    t.match(clock, {
      dueOn: '2026-03-02',
      effectiveDueOn: '2026-04-30',
      holidays: 'DK',
      events: [{ type: 'extension' }]
    })
    t.ok(clock.trace.length > 2)
    t.ok(clock.trace.every((step: { sentence: string }) => step.sentence.length > 10))
    const danish = (await tenant.agent.get(`/v1/requests/${id}/clock?locale=da`)).json()
    t.match(JSON.stringify(danish.trace), /februar/)
  })
})

t.test('An extension that comes too late is refused with the day it was due', async t => {
  const house = await openHouse(t, { at: '2026-01-31T09:00:00Z' })
  const tenant = await house.tenant()
  const id = await openVerified(house, tenant)
  house.at('2026-03-02T22:59:59Z')
  const last = await tenant.agent.post(`/v1/requests/${id}/extension?dryRun=true`, {
    ground: 'complexity',
    note: 'Nine systems.'
  })
  t.equal(last.statusCode, 201, 'the last second of 2 March in Copenhagen is in time')
  house.at('2026-03-02T23:00:00Z')
  const late = await tenant.agent.post(`/v1/requests/${id}/extension`, { ground: 'complexity', note: 'Nine systems.' })
  t.match(late.json(), { status: 409, code: 'extension_too_late', extensionNoticeBy: '2026-03-02' })
})

t.test('The clock stands while the person is asked who they act for', async t => {
  const house = await openHouse(t, { at: '2026-01-05T09:00:00Z' })
  const tenant = await house.tenant()
  const id = await openVerified(house, tenant)
  house.at('2026-01-06T09:00:00Z')
  const paused = await tenant.agent.post(`/v1/requests/${id}/pause`, {
    ground: 'identity',
    note: 'Two accounts bear this name.'
  })
  t.match(paused.json(), { clock: 'paused', dueOn: '2026-02-05' })
  t.match((await tenant.agent.post(`/v1/requests/${id}/pause`, { ground: 'identity', note: 'Again.' })).json(), {
    status: 409,
    code: 'cannot_pause'
  })
  house.at('2026-01-16T09:00:00Z')
  t.match(
    (await tenant.agent.post(`/v1/requests/${id}/resumption`)).json(),
    { clock: 'running', dueOn: '2026-02-16', targetOn: '2026-02-05' },
    'ten days, and 15 February is a Sunday'
  )
  t.match((await tenant.agent.post(`/v1/requests/${id}/resumption`)).json(), { status: 409, code: 'not_paused' })
  const backlog = await tenant.agent.post(`/v1/requests/${id}/pause`, {
    ground: 'internal_backlog',
    note: 'We are busy.'
  })
  t.match(backlog.json(), { code: 'ground_not_available' }, 'a backlog stops nothing')
})

t.test('Once more time was taken, the promise is no reason for the day any more', async t => {
  const house = await openHouse(t, { at: '2026-01-31T10:00:00Z' })
  for (const days of [30, 10]) {
    const tenant = await house.tenant({ policy: { promiseDays: { all: days } } })
    const id = await openVerified(house, tenant)
    const extended = await tenant.agent.post(`/v1/requests/${id}/extension`, {
      ground: 'complexity',
      note: 'Nine systems have to be searched.'
    })
    t.equal(extended.statusCode, 201)
    const { ruling, trace } = (await tenant.agent.get(`/v1/requests/${id}/clock`)).json()
    t.same(ruling, {
      by: 'law',
      regime: 'eu-gdpr',
      on: '2026-04-30',
      sentence: 'The extension is taken. It is counted from the beginning, not from the first deadline.'
    })
    const said = trace.map(({ sentence }: { sentence: string }) => sentence).join(' ')
    t.match(said, `The controller promises an answer within ${days} days`)
    t.notMatch(said, /the answer is due by/, `${days} days`)
  }
})

t.test('A payment before its fee is refused, also where the one bears a date and the other an hour', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const answer = await tenant.integration.post('/v1/deadlines/preview', {
    regime: 'uk-gdpr',
    right: 'access',
    holidays: 'GB-EAW',
    timeZone: 'Europe/London',
    receivedAt: '2026-03-02T10:00:00Z',
    events: [{ type: 'fee', requestedAt: '2026-03-10', paidAt: '2026-03-05T10:00:00Z' }]
  })
  t.match(answer.json(), { status: 422, errors: [{ pointer: '/events/0/paidAt', rule: 'notBeforeRequest' }] })
})

t.test('A date that is only thought of', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const question = {
    regime: 'eu-gdpr',
    right: 'access',
    holidays: 'DK',
    timeZone: 'Europe/Copenhagen',
    receivedAt: '2026-01-31T10:00:00+01:00'
  }
  t.match((await tenant.integration.post('/v1/deadlines/preview', { ...question, promiseDays: 14 })).json(), {
    dueOn: '2026-02-14',
    statutoryDueOn: '2026-03-02',
    promisedOn: '2026-02-14',
    dueEndsAt: '2026-02-14T23:00:00.000Z'
  })
  const wrong = await tenant.integration.post('/v1/deadlines/preview', { ...question, timeZone: 'Europe/Vejle' })
  t.match(wrong.json(), { status: 422, errors: [{ pointer: '/timeZone' }] })
  const backwards = [
    { type: 'pause', reason: 'identity', pausedAt: '2026-02-07T10:00:00Z', resumedAt: '2026-02-02T10:00:00Z' }
  ]
  t.match(
    (await tenant.integration.post('/v1/deadlines/preview', { ...question, events: backwards })).json(),
    { status: 422 },
    'it resumes before it stops'
  )
})

async function openVerified(house: House, tenant: TenantInHouse): Promise<string> {
  const opened = await tenant.agent.post('/v1/requests', {
    rights: ['access'],
    subject: { name: 'Mia Holm', email: 'mia@example.com' },
    verification: { method: 'none' }
  })
  const { id } = opened.json().requests[0]
  const confirmed = await tenant.agent.post(`/v1/requests/${id}/verification/confirmation`, {
    method: 'phone_callback',
    note: 'Called back.'
  })
  if (confirmed.statusCode !== 201) throw new Error(confirmed.body)
  await house.doPromisedWork()
  return id
}
