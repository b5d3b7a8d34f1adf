// What the database refuses of clocks and sandboxes, asked past the code.

import postgres from 'postgres'
import t from 'tap'
import { openHouse } from '../support/house.ts'

const house = await openHouse(t)
const sandbox = await house.tenant({ sandbox: true })
const live = await house.tenant()
const service = postgres(house.serviceUrl, { max: 1, onnotice: () => {} })
const owner = postgres(house.ownerUrl, { max: 1, onnotice: () => {} })
t.teardown(async () => {
  await Promise.all([service.end({ timeout: 5 }), owner.end({ timeout: 5 })])
})

/** @returns the name of the wall, or the SQLSTATE where it has none; undefined when it passed */
async function wallMet(sql: postgres.Sql, tenantId: string, statement: string): Promise<string | undefined> {
  try {
    await sql.begin(async tx => {
      await tx`select set_config('app.tenant_id', ${tenantId}, true)`
      await tx.unsafe(statement)
    })
    return undefined
  } catch (error) {
    const { constraint_name: wall, code } = error as { constraint_name?: string; code?: string }
    return wall ?? code
  }
}

t.test('A live tenant never gets a clock of its own', async t => {
  const clock = (columns: string, values: string) =>
    `insert into test_clocks (tenant_id, shown_at, runs_since${columns}) values ('${live.id}', '2026-02-20Z', '2026-02-20Z'${values})`
  t.equal(await wallMet(service, live.id, clock('', '')), 'test_clocks_tenant_fk')
  t.equal(await wallMet(service, live.id, clock(', sandbox', ', false')), 'test_clocks_of_sandboxes')
  t.equal(await wallMet(service, sandbox.id, clock('', '')), '42501', 'nor may a sandbox give it one')
})

t.test('What a tenant was made as it stays', async t => {
  const become = (is: boolean, id: string) => `update tenants set sandbox = ${is} where id = '${id}'`
  t.equal(await wallMet(service, live.id, become(true, live.id)), 'tenants_stay_what_they_are')
  t.equal(await wallMet(service, sandbox.id, become(false, sandbox.id)), 'tenants_stay_what_they_are')
  await owner`alter table tenants no force row level security`
  t.equal(await wallMet(owner, live.id, become(true, live.id)), 'tenants_stay_what_they_are', 'whoever asks')
})

t.test('A clock', async t => {
  const set = (what: string) => wallMet(service, sandbox.id, `update test_clocks set ${what}`)
  t.equal(await set("shown_at = shown_at - interval '1 second'"), 'test_clocks_only_forward')
  t.equal(
    await set("runs_since = runs_since + interval '1 second'"),
    'test_clocks_only_forward',
    'does not lose what it was ahead'
  )
  t.equal(await set('runs_since = null'), 'test_clocks_on_its_way', 'does not stand without being on its way')
  t.equal(
    await set("runs_since = null, from_at = shown_at, to_at = shown_at - interval '1 hour'"),
    'test_clocks_on_its_way'
  )
  t.equal(await wallMet(service, sandbox.id, 'delete from test_clocks'), '42501')
  t.equal(await set("shown_at = shown_at + interval '1 day'"), undefined, 'goes forward')
})

t.test('A key says what it opens', async t => {
  const key = (id: string, prefix: string) =>
    `insert into api_keys (tenant_id, id, name, prefix, hash, scopes, created_at)
     values ('${id}', gen_random_uuid(), 'Key', '${prefix}', '\\x00', '{}', '2026-02-20Z')`
  t.equal(await wallMet(service, live.id, key(live.id, 'hab_test_abcd')), 'api_keys_say_what_they_open')
  t.equal(await wallMet(service, sandbox.id, key(sandbox.id, 'hab_live_abcd')), 'api_keys_say_what_they_open')
  t.equal(await wallMet(service, sandbox.id, key(sandbox.id, 'hab_test_abcd')), undefined)
  t.equal(await wallMet(service, live.id, key(live.id, 'hab_live_abcd')), undefined)
})
