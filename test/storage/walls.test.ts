// What the catalogue says of every table there is and every table there will be, and what the service's login meets.

import postgres from 'postgres'
import t from 'tap'
import { WALLS } from '../../src/storage/walls.ts'
import { openHouse } from '../support/house.ts'

/** Tables without a tenant's column, and why. */
const WITHOUT_TENANT = {
  tenants: 'a tenant belongs to itself: its policy compares the id',
  rate_limits: 'counts strangers before anybody knows whose they are'
}
/** Keys that do not begin with the tenant, and why. */
const WITHOUT_TENANT_FIRST = {
  tenants_pk: 'the tenant itself',
  tenants_sandbox: 'the same, for those that may only belong to a sandbox',
  tenants_slug: 'a slug names one tenant of all',
  doors_pk: 'how a tenant is found before it is known: a slug, or the hash of an API key',
  rate_limits_pk: 'belongs to no tenant'
}
const OPEN_BY_DESIGN = {
  counting_only: 'rate limits count strangers',
  who_names_it_sees_it: 'a door opens to whoever can name its key',
  worker_looks_for_due: 'the worker sees what is due, of every tenant',
  worker_reads_test_clocks: 'what is due in a sandbox is due by its own clock',
  worker_knows_of_each: 'the worker looks after every tenant, and sees of them no more than the id'
}
/** What happened stays: the service may add to these and nothing else. */
const ONLY_ADDED_TO = [
  'checkpoint_heads',
  'checkpoints',
  'events',
  'feed',
  'messages',
  'notes',
  'policies',
  'responses'
]

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

t.test('Every table', async t => {
  const sql = owner
  await t.test('is under row security, forced on its owner too, with a policy', async t => {
    const open = await sql`
      select relname as name from pg_class c
      where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
        and not (relrowsecurity and relforcerowsecurity and exists (select from pg_policy where polrelid = c.oid))`
    t.same(namesOf(open), [])
    const [{ count = 0 } = {}] = await sql<
      { count: number }[]
    >`select count(*)::int from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`
    t.ok(count > 20, 'and the catalogue was not looked at in vain')
  })

  await t.test('has a tenant, but for those named here', async t => {
    const without = await sql`
      select relname as name from pg_class c
      where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
        and not exists (select from pg_attribute where attrelid = c.oid and attname = 'tenant_id' and attnotnull)
      order by 1`
    t.same(namesOf(without), Object.keys(WITHOUT_TENANT).sort())
  })

  await t.test('lets the service in only through the tenant at hand, and fails where there is none', async t => {
    const policies = await sql<{ name: string; expression: string }[]>`
      select policyname as name, coalesce(qual, '') || ' ' || coalesce(with_check, '') as expression from pg_policies
      where schemaname = 'public' and not (policyname = any(${Object.keys(OPEN_BY_DESIGN)}))`
    const lenient = policies.filter(
      ({ expression }) => !/current_setting\('app\.tenant_id'::text\)\)::uuid/.test(expression)
    )
    t.same(namesOf(lenient), [])
    const partial =
      await sql`select tablename as name from pg_policies where schemaname = 'public' and policyname = 'tenant_only' and (cmd <> 'ALL' or permissive <> 'PERMISSIVE')`
    t.same(namesOf(partial), [], 'for every command')
  })

  await t.test('is not looked at past its walls by a view', async t => {
    t.same(
      namesOf(
        await sql`select relname as name from pg_class where relkind in ('v', 'm', 'f') and relnamespace = 'public'::regnamespace`
      ),
      []
    )
  })
})

t.test('Every key', async t => {
  const sql = owner
  await t.test('begins with the tenant, but for those named here', async t => {
    const rows = await sql`
      select i.relname as name from pg_index x
        join pg_class i on i.oid = x.indexrelid
        join pg_attribute a on a.attrelid = x.indrelid and a.attnum = x.indkey[0]
      where i.relnamespace = 'public'::regnamespace and x.indisunique and a.attname <> 'tenant_id'
      order by 1`
    t.same(namesOf(rows), Object.keys(WITHOUT_TENANT_FIRST).sort())
  })

  await t.test('of another table is followed with the tenant in it, at the same place', async t => {
    const blind = await sql`
      select conname as name from pg_constraint c
      where contype = 'f' and connamespace = 'public'::regnamespace
        and not exists (
          select from unnest(c.conkey, c.confkey) as pair(here, there)
            join pg_attribute mine on mine.attrelid = c.conrelid and mine.attnum = pair.here
            join pg_attribute theirs on theirs.attrelid = c.confrelid and theirs.attnum = pair.there
          where mine.attname = 'tenant_id'
            and theirs.attname = case when c.confrelid = 'tenants'::regclass then 'id' else 'tenant_id' end)`
    t.same(namesOf(blind), [])
  })

  await t.test('and every other constraint has a name of ours, for refusals are told apart by it', async t => {
    const unnamed = await sql`
      select conname as name from pg_constraint c join pg_class r on r.oid = c.conrelid
      where c.connamespace = 'public'::regnamespace and contype in ('c', 'f', 'p', 'u', 'x')
        and (conname ~ '_(pkey|fkey|key|check[0-9]*|excl|unique)$' or not starts_with(conname, r.relname || '_') or length(conname) >= 63)`
    t.same(namesOf(unnamed), [])
  })
})

t.test('Every wall that a refusal is told apart by is there', async t => {
  const rows = await owner<{ name: string }[]>`
    select conname as name from pg_constraint where connamespace = 'public'::regnamespace
    union select relname from pg_class where relkind = 'i' and relnamespace = 'public'::regnamespace
    union select (regexp_matches(prosrc, 'CONSTRAINT = ''(\\w+)''', 'g'))[1] from pg_proc where pronamespace = 'public'::regnamespace`
  const walls = new Set(namesOf(rows))
  t.same(
    WALLS.filter(name => !walls.has(name)),
    []
  )
})

t.test('The service', async t => {
  await t.test('is nobody special, and a member of nothing that is', async t => {
    const roles = await service<{ name: string; special: boolean }[]>`
      select rolname as name, rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as special
      from pg_roles where pg_has_role(current_user, oid, 'member') order by 1`
    t.equal(roles.length, 2, 'its login, and the group that carries the grants')
    t.same(namesOf(roles.filter(role => role.special)), [])
  })

  await t.test('owns nothing, and can make nothing', async t => {
    const owned =
      await service`select relname as name from pg_class where pg_has_role(current_user, relowner, 'usage') and relnamespace = 'public'::regnamespace`
    t.same(namesOf(owned), [])
    const attempts = {
      'create table more (id int)': '42501',
      'alter table events disable trigger chain_event': '42501',
      'alter table events no force row level security': '42501',
      'drop policy tenant_only on events': '42501',
      'create policy mine on events using (true)': '42501',
      'drop table events': '42501',
      'truncate events': '42501',
      "set session_replication_role = 'replica'": '42501',
      'set role habeas_worker': '42501'
    }
    for (const [attempt, state] of Object.entries(attempts))
      t.equal(await sqlStateOf(service.unsafe(attempt)), state, attempt)
  })

  await t.test('can only add to what must stay', async t => {
    const grants = await owner<{ name: string }[]>`
      select table_name || ': ' || privilege_type as name from information_schema.role_table_grants
      where grantee = 'habeas_app' and table_schema = 'public' and table_name = any(${ONLY_ADDED_TO}) and privilege_type not in ('SELECT', 'INSERT')`
    t.same(namesOf(grants), [])
    const columns = await owner`
      select table_name || '.' || column_name as name from information_schema.column_privileges
      where grantee = 'habeas_app' and table_name = any(${ONLY_ADDED_TO}) and privilege_type = 'UPDATE'`
    t.same(namesOf(columns), [])
    const everybody =
      await owner`select table_name as name from information_schema.role_table_grants where grantee = 'PUBLIC' and table_schema = 'public'`
    t.same(namesOf(everybody), [])
  })

  await t.test('runs no function with the rights of its maker but the one that makes promises', async t => {
    const definers = await owner<{ name: string; settings: string[]; everybody: boolean }[]>`
      select proname as name, proconfig as settings, has_function_privilege('public', oid, 'execute') as everybody
      from pg_proc where pronamespace = 'public'::regnamespace and prosecdef`
    t.same(namesOf(definers), ['promise'])
    t.match(definers[0]?.settings, ['search_path=pg_catalog, pg_temp'], 'which looks nowhere else for what it calls')
    t.equal(definers[0]?.everybody, false, 'and is not for everybody')
  })

  await t.test('promises nothing for another tenant', async t => {
    const [mine, theirs] = [await house.tenant(), await house.tenant()]
    const state = sqlStateOf(
      service.begin(async sql => {
        await sql`select set_config('app.tenant_id', ${mine.id}, true)`
        await sql`select promise('plan_alerts', ${JSON.stringify({ tenantId: theirs.id })}::text::json, null, null)`
      })
    )
    t.equal(await state, '23514')
  })
})
