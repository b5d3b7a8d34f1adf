// The PostgreSQL that is measured: durable, as a real one is. An embedded one of its own, or the one that TEST_DATABASE_URL names.

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureLogins, type Logins } from '../../src/storage/migrate.ts'
import { asOwner, databaseUrl, dropDatabases } from '../../test/support/cluster.ts'
import { startEmbeddedPostgres } from '../embedded-postgres.ts'
import { isRunning } from '../file-lock.mjs'
import { migrate } from '../migrate.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const PREFIX = 'habeas_bench_'

export interface BenchDatabase {
  /** Connects as the owner, past row security. */
  readonly ownerUrl: string
  readonly logins: Logins
}

export interface BenchCluster {
  readonly name: string
  /** A new database, migrated. */
  migrated(name: string): Promise<BenchDatabase>
  /** A new database with nothing in it. */
  empty(name: string): Promise<string>
  /** Drops what was made. */
  close(): Promise<void>
}

export async function openBenchCluster(): Promise<BenchCluster> {
  const given = process.env.TEST_DATABASE_URL
  const embedded = given
    ? null
    : await startEmbeddedPostgres({ folder: join(ROOT, '.habeas', 'bench-cluster'), durable: true })
  const url = given || embedded!.url
  const prefix = `${PREFIX}${process.pid}_`
  if (embedded !== null) await dropAbandoned(url)
  const [settings] = await asOwner(url, sql =>
    sql<{ version: string; durable: boolean }[]>`
    select current_setting('server_version') as version, current_setting('fsync')::bool and current_setting('synchronous_commit') <> 'off' as durable
  `.then(rows => rows)
  )

  const empty = async (name: string) => {
    const database = `${PREFIX}${process.pid}_${name}`
    await asOwner(url, sql => sql`create database ${sql(database)} template template0`)
    return databaseUrl(url, database)
  }
  return {
    name: `PostgreSQL ${settings?.version}, ${given ? 'as given' : 'embedded'}, ${settings?.durable ? 'durable' : 'NOT durable'}`,
    empty,
    migrated: async name => {
      const ownerUrl = await empty(name)
      await migrate(ownerUrl)
      return { ownerUrl, logins: await ensureLogins(ownerUrl, `bench ${process.pid}`) }
    },
    close: async () => {
      await dropDatabases(url, prefix)
      await embedded?.stop()
    }
  }
}

/** What a killed run left in the embedded one goes. */
async function dropAbandoned(url: string): Promise<void> {
  const names = await asOwner(url, sql =>
    sql<{ datname: string }[]>`select datname from pg_database where starts_with(datname, ${PREFIX})`.then(rows =>
      rows.map(row => row.datname)
    )
  )
  for (const name of names)
    if (!isRunning(Number(name.slice(PREFIX.length).split('_')[0]))) await dropDatabases(url, name)
}

/** What autovacuum does within a minute: until then the plans are those for empty tables. */
export async function learnSizes(ownerUrl: string): Promise<void> {
  await asOwner(ownerUrl, sql => sql`analyze`)
}

const MS_A_TICK = 10

/**
 * Milliseconds of processor time that the database's connections have used so far, those of the caller left out.
 * @returns null where the server is not on this machine, or the machine does not tell
 */
export async function cpuOfConnections(ownerUrl: string): Promise<number | null> {
  const rows = await asOwner(ownerUrl, sql =>
    sql<{ pid: number }[]>`
    select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
  `.then(found => [...found])
  )
  try {
    const used = await Promise.all(rows.map(async ({ pid }) => ticksOf(await readFile(`/proc/${pid}/stat`, 'utf8'))))
    return used.reduce((sum, ticks) => sum + ticks, 0) * MS_A_TICK
  } catch {
    return null
  }
}

/** User and system time; the fields are counted after the name, which may hold blanks. */
function ticksOf(stat: string): number {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return Number(fields[11]) + Number(fields[12])
}
