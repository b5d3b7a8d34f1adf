// A clock that stands: what ends the wait, when what was waited for arrived, and what is owed meanwhile.

import t from 'tap'
import type { SubjectRequestShape } from '../../src/http/schemas/subject-requests.ts'
import { readCalendarFile } from '../support/calendar.ts'
import { ask, eventsOf, well } from '../support/fulfilment.ts'
import { openHouse, type TenantInHouse } from '../support/house.ts'
import { handIn, mail } from '../support/raw-mail.ts'
import { linkIn, textIn, visitorTo } from '../support/visitor.ts'

const IDENTITY = { ground: 'identity', note: 'Two accounts bear this name.' }
const MANDATE = { ground: 'representative_authority', note: 'We need to see the mandate.' }
const COMPLEXITY = { ground: 'complexity', note: 'Nine systems have to be searched.' }
const UNITED_KINGDOM = { timeZone: 'Europe/London', holidays: 'GB-EAW', authority: 'GB' } as const
const UK_LAW = { ...UNITED_KINGDOM, regimes: { default: 'uk-gdpr', byPlace: {} } } as const
/** A baseline that knows no pause. */
const TWO_LAWS = {
  timeZone: 'Australia/Sydney',
  holidays: 'AU-NSW',
  authority: 'AU',
  regimes: { default: 'au-privacy', baseline: 'au-privacy', byPlace: { DE: 'eu-gdpr' } }
} as const

const read = async (tenant: TenantInHouse, id: string) =>
  await well<SubjectRequestShape>(tenant.agent.get(`/v1/requests/${id}`))
const move = async (tenant: TenantInHouse, id: string, name: string, body: object = {}) =>
  await well<SubjectRequestShape>(tenant.agent.post(`/v1/requests/${id}/${name}`, body))
const callBack = { method: 'phone_callback', note: 'Called back.' }

t.test('Proof of identity ends the wait for it', async t => {
  await t.test('when staff confirm it', async t => {
    const house = await openHouse(t, { at: '2026-01-05T09:00:00Z' })
    const tenant = await house.tenant()
    const id = await ask(tenant, 'access', { proven: false })
    house.at('2026-01-06T09:00:00Z')
    await move(tenant, id, 'pause', IDENTITY)
    house.at('2026-01-08T09:00:00Z')
    t.match(
      await move(tenant, id, 'verification/confirmation', callBack),
      { state: 'verified', clock: 'running', dueOn: '2026-02-09' },
      'two days are added to 5 February, and 7 February is a Saturday'
    )
    const entry = (await eventsOf(house, id)).find(({ kind }) => kind === 'resumed')
    t.match(entry, { data: { dueOnBefore: '2026-02-05', dueOn: '2026-02-09' } })
  })

  await t.test('when the person types the code, and London counts its month from there', async t => {
    const house = await openHouse(t, { at: '2026-03-02T09:00:00Z' })
    const tenant = await house.tenant({ policy: UK_LAW })
    const { requests } = await well<{ requests: [{ id: string }] }>(
      tenant.integration.post('/v1/requests', { rights: ['access'], subject: { email: 'mia@example.com' } })
    )
    const [{ id }] = requests
    await house.doPromisedWork()
    await move(tenant, id, 'pause', IDENTITY)
    house.at('2026-03-05T09:00:00Z')
    const { path, code } = linkIn(house, 'mia@example.com', 'verify')
    const person = visitorTo(house.app)
    await person.submit(await person.open(path), '/confirmation', { code })
    t.match(await read(tenant, id), { state: 'verified', clock: 'running', dueOn: '2026-04-07' })
    const { data } = await well<{ data: { kind: string; by: object }[] }>(
      tenant.agent.get(`/v1/requests/${id}/events?limit=200`)
    )
    t.match(
      data.find(({ kind }) => kind === 'resumed'),
      { by: { mover: 'subject' } }
    )
  })

  await t.test('but not a wait for the mandate of whoever acts for them', async t => {
    const house = await openHouse(t, { at: '2026-01-05T09:00:00Z' })
    const tenant = await house.tenant()
    const id = await ask(tenant, 'access', { proven: false })
    await move(tenant, id, 'pause', MANDATE)
    house.at('2026-01-08T09:00:00Z')
    t.match(await move(tenant, id, 'verification/confirmation', callBack), { state: 'verified', clock: 'paused' })
  })
})

t.test('An answer ends the wait for clarification, and no other', async t => {
  const house = await openHouse(t, { at: '2026-01-05T09:00:00Z' })
  const tenant = await house.tenant()
  const id = await ask(tenant, 'access')
  await move(tenant, id, 'pause', MANDATE)
  await move(tenant, id, 'clarification', { question: 'Which of your two accounts?', pausesClock: false })
  house.at('2026-01-08T09:00:00Z')
  t.match(await move(tenant, id, 'clarification/answer', { text: 'The older one.' }), {
    state: 'verified',
    clock: 'paused'
  })
  t.match(await move(tenant, id, 'resumption'), { clock: 'running', dueOn: '2026-02-09' })
})

t.test('An answer that goes out while the clock stands', async t => {
  const house = await openHouse(t, { at: '2026-01-05T09:00:00Z' })
  const tenant = await house.tenant()
  const id = await ask(tenant, 'access')
  house.at('2026-01-10T09:00:00Z')
  await move(tenant, id, 'pause', IDENTITY)
  house.at('2026-02-06T09:00:00Z')
  const refusal = { ground: 'identity_not_confirmed', reasons: 'We asked twice and heard nothing.' }
  await move(tenant, id, 'refusal', refusal)
  const { previewHash } = await well<{ previewHash: string }>(tenant.agent.get(`/v1/requests/${id}/response`))
  await well(tenant.approver.post(`/v1/requests/${id}/response`, { previewHash }))

  await t.test('ends the wait, and is in time', async t => {
    t.match(await read(tenant, id), { state: 'responded', clock: 'stopped', dueOn: '2026-03-04' })
    const events = await eventsOf(house, id)
    t.match(
      events.find(({ kind }) => kind === 'respond'),
      { data: { onTime: true } }
    )
    t.match(await well(tenant.auditor.get('/v1/reports/overview?from=2026-02-01&to=2026-02-28')), {
      total: { answered: 1, dated: 1, onTime: 1 }
    })
  })

  await t.test('and leaves its days counted when it is taken back', async t => {
    house.at('2026-02-20T09:00:00Z')
    t.match(await move(tenant, id, 'reopening', { note: 'The passport has arrived.' }), {
      state: 'verified',
      clock: 'running',
      dueOn: '2026-03-04',
      overdue: false
    })
    await move(tenant, id, 'pause', IDENTITY)
    house.at('2026-02-21T09:00:00Z')
    t.match(await move(tenant, id, 'resumption'), { dueOn: '2026-03-05' }, '27 days and one, and none in between')
  })

  await t.test('as any other end does', async t => {
    const other = await ask(tenant, 'erasure', { email: 'bo@example.com' })
    await move(tenant, other, 'pause', IDENTITY)
    await move(tenant, other, 'withdrawal')
    t.match(
      (await eventsOf(house, other)).map(({ kind }) => kind),
      ['opened', 'verify', 'paused', 'resumed', 'withdraw']
    )
  })
})

t.test('Staff say when it arrived', async t => {
  const house = await openHouse(t, { at: '2026-02-20T09:00:00Z' })
  const tenant = await house.tenant()

  /** Asked on Tuesday 3 March, to be taken up on Tuesday the 10th. */
  async function asked(name: string): Promise<string> {
    house.at('2026-02-20T09:00:00Z')
    const id = await ask(tenant, 'access', { email: `${name}@example.com` })
    house.at('2026-03-03T09:00:00Z')
    await move(tenant, id, 'clarification', { question: 'Which of your two accounts?', pausesClock: true })
    await house.doPromisedWork()
    house.at('2026-03-10T09:00:00Z')
    return id
  }

  await t.test('and only the days until then are added', async t => {
    const id = await asked('mia')
    const answer = { text: 'The older one.', receivedAt: '2026-03-06T15:00:00+01:00' }
    t.match(await move(tenant, id, 'clarification/answer', answer), { clock: 'running', dueOn: '2026-03-23' })
    const { events } = await well<{ events: object[] }>(tenant.agent.get(`/v1/requests/${id}/clock`))
    t.match(events, [{ pausedAt: '2026-03-03T09:00:00.000Z', resumedAt: '2026-03-06T14:00:00.000Z' }])
  })

  await t.test('which the history tells in three languages', async t => {
    const id = await asked('bo')
    await move(tenant, id, 'clarification/answer', { text: 'Both.', receivedAt: '2026-03-06T14:00:00Z' })
    for (const locale of ['en', 'da', 'el']) {
      const { data } = await well<{ data: { kind: string; words: string }[] }>(
        tenant.agent.get(`/v1/requests/${id}/events?limit=200&locale=${locale}`)
      )
      for (const kind of ['resumed', 'clarify'])
        t.match(data.find(event => event.kind === kind)?.words, /2026-03-06 14:00 UTC/, `${kind} in ${locale}`)
    }
  })

  await t.test('for a pause of its own, and the person is told the day', async t => {
    house.at('2026-02-20T09:00:00Z')
    const id = await ask(tenant, 'access', { email: 'ida@example.com' })
    house.at('2026-03-03T09:00:00Z')
    await move(tenant, id, 'pause', IDENTITY)
    house.at('2026-03-10T09:00:00Z')
    t.match(await move(tenant, id, 'resumption', { receivedAt: '2026-03-06T14:00:00Z' }), { dueOn: '2026-03-23' })
    await house.doPromisedWork()
    const mails = house.letterbox.messages.filter(({ to }) => to.includes('ida@example.com'))
    t.ok(mails.some(({ parsed }) => /Since Friday 6 March\s+2026 the\s+period/.test(String(parsed.text))))
  })

  await t.test('and for proof of identity', async t => {
    house.at('2026-02-20T09:00:00Z')
    const id = await ask(tenant, 'access', { email: 'eva@example.com', proven: false })
    house.at('2026-03-03T09:00:00Z')
    await move(tenant, id, 'pause', IDENTITY)
    house.at('2026-03-10T09:00:00Z')
    const proof = { ...callBack, receivedAt: '2026-03-06T14:00:00Z' }
    t.match(await move(tenant, id, 'verification/confirmation', proof), { clock: 'running', dueOn: '2026-03-23' })
  })

  await t.test('or name the mail that brought it', async t => {
    const id = await asked('ann')
    const letter = house.letterbox.messages.findLast(({ to }) => to.includes('ann@example.com'))
    house.at('2026-03-06T14:00:00Z')
    const reply = { from: 'ann@example.com', subject: 'Re: your question', text: 'The older account, please.' }
    await handIn(tenant, mail({ ...reply, headers: [`In-Reply-To: ${letter?.parsed.messageId}`] }))
    house.at('2026-03-10T09:00:00Z')
    const messages = async () =>
      (
        await well<{ data: { id: string; direction: string; text: string; receivedAt: string | null }[] }>(
          tenant.agent.get(`/v1/requests/${id}/messages`)
        )
      ).data
    const before = await messages()
    const arrived = before.find(({ direction }) => direction === 'in')
    t.match(arrived, { text: /older account/, receivedAt: '2026-03-06T14:00:00.000Z' })
    t.match(await move(tenant, id, 'clarification/answer', { messageId: arrived?.id }), {
      state: 'verified',
      dueOn: '2026-03-23'
    })
    t.equal((await messages()).length, before.length, 'and it is not written down a second time')
    const answered = (await eventsOf(house, id)).find(({ kind }) => kind === 'clarify')
    t.match(answered, { data: { messageId: arrived?.id, receivedAt: '2026-03-06T14:00:00.000Z' } })
  })

  await t.test('but not before they asked, nor tomorrow, nor in two ways', async t => {
    const id = await asked('liv')
    const post = (body: object) => tenant.agent.post(`/v1/requests/${id}/clarification/answer`, body)
    const { data } = await well<{ data: { id: string; direction: string }[] }>(
      tenant.agent.get(`/v1/requests/${id}/messages`)
    )
    const sent = data.find(({ direction }) => direction === 'out')?.id
    const rows: [object, string, string][] = [
      [{ text: 'Mine.', receivedAt: '2026-03-03T08:59:59Z' }, '/receivedAt', 'notBeforePause'],
      [{ text: 'Mine.', receivedAt: '2026-03-10T09:00:01Z' }, '/receivedAt', 'notInFuture'],
      [{ text: 'Mine.', messageId: sent }, '/text', 'notAllowed'],
      [{ receivedAt: '2026-03-06T09:00:00Z' }, '/text', 'required'],
      [{ messageId: sent, receivedAt: '2026-03-06T09:00:00Z' }, '/receivedAt', 'notAllowed'],
      [{ messageId: sent }, '/messageId', 'direction']
    ]
    for (const [body, pointer, rule] of rows)
      t.match((await post(body)).json(), { status: 422, errors: [{ pointer, rule }] }, JSON.stringify(body))
    const stranger = '0190b2a1-7c3e-7d4f-8a5b-6c7d8e9f0a1b'
    t.match((await post({ messageId: stranger })).json(), { status: 404, code: 'not_found' })
    t.match(await read(tenant, id), { state: 'awaiting_clarification', clock: 'paused' })
  })

  await t.test('and a program cannot', async t => {
    house.at('2026-02-20T09:00:00Z')
    const id = await ask(tenant, 'access', { email: 'kim@example.com', proven: false })
    house.at('2026-03-10T09:00:00Z')
    const body = { method: 'session', receivedAt: '2026-03-06T09:00:00Z' }
    const refused = await tenant.integration.post(`/v1/requests/${id}/verification/confirmation`, body)
    t.match(refused.json(), { status: 403, code: 'forbidden' })
  })
})

t.test('While the clock stands', async t => {
  const house = await openHouse(t, { at: '2026-01-05T09:00:00Z' })
  const tenant = await house.tenant()
  const id = await ask(tenant, 'access')
  await house.doPromisedWork()
  house.at('2026-01-10T09:00:00Z')
  await move(tenant, id, 'pause', IDENTITY)
  house.at('2026-02-06T09:00:00Z')

  await t.test('nothing is overdue, wherever one looks', async t => {
    t.match(await read(tenant, id), { clock: 'paused', dueOn: '2026-02-05', daysLeft: null, overdue: false })
    t.match(await well(tenant.agent.get('/v1/requests?overdue=true')), { data: [] })
    t.match(await well(tenant.auditor.get('/v1/reports/overview')), { open: { overdue: 0, paused: 1, dueThisWeek: 0 } })
    const calendar = await tenant.agent.get('/v1/calendar.ics')
    t.same(readCalendarFile(calendar.body).events, [])
  })

  await t.test('the person reads that it does, and no day that has passed', async t => {
    const { path } = linkIn(house, 'mia@example.com', 'status')
    const page = await visitorTo(house.app).open(path)
    t.match(textIn(page.body), /stands still/)
    t.notMatch(textIn(page.body), /5 February|You have our answer by/)
    t.notMatch(page.body, /calendar\.ics/)
    t.same(readCalendarFile((await visitorTo(house.app).open(`${path}/calendar.ics`)).body).events, [])
  })

  await t.test('an extension is judged as if the wait ended today', async t => {
    t.ok((await read(tenant, id)).allowedActions.includes('extend'))
    const extended = await move(tenant, id, 'extension', COMPLEXITY)
    t.match(extended, { extended: true, clock: 'paused', extendedDueOn: '2026-04-07', daysLeft: null })
    await house.doPromisedWork()
    const text = String(house.letterbox.messages.at(-1)?.parsed.text).replace(/\s+/g, ' ')
    t.match(text, 'Our answer was due by Wednesday 4 March 2026', 'with the 27 days so far')
    t.match(text, 'will answer by Monday 4 May 2026')
    house.at('2026-02-10T09:00:00Z')
    t.match(await move(tenant, id, 'resumption'), { clock: 'running', dueOn: '2026-05-06', overdue: false })
  })

  await t.test('unless the wait began when it was too late', async t => {
    const late = await ask(tenant, 'access', { email: 'late@example.com' })
    house.at('2026-03-11T09:00:00Z')
    t.match(await move(tenant, late, 'pause', IDENTITY), { overdue: true, daysLeft: -1 })
    t.notOk((await read(tenant, late)).allowedActions.includes('extend'))
    const refused = await tenant.agent.post(`/v1/requests/${late}/extension`, COMPLEXITY)
    t.match(refused.json(), { status: 409, code: 'extension_too_late', extensionNoticeBy: '2026-03-10' })
    t.match(await well(tenant.agent.get('/v1/requests?overdue=true')), { data: [{ id: late }] })
  })
})

t.test('A promise goes on while the clock stands', async t => {
  const house = await openHouse(t, { at: '2026-01-05T09:00:00Z' })
  const tenant = await house.tenant({ policy: { promiseDays: { all: 40 } } })
  const id = await ask(tenant, 'access')
  await house.doPromisedWork()
  house.at('2026-01-10T09:00:00Z')
  t.match(await move(tenant, id, 'pause', IDENTITY), { dueOn: '2026-02-05', daysLeft: 35 }, 'until 14 February')
  house.at('2026-02-12T09:00:00Z')
  t.match(await read(tenant, id), { daysLeft: 2, overdue: false })
  t.match(await well(tenant.auditor.get('/v1/reports/overview')), { open: { overdue: 0, dueThisWeek: 1 } })
  const calendar = await tenant.agent.get('/v1/calendar.ics')
  t.match(readCalendarFile(calendar.body).events, [{ uid: `${id}-dueOn@habeas`, start: '2026-02-14' }])
  const { path } = linkIn(house, 'mia@example.com', 'status')
  const page = textIn((await visitorTo(house.app).open(path)).body)
  t.match(page, /14 February 2026/)
  t.match(page, /stands still/)

  house.at('2026-02-15T09:00:00Z')
  t.match(await read(tenant, id), { daysLeft: -1, overdue: true })
  t.match(await well(tenant.agent.get('/v1/requests?overdue=true')), { data: [{ id }] })
  t.match(await well(tenant.auditor.get('/v1/reports/overview')), { open: { overdue: 1, dueThisWeek: 0 } })
})

t.test('A second law without the pause goes on as well', async t => {
  const house = await openHouse(t, { at: '2026-03-02T02:00:00Z' })
  const tenant = await house.tenant({ policy: TWO_LAWS })
  const { requests } = await well<{ requests: [{ id: string }] }>(
    tenant.integration.post('/v1/requests', {
      rights: ['access'],
      subject: { email: 'mia@example.com', country: 'DE' },
      verification: { method: 'session' }
    })
  )
  const [{ id }] = requests
  house.at('2026-03-03T02:00:00Z')
  t.match(await move(tenant, id, 'pause', IDENTITY), { dueOn: '2026-04-01', daysLeft: 29 })
  house.at('2026-04-05T02:00:00Z')
  t.match(await read(tenant, id), { daysLeft: -4, overdue: true })
  t.ok((await read(tenant, id)).allowedActions.includes('extend'), 'the month of the GDPR stands')
})
