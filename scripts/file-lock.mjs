// One process at a time: first starts in one folder wait for each other. Plain JavaScript, because install.mjs needs it
// before the project's own Node is there.

import { mkdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const HEARTBEAT_MS = 2_000
/** A holder that did not beat for this long is gone, or sleeps so deeply that nobody should wait for it. */
const SILENT_MS = 30_000
/** Removing a dead holder's file takes microseconds; one left for this long was itself orphaned. */
const TAKEOVER_MS = 10_000
const POLL_MS = 50

/** Locks that this process holds: a file with our pid that is not here was left by a predecessor with the same pid. */
const held = new Set()

/**
 * Does `work` while no other process holds the lock at `path`. The lock of a process that died is taken over.
 *
 * @template T
 * @param {string} path the lock file; its folder is made when missing
 * @param {() => Promise<T>} work
 * @param {{ onWait?: (pid: number) => void, waitSeconds?: number }} [options] `onWait` is told once who holds it
 * @returns {Promise<T>}
 * @throws {Error} when another process still holds it after `waitSeconds` (600 by default)
 */
export async function withFileLock(path, work, { onWait = () => {}, waitSeconds = 600 } = {}) {
  const release = await acquire(path, onWait, Date.now() + waitSeconds * 1_000)
  try {
    return await work()
  } finally {
    await release()
  }
}

/**
 * Whether a process with this id runs here. One that belongs to somebody else counts; zero and below are no process.
 *
 * @param {number} pid
 * @returns {boolean}
 */
export function isRunning(pid) {
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

async function acquire(path, onWait, deadline) {
  await mkdir(dirname(path), { recursive: true })
  const mine = `${process.pid} ${hostname()} ${Math.random()}`
  for (let waited = false; ; await pause(POLL_MS)) {
    if (await create(path, mine)) return hold(path, mine)
    const holder = await readHolder(path)
    if (holder === undefined) continue
    if (isGone(path, holder)) {
      await takeOver(path)
      continue
    }
    if (Date.now() > deadline)
      throw new Error(`Process ${holder.pid} still holds ${path}. Stop it, or remove that file.`)
    if (!waited) onWait(holder.pid)
    waited = true
  }
}

function hold(path, mine) {
  held.add(path)
  const heartbeat = setInterval(() => {
    const now = new Date()
    utimes(path, now, now).catch(() => {})
  }, HEARTBEAT_MS)
  heartbeat.unref()
  return async () => {
    clearInterval(heartbeat)
    held.delete(path)
    if ((await readHolder(path))?.content === mine) await rm(path, { force: true })
  }
}

async function create(path, content) {
  try {
    await writeFile(path, content, { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

/** @returns who holds the lock, or undefined when it was released meanwhile */
async function readHolder(path) {
  try {
    const [content, { mtimeMs }] = await Promise.all([readFile(path, 'utf8'), stat(path)])
    const [pid, host] = content.split(' ')
    return { content, pid: Number(pid), host, mtimeMs }
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

/** Process ids mean nothing across machines and containers that share the folder: there the heartbeat decides alone. */
function isGone(path, { pid, host, mtimeMs }) {
  if (Date.now() - mtimeMs > SILENT_MS) return true
  if (host !== hostname()) return false
  return pid === process.pid ? !held.has(path) : !isRunning(pid)
}

/** Of all who see a dead holder one removes its file, and looks again first: it may be a new holder's by then. */
async function takeOver(path) {
  const guard = `${path}.takeover`
  if (!(await create(guard, ''))) {
    const age = await stat(guard).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0
    )
    if (age > TAKEOVER_MS) await rm(guard, { force: true })
    return
  }
  try {
    const holder = await readHolder(path)
    if (holder !== undefined && isGone(path, holder)) await rm(path, { force: true })
  } finally {
    await rm(guard, { force: true })
  }
}
