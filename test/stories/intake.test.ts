// A case comes in through the API, whole or not at all.

import t from 'tap'
import { openHouse } from '../support/house.ts'

t.test('A product opens a case for two rights', async t => {
  const house = await openHouse(t, { at: '2026-01-31T09:00:00Z' })
  const tenant = await house.tenant({ policy: { promiseDays: { all: 30 } } })
  const answer = await tenant.integration.post('/v1/requests', {
    rights: ['access', 'erasure'],
    subject: {
      name: 'Mia Holm',
      email: 'Mia@EXAMPLE.com',
      locale: 'da',
      country: 'DK',
      identifiers: [{ kind: 'user_id', value: 'u_42' }]
    },
    details: { access: { text: 'Everything, please.' }, erasure: { ground: 'consent_withdrawn' } },
    externalId: 'ticket-7',
    metadata: { plan: 'pro' }
  })

  await t.test('and gets one request for each, with its dates', async t => {
    t.equal(answer.statusCode, 201)
    const { caseId, requests } = answer.json()
    t.equal(requests.length, 2)
    t.match(requests[0], {
      caseId,
      right: 'access',
      state: 'received',
      phase: 'verification',
      regime: 'eu-gdpr',
      receivedOn: '2026-01-31',
      dueOn: '2026-03-02',
      statutoryDueOn: '2026-03-02',
      promisedOn: '2026-03-02',
      targetOn: '2026-02-27',
      daysLeft: 30,
      clock: 'running',
      externalId: 'ticket-7',
      metadata: { plan: 'pro' },
      details: { text: 'Everything, please.' }
    })
    t.same(requests[0].subject.email, 'Mia@example.com', 'the domain is lower-cased, the local part is theirs')
    t.match(requests[1], { right: 'erasure', details: { ground: 'consent_withdrawn' } })
  })

  await t.test('the answer is what a later reading shows', async t => {
    for (const request of answer.json().requests) {
      t.same((await tenant.integration.get(`/v1/requests/${request.id}`)).json(), request)
    }
  })

  await t.test('the person gets one mail for both, with a link and a code', async t => {
    await house.doPromisedWork()
    t.equal(house.letterbox.messages.length, 1)
    const [mail] = house.letterbox.messages
    t.same(mail?.to, ['Mia@example.com'], 'to the address on file alone')
    t.notMatch(String(mail?.raw), /Mia Holm/, 'a name nobody has proven is not repeated')
    for (const { id } of answer.json().requests) {
      t.match((await tenant.agent.get(`/v1/requests/${id}`)).json(), {
        state: 'awaiting_verification',
        nextStep: { who: 'subject' }
      })
    }
  })

  await t.test('staff find it by name, address, reference and external id', async t => {
    const { reference } = answer.json()
    for (const query of [
      'text=holm',
      'text=MIA',
      `text=${reference}`,
      'email=mia%40example.com',
      'externalId=ticket-7',
      'text=ticket-7'
    ]) {
      const { data } = (await tenant.agent.get(`/v1/requests?${query}`)).json()
      t.equal(data.length, 2, query)
    }
    const { data } = (await tenant.agent.get('/v1/requests?email=mia%40example.org')).json()
    t.same(data, [], 'and under no other address')
  })
})

t.test('What cannot be taken in is refused with the field, the rule and the fix', async t => {
  const house = await openHouse(t, { at: '2026-02-20T10:00:00Z' })
  const tenant = await house.tenant()
  const good = { rights: ['access'], subject: { email: 'mia@example.com' } }
  const cases: [why: string, body: unknown, pointer: string, rule: string][] = [
    ['an unknown field', { ...good, right: 'access' }, '/right', 'unknown'],
    ['a wrong type', { ...good, rights: 'access' }, '/rights', 'type'],
    ['null is not text', { ...good, externalId: null }, '/externalId', 'type'],
    ['no rights', { ...good, rights: [] }, '/rights', 'minItems'],
    ['a right twice', { ...good, rights: ['access', 'access'] }, '/rights', 'uniqueItems'],
    ['an unknown right', { ...good, rights: ['acess'] }, '/rights/0', 'enum'],
    [
      'an address that is two',
      { ...good, subject: { email: 'a@example.com,b@example.com' } },
      '/subject/email',
      'mailbox'
    ],
    [
      'an address with a line break',
      { ...good, subject: { email: 'a@example.com\r\nBcc: evil@example.net' } },
      '/subject/email',
      'mailbox'
    ],
    ['a receipt in the future', { ...good, receivedAt: '2026-02-20T10:00:01Z' }, '/receivedAt', 'notInFuture'],
    [
      'a link without an address',
      { ...good, subject: {}, verification: { method: 'email' } },
      '/subject/email',
      'required'
    ],
    ['details of another right', { ...good, details: { erasure: {} } }, '/details/erasure', 'rightNotAsked'],
    ['details that do not fit', { ...good, details: { format: 'json' } }, '/details/format', 'notForThisRight'],
    ['a rectification without changes', { ...good, rights: ['rectification'] }, '/details/changes', 'required'],
    ['a state', { ...good, state: 'verified' }, '/state', 'unknown']
  ]
  for (const [why, body, pointer, rule] of cases) {
    const answer = await tenant.agent.post('/v1/requests', body)
    const problem = answer.json()
    t.equal(answer.statusCode, 422, why)
    t.match(answer.headers['content-type'], /^application\/problem\+json/)
    const fault = problem.errors?.find((one: { pointer: string }) => one.pointer === pointer)
    t.ok(fault, `${why}: points to ${pointer}, got ${JSON.stringify(problem.errors)}`)
    if (rule !== 'mailbox') t.equal(fault?.rule, rule, why)
    t.ok(fault?.fix.length > 5, `${why}: says how to mend it`)
    t.notMatch(answer.body, /evil@|a@example/, `${why}: repeats no address`)
  }
  t.same((await tenant.agent.get('/v1/requests')).json().data, [], 'nothing was kept of any of them')
})

t.test('Who may say what', async t => {
  const house = await openHouse(t, { at: '2026-02-20T10:00:00Z' })
  const tenant = await house.tenant()
  const good = { rights: ['access'], subject: { email: 'mia@example.com' } }

  const past = { ...good, receivedAt: '2026-02-01T08:00:00Z' }
  t.match(
    (await tenant.integration.post('/v1/requests', past)).json(),
    { status: 403 },
    'only staff know of the post room'
  )
  const late = (await tenant.agent.post('/v1/requests', past)).json().requests[0]
  t.equal(late.receivedOn, '2026-02-01')
  t.equal(late.dueOn, '2026-03-02', '1 March is a Sunday')

  const session = { ...good, verification: { method: 'session' } }
  const narrow = await tenant.key('requests:write')
  t.match(
    (await narrow.post('/v1/requests', session)).json(),
    { status: 403 },
    'asserting a session takes its own scope'
  )
  const proven = (await tenant.integration.post('/v1/requests', session)).json().requests[0]
  t.match(proven, { state: 'verified', verification: { method: 'session' } })
  t.match(
    (await tenant.agent.post('/v1/requests', session)).json(),
    { status: 422, errors: [{ pointer: '/verification/method', rule: 'enum' }] },
    'staff convince themselves by a method, and note it'
  )
  t.equal((await tenant.agent.post('/v1/requests?dryRun=true', session)).statusCode, 422)
  t.match((await tenant.auditor.post('/v1/requests', good)).json(), { status: 403 }, 'an auditor only reads')
  t.match((await house.stranger.post('/v1/requests', good)).json(), { status: 401 })
})

t.test('A rehearsal runs every check and changes nothing', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const answer = await tenant.agent.post('/v1/requests?dryRun=true', {
    rights: ['access'],
    subject: { email: 'mia@example.com' }
  })
  t.equal(answer.statusCode, 201)
  t.equal(answer.headers['dry-run'], 'true')
  t.match(answer.json(), { requests: [{ state: 'received', right: 'access' }] })
  t.same((await tenant.agent.get('/v1/requests')).json().data, [])
  await house.doPromisedWork()
  t.same(house.letterbox.messages, [], 'and nothing was promised')
})
