// The clock of a sandbox where several processes look at it and move it, and where the one that moved it is gone.

import { Readable } from 'node:stream'
import t from 'tap'
import { SYSTEM } from '../../src/domain/actor.ts'
import { inTenant } from '../../src/storage/database.ts'
import { promise } from '../../src/storage/promises.ts'
import { stepTestClock } from '../../src/storage/test-clocks.ts'
import { clientOf } from '../support/client.ts'
import { asOwner } from '../support/cluster.ts'
import { ask, well } from '../support/fulfilment.ts'
import { openHouse, type TenantInHouse } from '../support/house.ts'

/** The key of an upload that was never finished. */
const HALF = '0190b2a1-7c3e-7d4f-8a5b-6c7d8e9f0a1b'
const BEGIN = '2026-02-20T10:00:00Z'

t.test('Workers that do their work by themselves', async t => {
  const house = await openHouse(t, { at: BEGIN })
  const tenant = await house.tenant({ sandbox: true })
  const id = await ask(tenant, 'access')
  await Promise.all([house.hire(), house.hire()])

  const sent = await tenant.integration.post('/v1/test-clock/advance', { by: 'P3M' }, { prefer: 'wait=20' })
  t.equal(sent.statusCode, 200, sent.body)
  t.match(sent.headers, { 'preference-applied': 'wait=20' })
  t.match(sent.json(), {
    status: 'ready',
    now: '2026-05-20T09:00:00.000Z',
    advance: { from: '2026-02-20T10:00:00.000Z' }
  })

  await t.test('raise every alert at its instant, and once', async t => {
    const alerts = await alertsOf(tenant, id)
    const before = ['2026-03-06T07:00', '2026-03-13T07:00', '2026-03-17T07:00', '2026-03-19T07:00', '2026-03-20T07:00']
    const after = [
      '03-27T07:00',
      '04-03T06:00',
      '04-10T06:00',
      '04-17T06:00',
      '04-24T06:00',
      '05-01T06:00',
      '05-08T06:00',
      '05-15T06:00'
    ]
    t.same(
      alerts,
      [...before, ...after.map(at => `2026-${at}`)].map(at => `${at}:00.000Z`)
    )
  })

  await t.test('send what they promise at the same instant', async t => {
    const times = house.letterbox.messages
      .filter(({ parsed }) => /\b(?:due|overdue)\b/i.test(parsed.subject ?? ''))
      .map(({ parsed }) => String(parsed.headers.get('x-habeas-sandbox')))
    t.same(times, [...times].sort(), 'in its order')
    t.equal(new Set(times).size, times.length)
    t.equal(times.at(-1), '2026-05-15T06:00:00.000Z')
  })

  await t.test('and every process knows what time it is', async t => {
    const { app } = await house.anotherProcess()
    const elsewhere = clientOf(app, () => tenant.integration.token())
    t.same((await elsewhere.get('/v1/test-clock')).json(), (await tenant.integration.get('/v1/test-clock')).json())
    await well(tenant.integration.post('/v1/test-clock/advance', { by: 'PT1H' }, { prefer: 'wait=20' }))
    t.match((await elsewhere.get('/v1/test-clock')).json(), { now: '2026-05-20T10:00:00.000Z' })
    const asked = { rights: ['erasure'], subject: { email: 'ida@example.com' }, verification: { method: 'none' } }
    const { requests } = await well<{ requests: [{ receivedAt: string }] }>(elsewhere.post('/v1/requests', asked))
    t.equal(requests[0].receivedAt, '2026-05-20T10:00:00.000Z', 'as the other one left it')
  })
})

t.test('An advance whose process is gone is taken up where it was', async t => {
  const house = await openHouse(t, { at: BEGIN })
  const tenant = await house.tenant({ sandbox: true })
  const id = await ask(tenant, 'access')
  await house.doPromisedWork()
  const advance = () =>
    tenant.admin.post('/v1/test-clock/advance', { by: 'P1M' }, { 'idempotency-key': 'one', prefer: 'wait=20' })
  await well(tenant.admin.post('/v1/test-clock/advance', { by: 'P1M' }, { 'idempotency-key': 'one' }))
  await inTenant(house.db, { tenantId: tenant.id, actor: SYSTEM, now: house.now() }, scope =>
    stepTestClock(scope, new Date('2026-03-01T10:00:00Z'), 0)
  )
  await asOwner(house.ownerUrl, sql => sql`delete from graphile_worker._private_jobs`)
  t.match((await tenant.agent.get('/v1/test-clock')).json(), { status: 'advancing', now: '2026-03-01T10:00:00.000Z' })
  t.match((await tenant.agent.get(`/v1/requests/${id}`)).json(), { daysLeft: 19 }, 'time stands meanwhile')

  await house.hire()
  const reached = await advance()
  t.match(reached.json(), { status: 'ready', now: '2026-03-20T10:00:00.000Z' })
  t.equal((await alertsOf(tenant, id)).length, 5)
})

t.test('What is promised for later is done when the sandbox says so', async t => {
  // Later than the machine's own time, by which the queue goes.
  const house = await openHouse(t, { at: '2040-01-01T10:00:00Z' })
  const tenants = [await house.tenant({ sandbox: true }), await house.tenant()]
  const at = new Date('2040-01-02T10:00:00Z')
  for (const { id } of tenants) {
    await house.objects.put(`${id}/${HALF}`, Readable.from(['half']))
    await inTenant(house.db, { tenantId: id, actor: SYSTEM, now: house.now() }, scope =>
      promise(scope, 'remove_objects', { keys: [`${id}/${HALF}`] }, { at })
    )
  }
  const [sandbox, live] = tenants
  const isThere = (tenant = sandbox) => house.objects.size(`${tenant?.id}/${HALF}`).then(Boolean, () => false)
  const play = async (by: string) => {
    await well(sandbox!.admin.post('/v1/test-clock/advance', { by }))
    await house.doPromisedWork()
  }
  await play('PT23H')
  t.equal(await isThere(), true)
  await play('PT1H')
  t.equal(await isThere(), false)
  t.equal(await isThere(live), true, 'and nobody else’s')
})

/** When each was raised, in order. */
async function alertsOf(tenant: TenantInHouse, id: string): Promise<string[]> {
  const { data } = await well<{ data: { kind: string; at: string }[] }>(
    tenant.agent.get(`/v1/requests/${id}/events?limit=200`)
  )
  return data.filter(({ kind }) => kind === 'alerted').map(({ at }) => at)
}
