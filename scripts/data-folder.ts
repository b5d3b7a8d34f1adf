// Where a database's files lie. Usually below the folder asked for; for root, whose home nobody else may enter, in a
// place that the account of PostgreSQL can reach.

import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { access, cp, mkdir, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Account } from './postgres-binaries.ts'

const execute = promisify(execFile)

/** Tried in this order when the folder asked for is closed to PostgreSQL's account. */
const ELSEWHERE = ['/var/lib/habeas', join(tmpdir(), 'habeas')]

export interface Home {
  /** Holds `data`, the password, the port, the lock and who uses it. */
  readonly folder: string
  /** Why it is not below the folder asked for, as a sentence for people. */
  readonly moved?: string
}

/**
 * Chooses and makes the folder that holds a database.
 * @throws {Error} when the account of PostgreSQL can reach no place at all
 */
export async function chooseHome(wanted: string, account: Account | undefined): Promise<Home> {
  const folder = join(resolve(wanted), 'postgres')
  if (account === undefined) {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return { folder }
  }
  if (await makeReachable(folder, account)) return { folder }
  for (const place of homesElsewhere(wanted)) {
    if (await makeReachable(place, account)) {
      return { folder: place, moved: `PostgreSQL's account cannot enter ${resolve(wanted)}: its data is in ${place}.` }
    }
  }
  throw new Error(
    `PostgreSQL's account (uid ${account.uid}) can enter neither ${wanted} nor ${ELSEWHERE.join(' nor ')}.`
  )
}

/** Every place where the database of this folder may lie. */
export function possibleHomes(wanted: string): string[] {
  return [join(resolve(wanted), 'postgres'), ...homesElsewhere(wanted)]
}

/** @returns the programs' folder, or a copy of it that the account can reach */
export async function reachableBinaries(binaries: string, account: Account | undefined): Promise<string> {
  if (account === undefined || (await mayRun(join(binaries, 'bin', 'postgres'), account))) return binaries
  const version = createHash('sha256').update(binaries).digest('hex').slice(0, 12)
  for (const place of ELSEWHERE) {
    const copy = join(place, `programs-${version}`)
    if (await copyOnce(binaries, copy, account)) return copy
  }
  throw new Error(`PostgreSQL's account (uid ${account.uid}) can reach neither ${binaries} nor a copy of it.`)
}

/** The same folder always gets the same name, and two folders never share one. */
function homesElsewhere(wanted: string): string[] {
  const path = resolve(wanted)
  const name = `${basename(path).replace(/\W+/g, '')}-${createHash('sha256').update(path).digest('hex').slice(0, 12)}`
  return ELSEWHERE.map(place => join(place, name))
}

async function makeReachable(folder: string, account: Account): Promise<boolean> {
  const made = await mkdir(folder, { recursive: true }).then(
    () => true,
    () => false
  )
  return made && asks(account, 'test -x "$1" && test -r "$1"', folder)
}

async function copyOnce(from: string, to: string, account: Account): Promise<boolean> {
  const program = join(to, 'bin', 'postgres')
  try {
    await access(program)
  } catch {
    const half = `${to}.${process.pid}`
    try {
      await cp(from, half, { recursive: true, verbatimSymlinks: true })
      await rename(half, to)
    } catch {
      await rm(half, { recursive: true, force: true })
    }
  }
  return mayRun(program, account)
}

/** Running it is the only honest question: every folder above must let the account through, and so must the mount. */
function mayRun(program: string, account: Account): Promise<boolean> {
  return asks(account, '"$1" --version', program)
}

async function asks(account: Account, question: string, path: string): Promise<boolean> {
  try {
    await execute('/bin/sh', ['-c', question, 'sh', path], { ...account, cwd: '/' })
    return true
  } catch {
    return false
  }
}
