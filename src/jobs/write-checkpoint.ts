// Signs the history of each tenant once a day.

import { writeCheckpointIfNews } from '../actions/proof/write-checkpoint.ts'
import type { Clock } from '../clock.ts'
import { SYSTEM } from '../domain/actor.ts'
import type { Jobs } from '../domain/jobs.ts'
import { inDays, inHours } from '../domain/timers.ts'
import { checkpointSigner } from '../storage/checkpoint-keys.ts'
import { newestCheckpoint } from '../storage/checkpoints.ts'
import { type Database, inTenant, type Scope } from '../storage/database.ts'

interface CheckpointParts {
  readonly db: Database
  readonly clock: Clock
  /** Ed25519 seed, 32 bytes. */
  readonly signingKey: Buffer
}

const DAYS_BETWEEN = 1
const LOOK_EVERY_HOURS = 1

export function writeCheckpointJob({ db, clock, signingKey }: CheckpointParts) {
  const signer = checkpointSigner(signingKey)
  return async ({ tenantId }: Jobs['write_checkpoint']): Promise<void> => {
    await inTenant(db, { tenantId, actor: SYSTEM, now: clock() }, scope => writeCheckpointIfNews(scope, signer))
  }
}

/** When each tenant was looked at last, so that a loop may call as often as it likes. */
const lookedAt = new WeakMap<Database, Map<string, Date>>()

/**
 * Writes the checkpoints that are a day old, of the tenants for whom this process has worked: where nobody worked, nothing
 * was recorded.
 * @returns how many were written
 */
export async function writeDueCheckpoints({ db, clock, signingKey }: CheckpointParts): Promise<number> {
  const looked = lookedAt.get(db) ?? new Map<string, Date>()
  lookedAt.set(db, looked)
  const signer = checkpointSigner(signingKey)
  let written = 0
  for (const tenantId of db.tenants.keys()) {
    const now = clock()
    const last = looked.get(tenantId)
    if (last !== undefined && inHours(last, LOOK_EVERY_HOURS) > now && last <= now) continue
    looked.set(tenantId, now)
    const row = await inTenant(db, { tenantId, actor: SYSTEM, now }, async scope =>
      (await isDue(scope)) ? await writeCheckpointIfNews(scope, signer) : null
    )
    written += row === null ? 0 : 1
  }
  return written
}

async function isDue(scope: Scope): Promise<boolean> {
  const newest = await newestCheckpoint(scope)
  return newest === undefined || inDays(newest.at, DAYS_BETWEEN) <= scope.now
}
