// Asking the register, as products do before each use of somebody's data: one prepared statement that carries its tenant.

import type { RegisterKind } from '../domain/register.ts'
import type { Database } from './database.ts'

/** An entry that stands, and since when. */
export interface Standing {
  readonly kind: RegisterKind
  readonly purpose: string | null
  readonly sinceAt: Date
}

/** What stands under each key, in hexadecimal; a key under which nothing stands is not there. */
export type StandingByKey = ReadonlyMap<string, readonly Standing[]>

export type AskRegister = (tenantId: string, keys: readonly string[]) => Promise<StandingByKey>

interface Gathering {
  readonly keys: string[]
  readonly answer: Promise<StandingByKey>
}

/** Keys of one statement; who comes when it is full begins the next. */
const KEYS_AT_MOST = 12_000

/**
 * A way to ask the register, for one process. Questions of a tenant that arrive in the same turn of the event loop are asked
 * as one: a hundred callers at once cost about what one does. Nothing is remembered from one turn to the next.
 */
export function gatherChecks(db: Database): AskRegister {
  const gatherings = new Map<string, Gathering>()

  const begin = (tenantId: string): Gathering => {
    const keys: string[] = []
    const turn = new Promise<void>(resolve => setImmediate(resolve))
    const answer = turn.then(() => {
      if (gatherings.get(tenantId)?.keys === keys) gatherings.delete(tenantId)
      return lookUp(db, tenantId, keys)
    })
    return { keys, answer }
  }

  return (tenantId, keys) => {
    let gathering = gatherings.get(tenantId)
    if (gathering === undefined || gathering.keys.length + keys.length > KEYS_AT_MOST) {
      gathering = begin(tenantId)
      gatherings.set(tenantId, gathering)
    }
    for (const key of keys) gathering.keys.push(key)
    return gathering.answer
  }
}

/** The names of what the tenant's data map calls direct marketing, as written there. */
export async function marketingPurposes(db: Database, tenantId: string): Promise<string[]> {
  const rows = await db.raw<{ purpose: string }[]>`select purpose from marketing_purposes(${tenantId})`
  return rows.map(row => row.purpose)
}

async function lookUp(db: Database, tenantId: string, keys: readonly string[]): Promise<StandingByKey> {
  const rows = await db.raw<(Standing & { key: string })[]>`
    select encode(subject_key, 'hex') as key, kind, purpose, since_at as "sinceAt" from standing_entries(${tenantId}, ${arrayOf(keys)}::text::bytea[])`
  const found = new Map<string, Standing[]>()
  for (const { key, ...standing } of rows) {
    const known = found.get(key)
    if (known === undefined) found.set(key, [standing])
    else known.push(standing)
  }
  return found
}

/** The text form of a bytea[]: the driver takes an array of buffers for one buffer. */
function arrayOf(keys: readonly string[]): string {
  return keys.length === 0 ? '{}' : `{"\\\\x${keys.join('","\\\\x')}"}`
}
