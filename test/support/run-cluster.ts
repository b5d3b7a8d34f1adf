// The PostgreSQL of one `npm test`: an embedded one in a temporary folder, or the one that TEST_DATABASE_URL names.

import { chmod, glob, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { resetFolder, startEmbeddedPostgres } from '../../scripts/embedded-postgres.ts'
import { isRunning } from '../../scripts/file-lock.mjs'
import { asOwner, dropDatabases, prepareTemplate, type TestCluster } from './cluster.ts'

const PREFIX = 'habeas-test-'

/** Opens it, with a migrated template; closing it leaves nothing behind. */
export async function openTestCluster(): Promise<TestCluster & { name: string }> {
  const given = process.env.TEST_DATABASE_URL
  return given ? joinGiven(given) : startOwn()
}

async function joinGiven(url: string): Promise<TestCluster & { name: string }> {
  const template = `habeas_test_${crypto.randomUUID().slice(0, 8)}`
  const [row] = await asOwner(url, sql => sql<{ version: string }[]>`show server_version`.then(rows => rows))
  const close = () => dropDatabases(url, template)
  await prepareTemplate(url, template).catch(async error => {
    await close()
    throw error
  })
  return { url, template, close, name: `TEST_DATABASE_URL, PostgreSQL ${Object.values(row ?? {}).join('')}` }
}

async function startOwn(): Promise<TestCluster & { name: string }> {
  await removeAbandoned()
  const folder = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`))
  // Root's PostgreSQL runs under another account; the data folder inside is closed to everybody else.
  await chmod(folder, 0o755)
  const cluster = await startEmbeddedPostgres({ folder, durable: false })
  const close = async () => {
    await cluster.stop()
    await removeCluster(folder)
  }
  const template = 'habeas_test'
  await prepareTemplate(cluster.url, template).catch(async error => {
    await close()
    throw error
  })
  return { url: cluster.url, template, close, name: 'embedded PostgreSQL' }
}

/** A killed run leaves its server running. */
async function removeAbandoned(): Promise<void> {
  for await (const name of glob(`${PREFIX}*`, { cwd: tmpdir() })) {
    const pid = Number(name.slice(PREFIX.length).split('-')[0])
    // Another account's folder is not ours to remove.
    if (!isRunning(pid)) await removeCluster(join(tmpdir(), name)).catch(() => {})
  }
}

async function removeCluster(folder: string): Promise<void> {
  await resetFolder(folder)
  await rm(folder, { recursive: true, force: true })
}
