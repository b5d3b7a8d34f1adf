// A tenant's programs hear of what happens: from the call that names an address to the message that is taken there.

import { createHmac } from 'node:crypto'
import t from 'tap'
import { SYSTEM } from '../../src/domain/actor.ts'
import { inHours } from '../../src/domain/timers.ts'
import { inTenant } from '../../src/storage/database.ts'
import { note } from '../../src/storage/history.ts'
import { lockSubjectRequest } from '../../src/storage/subject-requests.ts'
import { asOwner } from '../support/cluster.ts'
import { openHouse, type TenantInHouse } from '../support/house.ts'
import { isSignedWith, openReceiver, type Received } from '../support/webhook-receiver.ts'

const house = await openHouse(t, { webhooks: { allowNetworks: ['127.0.0.0/8', '::1/128'] } })

t.test('A tenant names an address', async t => {
  const { admin, auditor, agent, integration } = await house.tenant()
  const { admin: neighbour } = await house.tenant()
  const receiver = await openReceiver(t)
  const asked = { url: receiver.url, events: ['request.opened', 'request.cancelled'], description: 'Order system' }
  const added = await admin.post('/v1/webhooks', asked)
  const { id, secret } = added.json()

  t.match([added.statusCode, added.headers.etag], [201, '"1"'])
  t.match(secret, /^whsec_[0-9A-Za-z+/]{43}=$/)
  t.match(added.json(), { ...asked, enabled: true, disabledReason: null, createdBy: 'admin', formerSecretUntil: null })

  await t.test('and is shown its secret once', async t => {
    const read = await auditor.get(`/v1/webhooks/${id}`)
    const { secret: _, ...rest } = added.json()
    t.same(read.json(), rest)
    t.same((await admin.get('/v1/webhooks')).json(), { data: [rest], nextCursor: null })
    const dump = await asOwner(house.ownerUrl, async sql => {
      await sql`alter table webhooks no force row level security`
      const rows = await sql`select to_jsonb(w)::text as text, encode(sealed, 'escape') as sealed from webhooks w`
      return JSON.stringify(rows)
    })
    t.ok(dump.includes(id), 'the table was looked at')
    for (const hidden of [secret.slice(6), '127.0.0.1', '/hook']) t.notOk(dump.includes(hidden), 'it is kept sealed')
  })

  await t.test('which only its admins may do', async t => {
    for (const other of [agent, auditor, integration])
      t.equal((await other.post('/v1/webhooks', asked)).statusCode, 403)
    t.equal((await agent.get('/v1/webhooks')).statusCode, 403)
    t.equal((await neighbour.get(`/v1/webhooks/${id}`)).statusCode, 404)
    t.same((await neighbour.get('/v1/webhooks')).json().data, [])
  })

  await t.test('once, however often the same call comes', async t => {
    const key = { 'idempotency-key': 'one' }
    const [first, again] = [
      await neighbour.post('/v1/webhooks', asked, key),
      await neighbour.post('/v1/webhooks', asked, key)
    ]
    t.equal(again.json().id, first.json().id)
    t.equal(again.json().secret, null, 'the secret is not shown again')
    t.equal((await neighbour.get('/v1/webhooks')).json().data.length, 1)
  })

  await t.test('or sees first what would be said', async t => {
    t.equal((await admin.post('/v1/webhooks?dryRun=true', asked)).statusCode, 201)
    t.equal((await admin.get('/v1/webhooks')).json().data.length, 1)
  })

  await t.test('that is mended where it is wrong', async t => {
    const rows = [
      [{ ...asked, url: 'https://10.0.0.1/' }, '/url', 'public'],
      [{ ...asked, url: 'https://user:pass@hooks.example.com/' }, '/url', 'noCredentials'],
      [{ ...asked, url: 'hooks' }, '/url', 'url'],
      [{ ...asked, events: ['request.opend'] }, '/events/0', 'enum'],
      [{ ...asked, events: [] }, '/events', 'minItems'],
      [{ ...asked, secret: 'mine' }, '/secret', 'unknown']
    ] as const
    for (const [body, pointer, rule] of rows) {
      const refused = await admin.post('/v1/webhooks', body)
      t.match([refused.statusCode, refused.json().errors], [422, [{ pointer, rule }]])
    }
    t.match((await admin.patch(`/v1/webhooks/${id}`, { url: 'ftp://hooks.example.com/' })).json(), { status: 422 })
  })

  await t.test('and changes it as long as nobody else did', async t => {
    const changed = await admin.patch(`/v1/webhooks/${id}`, { events: null }, { 'if-match': '"1"' })
    t.match([changed.statusCode, changed.headers.etag], [200, '"2"'])
    t.match(changed.json(), { events: null, url: receiver.url, description: 'Order system' })
    t.equal((await admin.patch(`/v1/webhooks/${id}`, { enabled: false }, { 'if-match': '"1"' })).statusCode, 412)
    t.equal((await admin.delete(`/v1/webhooks/${id}`, undefined, { 'if-match': '"1"' })).statusCode, 412)
  })

  await t.test('but not without end', async t => {
    const { admin: eager } = await house.tenant()
    const answers = await Promise.all(Array.from({ length: 13 }, () => eager.post('/v1/webhooks', asked)))
    const statuses = answers.map(({ statusCode }) => statusCode).sort()
    t.same(statuses, [...Array(10).fill(201), 409, 409, 409])
    t.match(answers.find(({ statusCode }) => statusCode === 409)?.json(), { code: 'limit_reached', limit: 10 })
  })
})

t.test('What happens', async t => {
  const { id: tenantId, admin, agent } = await house.tenant()
  const stranger = await house.tenant()
  const receiver = await openReceiver(t)
  const theirs = await openReceiver(t)
  const { id, secret } = (await admin.post('/v1/webhooks', { url: receiver.url })).json()
  await stranger.admin.post('/v1/webhooks', { url: theirs.url })
  const opened = await openOne(agent)

  await t.test('is promised with the change', async t => {
    t.same(receiver.received, [], 'nothing leaves inside the transaction')
    t.match(await deliveriesOf(admin, id), [{ type: 'request.opened', status: 'pending', attempts: 0 }])
    t.equal((await agent.post(`/v1/requests/${opened.id}/pause`, { ground: 'none' })).statusCode, 422)
    t.equal((await deliveriesOf(admin, id)).length, 1, 'and what was refused was never promised')
  })

  await t.test('and not with one that was undone at the last', async t => {
    const who = { tenantId, actor: SYSTEM, now: house.now() }
    const undone = inTenant(house.db, who, async scope => {
      await note(scope, await lockSubjectRequest(scope, opened.id), 'note_added', {})
      throw new Error('On second thoughts.')
    })
    await t.rejects(undone, /second thoughts/)
    t.equal((await deliveriesOf(admin, id)).length, 1)
  })

  await t.test('is told in few words, and signed', async t => {
    await house.doPromisedWork()
    const messages = receiver.received.map(contentOf)
    t.match(messages[0], {
      id: /^evt_[0-9a-f]+_[0-9a-f]{32}_1$/,
      type: 'request.opened',
      timestamp: house.now().toISOString(),
      data: { requestId: opened.id, caseId: opened.caseId, sequence: 1, state: 'received', previousState: 'received' }
    })
    t.same(
      messages.map(({ type }) => type),
      ['request.opened', 'verification.asked']
    )
    for (const one of receiver.received) {
      t.equal(one.headers['webhook-id'], contentOf(one).id)
      t.ok(isSignedWith(secret, one), 'the library takes it')
      t.equal(one.headers['webhook-signature'], signedByHand(secret, one), 'and so does whoever reckons it by hand')
    }
    t.match(await deliveriesOf(admin, id), [{ status: 'delivered', attempts: 1, lastHttpStatus: 204, nextTryAt: null }])
  })

  await t.test('is told once', async t => {
    const before = receiver.received.length
    house.pass({ hours: 1 })
    await house.doPromisedWork()
    t.equal(receiver.received.length, before)
    t.equal(new Set(receiver.received.map(one => one.headers['webhook-id'])).size, before)
  })

  t.same(theirs.received, [], 'and nobody else hears of it')
})

t.test('A webhook hears of what it asked for', async t => {
  const { admin, agent } = await house.tenant()
  const receiver = await openReceiver(t)
  const early = await openOne(agent)
  const { id } = (await admin.post('/v1/webhooks', { url: receiver.url, events: ['note.added'] })).json()
  await agent.post(`/v1/requests/${early.id}/notes`, { text: 'First' })
  await admin.patch(`/v1/webhooks/${id}`, { enabled: false })
  await agent.post(`/v1/requests/${early.id}/notes`, { text: 'Second' })
  await admin.patch(`/v1/webhooks/${id}`, { enabled: true })
  house.pass({ minutes: 1 })
  await agent.post(`/v1/requests/${early.id}/notes`, { text: 'Third' })
  await house.doPromisedWork()

  const told = receiver.received.map(contentOf)
  t.same(
    told.map(({ type }) => type),
    ['note.added'],
    'from when it was named, and not while it was switched off'
  )
  t.match(await deliveriesOf(admin, id), [
    { status: 'delivered' },
    { status: 'failed', lastFailure: 'disabled', attempts: 0 }
  ])
  t.match((await admin.get(`/v1/webhooks/${id}`)).json(), { enabled: true, disabledReason: null })

  await t.test('until it is removed', async t => {
    await agent.post(`/v1/requests/${early.id}/notes`, { text: 'Fourth' })
    t.equal((await admin.delete(`/v1/webhooks/${id}`)).statusCode, 204)
    await agent.post(`/v1/requests/${early.id}/notes`, { text: 'Fifth' })
    await house.doPromisedWork()
    t.equal(receiver.received.length, 1, 'with what was promised to it')
    for (const path of ['', '/deliveries']) t.equal((await admin.get(`/v1/webhooks/${id}${path}`)).statusCode, 404)
    t.same((await admin.get('/v1/webhooks')).json().data, [])
  })
})

t.test('A secret is replaced while the receiver learns to know it', async t => {
  const { admin } = await house.tenant()
  const receiver = await openReceiver(t)
  const { id, secret: first } = (await admin.post('/v1/webhooks', { url: receiver.url })).json()
  const ping = async () => {
    await admin.post(`/v1/webhooks/${id}/test`)
    await house.doPromisedWork()
    return receiver.received.at(-1)!
  }
  const rotated = await admin.post(`/v1/webhooks/${id}/secret`, { overlapHours: 48 })
  const { secret: second, formerSecretUntil } = rotated.json()
  t.equal(rotated.statusCode, 201)
  t.equal(formerSecretUntil, inHours(house.now(), 48).toISOString())

  const both = await ping()
  t.ok(isSignedWith(first, both) && isSignedWith(second, both), 'both sign meanwhile')
  house.pass({ hours: 48 })
  const after = await ping()
  t.ok(!isSignedWith(first, after) && isSignedWith(second, after), 'and then the new one alone')
  t.equal((await admin.get(`/v1/webhooks/${id}`)).json().formerSecretUntil, null)

  const { secret: third } = (await admin.post(`/v1/webhooks/${id}/secret`)).json()
  const { secret: fourth } = (await admin.post(`/v1/webhooks/${id}/secret`, { overlapHours: 0 })).json()
  const last = await ping()
  t.same(
    [second, third, fourth].map(secret => isSignedWith(secret, last)),
    [false, false, true],
    'one that leaked signs no more'
  )
  t.equal(last.headers['webhook-signature']?.split(' ').length, 1)
  t.match((await admin.post(`/v1/webhooks/${id}/secret`, { overlapHours: 169 })).json(), {
    errors: [{ pointer: '/overlapHours' }]
  })
})

t.test('A webhook is tried out with a ping', async t => {
  const { admin } = await house.tenant()
  const receiver = await openReceiver(t)
  const { id } = (await admin.post('/v1/webhooks', { url: receiver.url })).json()
  t.equal((await admin.post(`/v1/webhooks/${id}/test?dryRun=true`)).statusCode, 202)
  const asked = await admin.post(`/v1/webhooks/${id}/test`)
  t.match([asked.statusCode, asked.json()], [202, { type: 'webhook.ping', status: 'pending', requestId: null }])
  await house.doPromisedWork()
  t.match(receiver.received.map(contentOf), [
    { id: asked.json().eventId, type: 'webhook.ping', data: { webhookId: id } }
  ])
  t.match((await admin.get(`/v1/webhooks/${id}/deliveries/${asked.json().id}`)).json(), {
    status: 'delivered',
    attempts: 1
  })

  await admin.patch(`/v1/webhooks/${id}`, { enabled: false })
  t.match((await admin.post(`/v1/webhooks/${id}/test`)).json(), {
    status: 409,
    code: 'webhook_disabled',
    disabledReason: 'staff'
  })
})

t.test('What was delivered is delivered again on demand', async t => {
  const { admin, agent } = await house.tenant()
  const { admin: neighbour } = await house.tenant()
  const receiver = await openReceiver(t)
  const { id } = (await admin.post('/v1/webhooks', { url: receiver.url, events: ['request.opened'] })).json()
  await openOne(agent)
  await house.doPromisedWork()
  const [delivery] = await deliveriesOf(admin, id)
  const path = `/v1/webhooks/${id}/deliveries/${delivery!.id}/redelivery`

  t.equal((await neighbour.post(path)).statusCode, 404)
  const again = await admin.post(path)
  t.match([again.statusCode, again.json()], [202, { id: delivery!.id, status: 'pending', attempts: 1 }])
  await house.doPromisedWork()
  const [first, second] = receiver.received as [Received, Received]
  t.equal(second.headers['webhook-id'], first.headers['webhook-id'], 'under the same id')
  t.equal(second.body, first.body, 'and to the byte the same')
  t.match(await deliveriesOf(admin, id), [{ status: 'delivered', attempts: 2 }])
})

t.test('Deliveries are listed by page and by how they stand', async t => {
  const { admin, agent } = await house.tenant()
  const receiver = await openReceiver(t)
  receiver.behave((one: Received) => (contentOf(one).data.sequence === 2 ? 500 : 204))
  const { id } = (await admin.post('/v1/webhooks', { url: receiver.url, events: ['note.added'] })).json()
  const { id: requestId } = await openOne(agent)
  for (const text of ['a', 'b', 'c', 'd', 'e']) await agent.post(`/v1/requests/${requestId}/notes`, { text })
  await house.doPromisedWork()

  const seen: unknown[] = []
  let cursor = ''
  do {
    const page = (await admin.get(`/v1/webhooks/${id}/deliveries?limit=2${cursor}`)).json()
    seen.push(...page.data.map((one: Delivery) => one.id))
    cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`
  } while (cursor !== '')
  t.equal(new Set(seen).size, 5)
  t.equal(seen.length, 5)
  t.match(await deliveriesOf(admin, id, '?status=pending'), [{ lastHttpStatus: 500, lastFailure: 'not_taken' }])
  t.equal((await deliveriesOf(admin, id, '?status=delivered')).length, 4)
  t.match((await admin.get(`/v1/webhooks/${id}/deliveries?status=lost`)).json(), {
    errors: [{ pointer: '/query/status' }]
  })
})

t.test('No word about a person gets out, whatever happens to their request', async t => {
  const { admin, agent } = await house.tenant()
  const receiver = await openReceiver(t)
  const { id } = (await admin.post('/v1/webhooks', { url: receiver.url })).json()
  const secrets = [
    'Zyxwanda',
    'zyxwanda@canary.example',
    '+4520771144',
    'canary-id-77',
    'Kanarievej',
    'externalCanary',
    'tagCanary',
    'noteCanary',
    'staffCanary',
    'messageCanary'
  ]
  const answers = [
    await agent.post('/v1/requests', {
      rights: ['access', 'rectification'],
      subject: {
        name: 'Zyxwanda Holm',
        email: 'zyxwanda@canary.example',
        identifiers: [
          { kind: 'phone', value: '+4520771144' },
          { kind: 'user_id', value: 'canary-id-77' }
        ]
      },
      details: {
        access: { text: 'I live at Kanarievej 7.' },
        rectification: { changes: [{ field: 'street', current: 'Kanarievej', proposed: 'Kanarievej 8' }] }
      },
      externalId: 'externalCanary',
      metadata: { note: 'noteCanary' },
      verification: { method: 'none' }
    })
  ]
  const ids = answers[0]!.json().requests.map((one: { id: string }) => one.id)
  for (const requestId of ids) {
    const path = `/v1/requests/${requestId}`
    answers.push(
      await agent.patch(path, { tags: ['tagCanary'], assignee: 'staffCanary' }),
      await agent.patch(path, { assignee: 'staffCanary' }),
      await agent.post(`${path}/notes`, { text: 'noteCanary' }),
      await agent.post(`${path}/verification/confirmation`, { method: 'in_person', note: 'noteCanary' }),
      await agent.post(`${path}/messages`, { text: 'messageCanary' }),
      await agent.post(`${path}/clarification`, { text: 'messageCanary' }),
      await agent.post(`${path}/clarification/answer`, { text: 'messageCanary' }),
      await agent.post(`${path}/withdrawal`, { note: 'noteCanary' })
    )
  }
  await house.doPromisedWork()

  const told = receiver.received.map(one => JSON.stringify(one))
  t.ok(told.length > 15, `${told.length} messages`)
  const shown = [await admin.get('/v1/events'), await admin.get(`/v1/webhooks/${id}/deliveries`)].map(one => one.body)
  for (const word of secrets)
    t.same(
      [...told, ...shown].filter(text => text.includes(word)),
      [],
      word
    )
  t.ok(
    house.log.every(line => !line.includes(new URL(receiver.url).host)),
    'and the log names no address'
  )
})

interface Delivery {
  readonly id: string
  readonly eventId: string
  readonly status: string
}

async function deliveriesOf({ get }: TenantInHouse['admin'], webhookId: string, query = ''): Promise<Delivery[]> {
  return (await get(`/v1/webhooks/${webhookId}/deliveries${query}`)).json().data
}

const contentOf = ({ body }: Received) => JSON.parse(body)

function signedByHand(secret: string, { headers, body }: Received): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
}

async function openOne({ post }: TenantInHouse['agent']): Promise<{ id: string; caseId: string }> {
  const answer = await post('/v1/requests', {
    rights: ['access'],
    subject: { name: 'Mia Holm', email: 'mia@example.com' }
  })
  return answer.json().requests[0]
}
