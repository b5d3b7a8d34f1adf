// Making, starting and stopping the PostgreSQL server of one folder. Callers hold the folder's lock.

import { randomBytes } from 'node:crypto'
import { access, chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import postgres from 'postgres'
import { isRunning } from './file-lock.mjs'
import { freePort } from './free-port.ts'
import { type Account, runProgram } from './postgres-binaries.ts'

const OWNER = 'habeas_owner'
const START_SECONDS = 120
const FAST_STOP_SECONDS = 20
const IMMEDIATE_STOP_SECONDS = 10
const PORT_ATTEMPTS = 5

export interface Cluster {
  readonly home: string
  readonly binaries: string
  readonly account: Account | undefined
  readonly durable: boolean
}

/** Makes the data folder once. One that a crash left half made never gets its final name, and is made again. */
export async function initialise(cluster: Cluster): Promise<void> {
  const data = dataOf(cluster)
  if (await exists(join(data, 'PG_VERSION'))) return
  const half = `${data}.new`
  const passwordFile = join(cluster.home, 'password.new')
  await rm(half, { recursive: true, force: true })
  await mkdir(half, { mode: 0o700 })
  await writeFile(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
  await giveTo(cluster.account, half, passwordFile)
  await runProgram(cluster.binaries, 'initdb', initdbArguments(half, passwordFile, cluster.durable), cluster.account)
  if (cluster.account !== undefined) await chown(passwordFile, 0, 0)
  await chmod(passwordFile, 0o600)
  await rename(passwordFile, join(cluster.home, 'password'))
  await rename(half, data)
}

/**
 * Starts the server, or joins one that runs: also one that a killed process left behind.
 * @returns the owner's URL
 */
export async function start(cluster: Cluster): Promise<string> {
  return (await joinRunning(cluster)) ?? (await startAfresh(cluster))
}

/** Stops the server in order, or at once when that takes too long: its log then brings it back at the next start. */
export async function stop(cluster: Cluster): Promise<void> {
  const server = await readServer(cluster)
  if (server === undefined) return
  const modes = [
    ['fast', FAST_STOP_SECONDS],
    ['immediate', IMMEDIATE_STOP_SECONDS]
  ] as const
  let failure: unknown
  for (const [mode, seconds] of modes) {
    try {
      const args = ['stop', '-D', dataOf(cluster), '-s', '-w', '-m', mode, '-t', String(seconds)]
      await runProgram(cluster.binaries, 'pg_ctl', args, cluster.account)
      return
    } catch (error) {
      failure = error
    }
    if (!isRunning(server.pid)) return
  }
  throw failure
}

/** UTF8 and C.UTF-8 whatever the machine's LANG says: without it initdb silently makes SQL_ASCII. */
function initdbArguments(data: string, passwordFile: string, durable: boolean): string[] {
  return [
    `--pgdata=${data}`,
    `--username=${OWNER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--set=timezone=UTC',
    '--set=log_timezone=UTC',
    ...(durable ? [] : ['--no-sync'])
  ]
}

async function joinRunning(cluster: Cluster): Promise<string | undefined> {
  const deadline = performance.now() + START_SECONDS * 1_000
  for (let server = await readServer(cluster); server !== undefined; server = await readServer(cluster)) {
    const url = await ownerUrl(cluster, server.port)
    if (await answers(url)) return url
    if (performance.now() > deadline) {
      throw new Error(`PostgreSQL (process ${server.pid}) runs in ${dataOf(cluster)} but does not answer. Stop it.`)
    }
    await pause(100)
  }
  return undefined
}

async function startAfresh(cluster: Cluster): Promise<string> {
  const portFile = join(cluster.home, 'port')
  const remembered = Number(await readFile(portFile, 'utf8').catch(() => '0'))
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort(attempt === 1 ? remembered : 0)
    try {
      await runProgram(cluster.binaries, 'pg_ctl', startArguments(cluster, port), cluster.account)
      await writeFile(portFile, String(port))
      return await ownerUrl(cluster, port)
    } catch (error) {
      const log = await readFile(logOf(cluster), 'utf8').catch(() => '')
      const portWasTaken = log.slice(-2_000).includes('could not bind')
      if (portWasTaken && attempt < PORT_ATTEMPTS) continue
      throw new Error(
        `PostgreSQL did not start. ${logOf(cluster)} ends:\n${log.trim().split('\n').slice(-12).join('\n')}`,
        {
          cause: error
        }
      )
    }
  }
}

/** pg_ctl gives the server a session of its own: a Ctrl-C in the terminal reaches us, and we stop it last. */
function startArguments(cluster: Cluster, port: number): string[] {
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=300']
  if (!cluster.durable) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off')
  const options = [`-p ${port}`, ...settings.map(setting => `-c ${setting}`)].join(' ')
  return ['start', '-D', dataOf(cluster), '-l', logOf(cluster), '-o', options, '-s', '-w', '-t', String(START_SECONDS)]
}

/** @returns the server named by postmaster.pid, when that process lives and is a PostgreSQL */
async function readServer(cluster: Cluster): Promise<{ pid: number; port: number } | undefined> {
  const file = join(dataOf(cluster), 'postmaster.pid')
  const [pid = 0, , , port = 0] = (await readFile(file, 'utf8').catch(() => '')).split('\n').map(Number)
  if (!isRunning(pid)) return undefined
  if (await isSomethingElse(pid)) {
    // After a restart of the machine or container the number belongs to somebody else, and PostgreSQL would not start.
    await rm(file, { force: true })
    return undefined
  }
  return { pid, port }
}

async function isSomethingElse(pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return false
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'postgres')
  return !/(^|\/)postgres\b/.test(commandLine.split('\0')[0] ?? '')
}

async function answers(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1, connect_timeout: 5, onnotice: () => {} })
  try {
    await sql`select 1`
    return true
  } catch {
    return false
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function ownerUrl(cluster: Cluster, port: number): Promise<string> {
  const password = (await readFile(join(cluster.home, 'password'), 'utf8')).trim()
  return `postgres://${OWNER}:${password}@127.0.0.1:${port}/postgres`
}

async function giveTo(account: Account | undefined, ...paths: string[]): Promise<void> {
  if (account === undefined) return
  for (const path of paths) await chown(path, account.uid, account.gid)
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false
  )
}

function dataOf(cluster: Cluster): string {
  return join(cluster.home, 'data')
}

function logOf(cluster: Cluster): string {
  return join(dataOf(cluster), 'server.log')
}
