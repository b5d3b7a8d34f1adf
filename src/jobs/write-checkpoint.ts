// Signs the history of each tenant once a day.

import { writeCheckpointIfNews } from '../actions/proof/write-checkpoint.ts'
import type { Clock } from '../clock.ts'
import { SYSTEM } from '../domain/actor.ts'
import { inDays } from '../domain/timers.ts'
import { checkpointSigner } from '../storage/checkpoint-keys.ts'
import { newestCheckpoint } from '../storage/checkpoints.ts'
import { type Database, inTenant, type Scope } from '../storage/database.ts'
import { forEach } from './every-tenant.ts'

interface CheckpointParts {
  readonly db: Database
  readonly clock: Clock
  /** Ed25519 seed, 32 bytes. */
  readonly signingKey: Buffer
}

const DAYS_BETWEEN = 1

/**
 * Writes the checkpoints that are a day old. Where nothing was recorded, none is written.
 * @returns how many were written
 * @throws {AggregateError} where a history was rewritten, or could not be read, after all others were signed
 */
export async function writeDueCheckpoints(
  { db, clock, signingKey }: CheckpointParts,
  tenants: readonly string[]
): Promise<number> {
  const signer = checkpointSigner(signingKey)
  let written = 0
  await forEach(tenants, async tenantId => {
    const row = await inTenant(db, { tenantId, actor: SYSTEM, now: clock() }, async scope =>
      (await isDue(scope)) ? await writeCheckpointIfNews(scope, signer) : null
    )
    written += row === null ? 0 : 1
  })
  return written
}

async function isDue(scope: Scope): Promise<boolean> {
  const newest = await newestCheckpoint(scope)
  return newest === undefined || inDays(newest.at, DAYS_BETWEEN) <= scope.now
}
