// Throws away what has served its time: old idempotency keys, ended windows of the rate limits, half-written objects.

import { SYSTEM } from '../domain/actor.ts'
import { inHours } from '../domain/timers.ts'
import { inTenant } from '../storage/database.ts'
import { forgetIdempotencyKeys } from '../storage/idempotency.ts'
import { forgetEndedWindows } from '../storage/rate-limits.ts'
import type { JobParts } from './parts.ts'

const EVERY_HOURS = 1
/** No upload or package takes longer to write. */
const ABANDONED_AFTER_HOURS = 24

/** @returns a round that does its work once an hour, however often it is called */
export function keepHouse({ db, clock, objects }: Pick<JobParts, 'db' | 'clock' | 'objects'>): () => Promise<void> {
  let last: Date | undefined
  return async () => {
    const now = clock()
    if (last !== undefined && inHours(last, EVERY_HOURS) > now) return
    last = now
    await forgetEndedWindows(db, now)
    await objects.removeAbandoned(inHours(now, -ABANDONED_AFTER_HOURS))
    for (const tenantId of db.tenants.keys())
      await inTenant(db, { tenantId, actor: SYSTEM, now }, forgetIdempotencyKeys)
  }
}
