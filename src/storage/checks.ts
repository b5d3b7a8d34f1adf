// Asking the register, as products do before each use of somebody's data: one prepared statement that carries its tenant.

import type { PurposeFacts, RegisterKind } from '../domain/register.ts'
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

/** Questions that are asked in one statement. */
interface Gathering {
  readonly keys: string[]
  readonly answered: PromiseWithResolvers<StandingByKey>
}

/** A tenant's questions that wait for their statement. One is under way at a time: while it is, the next one fills. */
interface Line {
  readonly waiting: Gathering[]
  isAsking: boolean
}

/** Keys of one statement; who comes when it is full begins the next. */
const KEYS_AT_MOST = 12_000

/**
 * A way to ask the register, for one process. Questions of a tenant that arrive in the same turn of the event loop, or while
 * earlier ones are under way, are asked as one: a hundred callers at once cost about what one does. Nothing is remembered
 * from one statement to the next.
 */
export function gatherChecks(db: Database): AskRegister {
  const lines = new Map<string, Line>()

  const ask = async (tenantId: string, line: Line): Promise<void> => {
    if (line.isAsking) return
    line.isAsking = true
    for (let next = line.waiting.shift(); next !== undefined; next = line.waiting.shift()) {
      await lookUp(db, tenantId, next.keys).then(next.answered.resolve, next.answered.reject)
    }
    line.isAsking = false
    if (lines.get(tenantId) === line) lines.delete(tenantId)
  }

  return (tenantId, keys) => {
    const line = lines.get(tenantId) ?? { waiting: [], isAsking: false }
    lines.set(tenantId, line)
    let gathering = line.waiting.at(-1)
    if (gathering === undefined || gathering.keys.length + keys.length > KEYS_AT_MOST) {
      gathering = { keys: [], answered: Promise.withResolvers() }
      line.waiting.push(gathering)
      setImmediate(ask, tenantId, line)
    }
    for (const key of keys) gathering.keys.push(key)
    return gathering.answered.promise
  }
}

/** What the tenant's data map lets people end by a word, under the names written there. */
export async function optionalPurposes(
  db: Database,
  tenantId: string
): Promise<(PurposeFacts & { readonly purpose: string })[]> {
  return await db.raw<(PurposeFacts & { purpose: string })[]>`
    select purpose, marketing, opt_out as "optOut" from optional_purposes(${tenantId})`
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
