// A PostgreSQL of our own in a folder, for the demo and the tests: nothing to install, nothing to configure.

import { mkdir, readdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { chooseHome, possibleHomes, reachableBinaries } from './data-folder.ts'
import { withFileLock } from './file-lock.mjs'
import { chooseAccount, findBinaries } from './postgres-binaries.ts'
import { type Cluster, initialise, start, stop } from './postgres-cluster.ts'
import { joinUsers, otherUsers } from './postgres-users.ts'

export interface EmbeddedPostgres {
  /** Connects as the cluster's superuser to its `postgres` database: for migrations and for making roles. */
  readonly url: string
  /** Where its files really are. */
  readonly folder: string
  /** Set when that is not below the folder asked for: a sentence for people. */
  readonly moved?: string
  /** Stops the server, unless another process still uses it. Calling it again does nothing. */
  stop(): Promise<void>
}

/**
 * Starts the PostgreSQL of `folder`, made at the first call, or joins the one that already runs there. It listens on
 * the loopback interface, at a port that stays the same between starts as long as nobody else takes it.
 *
 * @param options.durable whether a committed row survives a power cut; tests go without, for speed
 * @throws {Error} where npm has no PostgreSQL for this machine, or it cannot start; the message says what to do
 */
export async function startEmbeddedPostgres(options: { folder: string; durable: boolean }): Promise<EmbeddedPostgres> {
  const found = findBinaries()
  if (found === undefined) {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${process.platform} ${process.arch}). Set DATABASE_URL to a PostgreSQL of your own.`
    )
  }
  const account = await chooseAccount()
  const [home, binaries] = await Promise.all([chooseHome(options.folder, account), reachableBinaries(found, account)])
  const cluster: Cluster = { home: home.folder, binaries, account, durable: options.durable }
  const lock = join(home.folder, 'lock')
  return withFileLock(lock, async () => {
    await initialise(cluster)
    const url = await start(cluster)
    const leave = await joinUsers(home.folder)
    let stopping: Promise<void> | undefined
    const stopUnlessUsed = () =>
      withFileLock(lock, async () => {
        await leave()
        if ((await otherUsers(home.folder)).length === 0) await stop(cluster)
      })
    return {
      url,
      ...home,
      stop() {
        stopping ??= stopUnlessUsed()
        return stopping
      }
    }
  })
}

/**
 * Removes everything in `folder` and the database that belongs to it, wherever it lies. A server that a killed process
 * left running there is stopped first.
 * @throws {Error} when a running process uses that database
 */
export async function resetFolder(folder: string): Promise<void> {
  const binaries = findBinaries()
  for (const home of possibleHomes(folder)) {
    if ((await readdir(home).catch(() => [])).length === 0) continue
    await withFileLock(join(home, 'lock'), async () => {
      const [user] = await otherUsers(home)
      if (user !== undefined) throw new Error(`Process ${user} uses the database in ${home}. Stop it first.`)
      if (binaries !== undefined) {
        const account = await chooseAccount()
        await stop({ home, binaries: await reachableBinaries(binaries, account), account, durable: true })
      }
      await rm(join(home, 'data'), { recursive: true, force: true })
    })
    await rm(home, { recursive: true, force: true })
  }
  await rm(resolve(folder), { recursive: true, force: true })
  await mkdir(resolve(folder), { recursive: true })
}
