// Two tenants side by side, and the worker between them: who sees and changes what, past every handler.

import postgres, { type Sql } from 'postgres'
import t from 'tap'
import { openHouse } from '../support/house.ts'

/** They have no tenant in them; `walls.test.ts` says why. */
const WITHOUT_TENANT = ['rate_limits', 'tenants']

const house = await openHouse(t)
const owner = postgres(house.ownerUrl, { max: 1, onnotice: () => {} })
const service = postgres(house.serviceUrl, { max: 2, onnotice: () => {} })
t.teardown(async () => {
  await Promise.all([owner.end({ timeout: 5 }), service.end({ timeout: 5 })])
})

const namesOf = (rows: Iterable<{ name?: string }>) => [...rows].map(row => row.name)
const sqlStateOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work
    return 'it passed'
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

t.test('Two tenants', async t => {
  const mine = await house.tenant()
  const theirs = await house.tenant()
  for (const tenant of [mine, theirs]) await fill(tenant)

  const tables = await owner<{ name: string; columns: string[] }[]>`
    select c.relname as name, array_agg(privilege_type::text) as columns
    from pg_class c join information_schema.role_table_grants g on g.table_name = c.relname and g.table_schema = 'public' and g.grantee = 'habeas_app'
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> all(${WITHOUT_TENANT})
    group by c.relname order by 1`
  const may = (privilege: string) => tables.filter(table => table.columns.includes(privilege)).map(table => table.name)
  const filled = await Promise.all(
    may('SELECT').map(async name => ((await rowsOf(owner, name, theirs.id)) > 0 ? name : null))
  )
  const withRows = filled.filter(name => name !== null)
  t.ok(withRows.length >= 12, `the other tenant has rows in ${withRows.length} tables`)

  await t.test('do not see each other', async t => {
    for (const name of withRows) {
      const seen = await asTenant(mine.id, sql => rowsOf(sql, name, theirs.id))
      t.equal(seen, 0, name)
    }
  })

  await t.test('cannot write as each other', async t => {
    for (const name of may('INSERT')) {
      const state = await sqlStateOf(
        asTenant(mine.id, sql => sql`insert into ${sql(name)} (tenant_id) values (${theirs.id})`)
      )
      t.ok(['42501', '23514'].includes(state), `${name}: ${state}`)
    }
  })

  await t.test('cannot change or remove what is the other’s', async t => {
    for (const name of may('UPDATE')) {
      const changed = await asTenant(
        mine.id,
        sql => sql`update ${sql(name)} set tenant_id = tenant_id where tenant_id = ${theirs.id}`
      )
      t.equal(changed.count, 0, name)
    }
    for (const name of may('DELETE')) {
      const gone = await asTenant(mine.id, sql => sql`delete from ${sql(name)} where tenant_id = ${theirs.id}`)
      t.equal(gone.count, 0, name)
    }
  })

  await t.test('cannot hand a row over', async t => {
    for (const name of may('UPDATE').filter(name => withRows.includes(name))) {
      const state = await sqlStateOf(asTenant(mine.id, sql => sql`update ${sql(name)} set tenant_id = ${theirs.id}`))
      t.ok(['42501', '23514'].includes(state), `${name}: ${state}`)
    }
  })

  await t.test('and whoever names none is refused, on a fresh connection and on a used one', async t => {
    const fresh = postgres(house.serviceUrl, { max: 1 })
    for (const turn of ['fresh', 'used']) {
      // A door opens to whoever can name its key: nobody is refused, and nobody sees one unnamed.
      t.equal(await rowsOf(fresh, 'doors', null), 0, `${turn}: doors`)
      for (const name of withRows.filter(name => name !== 'doors')) {
        const state = await sqlStateOf(rowsOf(fresh, name, null))
        t.equal(state, turn === 'fresh' ? '42704' : '22P02', `${turn}: ${name}`)
      }
      t.match(await sqlStateOf(fresh`select id from tenants`), turn === 'fresh' ? '42704' : '22P02', `${turn}: tenants`)
      await fresh.begin(sql => sql`select set_config('app.tenant_id', ${mine.id}, true)`)
    }
    await fresh.end({ timeout: 5 })
  })

  async function asTenant<T>(tenantId: string, work: (sql: Sql) => Promise<T>): Promise<T> {
    return (
      await service.begin(async sql => {
        await sql`select set_config('app.tenant_id', ${tenantId}, true)`
        return [await work(sql as unknown as Sql)]
      })
    )[0] as T
  }
})

t.test('The worker', async t => {
  const [other] = await owner<
    { name: string }[]
  >`select rolname as name from pg_roles where rolname = 'habeas_worker' and not (rolsuper or rolbypassrls)`
  t.ok(other, 'is nobody special either')

  await t.test('may look at timers and the clocks they go by, and at no other table', async t => {
    const grants = await owner<{ name: string }[]>`
      select table_name || ': ' || privilege_type as name from information_schema.role_table_grants where grantee = 'habeas_worker' and table_schema = 'public' order by 1`
    t.same(namesOf(grants), ['test_clocks: SELECT', 'timers: SELECT'])
    const columns = await owner<{ name: string }[]>`
      select table_name || '.' || column_name || ': ' || privilege_type as name from information_schema.column_privileges
      where grantee = 'habeas_worker' and table_schema = 'public' and table_name not in ('test_clocks', 'timers')`
    t.same(namesOf(columns), ['tenants.id: SELECT'], 'and knows of tenants that they are there')
  })

  await t.test('sees those of every tenant that have not fired, and no others', async t => {
    const [seen, all, unfired] = await owner.begin(async sql => {
      const [{ all = 0, unfired = 0 } = {}] = await sql<{ all: number; unfired: number }[]>`
        select count(*)::int as all, (count(*) filter (where fired_at is null))::int as unfired from timers`
      await sql`set local role habeas_worker`
      const [{ seen = 0 } = {}] = await sql<{ seen: number }[]>`select count(*)::int as seen from timers`
      return [seen, all, unfired]
    })
    t.equal(seen, unfired)
    t.ok(unfired! > 0 && all! > unfired!, 'of which there are some, and some that fired')
  })

  await t.test('has the queue', async t => {
    const [{ jobs = 0 } = {}] = await owner.begin(async sql => {
      await sql`set local role habeas_worker`
      return await sql<{ jobs: number }[]>`select count(*)::int as jobs from graphile_worker._private_jobs`
    })
    t.ok(jobs > 0)
  })
})

/** Rows of a tenant, or of anybody, that a connection sees. */
async function rowsOf(sql: Sql, table: string, tenantId: string | null): Promise<number> {
  const whose = tenantId === null ? sql`` : sql`where tenant_id = ${tenantId}`
  const [row] = await sql<{ count: number }[]>`select count(*)::int from ${sql(table)} ${whose}`
  return row?.count ?? 0
}

/** A little of everything: what one request leaves behind from its arrival to the register. */
async function fill(tenant: Awaited<ReturnType<typeof house.tenant>>): Promise<void> {
  await tenant.admin.post('/v1/systems', SYSTEM_FACTS)
  const subject = { name: 'Anna Berg', email: 'anna@example.com' }
  const asked = {
    rights: ['restriction', 'access'],
    details: { restriction: { ground: 'accuracy_contested' } },
    subject,
    channel: 'phone',
    verification: { method: 'email' }
  }
  const { requests } = (await tenant.agent.post('/v1/requests', asked, { 'idempotency-key': 'fill' })).json()
  await house.doPromisedWork()
  for (const { id } of requests) {
    await tenant.agent.post(`/v1/requests/${id}/verification/confirmation`, {
      method: 'phone_callback',
      note: 'Called the number on file.'
    })
    await tenant.agent.post(`/v1/requests/${id}/fulfilment`)
  }
}

const SYSTEM_FACTS = {
  slug: 'shop',
  name: 'Shop',
  location: 'Frankfurt, Germany',
  categories: [
    {
      name: 'account',
      purposes: ['providing the service'],
      legalBasis: 'contract',
      retention: 'while the account exists',
      source: 'the person',
      recipients: [],
      providedBySubject: true,
      automatedProcessing: true,
      directMarketing: false,
      specialCategory: false
    }
  ]
}
