// Brings a database to this version: roles, the queue's tables, ours, and the logins that the service comes with.
// Only this file and reseal-tenants.ts speak as the owner.

import { createHmac, hash } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as runDrizzle } from 'drizzle-orm/postgres-js/migrator'
import { runMigrations } from 'graphile-worker'
import postgres, { type Sql } from 'postgres'
import { continueFeed } from './feed-epoch.ts'

const MIGRATIONS_FOLDER = new URL('../../drizzle', import.meta.url).pathname
/** Any number, as long as it is ours: two processes that start together migrate one after the other. */
const MIGRATION_LOCK = 4_842_225
const LOCK_TIMEOUT = '10s'

/** Safe to repeat, and to run while an older version serves. */
export async function migrate(ownerUrl: string): Promise<void> {
  await asOwner(ownerUrl, async sql => {
    await ensureGroups(sql)
    await runMigrations({ connectionString: ownerUrl })
    await openQueueToWorker(sql)
    await runDrizzle(drizzle({ client: sql }), { migrationsFolder: MIGRATIONS_FOLDER })
    await continueFeed(sql)
  })
}

export interface Logins {
  /** The service: row security applies, no DDL. */
  readonly appUrl: string
  /** The queue: every tenant's jobs and timers, none of their data. */
  readonly workerUrl: string
}

/**
 * Makes the two logins of a database, with passwords derived from a secret of the deployment. Another secret makes other logins:
 * while a key is replaced, the processes that still have the old one go on with theirs.
 * @param ownerUrl  of a role that may create roles
 * @param name      what tells this deployment's logins from another's in the same cluster
 */
export async function ensureLogins(ownerUrl: string, secret: string, name = nameOf(ownerUrl)): Promise<Logins> {
  const logins = loginsOf(secret, name)
  const passwordOf = (login: string) => createHmac('sha256', secret).update(`login ${login}`).digest('hex')
  await asOwner(ownerUrl, async sql => {
    for (const [group, login] of Object.entries(logins)) {
      const [known] = await sql`select from pg_roles where rolname = ${login}`
      if (known === undefined)
        await sql
          .unsafe(`create role ${login} login noinherit nosuperuser nocreatedb nocreaterole nobypassrls`)
          .catch(ignoreDuplicate)
      await patiently(() => sql.unsafe(`alter role ${login} login inherit password '${passwordOf(login)}'`))
      await patiently(() => sql.unsafe(`grant habeas_${group} to ${login}`))
    }
  })
  return {
    appUrl: urlFor(ownerUrl, logins.app, passwordOf(logins.app)),
    workerUrl: urlFor(ownerUrl, logins.worker, passwordOf(logins.worker))
  }
}

/**
 * Drops the logins that this deployment came with under other secrets, those of processes that still run excepted: whoever is
 * connected would be left without rights. A process always listens to the queue; its other login may be idle.
 * @returns how many were dropped, and how many stay because of somebody connected
 */
export async function dropOldLogins(
  ownerUrl: string,
  secret: string,
  name = nameOf(ownerUrl)
): Promise<{ readonly dropped: number; readonly inUse: number }> {
  const current = Object.values(loginsOf(secret, name))
  return await asOwner(ownerUrl, async sql => {
    const old = await sql<{ login: string; inUse: boolean }[]>`
      with old as (
        select rolname as login, regexp_replace(rolname, '^habeas_(app|worker)', '') as deployment,
          exists (select from pg_stat_activity where usename = rolname) as connected
        from pg_roles
        where rolname ~ ${`^habeas_(app|worker)_${name}(_[0-9a-f]{8})?$`} and not (rolname = any(${current}::text[])))
      select login, bool_or(connected) over (partition by deployment) as "inUse" from old`
    const idle = old.filter(({ inUse }) => !inUse)
    for (const { login } of idle) await patiently(() => sql`drop role if exists ${sql(login)}`)
    return { dropped: idle.length, inUse: old.length - idle.length }
  })
}

function loginsOf(secret: string, name: string) {
  const mark = createHmac('sha256', secret).update('login names').digest('hex').slice(0, 8)
  return { app: `habeas_app_${name}_${mark}`, worker: `habeas_worker_${name}_${mark}` }
}

/** Does `work` on one connection of the owner's, after whoever else does. */
export async function asOwner<T>(ownerUrl: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {}, connection: { application_name: 'habeas migration' } })
  try {
    await sql.unsafe(`set lock_timeout = '${LOCK_TIMEOUT}'`)
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`
    return await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

async function ensureGroups(sql: Sql): Promise<void> {
  for (const group of ['habeas_app', 'habeas_worker']) {
    const [known] = await sql`select from pg_roles where rolname = ${group}`
    if (known === undefined)
      await sql.unsafe(`create role ${group} nologin nosuperuser nobypassrls`).catch(ignoreDuplicate)
  }
}

/** Another database of the same cluster may make the role at the same moment: roles know no database. */
function ignoreDuplicate(error: unknown): void {
  const code = (error as { code?: string }).code
  if (code !== '42710' && code !== '23505') throw error
}

const ATTEMPTS = 20
const PAUSE_MS = 25
/** The same row was changed at the same moment (internal_error), or the same grant made (unique_violation, as PostgreSQL 15 says it). */
const MET_ANOTHER = ['XX000', '23505']

/**
 * Tries again what another database of the same cluster changes at the same moment: roles belong to the cluster, and every lock
 * that could be asked for to one database.
 */
async function patiently(work: () => Promise<unknown>): Promise<void> {
  for (let left = ATTEMPTS - 1; ; left -= 1) {
    try {
      await work()
      return
    } catch (error) {
      if (left === 0 || !MET_ANOTHER.includes((error as { code?: string }).code ?? '')) throw error
      await setTimeout(Math.random() * PAUSE_MS)
    }
  }
}

/** The queue comes with row security and no policies: its owner alone sees it. The worker is let in, the service is not. */
async function openQueueToWorker(sql: Sql): Promise<void> {
  await sql.unsafe(`
    grant usage on schema graphile_worker to habeas_worker;
    grant select, insert, update, delete on all tables in schema graphile_worker to habeas_worker;
    grant usage on all sequences in schema graphile_worker to habeas_worker;
    grant execute on all functions in schema graphile_worker to habeas_worker;`)
  const tables = await sql<{ name: string }[]>`
    select quote_ident(relname) as name from pg_class
    where relnamespace = 'graphile_worker'::regnamespace and relkind in ('r', 'p') and relrowsecurity`
  for (const { name } of tables) {
    await sql.unsafe(`drop policy if exists worker_works on graphile_worker.${name};
      create policy worker_works on graphile_worker.${name} to habeas_worker using (true) with check (true);`)
  }
}

function nameOf(ownerUrl: string): string {
  return hash('sha256', new URL(ownerUrl).pathname, 'hex').slice(0, 10)
}

function urlFor(ownerUrl: string, login: string, password: string): string {
  const url = new URL(ownerUrl)
  url.username = login
  url.password = password
  return url.toString()
}
