// Keys that callers choose so that a repeated call is not a second deed.

import { and, eq, lt } from 'drizzle-orm'
import { HabeasError } from '../domain/errors.ts'
import type { Scope } from './database.ts'
import type { IdempotencyClaim } from './new-cases.ts'
import { idempotencyKeys } from './tables.ts'

/** After this many hours a key is as good as new. The natural keys of the data still stop a second deed. */
export const IDEMPOTENCY_HOURS = 72

/**
 * Takes the key for `resourceId`, or says what the call that came first with it was about. Whoever comes second waits here
 * until the first has committed, so that of calls sent together one works and the others answer with its resource.
 *
 * @returns null when the key is the caller's now, else the first one's resource
 * @throws {HabeasError} `idempotency_key_reused` when the first one was another call
 */
export async function claimIdempotencyKey(
  scope: Scope,
  claim: IdempotencyClaim,
  resourceId: string
): Promise<string | null> {
  const { credential, route, key, fingerprint, at } = claim
  const { tenantId, tx } = scope
  const isThisKey = and(
    eq(idempotencyKeys.credential, credential),
    eq(idempotencyKeys.route, route),
    eq(idempotencyKeys.key, key)
  )
  await tx.delete(idempotencyKeys).where(and(isThisKey, lt(idempotencyKeys.createdAt, oldest(at))))
  const taken = await tx
    .insert(idempotencyKeys)
    .values({ tenantId, credential, route, key, fingerprint, resourceId, createdAt: at })
    .onConflictDoNothing()
    .returning({ resourceId: idempotencyKeys.resourceId })
  if (taken.length > 0) return null

  const [first] = await tx.select().from(idempotencyKeys).where(isThisKey)
  if (first === undefined)
    throw new HabeasError('conflict', 'The first call with this Idempotency-Key was undone; repeat this one.')
  if (!first.fingerprint.equals(fingerprint)) {
    throw new HabeasError('idempotency_key_reused', 'This Idempotency-Key was used for another call.')
  }
  return first.resourceId
}

/** Forgets the tenant's keys that are as good as new. @returns how many */
export async function forgetIdempotencyKeys(scope: Scope): Promise<number> {
  const gone = await scope.tx
    .delete(idempotencyKeys)
    .where(lt(idempotencyKeys.createdAt, oldest(scope.serviceNow)))
    .returning({ key: idempotencyKeys.key })
  return gone.length
}

const oldest = (now: Date) => new Date(now.getTime() - IDEMPOTENCY_HOURS * 3_600_000)
