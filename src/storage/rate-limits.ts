// Counters that every process of the service shares.

import type { Database } from './database.ts'

export interface Hits {
  readonly hits: number
  /** Milliseconds until the window ends. */
  readonly leftMs: number
}

/** Counts one more in the key's window, which begins with its first hit. One statement, so that no two processes lose a hit. */
export async function countHit(db: Database, key: string, windowMs: number, now: Date): Promise<Hits> {
  const endsAt = new Date(now.getTime() + windowMs)
  const [row] = await db.raw<{ hits: number; endsAt: Date }[]>`
    insert into rate_limits as known (key, window_ends_at, hits) values (${key}, ${endsAt}, 1)
    on conflict (key) do update set
      hits = case when known.window_ends_at <= ${now} then 1 else known.hits + 1 end,
      window_ends_at = case when known.window_ends_at <= ${now} then excluded.window_ends_at else known.window_ends_at end
    returning hits, window_ends_at as "endsAt"`
  if (row === undefined) throw new Error('A counter that was counted up has a value.')
  return { hits: row.hits, leftMs: Math.max(0, row.endsAt.getTime() - now.getTime()) }
}

/** Forgets windows that ended. @returns how many */
export async function forgetEndedWindows(db: Database, now: Date): Promise<number> {
  const gone = await db.raw<{ key: string }[]>`delete from rate_limits where window_ends_at <= ${now} returning key`
  return gone.length
}
