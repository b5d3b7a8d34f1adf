// Everything else that lands in a mailbox: answers to our letters, machines, bounces, and what staff have to sort.

import t from 'tap'
import { eventsOf, kindsOf } from '../support/fulfilment.ts'
import { type House, openHouse } from '../support/house.ts'
import { ACCESS_MAIL, handIn, letters, mail, report } from '../support/raw-mail.ts'

t.test('A mail that is no request', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const kept = await handIn(
    tenant,
    mail({ from: 'Shop <sales@example.com>', subject: 'Opening hours', text: 'Are you open on Sunday?' })
  )
  const { inboundId } = kept.json()

  await t.test('is kept for staff to sort', async t => {
    t.match([kept.statusCode, kept.json()], [202, { result: 'to_sort', why: 'no_request_seen', caseId: null }])
    await house.doPromisedWork()
    t.same(letters(house), [['team@house.example', 'Mail to sort']])
    t.notMatch(house.letterbox.messages[0]?.raw.toString(), /Sunday|sales@example/, 'and the alert says nothing of it')
    const list = (await tenant.agent.get('/v1/inbound?state=to_sort')).json()
    t.match(list, {
      data: [{ id: inboundId, from: { address: 'sales@example.com' }, subject: 'Opening hours' }],
      nextCursor: null
    })
    t.match((await tenant.agent.get(`/v1/inbound/${inboundId}`)).json(), {
      mail: { text: 'Are you open on Sunday?', attachments: [] },
      form: null
    })
  })

  await t.test('is put aside', async t => {
    t.match((await tenant.agent.post(`/v1/inbound/${inboundId}/dismissal`)).json(), {
      state: 'dismissed',
      why: 'by_staff'
    })
    t.match((await tenant.agent.post(`/v1/inbound/${inboundId}/dismissal`)).json(), { status: 409, code: 'conflict' })
    t.same((await tenant.agent.get('/v1/inbound?state=to_sort')).json().data, [])
  })

  await t.test('and becomes a case after all, received when it came', async t => {
    house.pass({ days: 3 })
    const rehearsed = await tenant.agent.post(`/v1/inbound/${inboundId}/case?dryRun=true`, { rights: ['objection'] })
    t.match([rehearsed.statusCode, rehearsed.json().result], [201, 'opened'])
    const opened = (await tenant.agent.post(`/v1/inbound/${inboundId}/case`, { rights: ['objection'] })).json()
    t.match(opened, { result: 'opened', why: 'by_staff', requests: [{ right: 'objection', rightGuessed: false }] })
    const request = (await tenant.agent.get(`/v1/requests/${opened.requests[0].id}`)).json()
    t.match(request, { receivedOn: '2026-02-20', details: { text: 'Opening hours\n\nAre you open on Sunday?' } })
    t.match(
      (await tenant.agent.get(`/v1/inbound/${inboundId}`)).json(),
      { mail: { text: 'Are you open on Sunday?' } },
      'and the mail is still read, now under the key of the case'
    )
    t.match((await tenant.agent.post(`/v1/inbound/${inboundId}/case`, { rights: ['access'] })).json(), {
      status: 409,
      code: 'conflict'
    })
    await house.doPromisedWork()
    t.equal(letters(house).at(-1)?.[0], 'sales@example.com', 'and the person is asked for proof at once')
  })
})

t.test('Mail that a machine wrote opens nothing', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const machines = {
    'an automatic reply': { headers: ['Auto-Submitted: auto-replied'] },
    'a vacation note': { subject: 'Automatic reply: your data' },
    'an empty return path': { headers: ['Return-Path: <>'] },
    'one of our own letters, come back': { id: '<something@house.localhost>' }
  }
  for (const [label, made] of Object.entries(machines)) {
    const answer = await handIn(tenant, mail({ ...ACCESS_MAIL, ...made }))
    t.match([answer.statusCode, answer.json()], [202, { result: 'dismissed', caseId: null, requests: [] }], label)
  }
  t.match(
    (await handIn(tenant, mail({ ...ACCESS_MAIL, headers: ['List-Id: <privacy.example.com>'] }))).json(),
    { result: 'to_sort', why: 'list' },
    'what reads like a request on a shared mailbox is for staff'
  )
  t.same((await tenant.agent.get('/v1/requests')).json().data, [])
  await house.doPromisedWork()
  t.same(letters(house), [['team@house.example', 'Mail to sort']], 'and nobody is answered')
})

t.test('A letter of ours bounces', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const { requests } = (
    await tenant.agent.post('/v1/requests', { rights: ['access'], subject: { email: 'gone@example.com' } })
  ).json()
  await house.doPromisedWork()
  const ours = house.letterbox.messages[0]?.parsed.messageId ?? ''

  const delayed = await handIn(tenant, report(ours, 'delayed', '4.4.1'))
  t.match(delayed.json(), { result: 'dismissed', why: 'bounce' })
  await house.doPromisedWork()
  t.equal(house.letterbox.messages.length, 1, 'one that is only late changes nothing')

  const bounced = await handIn(tenant, report(ours, 'failed', '5.1.1'))
  t.match(
    bounced.json(),
    { result: 'dismissed', why: 'bounce', caseId: null },
    'and is not taken for the reply of the person'
  )
  await handIn(tenant, report(ours, 'failed', '5.1.1'))
  await house.doPromisedWork()
  t.same(letters(house).slice(1), [['team@house.example', 'Letter undeliverable']], 'staff are told, once')
  const kinds = await eventKinds(house, requests[0].id)
  t.equal(kinds.filter(kind => kind === 'letter_undeliverable').length, 1)
  t.equal(kinds.includes('message_received'), false)
  t.equal(
    (await tenant.agent.get(`/v1/requests/${requests[0].id}`)).json().state,
    'awaiting_verification',
    'and the request stands'
  )

  t.match(
    (await handIn(tenant, report('<never-sent@house.localhost>', 'failed', '5.1.1'))).json(),
    { result: 'dismissed' },
    'a report about no letter of ours changes nothing'
  )
})

t.test('A person answers one of our letters', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const { requests } = (
    await tenant.agent.post('/v1/requests', { rights: ['access'], subject: { name: 'Mia', email: 'mia@example.com' } })
  ).json()
  await house.doPromisedWork()
  const ours = house.letterbox.messages[0]?.parsed.messageId ?? ''
  const before = house.letterbox.messages.length

  const reply = await handIn(
    tenant,
    mail({
      from: 'mia@example.com',
      subject: 'Re: Please confirm',
      text: 'Please delete all my personal data as well!',
      headers: [`In-Reply-To: ${ours}`]
    })
  )
  t.match(
    [reply.statusCode, reply.json()],
    [201, { result: 'filed', requests: [{ id: requests[0].id }] }],
    'it joins the conversation and opens nothing of its own'
  )
  const forwarded = await handIn(
    tenant,
    mail({
      from: 'lawyer@example.net',
      subject: 'Fwd',
      text: 'I write for her.',
      headers: [`References: <old@example.com> ${ours}`]
    })
  )
  t.equal(forwarded.json().result, 'filed')

  const { data } = (await tenant.agent.get(`/v1/requests/${requests[0].id}/messages`)).json()
  t.match(data, [
    {
      direction: 'in',
      author: null,
      text: 'Please delete all my personal data as well!',
      sender: { address: 'mia@example.com', isOnFile: true }
    },
    { direction: 'in', text: 'I write for her.', sender: { address: 'lawyer@example.net', isOnFile: false } }
  ])
  await house.doPromisedWork()
  t.same(
    letters(house)
      .slice(before)
      .map(([to]) => to),
    ['team@house.example', 'team@house.example'],
    'staff are told of each'
  )
  t.equal((await eventKinds(house, requests[0].id)).filter(kind => kind === 'message_received').length, 2)

  const stranger = await house.tenant()
  const elsewhere = await handIn(
    stranger,
    mail({
      from: 'mia@example.com',
      subject: 'Re: Please confirm',
      text: 'Hello there.',
      headers: [`In-Reply-To: ${ours}`]
    })
  )
  t.match(elsewhere.json(), { result: 'to_sort', caseId: null }, "another tenant's mailbox does not know our letter")
})

t.test("Another tenant's mail is not there", async t => {
  const house = await openHouse(t)
  const [ours, theirs] = [await house.tenant(), await house.tenant()]
  const { inboundId } = (await handIn(ours, mail({ from: 'a@example.com', subject: 'Hi', text: 'Hello.' }))).json()
  const missing = '0190b2a1-7c3e-7d4f-8a5b-6c7d8e9f0a1b'
  for (const path of ['', '/case', '/dismissal']) {
    const ask = async (id: string) => {
      const call = path === '' ? theirs.agent.get : theirs.agent.post
      const { requestId: _, ...body } = (
        await call(`/v1/inbound/${id}${path}`, (path === '/case' ? { rights: ['access'] } : undefined) as never)
      ).json()
      return body
    }
    t.same(await ask(inboundId), await ask(missing), `${path}: as for one that never was`)
    t.match(await ask(inboundId), { status: 404 })
  }
  t.same((await theirs.agent.get('/v1/inbound')).json().data, [])
})

async function eventKinds(house: House, requestId: string): Promise<string[]> {
  return kindsOf(await eventsOf(house, requestId))
}
