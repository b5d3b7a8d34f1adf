// The PostgreSQL that the tests run against, and the migrated database in it that each test copies.

import { createHash, hash } from 'node:crypto'
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import postgres, { type Sql } from 'postgres'
import { startEmbeddedPostgres } from '../../scripts/embedded-postgres.ts'
import { isRunning } from '../../scripts/file-lock.mjs'
import { migrate } from '../../scripts/migrate.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** What decides how a migrated database looks. Too much only costs a migration; too little would test yesterday's tables. */
const SHAPED_BY = ['drizzle/**/*', 'src/storage/**/*.ts', 'src/domain/**/*.ts']
const TEMPLATES_KEPT = 3

export interface TestCluster {
  /** Connects as an owner who may create databases and roles. */
  readonly url: string
  /** The migrated database that tests copy; its name also begins the name of every copy. */
  readonly template: string
  close(): Promise<void>
}

/** Joins the cluster that `npm test` opened for this run, or, for a file run alone, the one kept in `.habeas/test-cluster`. */
export async function joinTestCluster(): Promise<TestCluster> {
  const { HABEAS_TEST_DATABASE_URL: url, HABEAS_TEST_TEMPLATE: template } = process.env
  if (url !== undefined && template !== undefined) return { url, template, close: async () => {} }

  const cluster = await startEmbeddedPostgres({ folder: join(ROOT, '.habeas', 'test-cluster'), durable: false })
  const name = `habeas_test_${await hashOfShape()}`
  await dropAbandoned(cluster.url)
  await prepareTemplate(cluster.url, name)
  return { url: cluster.url, template: name, close: () => cluster.stop() }
}

/** Makes the migrated database `template` unless it is there. Processes that ask at once wait for the first. */
export async function prepareTemplate(clusterUrl: string, template: string): Promise<void> {
  await asOwner(clusterUrl, async sql => {
    await sql`select pg_advisory_lock(hashtext('habeas test template'))`
    const [ready] = await sql`select from pg_database where datname = ${template} and not datallowconn`
    if (ready !== undefined) return
    await sql`drop database if exists ${sql(template)} with (force)`
    await sql`create database ${sql(template)} template template0`
    await migrate(databaseUrl(clusterUrl, template))
    // Closed to connections last: that marks it finished, and nobody can stand in the way of a copy.
    await sql`alter database ${sql(template)} allow_connections false`
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = ${template}`
  })
}

/** Drops every database whose name begins with `prefix`, whoever is still connected. */
export async function dropDatabases(clusterUrl: string, prefix: string): Promise<void> {
  await asOwner(clusterUrl, async sql => {
    const databases = await sql<{ datname: string }[]>`
      select datname from pg_database where starts_with(datname, ${prefix})`
    for (const { datname } of databases) await dropDatabase(sql, datname)
  })
}

/** Drops a database, whoever is still connected, and the logins that `ensureLogins` made for it: those outlive it. */
export async function dropDatabase(sql: Sql, name: string): Promise<void> {
  await sql`drop database if exists ${sql(name)} with (force)`
  const deployment = hash('sha256', `/${name}`, 'hex').slice(0, 10)
  const logins = await sql<{ login: string }[]>`
    select rolname as login from pg_roles where rolname ~ ${`^habeas_(app|worker)_${deployment}(_|$)`}`
  for (const { login } of logins) await sql`drop role if exists ${sql(login)}`
}

/** Does `work` on one connection of the owner's, closed afterwards. */
export async function asOwner<T>(clusterUrl: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = postgres(clusterUrl, { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** The same server and account, another database. */
export function databaseUrl(clusterUrl: string, name: string): string {
  const url = new URL(clusterUrl)
  url.pathname = `/${name}`
  return url.href
}

async function hashOfShape(): Promise<string> {
  const files = await Array.fromAsync(glob(SHAPED_BY, { cwd: ROOT, withFileTypes: true }))
  const paths = files.filter(file => file.isFile()).map(file => join(file.parentPath, file.name))
  const shape = createHash('sha256')
  for (const path of paths.sort()) shape.update(path.slice(ROOT.length)).update(await readFile(path))
  return shape.digest('hex').slice(0, 12)
}

/** A killed test leaves its copies behind, and an edited migration its template. */
async function dropAbandoned(clusterUrl: string): Promise<void> {
  await asOwner(clusterUrl, async sql => {
    const databases = await sql<{ datname: string }[]>`
      select datname from pg_database where starts_with(datname, 'habeas_test_') order by oid desc`
    const names = databases.map(({ datname }) => datname)
    const copies = names.filter(name => /_p\d+_\d+$/.test(name))
    const orphans = copies.filter(name => !isRunning(Number(/_p(\d+)_/.exec(name)?.[1])))
    const outdated = names.filter(name => !copies.includes(name)).slice(TEMPLATES_KEPT)
    for (const name of [...orphans, ...outdated]) await dropDatabase(sql, name)
  })
}
