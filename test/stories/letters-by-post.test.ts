// A person without an address, or with one that takes no mail: staff print the letter, post it and say so.

import t from 'tap'
import { addSystem, dataCategory, eventsOf, onlyTaskOf, requestOf, well } from '../support/fulfilment.ts'
import { openHouse, type TenantInHouse } from '../support/house.ts'
import { entriesOf } from '../support/register.ts'

interface Letter {
  readonly id: string
  readonly kind: string
  readonly state: string
}

const lettersOf = async (tenant: TenantInHouse, requestId: string): Promise<Letter[]> =>
  (await well<{ data: Letter[] }>(tenant.agent.get(`/v1/requests/${requestId}/letters`))).data

/** A request that came by post, from somebody whom staff then knew. */
async function askByPost(tenant: TenantInHouse, right: string, details: object = {}): Promise<string> {
  const { requests } = await well<{ requests: { id: string }[] }>(
    tenant.agent.post('/v1/requests', {
      rights: [right],
      subject: { name: 'Karen Bisgaard', identifiers: [{ kind: 'customer_number', value: '4711' }] },
      channel: 'post',
      details,
      verification: { method: 'none' }
    })
  )
  const { id } = requests[0]!
  await well(
    tenant.agent.post(`/v1/requests/${id}/verification/confirmation`, { method: 'id_seen', note: 'At the desk.' })
  )
  return id
}

t.test('A restriction of somebody who has no address', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const requestId = await askByPost(tenant, 'restriction', { ground: 'accuracy_contested' })
  await well(tenant.agent.post(`/v1/requests/${requestId}/fulfilment`))
  const [entry] = await entriesOf(tenant)
  await well(
    tenant.agent.post(`/v1/register/${entry!.id}/notice`, {
      because: 'accuracy_verified',
      note: 'We checked your address and corrected it.',
      liftsOn: '2026-02-25'
    })
  )
  await house.doPromisedWork()
  const letter = (await lettersOf(tenant, requestId)).find(({ kind }) => kind === 'restriction_lift_notice')!
  const path = `/v1/requests/${requestId}/letters/${letter.id}`

  await t.test('brings its notice to staff, for no mail can carry it', async t => {
    t.match(letter, { state: 'undeliverable', failure: 'no_address', to: { name: 'Karen Bisgaard', address: null } })
    t.ok(
      house.letterbox.messages.every(mail => mail.to.includes('team@house.example')),
      'nobody else was written to'
    )
    const alert = house.letterbox.messages.find(mail => /undeliverable/i.test(mail.parsed.subject ?? ''))
    t.match(alert?.parsed.text, /find another way to reach the person/)
    const told = (await eventsOf(house, requestId)).filter(({ kind }) => kind === 'letter_undeliverable')
    t.match(told.at(-1)?.data, { letterId: letter.id, failure: 'no_address' })
  })

  await t.test('is read and printed, without a link that only the person may hold', async t => {
    const read = await well<{ subject: string; text: string; html: string }>(tenant.agent.get(path))
    t.match(read.subject, /restriction/i)
    t.match(read.text, /^Dear Karen Bisgaard,/)
    t.match(read.text, /25 February 2026/)
    t.match(read.html, /<html lang="en">/)
    t.match(read.text, `/privacy/${tenant.slug}`)
    t.notMatch(JSON.stringify(read), /\/status\/|\/verify\/|\/package\//)
  })

  await t.test('is not lifted before the letter was posted', async t => {
    house.at('2026-02-25T10:00:00Z')
    const refused = await tenant.agent.post(`/v1/register/${entry!.id}/lifting`, { because: 'accuracy_verified' })
    t.match(refused.json(), { code: 'not_told', notice: 'undeliverable' })
  })

  await t.test('on a day that can be', async t => {
    const wrong = async (postedOn: string) => (await tenant.agent.post(`${path}/posting`, { postedOn })).json()
    t.match(await wrong('2026-02-26'), { status: 422, errors: [{ pointer: '/postedOn', rule: 'notInFuture' }] })
    t.match(await wrong('2026-02-19'), { status: 422, errors: [{ pointer: '/postedOn', rule: 'notBeforeWritten' }] })
    t.match(await wrong('yesterday'), { status: 422, errors: [{ pointer: '/postedOn', rule: 'format' }] })
  })

  await t.test('and is once it was', async t => {
    const posted = await tenant.agent.post(`${path}/posting`, { postedOn: '2026-02-20' })
    t.equal(posted.statusCode, 201)
    t.match(posted.json(), { state: 'sent', postedOn: '2026-02-20', sentAt: '2026-02-20T23:00:00.000Z' })
    t.match((await tenant.agent.post(`${path}/posting`, { postedOn: '2026-02-21' })).json(), { code: 'already_sent' })
    t.equal(await stands(tenant), true, 'on the word of staff')
    const lifted = await tenant.agent.post(`/v1/register/${entry!.id}/lifting`, { because: 'accuracy_verified' })
    t.equal(lifted.statusCode, 201)
    t.equal(await stands(tenant), false)
  })

  await t.test('which its history tells', async t => {
    const { data } = await well<{ data: { kind: string; words: string; data: object }[] }>(
      tenant.agent.get(`/v1/requests/${requestId}/events`)
    )
    const sent = data.find(({ kind }) => kind === 'letter_sent')
    t.match(sent, { data: { via: 'post', postedOn: '2026-02-20' }, words: /by post/ })
  })
})

t.test('A copy for somebody who has no address', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('orders')])
  const requestId = await askByPost(tenant, 'access')
  await well(tenant.agent.post(`/v1/requests/${requestId}/fulfilment`))
  const { id } = await onlyTaskOf(tenant.agent, requestId)
  const ndjson = { 'content-type': 'application/x-ndjson' }
  await well(tenant.agent.put(`/v1/tasks/${id}/records/orders`, '{"order":1}\n', ndjson))
  await well(tenant.agent.post(`/v1/tasks/${id}/completion`, { result: 'done' }))
  await house.doPromisedWork()
  const { previewHash, text } = await well<{ previewHash: string; text: string }>(
    tenant.agent.get(`/v1/requests/${requestId}/response`)
  )
  t.match(text, /A copy of your data is enclosed with this letter\./, 'goes with the letter')
  t.notMatch(text, /fetch your data behind this link/, 'for a code could reach nobody')
  await well(tenant.approver.post(`/v1/requests/${requestId}/response`, { previewHash }))
  await house.doPromisedWork()
  const letter = (await lettersOf(tenant, requestId)).find(({ kind }) => kind === 'response')!
  t.equal(letter.state, 'undeliverable')
  t.equal((await tenant.agent.get(`/v1/requests/${requestId}/package`)).statusCode, 200, 'staff have it to enclose')
  const posted = await tenant.agent.post(`/v1/requests/${requestId}/letters/${letter.id}/posting`, {
    postedOn: '2026-02-20'
  })
  t.match(posted.json(), { state: 'sent', postedOn: '2026-02-20' })
})

t.test('A letter that came back', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  house.letterbox.script(event => (event.at === 'rcpt' && event.to?.includes('mia@example.com') ? 550 : undefined))
  const { requests } = await well<{ requests: { id: string }[] }>(
    tenant.integration.post('/v1/requests', {
      rights: ['access', 'erasure'],
      subject: { name: 'Mia Holm', email: 'mia@example.com' },
      verification: { method: 'session' }
    })
  )
  const [first, second] = requests.map(({ id }) => id) as [string, string]
  await well(tenant.agent.post(`/v1/requests/${first}/withdrawal`))
  await house.doPromisedWork()
  const letters = await lettersOf(tenant, first)
  t.same(
    letters.map(({ kind, state }) => `${kind} ${state}`).sort(),
    ['verified undeliverable', 'withdrawn undeliverable'],
    'with those about the case as a whole'
  )
  const ofKind = (wanted: string) => letters.find(({ kind }) => kind === wanted)!
  const [ofCase, ofFirst] = [ofKind('verified'), ofKind('withdrawn')]
  const stateOf = async (id: string) => (await lettersOf(tenant, first)).find(letter => letter.id === id)

  await t.test('is posted instead', async t => {
    const path = `/v1/requests/${first}/letters/${ofFirst.id}/posting`
    t.equal((await tenant.agent.post(`${path}?dryRun=true`, { postedOn: '2026-02-20' })).statusCode, 201)
    t.match(await stateOf(ofFirst.id), { state: 'undeliverable' }, 'a rehearsal posts nothing')
    t.equal((await tenant.agent.post(path, { postedOn: '2026-02-20' })).statusCode, 201)
    t.match(await requestOf(tenant, first), { state: 'withdrawn' })
  })

  await t.test('and what then bounces late changes that no more', async t => {
    const report = [
      'From: MAILER-DAEMON@mx.example.com',
      'To: privacy@house.example',
      'Subject: Undelivered',
      'Message-ID: <report@mx.example.com>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
      '',
      '--b',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example.com',
      '',
      'Final-Recipient: rfc822; mia@example.com',
      'Action: failed',
      'Status: 5.1.1',
      '',
      '--b',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: <${ofFirst.id}@house.localhost>`,
      '',
      '--b--',
      ''
    ].join('\r\n')
    await well(tenant.integration.post('/v1/inbound/email', report, { 'content-type': 'message/rfc822' }))
    await house.doPromisedWork()
    t.match(await stateOf(ofFirst.id), { state: 'sent', postedOn: '2026-02-20' })
  })

  await t.test('under the request it is about', async t => {
    const under = (requestId: string, letterId: string) =>
      tenant.agent.post(`/v1/requests/${requestId}/letters/${letterId}/posting`, { postedOn: '2026-02-20' })
    t.equal((await under(second, ofFirst.id)).statusCode, 404)
    t.equal((await under(second, ofCase.id)).statusCode, 201, 'or under any of the case')
    const neighbour = await house.tenant()
    t.equal((await neighbour.agent.get(`/v1/requests/${first}/letters/${ofFirst.id}`)).statusCode, 404)
  })
})

t.test('A letter with a code is for the person alone', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const { requests } = await well<{ requests: { id: string }[] }>(
    tenant.agent.post('/v1/requests', {
      rights: ['access'],
      subject: { email: 'mia@example.com' },
      verification: { method: 'email' }
    })
  )
  const { id } = requests[0]!
  await house.doPromisedWork()
  const [letter] = await lettersOf(tenant, id)
  t.match(letter, { kind: 'verification', state: 'sent' })
  const read = await tenant.admin.get(`/v1/requests/${id}/letters/${letter!.id}`)
  t.match(read.json(), { subject: null, text: null, html: null }, 'not even an admin reads it')
  const code = /^\s*([BCDFGHJKMNPQRTVWXYZ2346789]{8})\s*$/m.exec(house.letterbox.messages[0]?.parsed.text ?? '')?.[1]
  t.ok(code)
  t.notMatch(read.body, code ?? '')
  const posting = await tenant.agent.post(`/v1/requests/${id}/letters/${letter!.id}/posting`, {
    postedOn: '2026-02-20'
  })
  t.match(posting.json(), { code: 'outcome_not_possible' })
  t.equal((await tenant.integration.get(`/v1/requests/${id}/letters`)).statusCode, 403, 'and no program reads any')
})

async function stands(tenant: TenantInHouse): Promise<boolean> {
  const identifiers = [{ kind: 'customer_number', value: '4711' }]
  const { data } = await well<{ data: { mayProcess: boolean }[] }>(
    tenant.integration.post('/v1/checks', { purpose: 'billing', subjects: [{ identifiers }] })
  )
  return data[0]?.mayProcess === false
}
