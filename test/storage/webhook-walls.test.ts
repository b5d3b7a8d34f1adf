// What the database refuses of webhooks and of the feed, asked past the code.

import { randomUUID } from 'node:crypto'
import postgres from 'postgres'
import t from 'tap'
import { openHouse } from '../support/house.ts'

const house = await openHouse(t)
const { id: tenantId, agent } = await house.tenant()
const service = postgres(house.serviceUrl, { max: 1, onnotice: () => {} })
t.teardown(() => service.end({ timeout: 5 }))

/** The constraint that refuses it, or the SQLSTATE where none does. */
async function refusalOf(work: (sql: postgres.TransactionSql) => Promise<unknown>): Promise<string> {
  try {
    await service.begin(async sql => {
      await sql`select set_config('app.tenant_id', ${tenantId}, true)`
      await work(sql)
    })
    return 'it passed'
  } catch (error) {
    const { constraint_name: name, code } = error as { constraint_name?: string; code?: string }
    return name ?? code ?? String(error)
  }
}

const STANDING = {
  enabled: true,
  disabled_reason: null,
  disabled_at: null,
  sealed: Buffer.from('sealed'),
  removed_at: null
}
const OFF = { enabled: false, disabled_reason: 'staff', disabled_at: new Date() }

t.test('A webhook', async t => {
  const rows: [string, object, string][] = [
    ['stands', {}, 'it passed'],
    ['is switched off for a reason', OFF, 'it passed'],
    ['is not switched off for none', { ...OFF, disabled_reason: null }, 'webhooks_disabled_for_a_reason'],
    ['is not on and off', { disabled_reason: 'gone' }, 'webhooks_disabled_for_a_reason'],
    ['is switched off for a reason that is known', { ...OFF, disabled_reason: 'bored' }, 'webhooks_disabled_reason'],
    ['is removed without its secrets', { ...OFF, sealed: null, removed_at: new Date() }, 'it passed'],
    ['is not removed with them', { ...OFF, removed_at: new Date() }, 'webhooks_forgotten_when_removed'],
    ['does not lose them while it stands', { sealed: null }, 'webhooks_forgotten_when_removed'],
    ['hears of nothing once it is removed', { sealed: null, removed_at: new Date() }, 'webhooks_silent_when_removed'],
    ['belongs to the tenant at hand', { tenant_id: randomUUID() }, '42501']
  ]
  for (const [what, made, expected] of rows) {
    const now = new Date()
    const row = { tenant_id: tenantId, id: randomUUID(), ...STANDING, created_at: now, updated_at: now, ...made }
    t.equal(await refusalOf(sql => sql`insert into webhooks ${sql(row)}`), expected, what)
  }
  t.equal(await refusalOf(sql => sql`delete from webhooks`), '42501', 'is not deleted, for deliveries point at it')
})

t.test('A delivery', async t => {
  const webhookId = randomUUID()
  await refusalOf(
    sql =>
      sql`insert into webhooks ${sql({ tenant_id: tenantId, id: webhookId, ...STANDING, created_at: new Date(), updated_at: new Date() })}`
  )
  const entry = { kind: 'opened', position: 1, request_id: randomUUID(), seq: 1 }
  const rows: [string, object, string][] = [
    ['of a ping is about nothing', {}, 'it passed'],
    ['of an entry names it', entry, 'it passed'],
    ['names all of it or nothing', { kind: 'opened' }, 'webhook_deliveries_about_an_entry'],
    ['that is pending is tried at some time', { next_try_at: null }, 'webhook_deliveries_pending_or_ended'],
    ['that ended is not', { state: 'delivered', ended_at: new Date() }, 'webhook_deliveries_pending_or_ended'],
    ['that ended has ended some time', { state: 'failed', next_try_at: null }, 'webhook_deliveries_pending_or_ended'],
    [
      'stands as deliveries stand',
      { state: 'lost', next_try_at: null, ended_at: new Date() },
      'webhook_deliveries_state'
    ],
    ['failed as they fail', { last_failure: '<html>' }, 'webhook_deliveries_failure'],
    ['is of a webhook that is there', { webhook_id: randomUUID() }, 'webhook_deliveries_webhook_fk']
  ]
  for (const [what, made, expected] of rows) {
    const pending = { state: 'pending', next_try_at: new Date(), created_at: new Date() }
    const row = { tenant_id: tenantId, id: randomUUID(), webhook_id: webhookId, ...pending, ...made }
    t.equal(await refusalOf(sql => sql`insert into webhook_deliveries ${sql(row)}`), expected, what)
  }
})

t.test('The feed', async t => {
  const opened = await agent.post('/v1/requests', {
    rights: ['access'],
    subject: { name: 'Mia Holm', email: 'mia@example.com' }
  })
  const [{ id }] = opened.json().requests
  await refusalOf(async sql => {
    const rows = await sql`select seq from feed where request_id = ${id}`
    t.same(
      [...rows].map(({ seq }) => seq),
      [1],
      'has a place for each entry, whoever wrote it'
    )
  })
  t.equal(await refusalOf(sql => sql`update feed set position = 0`), '42501', 'is not put in another order')
  t.equal(await refusalOf(sql => sql`delete from feed`), '42501')
  t.equal(
    await refusalOf(sql =>
      sql.unsafe('create or replace function feed_epoch() returns bigint language sql as $$select 9::bigint$$')
    ),
    '42501'
  )
})
