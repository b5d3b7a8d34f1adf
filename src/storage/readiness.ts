// Whether the database can be worked with, and how busy it is.

import { readFileSync } from 'node:fs'
import type { Database } from './database.ts'
import { causeOf } from './walls.ts'

const JOURNAL = new URL('../../drizzle/meta/_journal.json', import.meta.url)
const INSUFFICIENT_PRIVILEGE = '42501'

/**
 * Whether every migration of this version was run. A newer database is current too: it is migrated before the code is replaced.
 * @returns undefined where the login may not read the list, because somebody else manages the grants
 */
export async function isMigrated(db: Database): Promise<boolean | undefined> {
  try {
    const [row] = await db.raw<
      { last: string | null }[]
    >`select max(created_at)::text as last from drizzle.__drizzle_migrations`
    newest ??= newestMigration()
    return Number(row?.last ?? 0) >= newest
  } catch (error) {
    if (causeOf(error).code === INSUFFICIENT_PRIVILEGE) return undefined
    throw error
  }
}

/** Connections of this login, by what they are doing. */
export async function countConnections(db: Database): Promise<{ state: string; count: number }[]> {
  const rows = await db.raw<{ state: string; count: number }[]>`
    select coalesce(state, 'unknown') as state, count(*)::int as count from pg_stat_activity
    where usename = current_user and datname = current_database() group by 1`
  return [...rows]
}

let newest: number | undefined

/** When the last migration was written, in epoch milliseconds: the number under which it is recorded once it was run. */
function newestMigration(): number {
  const { entries }: { entries: { when: number }[] } = JSON.parse(readFileSync(JOURNAL, 'utf8'))
  return Math.max(...entries.map(({ when }) => when))
}
