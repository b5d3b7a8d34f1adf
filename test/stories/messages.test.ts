// The conversation: staff write, the person answers on the page, and staff keep notes for themselves.

import t from 'tap'
import { eventsOf, kindsOf } from '../support/fulfilment.ts'
import { type House, openHouse, type TenantInHouse } from '../support/house.ts'
import { formsOf, linkIn, newestCode, textIn, visitorTo } from '../support/visitor.ts'

const MIA = 'mia@example.com'

t.test('Staff write to a person', async t => {
  const { house, tenant, id } = await opened(t)
  const messages = `/v1/requests/${id}/messages`

  await t.test('who has not proven who they are: about that alone', async t => {
    t.match((await tenant.agent.post(messages, { text: 'We found two accounts.' })).json(), {
      status: 409,
      code: 'identity_not_proven'
    })
    const sent = await tenant.agent.post(messages, {
      text: 'Please use the code of the last mail.',
      about: 'verification'
    })
    t.match(
      [sent.statusCode, sent.json()],
      [201, { direction: 'out', author: 'agent', text: 'Please use the code of the last mail.', sender: null }]
    )
    await house.doPromisedWork()
    const letter = house.letterbox.messages.at(-1)
    t.match(
      letter?.parsed.text,
      /Hello,[\s\S]*Please use the code of the last mail\.[\s\S]*\/verify\//,
      'with the link that proves it, and no name that nobody has proven'
    )
    t.match((await tenant.agent.get(messages)).json(), { data: [{ id: sent.json().id }], nextCursor: null })
  })

  await t.test('and then about anything', async t => {
    await confirm(house)
    t.match((await tenant.agent.post(messages, { text: 'Code?', about: 'verification' })).json(), {
      status: 409,
      code: 'move_not_allowed'
    })
    t.equal((await tenant.agent.post(messages, { text: 'We found\ntwo accounts & <b>one</b>.' })).statusCode, 201)
    await house.doPromisedWork()
    const { text = '', html } = house.letterbox.messages.at(-1)?.parsed ?? {}
    t.match(text, /Dear Mia Holm,[\s\S]*We found[\s\S]*two accounts & <b>one<\/b>/)
    t.match(html, /&lt;b&gt;one&lt;\/b&gt;/, 'and what they write is text')
    t.ok(kindsOf(await eventsOf(house, id)).includes('message_sent'))
  })

  await t.test('once, however often the call is repeated', async t => {
    const key = { 'idempotency-key': 'message-1' }
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => tenant.agent.post(messages, { text: 'Only once.' }, key))
    )
    t.equal(new Set(answers.map(answer => answer.json().id)).size, 1)
    const { data } = (await tenant.agent.get(messages)).json()
    t.equal(data.filter((message: { text: string }) => message.text === 'Only once.').length, 1)
    const rehearsed = await tenant.agent.post(`${messages}?dryRun=true`, { text: 'Not at all.' })
    t.equal(rehearsed.json().text, 'Not at all.')
    t.equal((await tenant.agent.get(messages)).json().data.length, data.length)
  })

  await t.test('page by page', async t => {
    const first = (await tenant.agent.get(`${messages}?limit=2`)).json()
    const second = (await tenant.agent.get(`${messages}?limit=2&cursor=${first.nextCursor}`)).json()
    t.same(
      [...first.data, ...second.data].map(message => message.text),
      ['Please use the code of the last mail.', 'We found\ntwo accounts & <b>one</b>.', 'Only once.']
    )
    const notes = await tenant.agent.get(`/v1/requests/${id}/notes?cursor=${first.nextCursor}`)
    t.match(notes.json(), { status: 422, errors: [{ pointer: '/query/cursor' }] }, 'a cursor belongs to its list')
  })

  await t.test('but not what is blank, and not everybody may', async t => {
    for (const text of ['', '   ', '\n'])
      t.equal((await tenant.agent.post(messages, { text })).statusCode, 422, JSON.stringify(text))
    t.equal((await tenant.auditor.post(messages, { text: 'Hello' })).statusCode, 403)
    t.equal((await tenant.integration.post(messages, { text: 'Hello' })).statusCode, 403)
    t.equal((await tenant.auditor.get(messages)).statusCode, 200)
    const elsewhere = await house.tenant()
    t.equal((await elsewhere.agent.post(messages, { text: 'Hello' })).statusCode, 404)
    t.equal((await elsewhere.agent.get(messages)).statusCode, 404)
  })
})

t.test('A person without an address', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const { requests } = (
    await tenant.agent.post('/v1/requests', { rights: ['access'], subject: { name: 'Mia' }, channel: 'post' })
  ).json()
  const refused = await tenant.agent.post(`/v1/requests/${requests[0].id}/messages`, {
    text: 'Hello',
    about: 'verification'
  })
  t.match(refused.json(), { status: 409, code: 'outcome_not_possible' }, 'is not written to')
})

t.test('The person writes on the page', async t => {
  const { house, tenant, id } = await opened(t)
  await confirm(house)
  const { path } = linkIn(house, MIA, 'status')
  const mia = visitorTo(house.app)
  const page = await mia.open(path)
  const sent = await mia.submit(page, '/message', { text: 'I moved:\r\n12 <Main> Street' })
  t.match([sent.statusCode, textIn(sent.body)], [200, /Thank you. We have your message/])

  const { data } = (await tenant.agent.get(`/v1/requests/${id}/messages`)).json()
  t.match(data, [{ direction: 'in', author: null, text: 'I moved:\n12 <Main> Street', sender: null, letterId: null }])
  await house.doPromisedWork()
  const alert = house.letterbox.messages.at(-1)
  t.same(alert?.to, ['team@house.example'])
  t.match(alert?.parsed.subject, /^Message about H-/)
  t.notMatch(alert?.raw.toString(), /Main|mia@/, 'and the alert to staff says nothing of it')
  t.ok(kindsOf(await eventsOf(house, id)).includes('message_received'))

  t.equal((await mia.submit(page, '/message', { text: '  ' })).statusCode, 422)
  t.equal((await mia.submit(page, '/message', { text: 'x'.repeat(5_001) })).statusCode, 422)
  t.equal((await mia.send(`${path}/message`, { text: 'x'.repeat(70_000) })).statusCode, 413)
  t.equal((await tenant.agent.get(`/v1/requests/${id}/messages`)).json().data.length, 1)
})

t.test('Staff ask, and the person answers on the page', async t => {
  const { house, tenant, id } = await opened(t)
  await confirm(house)
  await tenant.agent.post(`/v1/requests/${id}/clarification`, {
    question: 'Which account?\n\nThe "blue" or the <red> one?'
  })
  await house.doPromisedWork()
  const { path } = linkIn(house, MIA, 'status')
  const mia = visitorTo(house.app)
  const page = await mia.open(path)
  t.match(
    textIn(page.body),
    /Waiting for your reply.*We have a question Which account\? The &quot;blue&quot; or the &lt;red&gt; one\?/
  )

  t.equal((await mia.submit(page, '/answer')).statusCode, 422)
  const answered = await mia.submit(page, '/answer', { text: 'The blue one.' })
  t.match(textIn(answered.body), /We have your answer and go on.*Confirmed/)
  t.equal((await tenant.agent.get(`/v1/requests/${id}`)).json().state, 'verified')
  t.match((await tenant.agent.get(`/v1/requests/${id}/messages`)).json().data, [
    { direction: 'out' },
    { direction: 'in', text: 'The blue one.' }
  ])
  t.match((await eventsOf(house, id)).at(-1), { kind: 'clarify', mover: 'subject' })

  const again = await mia.submit(page, '/answer', { text: 'Or the red one?' })
  t.match(
    [again.statusCode, textIn(again.body)],
    [200, /Where your request stands/],
    'an answer that comes twice is taken once'
  )
  t.equal((await tenant.agent.get(`/v1/requests/${id}/messages`)).json().data.length, 2)
  t.equal(
    (await mia.send(`${path}/answer`, { request: '0190b2a1-7c3e-7d4f-8a5b-6c7d8e9f0a1b', text: 'Hi' })).statusCode,
    404,
    'and only to what was asked here'
  )
})

t.test('A mail that answers a question', async t => {
  const { house, tenant, id } = await opened(t)
  await confirm(house)
  await tenant.agent.post(`/v1/requests/${id}/clarification`, { question: 'Which account?' })
  await house.doPromisedWork()
  const question = house.letterbox.messages.findLast(mail => mail.to.includes(MIA))?.parsed.messageId
  const raw = `From: ${MIA}\r\nMessage-ID: <a@example.com>\r\nIn-Reply-To: ${question}\r\nSubject: Re: question\r\n\r\nThe blue one.\r\n`
  t.equal(
    (await tenant.agent.post('/v1/inbound/email', raw, { 'content-type': 'message/rfc822' })).json().result,
    'filed'
  )
  t.equal(
    (await tenant.agent.get(`/v1/requests/${id}`)).json().state,
    'awaiting_clarification',
    'moves nothing by itself: staff read it and decide'
  )
  t.equal(
    (await tenant.agent.post(`/v1/requests/${id}/clarification/answer`, { text: 'By mail: the blue one.' })).json()
      .state,
    'verified'
  )
})

t.test('The person withdraws on the page', async t => {
  const { house, tenant, id, other } = await opened(t, ['access', 'erasure'])
  await confirm(house)
  const { path } = linkIn(house, MIA, 'status')
  const mia = visitorTo(house.app)
  const page = await mia.open(path)
  const forms = formsOf(page.body).filter(form => form.action.endsWith('/withdrawal'))
  t.same(forms.map(form => form.fields.request).sort(), [id, other].sort(), 'each request by itself')

  const sure = await mia.send(`${path}/withdrawal`, { request: id })
  t.match(textIn(sure.body), /Withdraw the request\?.*Access to.*type the word STOP/)
  t.match(textIn((await mia.submit(sure, '/withdrawal')).body), /Please type the word STOP/)
  t.equal((await tenant.agent.get(`/v1/requests/${id}`)).json().state, 'verified')

  const withdrawn = await mia.submit(sure, '/withdrawal', { word: 'STOP' })
  t.match(textIn(withdrawn.body), /The request is withdrawn.*Withdrawn/)
  t.equal((await tenant.agent.get(`/v1/requests/${id}`)).json().state, 'withdrawn')
  t.equal((await tenant.agent.get(`/v1/requests/${other}`)).json().state, 'verified', 'the other goes on')
  t.match((await eventsOf(house, id)).at(-1), { kind: 'withdraw', mover: 'subject' })
  t.equal((await mia.submit(sure, '/withdrawal', { word: 'STOP' })).statusCode, 200, 'and pressing again is no error')
})

t.test('A link to follow a case', async t => {
  const { house } = await opened(t)
  await confirm(house)
  const { path } = linkIn(house, MIA, 'status')
  house.pass({ days: 401 })
  const mia = visitorTo(house.app)
  const old = await mia.open(path)
  t.match(
    [old.statusCode, textIn(old.body)],
    [200, /This link has run out.*Confirmed/],
    'that has run out says where things stand in general words'
  )
  t.notMatch(textIn(old.body), /20 February|20 March/)
  t.equal((await mia.send(`${path}/message`, { text: 'Hello' })).statusCode, 200)
  await mia.submit(old, '/fresh-link')
  await house.doPromisedWork()
  const fresh = linkIn(house, MIA, 'status')
  t.not(fresh.path, path)
  t.match(
    textIn((await mia.open(fresh.path)).body),
    /Where your request stands/,
    'and a fresh one goes to the address on file'
  )
  t.equal(newestCode(house, MIA).length, 8)
})

t.test('Notes', async t => {
  const { house, tenant, id } = await opened(t)
  const notes = `/v1/requests/${id}/notes`
  const added = await tenant.staff('anna', 'agent').post(notes, { text: 'She called. Canary.' })
  t.match([added.statusCode, added.json()], [201, { author: 'anna', text: 'She called. Canary.' }])
  t.match((await tenant.auditor.get(notes)).json(), {
    data: [{ author: 'anna', text: 'She called. Canary.' }],
    nextCursor: null
  })
  t.equal((await tenant.auditor.post(notes, { text: 'No' })).statusCode, 403)
  t.equal((await (await house.tenant()).agent.get(notes)).statusCode, 404)
  t.match(
    (await eventsOf(house, id)).at(-1),
    { kind: 'note_added', data: { noteId: added.json().id } },
    'the history knows that there is one, and not what it says'
  )

  await confirm(house)
  const page = await visitorTo(house.app).open(linkIn(house, MIA, 'status').path)
  t.notMatch(page.body, /Canary/, 'and the person never sees it')
  t.notMatch(house.log.join('\n'), /Canary|mia@example/, 'nor does the log')
})

async function opened(
  t: Parameters<typeof openHouse>[0],
  rights: string[] = ['access']
): Promise<{ house: House; tenant: TenantInHouse; id: string; other: string }> {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const { requests } = (
    await tenant.agent.post('/v1/requests', { rights, subject: { name: 'Mia Holm', email: MIA } })
  ).json()
  await house.doPromisedWork()
  return { house, tenant, id: requests[0].id, other: requests[1]?.id ?? '' }
}

async function confirm(house: House): Promise<void> {
  const { path } = linkIn(house, MIA, 'verify')
  await visitorTo(house.app).send(`${path}/confirmation`, { code: newestCode(house, MIA) })
  await house.doPromisedWork()
}
