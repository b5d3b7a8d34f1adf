// Checks the history of a tenant from its first entry to its last, and against what was signed.

import { createHash, hash } from 'node:crypto'
import { type BadLink, type Chain, firstBadLink } from '../../domain/chain.ts'
import { headLine, originIn, statementText } from '../../domain/checkpoint.ts'
import { HabeasError } from '../../domain/errors.ts'
import { findAlteredTexts, findOrphan, readAllChains, readChain } from '../../storage/chains.ts'
import type { CheckpointSigner } from '../../storage/checkpoint-keys.ts'
import { type CheckpointRow, readAllCheckpoints, tryLockCheckpoints } from '../../storage/checkpoints.ts'
import type { Scope } from '../../storage/database.ts'
import { findSubjectRequest } from '../../storage/subject-requests.ts'

/** What is wrong with a checkpoint itself. */
export const CHECKPOINT_FAULTS = {
  seq_gap: 'A checkpoint is missing.',
  statement_altered: 'The statement is not the one that belongs to this checkpoint.',
  previous_differs: 'The statement does not follow the one before it.',
  signature_bad: 'The signature does not fit the statement.',
  key_unknown: 'The checkpoint was signed with a key that is not configured.',
  heads_differ: 'What is kept of the chains is not what was signed.'
} as const satisfies Record<string, string>
type CheckpointFault = keyof typeof CHECKPOINT_FAULTS

export interface Verification {
  readonly verified: boolean
  readonly requests: number
  readonly events: number
  /** In order of request id. */
  readonly firstBadLink: BadLink | null
  /** The newest checkpoint, with how many there are; null before the first. */
  readonly checkpoint: { readonly row: CheckpointRow; readonly checkpoints: number } | null
  readonly firstBadCheckpoint: { readonly seq: number; readonly why: CheckpointFault } | null
}

/**
 * Walks every chain of the tenant and computes every hash anew, then compares the chains with the checkpoints and the
 * checkpoints with their signatures. What it cannot see is the loss of the newest checkpoint together with all that it
 * covered: for that a copy of its statement has to be kept elsewhere.
 *
 * @throws {HabeasError} `unavailable` while the same history is walked, or signed, by somebody else
 */
export async function verifyHistory(scope: Scope, signer: CheckpointSigner): Promise<Verification> {
  // A checkpoint written meanwhile would be of later heads than those walked. Whoever waited for its end would hold a connection.
  if (!(await tryLockCheckpoints(scope))) throw isWalked()
  const signed = await verifyCheckpoints(scope, signer)
  const walked = await walkChains(scope)
  const firstBadCheckpoint = signed.firstBad ?? faultOfHeads(signed.newest, walked)
  return {
    verified: walked.firstBad === null && firstBadCheckpoint === null,
    requests: walked.requests,
    events: walked.events,
    firstBadLink: walked.firstBad,
    checkpoint: signed.newest === null ? null : { row: signed.newest, checkpoints: signed.count },
    firstBadCheckpoint
  }
}

/** Seconds after which a walk is likely to be over. */
const COME_BACK_SECONDS = 5

/** For whoever has to come back when another walk is over. */
export function isWalked(): HabeasError {
  return new HabeasError('unavailable', 'A history is being verified at this moment: ask again when that is done.', {
    retryAfterSeconds: COME_BACK_SECONDS
  })
}

/**
 * The same for the history of one request.
 * @throws {HabeasError} `not_found`
 */
export async function verifyRequestHistory(
  scope: Scope,
  requestId: string
): Promise<{ events: number; firstBadLink: BadLink | null }> {
  await findSubjectRequest(scope, requestId)
  const chain = await readChain(scope, requestId)
  const [altered] = await findAlteredTexts(scope, [requestId])
  return { events: chain.links.length, firstBadLink: firstBadLink(chain, sha256) ?? altered ?? null }
}

interface Walk {
  readonly requests: number
  readonly events: number
  readonly firstBad: BadLink | null
  /** How many chains a checkpoint saw, and the hash over where it saw them end. */
  readonly heads: number
  readonly root: Buffer
}

async function walkChains(scope: Scope): Promise<Walk> {
  const digest = createHash('sha256')
  const counted = { requests: 0, events: 0, heads: 0 }
  let firstBad: BadLink | null = null
  for await (const page of readAllChains(scope)) {
    const altered = await firstAlteredTexts(scope, page)
    for (const chain of page) {
      counted.requests += chain.row === null ? 0 : 1
      counted.events += chain.links.length
      firstBad ??= firstBadLink(chain, sha256) ?? altered.get(chain.requestId) ?? null
      if (chain.head === null) continue
      counted.heads += 1
      digest.update(headLine({ requestId: chain.requestId, ...chain.head }))
    }
  }
  const orphan = await findOrphan(scope)
  if (orphan !== undefined && (firstBad === null || orphan.requestId < firstBad.requestId))
    firstBad = { ...orphan, why: 'row_missing' }
  return { ...counted, firstBad, root: digest.digest() }
}

async function firstAlteredTexts(scope: Scope, page: readonly Chain[]): Promise<Map<string, BadLink>> {
  const ids = page.map(chain => chain.requestId)
  const first = new Map<string, BadLink>()
  for (const fault of await findAlteredTexts(scope, ids))
    if (!first.has(fault.requestId)) first.set(fault.requestId, fault)
  return first
}

/** What is kept of the chains has to be what the newest checkpoint signed; where there is none, nothing is kept. */
function faultOfHeads(newest: CheckpointRow | null, walked: Walk): Verification['firstBadCheckpoint'] {
  if (newest === null) return walked.heads === 0 ? null : { seq: 1, why: 'seq_gap' }
  return walked.root.equals(newest.headsHash) ? null : { seq: newest.seq, why: 'heads_differ' }
}

async function verifyCheckpoints(
  scope: Scope,
  signer: CheckpointSigner
): Promise<{ newest: CheckpointRow | null; count: number; firstBad: Verification['firstBadCheckpoint'] }> {
  let newest: CheckpointRow | null = null
  let count = 0
  let firstBad: Verification['firstBadCheckpoint'] = null
  for await (const row of readAllCheckpoints(scope)) {
    const why = faultOfCheckpoint(row, newest, count + 1, signer)
    if (why !== null) firstBad ??= { seq: row.seq, why }
    newest = row
    count += 1
  }
  return { newest, count, firstBad }
}

function faultOfCheckpoint(
  row: CheckpointRow,
  before: CheckpointRow | null,
  place: number,
  signer: CheckpointSigner
): CheckpointFault | null {
  const { seq, at, requests, events, headsHash, statement } = row
  const origin = originIn(statement)
  const previous = before === null ? null : hash('sha256', before.statement, 'base64')
  const root = headsHash.toString('base64')
  if (seq !== place) return 'seq_gap'
  if (statement !== statementText({ origin, seq, at, requests, events, root, previous })) {
    return statement.includes(`\nprevious ${previous ?? 'none'}\n`) ? 'statement_altered' : 'previous_differs'
  }
  const verdict = signer.verify(origin, statement, row)
  if (verdict === 'unknown_key') return 'key_unknown'
  return verdict === 'good' ? null : 'signature_bad'
}

const sha256 = (text: string): string => hash('sha256', text, 'hex')
