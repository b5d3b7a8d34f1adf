// Work that is done for every tenant there is, whether or not this process ever served it.

import type { Sql } from 'postgres'
import type { Clock } from '../clock.ts'
import { inHours } from '../domain/timers.ts'

/** @param worker  a connection of the worker's login, which knows of every tenant and nothing of what is theirs */
export async function tenantIds(worker: Sql): Promise<string[]> {
  const rows = await worker<{ id: string }[]>`select id from tenants order by id`
  return rows.map(({ id }) => id)
}

/**
 * Does it for one after the other.
 * @throws {AggregateError} what it failed with for some of them, after it was done for all others
 */
export async function forEach(ids: readonly string[], work: (tenantId: string) => Promise<unknown>): Promise<void> {
  const failures: unknown[] = []
  for (const id of ids) await work(id).catch(error => failures.push(error))
  if (failures.length > 0) throw new AggregateError(failures, `It failed for ${failures.length} tenants.`)
}

/** @returns what does its work once an hour, however often it is called */
export function hourly(clock: Clock, work: (now: Date) => Promise<void>): () => Promise<void> {
  let last: Date | undefined
  return async () => {
    const now = clock()
    if (last !== undefined && inHours(last, 1) > now && last <= now) return
    last = now
    await work(now)
  }
}
