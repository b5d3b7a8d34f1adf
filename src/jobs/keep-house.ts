// Throws away what has served its time: old idempotency keys, deliveries that ended long ago, ended windows of the rate limits,
// half-written objects.

import { SYSTEM } from '../domain/actor.ts'
import { inHours } from '../domain/timers.ts'
import { inTenant, type Scope } from '../storage/database.ts'
import { forgetIdempotencyKeys } from '../storage/idempotency.ts'
import { forgetEndedWindows } from '../storage/rate-limits.ts'
import { forgetDeliveries } from '../storage/webhook-deliveries.ts'
import { forEach } from './every-tenant.ts'
import type { JobParts } from './parts.ts'

/** No upload or package takes longer to write. */
const ABANDONED_AFTER_HOURS = 24

/** @param tenants  whose keys and deliveries are looked through */
export async function keepHouse(
  { db, clock, objects }: Pick<JobParts, 'db' | 'clock' | 'objects'>,
  tenants: readonly string[]
): Promise<void> {
  const now = clock()
  await forgetEndedWindows(db, now)
  await objects.removeAbandoned(inHours(now, -ABANDONED_AFTER_HOURS))
  await forEach(tenants, tenantId => inTenant(db, { tenantId, actor: SYSTEM, now }, forget))
}

async function forget(scope: Scope): Promise<void> {
  await forgetIdempotencyKeys(scope)
  await forgetDeliveries(scope)
}
