// Signs where the history of a tenant stands, so that nobody can shorten or rewrite it unseen, not even with the database in hand.

import { createHash, hash } from 'node:crypto'
import { type ChainHead, headLine, originOf, statementText } from '../../domain/checkpoint.ts'
import { type Heads, readHeads } from '../../storage/chains.ts'
import type { CheckpointSigner } from '../../storage/checkpoint-keys.ts'
import {
  type CheckpointRow,
  hasNewsSince,
  insertCheckpoint,
  insertHeads,
  lockCheckpoints,
  newestCheckpoint
} from '../../storage/checkpoints.ts'
import type { Scope } from '../../storage/database.ts'

/** A history that no longer contains what an earlier checkpoint saw. It is not signed over: that would bless the change. */
export class HistoryRewritten extends Error {
  override readonly name = 'HistoryRewritten'
}

/**
 * Writes the next checkpoint of the tenant: SHA-256 over the heads of all chains in order of request id, signed with the
 * statement around it. Each statement names the one before, so that none can be taken out of the middle.
 *
 * @throws {HistoryRewritten} when a chain is shorter than, or differs from, what the last checkpoint saw
 */
export async function writeCheckpoint(scope: Scope, signer: CheckpointSigner): Promise<CheckpointRow> {
  await lockCheckpoints(scope)
  const before = await newestCheckpoint(scope)
  const seq = (before?.seq ?? 0) + 1
  const counted = await gatherHeads(scope, seq)
  const origin = originOf(scope.publicUrl, scope.tenant.slug)
  const statement = statementText({
    origin,
    seq,
    at: scope.now,
    requests: counted.requests,
    events: counted.events,
    root: counted.root.toString('base64'),
    previous: before === undefined ? null : hash('sha256', before.statement, 'base64')
  })
  return await insertCheckpoint(scope, {
    seq,
    at: scope.now,
    requests: counted.requests,
    events: counted.events,
    headsHash: counted.root,
    statement,
    ...signer.sign(origin, statement)
  })
}

/** As `writeCheckpoint`, if anything was recorded since the last one. @returns null when nothing was */
export async function writeCheckpointIfNews(scope: Scope, signer: CheckpointSigner): Promise<CheckpointRow | null> {
  const news = await hasNewsSince(scope, await newestCheckpoint(scope))
  return news ? await writeCheckpoint(scope, signer) : null
}

/** Reads every head once, in order, and keeps those that moved since the last checkpoint. */
async function gatherHeads(scope: Scope, seq: number): Promise<{ requests: number; events: number; root: Buffer }> {
  const digest = createHash('sha256')
  const counted = { requests: 0, events: 0 }
  for await (const page of readHeads(scope)) {
    const moved: ChainHead[] = []
    for (const heads of page) {
      const head = requireGrown(heads)
      digest.update(headLine(head))
      counted.requests += 1
      counted.events += head.seq
      if (heads.seen?.seq !== head.seq) moved.push(head)
    }
    await insertHeads(scope, seq, moved)
  }
  return { ...counted, root: digest.digest() }
}

function requireGrown({ requestId, now, seen, hashWhereSeen }: Heads): ChainHead {
  if (now === null || (seen !== null && (seen.seq > now.seq || seen.hash !== hashWhereSeen))) {
    throw new HistoryRewritten(`The history of request ${requestId} no longer contains what a checkpoint saw.`)
  }
  return { requestId, ...now }
}
