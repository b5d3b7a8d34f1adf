// Receivers that are down, busy, gone, slow or wrong, and a worker that dies: what was promised is told all the same, or staff
// are told that it is not.

import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { deliverWebhooks } from '../../src/jobs/deliver-webhooks.ts'
import { openHouse, type TenantInHouse } from '../support/house.ts'
import { answer, openReceiver, type Received, type Receiver } from '../support/webhook-receiver.ts'
import type { WorkerGiven } from '../support/webhook-worker.ts'

const house = await openHouse(t, {
  webhooks: { allowNetworks: ['127.0.0.0/8', '::1/128'] },
  metricsToken: 'metrics'
})

t.test('A receiver that is down and comes back', async t => {
  const { admin, agent } = await house.tenant()
  const receiver = await openReceiver(t)
  const id = await listen(admin, receiver, ['note.added'])
  const requestId = await openOne(agent)
  await receiver.goDown()
  await addNote(agent, requestId)
  await house.doPromisedWork()
  t.match(await deliveriesOf(admin, id), [
    { status: 'pending', attempts: 1, lastFailure: 'not_connected', lastHttpStatus: null }
  ])
  t.match((await admin.get(`/v1/webhooks/${id}`)).json(), { enabled: true, failingSince: house.now().toISOString() })

  await t.test('is not asked before its time', async t => {
    await receiver.comeBack()
    house.pass({ seconds: 4 })
    await house.doPromisedWork()
    t.same(receiver.received, [])
  })
  await t.test('gets what it missed, under the id that it had', async t => {
    house.pass({ seconds: 2 })
    await house.doPromisedWork()
    const [delivery] = await deliveriesOf(admin, id)
    t.match(delivery, { status: 'delivered', attempts: 2, lastFailure: null, lastHttpStatus: 204 })
    t.same(receiver.received.map(idOf), [delivery?.eventId])
    t.equal((await admin.get(`/v1/webhooks/${id}`)).json().failingSince, null)
  })
})

t.test('A receiver that never takes it', async t => {
  const { admin, agent } = await house.tenant()
  const receiver = await openReceiver(t)
  receiver.behave(() => 500)
  const id = await listen(admin, receiver, ['note.added'])
  await addNote(agent, await openOne(agent))
  await house.doPromisedWork()
  // Each wait is passed with the most that chance may add to it.
  for (const seconds of [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]) {
    house.pass({ seconds: Math.ceil(seconds * 1.2) })
    await house.doPromisedWork()
  }
  t.equal(receiver.received.length, 10, 'is asked ten times')
  t.equal(new Set(receiver.received.map(idOf)).size, 1, 'about one and the same thing')
  t.equal(new Set(receiver.received.map(({ body }) => body)).size, 1)
  t.equal(
    new Set(receiver.received.map(({ headers }) => headers['webhook-signature'])).size,
    10,
    'signed anew each time'
  )
  t.match(await deliveriesOf(admin, id), [{ status: 'failed', attempts: 10, nextTryAt: null, lastHttpStatus: 500 }])

  await t.test('until staff have it delivered again', async t => {
    receiver.behave(() => 204)
    const [delivery] = await deliveriesOf(admin, id)
    await admin.post(`/v1/webhooks/${id}/deliveries/${delivery!.id}/redelivery`)
    await house.doPromisedWork()
    t.match(await deliveriesOf(admin, id), [{ status: 'delivered', attempts: 11 }])
    t.equal(idOf(receiver.received.at(-1)!), delivery?.eventId)
  })
})

t.test('A receiver that is busy is asked when it said', async t => {
  const { admin, agent } = await house.tenant()
  const receiver = await openReceiver(t)
  receiver.behave(() => answer(429, { 'retry-after': '90' }))
  const id = await listen(admin, receiver, ['note.added'])
  const requestId = await openOne(agent)
  await addNote(agent, requestId)
  await house.doPromisedWork()
  house.pass({ seconds: 60 })
  await addNote(agent, requestId)
  await house.doPromisedWork()
  t.equal(receiver.received.length, 1, 'also about what happens meanwhile')
  receiver.behave(() => 204)
  house.pass({ seconds: 30 })
  await house.doPromisedWork()
  t.match(await deliveriesOf(admin, id), [{ status: 'delivered' }, { status: 'delivered' }])
})

t.test('A receiver that says it is gone', async t => {
  const { admin, agent } = await house.tenant()
  const receiver = await openReceiver(t)
  receiver.behave(() => 410)
  const id = await listen(admin, receiver, ['note.added'])
  const requestId = await openOne(agent)
  for (let n = 0; n < 6; n += 1) await addNote(agent, requestId)
  await house.doPromisedWork()

  t.ok(receiver.received.length <= 4, `was asked about ${receiver.received.length} of 6`)
  t.match((await admin.get(`/v1/webhooks/${id}`)).json(), { enabled: false, disabledReason: 'gone', version: 2 })
  t.equal((await deliveriesOf(admin, id, '?status=failed')).length, 6, 'and nothing more is promised to it')
  await addNote(agent, requestId)
  await house.doPromisedWork()
  t.equal((await deliveriesOf(admin, id)).length, 6)

  await t.test('is reported to staff, without its address', async t => {
    const [mail] = house.letterbox.messages.filter(({ parsed }) => parsed.subject?.startsWith('Webhook switched off'))
    t.match(mail?.to, ['team@house.example'])
    t.match(mail?.parsed.text?.replace(/\s+/g, ' '), /answered that it is gone for good \(410\)/)
    t.ok(mail?.parsed.text?.includes(`http://house.localhost/v1/webhooks/${id}`))
    t.notMatch(mail?.raw.toString(), new RegExp(String(receiver.port)))
  })

  await t.test('is well again when staff switch it on', async t => {
    receiver.behave(() => 204)
    t.match((await admin.patch(`/v1/webhooks/${id}`, { enabled: true })).json(), {
      enabled: true,
      disabledReason: null
    })
    await addNote(agent, requestId)
    await house.doPromisedWork()
    t.equal((await deliveriesOf(admin, id, '?status=delivered')).length, 1)
  })
})

t.test('A receiver that fails for five days', async t => {
  const { admin, agent } = await house.tenant({ policy: { alertsTo: 'failing@house.example' } })
  const receiver = await openReceiver(t)
  receiver.behave(() => 503)
  const id = await listen(admin, receiver, ['note.added'])
  const requestId = await openOne(agent)
  for (let hours = 0; hours < 5 * 24; hours += 24) {
    await addNote(agent, requestId)
    await house.doPromisedWork()
    t.equal((await admin.get(`/v1/webhooks/${id}`)).json().enabled, true, `is still asked after ${hours} hours`)
    house.pass({ hours: 24 })
  }
  await addNote(agent, requestId)
  await house.doPromisedWork()
  t.match((await admin.get(`/v1/webhooks/${id}`)).json(), { enabled: false, disabledReason: 'failing' })
  t.equal((await deliveriesOf(admin, id, '?status=pending')).length, 0)
  const mails = house.letterbox.messages.filter(({ to }) => to.includes('failing@house.example'))
  t.match(
    mails.map(({ parsed }) => parsed.text?.replace(/\s+/g, ' ')),
    [/has taken nothing since/],
    'staff are told, once'
  )
})

t.test('A receiver that answers some things with an error hears of the others at once', async t => {
  const { admin, agent } = await house.tenant()
  const receiver = await openReceiver(t)
  receiver.behave(one => (JSON.parse(one.body).data.sequence % 2 === 0 ? 422 : 204))
  const id = await listen(admin, receiver, ['note.added'])
  const requestId = await openOne(agent)
  for (let n = 0; n < 9; n += 1) await addNote(agent, requestId)
  await house.doPromisedWork()
  t.equal((await deliveriesOf(admin, id, '?status=delivered')).length, 4)
  t.equal((await deliveriesOf(admin, id, '?status=pending')).length, 5)
})

t.test('A receiver that fails is asked about one thing at a time, however much is promised to it', async t => {
  const { admin, agent } = await house.tenant()
  const receiver = await openReceiver(t)
  receiver.behave(() => 500)
  await listen(admin, receiver, ['note.added'])
  const requestId = await openOne(agent)
  for (let n = 0; n < 12; n += 1) await addNote(agent, requestId)
  await house.doPromisedWork()
  t.equal(receiver.received.length, 4, 'a first few')
  for (const seconds of [6, 36, 72, 360]) {
    const before = receiver.received.length
    house.pass({ seconds })
    await house.doPromisedWork()
    t.equal(receiver.received.length, before + 1, `and after ${seconds} seconds one`)
  }
  receiver.behave(() => 204)
  house.pass({ seconds: 360 })
  await house.doPromisedWork()
  t.equal(new Set(receiver.received.map(idOf)).size, 12, 'once it takes one, it gets them all')
})

t.test('A redirect is not followed, whatever it leads to', async t => {
  const { admin, agent } = await house.tenant()
  const [receiver, inner] = [await openReceiver(t), await openReceiver(t)]
  receiver.behave(() => answer(307, { location: inner.url }))
  const id = await listen(admin, receiver, ['note.added'])
  await addNote(agent, await openOne(agent))
  await house.doPromisedWork()
  t.same(inner.received, [])
  t.match(await deliveriesOf(admin, id), [{ status: 'pending', lastFailure: 'redirected', lastHttpStatus: 307 }])
})

t.test('Receivers that never answer hold up nobody else', async t => {
  const worker = await house.hire()
  const tarPits = await openReceiver(t)
  const held: (() => void)[] = []
  tarPits.behave(() => response => {
    held.push(() => response.writeHead(204).end())
  })
  const slow = [await house.tenant(), await house.tenant(), await house.tenant()]
  for (const { admin } of slow) for (let n = 0; n < 10; n += 1) await listen(admin, tarPits, ['note.added'])
  for (const { agent } of slow) await addNote(agent, await openOne(agent))
  await tarPits.waitFor(30)

  const good = await openReceiver(t)
  const { admin, agent } = await house.tenant({ policy: { alertsTo: 'nobody-waits@house.example' } })
  await listen(admin, good, ['note.added'])
  await addNote(agent, await openOne(agent, 'nobody.waits@example.com'))
  await good.waitFor(1)
  await house.letterbox.waitFor(({ to }) => to.includes('nobody.waits@example.com'))
  t.equal(held.length, 30, 'all of which wait still')
  for (const release of held) release()
  await worker.stop()
})

t.test('Two workers who come to the same webhook', async t => {
  const { id: tenantId, admin, agent } = await house.tenant()
  const receiver = await openReceiver(t)
  const webhookId = await listen(admin, receiver, ['note.added'])
  const requestId = await openOne(agent)
  for (let n = 0; n < 9; n += 1) await addNote(agent, requestId)
  const deliver = deliverWebhooks({ db: house.db, clock: house.now, webhooks: house.webhooks })
  const attempt = { number: 1, isLast: false, stopping: undefined }
  await Promise.all(Array.from({ length: 4 }, () => deliver({ tenantId, webhookId }, attempt)))
  t.equal(receiver.received.length, 9)
  t.equal(new Set(receiver.received.map(idOf)).size, 9, 'send each thing once')
})

t.test('A worker that is told to stop passes the rest on', async t => {
  const { id: tenantId, admin, agent } = await house.tenant()
  const receiver = await openReceiver(t)
  const webhookId = await listen(admin, receiver, ['note.added'])
  const requestId = await openOne(agent)
  for (let n = 0; n < 9; n += 1) await addNote(agent, requestId)
  const stopping = new AbortController()
  receiver.behave(() => {
    stopping.abort()
    return 204
  })
  const deliver = deliverWebhooks({ db: house.db, clock: house.now, webhooks: house.webhooks })
  await deliver({ tenantId, webhookId }, { number: 1, isLast: false, stopping: stopping.signal })
  t.equal(receiver.received.length, 4, 'after what it had begun')
  await house.doPromisedWork()
  t.equal(new Set(receiver.received.map(idOf)).size, 9)
  t.equal(receiver.received.length, 9)
})

t.test('A worker that dies between sending and writing it down', async t => {
  const { id: tenantId, admin, agent } = await house.tenant()
  const receiver = await openReceiver(t)
  receiver.behave(() => () => {})
  const id = await listen(admin, receiver, ['note.added'])
  await addNote(agent, await openOne(agent))

  const given: WorkerGiven = {
    workerUrl: house.workerUrl,
    serviceUrl: house.serviceUrl,
    rootKey: house.db.roots.current.bytes.toString('base64'),
    now: house.now().toISOString(),
    tenantId,
    webhookId: id
  }
  const script = fileURLToPath(new URL('../support/webhook-worker.ts', import.meta.url))
  const worker = spawn(process.execPath, [script, JSON.stringify(given)], { stdio: 'inherit' })
  const ended = new Promise(resolve => worker.once('exit', resolve))
  await receiver.waitFor(1)
  worker.kill('SIGKILL')
  await ended
  t.match(
    await deliveriesOf(admin, id),
    [{ status: 'pending', attempts: 1, lastHttpStatus: null }],
    'nobody knows what became of it'
  )

  receiver.behave(() => 204)
  await house.doPromisedWork()
  t.equal(receiver.received.length, 1, 'for a while it may be on its way')
  house.pass({ seconds: 60 })
  await house.doPromisedWork()
  t.match(await deliveriesOf(admin, id), [{ status: 'delivered', attempts: 2 }], 'then it is sent once more')
  const [first, second] = receiver.received as [Received, Received]
  t.equal(idOf(second), idOf(first), 'under the same id, so that whoever took it knows')
  t.equal(second.body, first.body)
})

t.test('What became of it is counted, and kept for a month', async t => {
  const metrics = (await house.stranger.get('/metrics', { authorization: 'Bearer metrics' })).body
  for (const result of ['delivered', 'not_taken', 'not_connected', 'redirected'])
    t.match(metrics, new RegExp(`habeas_webhook_attempts_total\\{result="${result}"\\} [1-9]`))

  const { keepHouse } = await import('../../src/jobs/keep-house.ts')
  const { id: tenantId, admin, agent } = await house.tenant()
  const receiver = await openReceiver(t)
  const id = await listen(admin, receiver, ['note.added'])
  const requestId = await openOne(agent)
  await addNote(agent, requestId)
  await house.doPromisedWork()
  const parts = { db: house.db, objects: house.objects, clock: house.now }
  house.pass({ days: 29 })
  await keepHouse(parts, [tenantId])
  t.equal((await deliveriesOf(admin, id)).length, 1)
  await receiver.goDown()
  await addNote(agent, requestId)
  house.pass({ days: 31 })
  await keepHouse(parts, [tenantId])
  t.match(await deliveriesOf(admin, id), [{ status: 'pending' }], 'what is promised stays promised')
})

interface Delivery {
  readonly id: string
  readonly eventId: string
}

async function listen(admin: TenantInHouse['admin'], { url }: Receiver, events: string[]): Promise<string> {
  return (await admin.post('/v1/webhooks', { url, events })).json().id
}

async function deliveriesOf({ get }: TenantInHouse['admin'], webhookId: string, query = ''): Promise<Delivery[]> {
  return (await get(`/v1/webhooks/${webhookId}/deliveries${query}`)).json().data
}

async function openOne({ post }: TenantInHouse['agent'], email = 'mia@example.com'): Promise<string> {
  const answer = await post('/v1/requests', { rights: ['access'], subject: { name: 'Mia Holm', email } })
  return answer.json().requests[0].id
}

async function addNote({ post }: TenantInHouse['agent'], requestId: string): Promise<void> {
  await post(`/v1/requests/${requestId}/notes`, { text: 'She called.' })
}

const idOf = ({ headers }: Received) => headers['webhook-id']
