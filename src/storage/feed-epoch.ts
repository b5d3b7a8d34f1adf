// Keeps the feed in order when the database moves: its places are made of transaction ids, and those belong to a cluster.

import type { Sql } from 'postgres'

/**
 * Counts the epoch up when the database is not where it was when it was migrated last: restored from a dump, or upgraded. What
 * comes then goes on after all that it holds, and no cursor misses any of it. Where nothing moved it changes nothing.
 * @param owner  of the database
 */
export async function continueFeed(owner: Sql): Promise<void> {
  const [row] = await owner<{ here: string; last: string | null; epoch: string }[]>`
    select (select system_identifier::text from pg_control_system()) as here,
      obj_description('feed_epoch()'::regprocedure, 'pg_proc') as last, feed_epoch()::text as epoch`
  if (row === undefined || row.here === row.last) return
  const epoch = BigInt(row.epoch) + (row.last === null ? 0n : 1n)
  await owner.unsafe(`
    create or replace function feed_epoch() returns bigint language sql immutable parallel safe as 'select ${epoch}::bigint';
    comment on function feed_epoch() is '${BigInt(row.here)}'`)
}
