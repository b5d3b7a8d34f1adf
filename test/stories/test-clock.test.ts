// The clock of a sandbox, sent ahead: what time does to a request, played in seconds.

import t from 'tap'
import { readCalendarFile } from '../support/calendar.ts'
import { asOwner } from '../support/cluster.ts'
import { addSystem, ask, dataCategory, onlyTaskOf, well } from '../support/fulfilment.ts'
import { type House, openHouse, type TenantInHouse } from '../support/house.ts'
import { linkIn, visitorTo } from '../support/visitor.ts'
import { openReceiver } from '../support/webhook-receiver.ts'

interface ClockSeen {
  readonly status: 'ready' | 'advancing'
  readonly now: string
  readonly advance: { readonly from: string; readonly to: string; readonly fired: number } | null
}

interface Life {
  readonly house: House
  readonly tenant: TenantInHouse
  /** Lets time pass until then. */
  passTo(instant: string): Promise<void>
}

const BEGIN = '2026-02-20T10:00:00Z'
const PERSON = 'mia@example.com'
const POLICY = { retention: { answeredMonths: 1, unprovenDays: 30, unsortedDays: 90 } }

/** As real time passes: the service's own clock moves, and whatever is due on the way is done when it is due. */
async function liveLife(test: Parameters<typeof openHouse>[0]): Promise<Life> {
  const house = await openHouse(test, { at: BEGIN })
  const tenant = await house.tenant({ policy: POLICY })
  return {
    house,
    tenant,
    passTo: async instant => {
      for (;;) {
        const [next] = await asOwner(house.ownerUrl, async sql => {
          await sql`alter table timers no force row level security`
          return await sql<{ at: Date | null }[]>`
            select min(due_at) as at from timers where fired_at is null and due_at <= ${instant}`
        })
        if (next?.at == null) break
        house.at(next.at.toISOString())
        await house.doPromisedWork()
      }
      house.at(instant)
    }
  }
}

/** As a sandbox has it: the service's clock stands, and the tenant's is sent ahead. */
async function playedLife(test: Parameters<typeof openHouse>[0]): Promise<Life> {
  const house = await openHouse(test, { at: BEGIN })
  const tenant = await house.tenant({ policy: POLICY, sandbox: true })
  return {
    house,
    tenant,
    passTo: async instant => {
      await well(tenant.integration.post('/v1/test-clock/advance', { to: instant }))
      await house.doPromisedWork()
    }
  }
}

/** Five months of one request: forgotten and reminded of, proven, alerted of, extended, answered, closed, erased. */
async function live({ house, tenant, passTo }: Life): Promise<string> {
  await addSystem(tenant, 'shop', [dataCategory('Orders')])
  const { requests } = await well<{ requests: [{ id: string }] }>(
    tenant.integration.post('/v1/requests', { rights: ['access'], subject: { name: 'Mia Holm', email: PERSON } })
  )
  const [{ id }] = requests
  await house.doPromisedWork()

  await passTo('2026-02-23T09:00:00Z')
  const { path, code } = linkIn(house, PERSON, 'verify')
  const person = visitorTo(house.app)
  await person.submit(await person.open(path), '/confirmation', { code })
  await house.doPromisedWork()

  await passTo('2026-02-24T09:00:00Z')
  await well(tenant.agent.post(`/v1/requests/${id}/fulfilment`))
  await passTo('2026-03-19T12:00:00Z')
  const extension = { ground: 'complexity', note: 'Nine systems have to be searched.' }
  await well(tenant.agent.post(`/v1/requests/${id}/extension`, extension))
  await house.doPromisedWork()

  await passTo('2026-05-14T09:00:00Z')
  const task = await onlyTaskOf(tenant.integration, id)
  await well(tenant.integration.post(`/v1/tasks/${task.id}/claim`))
  const rows = JSON.stringify([{ number: 1, name: 'Mia Holm' }])
  const json = { 'content-type': 'application/json' }
  await well(tenant.integration.put(`/v1/tasks/${task.id}/records/orders`, rows, json))
  await well(tenant.integration.post(`/v1/tasks/${task.id}/completion`, { result: 'done' }))
  await house.doPromisedWork()
  await passTo('2026-05-15T09:00:00Z')
  const response = `/v1/requests/${id}/response`
  const { previewHash } = await well<{ previewHash: string }>(tenant.approver.get(response))
  await well(tenant.approver.post(response, { previewHash }))
  await house.doPromisedWork()

  await passTo('2026-07-20T09:00:00Z')
  return id
}

t.test('Five months of a request, played', async t => {
  const [before, played] = [await liveLife(t), await playedLife(t)]
  const asItWas = { events: await historyOf(before, await live(before)), mails: mailsIn(before) }
  const asPlayed = { events: await historyOf(played, await live(played)), mails: mailsIn(played) }

  t.same(asPlayed.events, asItWas.events, 'have the events that real time gave, in its order and at its instants')
  t.same(asPlayed.mails, asItWas.mails, 'and its mails')

  const kinds = asPlayed.events.map(({ kind }) => kind)
  for (const kind of [
    'verify',
    'alerted',
    'extended',
    'package_built',
    'respond',
    'package_expired',
    'close',
    'personal_data_erased'
  ])
    t.ok(kinds.includes(kind), `with ${kind} among them`)
  const reminder = played.house.letterbox.messages.find(({ parsed }) => parsed.subject?.includes('Reminder'))
  t.equal(
    reminder?.parsed.headers.get('x-habeas-sandbox'),
    '2026-02-21T10:00:00.000Z',
    'sent to the instant, and not at the end'
  )
  const seen = await clockOf(played.tenant)
  t.match(seen, { status: 'ready', now: '2026-07-20T09:00:00.000Z', advance: { to: '2026-07-20T09:00:00.000Z' } })
  t.match(played.house.now().toISOString(), '2026-02-20T10:00:00.000Z', 'while the service lived through one morning')

  await t.test('in mails that say that they are not meant', async t => {
    for (const { parsed } of played.house.letterbox.messages) {
      t.match(parsed.subject, /^\[Sandbox\] /)
      t.match(parsed.text, /^This is a trial\. It was sent by a sandbox/)
      t.match(parsed.headers.get('x-habeas-sandbox'), /^2026-0\d-\d\dT/)
    }
    for (const { parsed } of before.house.letterbox.messages) t.notOk(parsed.headers.has('x-habeas-sandbox'))
  })
})

t.test('An advance', async t => {
  const house = await openHouse(t, { at: BEGIN })
  const tenant = await house.tenant({ sandbox: true })
  const advance = (body: object, headers = {}) => tenant.admin.post('/v1/test-clock/advance', body, headers)

  t.same(await clockOf(tenant), { status: 'ready', now: '2026-02-20T10:00:00.000Z', advance: null })

  await t.test('goes forward only, and not for ever', async t => {
    const faults = [
      [{ to: '2026-02-20T10:00:00Z' }, '/to', 'onlyForward'],
      [{ to: '2026-02-20T09:59:59Z' }, '/to', 'onlyForward'],
      [{ by: '-P1D' }, '/by', 'onlyForward'],
      [{ by: 'PT0S' }, '/by', 'onlyForward'],
      [{ by: 'three months' }, '/by', 'duration'],
      [{ by: 'P401D' }, '/by', 'maximum'],
      [{ by: 'P999999999D' }, '/by', 'duration'],
      [{ to: '2027-03-28T10:00:00Z' }, '/to', 'maximum'],
      [{ by: 'P1D', to: '2026-03-01T00:00:00Z' }, '', 'oneOf'],
      [{}, '', 'oneOf'],
      [{ to: 'tomorrow' }, '/to', 'format'],
      [{ for: 'P1D' }, '/for', 'unknown']
    ] as const
    for (const [body, pointer, rule] of faults) {
      const answer = (await advance(body)).json()
      t.match(answer, { status: 422, errors: [{ pointer, rule }] }, JSON.stringify(body))
    }
    t.match(await clockOf(tenant), { status: 'ready', advance: null }, 'and what is refused moves nothing')
    t.match((await tenant.admin.post('/v1/test-clock/advance?dryRun=true', { by: 'P1D' })).json(), {
      status: 'advancing'
    })
    t.match(await clockOf(tenant), { status: 'ready', advance: null }, 'nor does a rehearsal')
  })

  await t.test('is one at a time', async t => {
    const sent = await advance({ by: 'P1M' }, { 'idempotency-key': 'first' })
    t.equal(sent.statusCode, 202)
    t.match(sent.json(), { status: 'advancing', now: '2026-02-20T10:00:00.000Z' })
    t.match((await advance({ by: 'P1D' })).json(), { status: 409, code: 'clock_advancing' })
    await house.doPromisedWork()
    const there = { status: 'ready', now: '2026-03-20T10:00:00.000Z' }
    t.match(await clockOf(tenant), there, 'a month by the calendar')
    const again = await advance({ by: 'P1M' }, { 'idempotency-key': 'first' })
    t.match(again.json(), there, 'and the same call again is the same advance')
  })

  await t.test('counts months in the zone of the tenant', async t => {
    await advance({ by: 'P1M' })
    await house.doPromisedWork()
    t.match(await clockOf(tenant), { now: '2026-04-20T09:00:00.000Z' }, 'eleven o’clock stays eleven o’clock in summer')
  })

  await t.test('ends when it was sent to, and time passes from there', async t => {
    house.pass({ hours: 5 })
    t.match(await clockOf(tenant), { now: '2026-04-20T14:00:00.000Z' })
  })

  await t.test('is for whoever works there, and for a key with its scope', async t => {
    t.equal((await tenant.auditor.post('/v1/test-clock/advance', { by: 'P1D' })).statusCode, 403)
    t.equal((await tenant.auditor.get('/v1/test-clock')).statusCode, 200)
    const reader = await tenant.key('test-clock:read')
    t.equal((await reader.get('/v1/test-clock')).statusCode, 200)
    t.equal((await reader.post('/v1/test-clock/advance', { by: 'P1D' })).statusCode, 403)
  })
})

t.test('A live tenant has no such clock', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  for (const client of [tenant.admin, tenant.integration]) {
    t.match((await client.get('/v1/test-clock')).json(), { status: 403, code: 'sandbox_only' })
    t.match((await client.post('/v1/test-clock/advance', { by: 'P1D' })).json(), { status: 403, code: 'sandbox_only' })
  }
  t.equal((await house.stranger.get('/problems/sandbox-only')).statusCode, 200)

  await t.test('nor test keys, as a sandbox has no live ones', async t => {
    const sandbox = await house.tenant({ sandbox: true })
    const key = { name: 'Shop', scopes: ['policy:read'] }
    t.match((await tenant.admin.post('/v1/api-keys', key)).json(), { secret: /^hab_live_/ })
    t.match((await sandbox.admin.post('/v1/api-keys', key)).json(), { secret: /^hab_test_/ })
    const fault = { status: 422, errors: [{ pointer: '/kind', rule: 'const' }] }
    t.match((await tenant.admin.post('/v1/api-keys', { ...key, kind: 'test' })).json(), fault)
    t.match((await sandbox.admin.post('/v1/api-keys', { ...key, kind: 'live' })).json(), fault)
  })
})

t.test('Whoever lives next door', async t => {
  const house = await openHouse(t, { at: BEGIN })
  const sandbox = await house.tenant({ sandbox: true })
  const neighbours = [await house.tenant(), await house.tenant({ sandbox: true })]
  const theirs = await Promise.all(neighbours.map(tenant => ask(tenant, 'access')))
  const id = await ask(sandbox, 'access')
  await house.doPromisedWork()
  const before = await Promise.all(neighbours.map((tenant, index) => eventsOf(tenant, theirs[index]!)))

  await well(sandbox.agent.post('/v1/test-clock/advance', { by: 'P3M' }))
  await house.doPromisedWork()
  t.ok((await eventsOf(sandbox, id)).some(({ kind }) => kind === 'alerted'))
  const after = await Promise.all(neighbours.map((tenant, index) => eventsOf(tenant, theirs[index]!)))
  t.same(after, before, 'lives on in the time of the service')
  t.match((await neighbours[0]!.agent.get(`/v1/requests/${theirs[0]}`)).json(), { overdue: false, daysLeft: 28 })
  t.match((await sandbox.agent.get(`/v1/requests/${id}`)).json(), { overdue: true })
})

t.test('Everything in a sandbox goes by its clock', async t => {
  const house = await openHouse(t, { at: BEGIN, webhooks: { allowNetworks: ['127.0.0.0/8'] } })
  const tenant = await house.tenant({ sandbox: true })
  const play = async (by: string) => {
    await well(tenant.admin.post('/v1/test-clock/advance', { by }))
    await house.doPromisedWork()
  }
  await play('P1M')

  await t.test('receipt and due dates', async t => {
    const request = (await tenant.agent.get(`/v1/requests/${await ask(tenant, 'erasure')}`)).json()
    t.match(request, { receivedAt: '2026-03-20T10:00:00.000Z', dueOn: '2026-04-20' })
    const early = { rights: ['access'], subject: { email: PERSON }, channel: 'post' }
    const told = await tenant.agent.post('/v1/requests', { ...early, receivedAt: '2026-03-20T09:59:00Z' })
    t.equal(told.statusCode, 201, 'what lies in the service’s future was here yesterday')
    const future = await tenant.agent.post('/v1/requests', { ...early, receivedAt: '2026-03-20T10:01:00Z' })
    t.match(future.json(), { status: 422, errors: [{ pointer: '/receivedAt' }] })
  })

  await t.test('links', async t => {
    const asked = { rights: ['access'], subject: { name: 'Ida Bo', email: 'ida@example.com' } }
    await well(tenant.integration.post('/v1/requests', asked))
    await house.doPromisedWork()
    const { path, code } = linkIn(house, 'ida@example.com', 'verify')
    const person = visitorTo(house.app)
    const open = await person.open(path)
    t.match(open.body, '/confirmation')
    await play('P8D')
    t.notMatch((await person.open(path)).body, '/confirmation')
    await person.submit(open, '/confirmation', { code })
    const { data } = (await tenant.agent.get('/v1/requests?email=ida@example.com')).json()
    t.match(data, [{ state: 'expired' }], 'the code of a week ago opens nothing')
  })

  await t.test('leases', async t => {
    await addSystem(tenant, 'shop', [dataCategory('Orders')])
    const id = await ask(tenant, 'access')
    await well(tenant.agent.post(`/v1/requests/${id}/fulfilment`))
    const { id: taskId } = await onlyTaskOf(tenant.integration, id)
    const other = await tenant.key('tasks:read', 'tasks:write')
    await well(tenant.integration.post(`/v1/tasks/${taskId}/claim`))
    t.equal((await other.post(`/v1/tasks/${taskId}/claim`)).statusCode, 409)
    await play('P1D')
    t.equal((await other.post(`/v1/tasks/${taskId}/claim`)).statusCode, 201)
  })

  await t.test('calendars', async t => {
    const feed = await well<{ url: string }>(tenant.agent.post('/v1/calendar-feeds', { name: 'My phone' }))
    const days = async () => {
      const { body } = await house.stranger.get(feed.url.slice('http://house.localhost'.length))
      return readCalendarFile(body).events.map(({ start }) => start)
    }
    const id = await ask(tenant, 'access', { email: 'bo@example.com' })
    const { dueOn } = await well<{ dueOn: string }>(tenant.agent.get(`/v1/requests/${id}`))
    t.ok((await days()).includes(dueOn))
    await well(tenant.agent.post(`/v1/requests/${id}/withdrawal`))
    await play('P1D')
    t.notOk((await days()).includes(dueOn))
  })

  await t.test('webhooks', async t => {
    const receiver = await openReceiver(t)
    receiver.behave(({ body }) => (receiver.received.filter(one => one.body === body).length < 3 ? 503 : 204))
    const { now: begin } = await clockOf(tenant)
    await well(tenant.admin.post('/v1/webhooks', { url: receiver.url, events: ['request.opened', 'request.alerted'] }))
    await ask(tenant, 'access', { email: 'eva@example.com' })
    await play('P1M')
    const heard = receiver.received.map(({ body, headers }) => ({ ...JSON.parse(body), headers }))
    const opened = heard.filter(({ type }) => type === 'request.opened')
    t.equal(opened.length, 3, 'what was refused is tried again by its clock')
    t.equal(opened[0].timestamp, begin)
    t.ok(heard.some(({ type, timestamp }) => type === 'request.alerted' && timestamp > begin))
    const signed = new Set(heard.map(({ headers }) => headers['webhook-timestamp']))
    t.same([...signed], [`${Date.parse(BEGIN) / 1000}`], 'and signed with the real time, which the receiver knows')
  })

  await t.test('keys', async t => {
    const { now } = await clockOf(tenant)
    const expiresAt = new Date(Date.parse(now) + 3_600_000).toISOString()
    const issued = await tenant.admin.post('/v1/api-keys', { name: 'Short', scopes: ['policy:read'], expiresAt })
    const authorization = `Bearer ${issued.json().secret}`
    t.equal((await house.stranger.get('/v1/policy', { authorization })).statusCode, 200)
    await play('PT1H')
    t.equal((await house.stranger.get('/v1/policy', { authorization })).statusCode, 401)
  })

  await t.test('but the tokens of staff, whose issuer knows real time only', async t => {
    t.equal((await tenant.agent.get('/v1/policy')).statusCode, 200)
  })
})

async function clockOf(tenant: TenantInHouse): Promise<ClockSeen> {
  return await well(tenant.admin.get('/v1/test-clock'))
}

async function eventsOf(tenant: TenantInHouse, id: string): Promise<{ kind: string; at: string; data: object }[]> {
  const { data } = await well<{ data: { kind: string; at: string; data: object }[] }>(
    tenant.agent.get(`/v1/requests/${id}/events?limit=200`)
  )
  return data
}

/** What differs from one life to the next: ids, and the sum of a package that has them in it. */
const MADE_ONCE = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|"(?:sha256|bytes)":(?:"[0-9a-f]{64}"|\d+)/g

async function historyOf({ tenant }: Life, id: string) {
  const events = await eventsOf(tenant, id)
  return events.map(({ kind, at, data }) => ({ kind, at, data: JSON.stringify(data).replace(MADE_ONCE, '·') }))
}

const REFERENCE = /\bH(?:-[A-Z0-9]{4}){2}\b/g

/** What the mails say, without links, codes, references and the mark of a sandbox. */
function mailsIn({ house }: Life) {
  return house.letterbox.messages.map(({ to, parsed }) => ({
    to,
    subject: String(parsed.subject).replace('[Sandbox] ', '').replace(REFERENCE, '·'),
    text: String(parsed.text)
      .replace('This is a trial. It was sent by a sandbox, and nothing in it is real.\n\n', '')
      .replace(/https?:\/\/\S+/g, 'LINK')
      .replace(/^ {4}\S+$/gm, 'CODE')
      .replace(REFERENCE, '·')
  }))
}
