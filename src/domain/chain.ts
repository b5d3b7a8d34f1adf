// The chain of a request's history, checked without trusting whoever wrote it. The database chains each entry as it is
// written; here the same is computed again from what stands there.

import { EDGES, type State } from './lifecycle.ts'

/** One entry as the database holds it, with its data word for word as hashed. */
export interface ChainLink {
  readonly seq: number
  readonly kind: string
  readonly fromState: string
  readonly toState: string
  readonly mover: string
  readonly actorId: string | null
  /** Microseconds since 1970, as text: more than a double holds exactly. */
  readonly atMicros: string
  readonly data: string
  /** Hexadecimal, as the hashes are. */
  readonly commitment: string | null
  readonly previousHash: string
  readonly hash: string
}

/** A request with its whole history, as read in one glance. */
export interface Chain {
  readonly tenantId: string
  readonly requestId: string
  /** What the row of the request says of itself; null when there is no such row. */
  readonly row: { readonly state: string; readonly lastEventSeq: number } | null
  /** Where a signed checkpoint saw this chain last. */
  readonly head: { readonly seq: number; readonly hash: string } | null
  readonly links: readonly ChainLink[]
}

export const LINK_FAULTS = {
  no_first_entry: 'The history does not begin with the entry of the request having been opened.',
  seq_gap: 'An entry is missing or was moved: the numbers do not follow each other.',
  previous_hash_differs: 'The entry does not follow the one before it.',
  hash_differs: 'The entry was altered after it was written.',
  move_not_in_lifecycle: 'The entry tells of a move that the lifecycle does not have.',
  text_altered: 'The sealed text of the entry is not the one that was committed to.',
  text_missing: 'The sealed text of the entry is gone, and the personal data of the case was not erased.',
  row_differs: 'The request is not in the state, or not at the entry, with which its history ends.',
  row_missing: 'The history belongs to a request that is no longer there.',
  shorter_than_checkpoint: 'A signed checkpoint saw more entries than there are now.',
  differs_from_checkpoint: 'A signed checkpoint saw another entry at this place.',
  missing_since_checkpoint: 'A signed checkpoint saw this request, and it is gone.'
} as const satisfies Record<string, string>
type LinkFault = keyof typeof LINK_FAULTS

export interface BadLink {
  readonly requestId: string
  /** The entry that is wrong or missing. */
  readonly seq: number
  readonly why: LinkFault
}

/** @returns the SHA-256 of the UTF-8 text, in hexadecimal */
export type Sha256 = (text: string) => string

const GENESIS = '00'.repeat(32)

/** The first entry of a chain that is not as it must be, or null when all are. */
export function firstBadLink(chain: Chain, sha256: Sha256): BadLink | null {
  const { links, requestId } = chain
  for (const [index, link] of links.entries()) {
    const why = faultOf(chain, link, links[index - 1], index + 1, sha256)
    if (why !== null) return { requestId, seq: link.seq, why }
  }
  return faultOfEnd(chain) ?? faultOfHead(chain)
}

/** What the hash of an entry is taken over: the same text, built in the same order, as in the database's trigger. */
export function canonicalText(tenantId: string, requestId: string, link: ChainLink): string {
  const { seq, kind, fromState, toState, mover, actorId, atMicros, data, commitment, previousHash } = link
  return [
    tenantId,
    requestId,
    seq,
    kind,
    fromState,
    toState,
    mover,
    actorId ?? '',
    atMicros,
    data,
    commitment ?? '',
    previousHash
  ].join('\n')
}

function faultOf(
  { tenantId, requestId }: Chain,
  link: ChainLink,
  before: ChainLink | undefined,
  seq: number,
  sha256: Sha256
): LinkFault | null {
  if (link.seq !== seq) return seq === 1 ? 'no_first_entry' : 'seq_gap'
  if (link.previousHash !== (before?.hash ?? GENESIS)) return 'previous_hash_differs'
  if (isBlurred(link) || sha256(canonicalText(tenantId, requestId, link)) !== link.hash) return 'hash_differs'
  if (before === undefined) return isOpening(link) ? null : 'no_first_entry'
  return link.fromState === before.toState && isLawful(link) ? null : 'move_not_in_lifecycle'
}

/** Nothing and an empty text are hashed alike, and nobody writes an empty one. */
function isBlurred({ actorId, commitment }: ChainLink): boolean {
  return actorId === '' || commitment === ''
}

function isOpening({ kind, fromState, toState }: ChainLink): boolean {
  return kind === 'opened' && fromState === 'received' && toState === 'received'
}

const MOVES: ReadonlySet<string> = new Set(EDGES.map(({ move }) => move))
const LAWFUL: ReadonlySet<string> = new Set(
  EDGES.flatMap(({ from, move, to, by }) => by.map(mover => edge(from, move, to, mover)))
)

/** A move goes along an edge of the lifecycle; whatever else happens leaves the state as it is. */
function isLawful({ kind, fromState, toState, mover }: ChainLink): boolean {
  if (MOVES.has(kind)) return LAWFUL.has(edge(fromState, kind, toState, mover))
  return fromState === toState && kind !== 'opened'
}

function edge(from: State | string, move: string, to: string, mover: string): string {
  return `${from} ${move} ${to} ${mover}`
}

function faultOfEnd({ requestId, row, head, links }: Chain): BadLink | null {
  const last = links.at(-1)
  if (row === null) {
    if (last !== undefined) return { requestId, seq: last.seq, why: 'row_missing' }
    return head === null ? null : { requestId, seq: head.seq, why: 'missing_since_checkpoint' }
  }
  if (last === undefined) return { requestId, seq: 1, why: 'no_first_entry' }
  const agrees = row.lastEventSeq === last.seq && row.state === last.toState
  return agrees ? null : { requestId, seq: Math.max(last.seq, row.lastEventSeq), why: 'row_differs' }
}

function faultOfHead({ requestId, head, links }: Chain): BadLink | null {
  if (head === null) return null
  const seen = links[head.seq - 1]
  if (seen === undefined) return { requestId, seq: head.seq, why: 'shorter_than_checkpoint' }
  return seen.hash === head.hash ? null : { requestId, seq: head.seq, why: 'differs_from_checkpoint' }
}
