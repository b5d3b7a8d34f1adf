// The chains of all histories as they stand, read for verification and for checkpoints.

import { type SQL, sql } from 'drizzle-orm'
import type { Chain, ChainLink } from '../domain/chain.ts'
import type { ChainHead } from '../domain/checkpoint.ts'
import type { Scope } from './database.ts'
import { placeOfText } from './history.ts'
import { type CaseVault, SealBroken } from './sealing.ts'

/** Requests read at once. */
const PAGE = 400
const PAGE_OF_HEADS = 4_000
const FIRST_ID = '00000000-0000-0000-0000-000000000000'
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

/** One entry, beside what is known of its request. Without an entry its columns are null. */
type ChainRow = { [K in keyof ChainLink]: ChainLink[K] | null } & {
  readonly requestId: string
  readonly state: string | null
  readonly lastEventSeq: number | null
  readonly headSeq: number | null
  readonly headHash: string | null
}

/**
 * Every chain of the tenant in order of request id, a page at a time. A chain, its row and its head are read by one statement:
 * an entry that is written meanwhile is seen with its row or not at all.
 */
export async function* readAllChains(scope: Scope): AsyncGenerator<Chain[]> {
  for (let after = FIRST_ID; ; ) {
    const page = await readChainsOf(scope, wantedPage(scope, after, PAGE))
    if (page.length > 0) yield page
    if (page.filter(chain => chain.row !== null).length < PAGE) return
    after = page.at(-1)!.requestId
  }
}

/** The chain of one request; without a row and links when there is no such request. */
export async function readChain(scope: Scope, requestId: string): Promise<Chain> {
  const [chain] = await readChainsOf(scope, sql`wanted as (select ${requestId}::uuid as id)`)
  return chain!
}

/** @param wanted  the common table expression of that name, with the ids */
async function readChainsOf(scope: Scope, wanted: SQL): Promise<Chain[]> {
  const { rows } = await scope.tx.execute<ChainRow>(sql`
    with ${wanted}
    select wanted.id as "requestId", r.state, r.last_event_seq as "lastEventSeq", head.event_seq as "headSeq", encode(head.hash, 'hex') as "headHash",
      e.seq, e.kind, e.from_state as "fromState", e.to_state as "toState", e.mover, e.actor_id as "actorId",
      ((extract(epoch from e.at) * 1000000)::bigint)::text as "atMicros", e.data::text as data, encode(e.commitment, 'hex') as commitment,
      encode(e.previous_hash, 'hex') as "previousHash", encode(e.hash, 'hex') as hash
    from wanted
      left join subject_requests r on r.tenant_id = ${scope.tenantId} and r.id = wanted.id
      left join lateral (select event_seq, hash from checkpoint_heads where tenant_id = ${scope.tenantId} and request_id = wanted.id
        order by checkpoint_seq desc limit 1) head on true
      left join events e on e.tenant_id = ${scope.tenantId} and e.request_id = wanted.id
    order by wanted.id, e.seq`)
  return chainsOf(scope.tenantId, rows)
}

function chainsOf(tenantId: string, rows: Iterable<ChainRow>): Chain[] {
  const chains: (Omit<Chain, 'links'> & { links: ChainLink[] })[] = []
  for (const { requestId, state, lastEventSeq, headSeq, headHash, ...link } of rows) {
    let chain = chains.at(-1)
    if (chain?.requestId !== requestId) {
      const row = state === null || lastEventSeq === null ? null : { state, lastEventSeq }
      const head = headSeq === null || headHash === null ? null : { seq: headSeq, hash: headHash }
      chain = { tenantId, requestId, row, head, links: [] }
      chains.push(chain)
    }
    if (isLink(link)) chain.links.push(link)
  }
  return chains
}

function isLink(link: { seq: number | null }): link is ChainLink {
  return link.seq !== null
}

/** Entries whose request is gone: no walk along the requests would meet them. */
export async function findOrphan(scope: Scope): Promise<{ requestId: string; seq: number } | undefined> {
  const { rows } = await scope.tx.execute<{ requestId: string; seq: number }>(sql`
    select request_id as "requestId", seq from events e
    where tenant_id = ${scope.tenantId} and not exists (select from subject_requests r where r.tenant_id = e.tenant_id and r.id = e.request_id)
    order by request_id, seq limit 1`)
  return rows[0]
}

export type TextFault = {
  readonly requestId: string
  readonly seq: number
  readonly why: 'text_altered' | 'text_missing'
}

/** Entries whose sealed text is not what they commit to. Where the case's key was destroyed there is nothing left to compare. */
export async function findAlteredTexts(scope: Scope, requestIds: readonly string[]): Promise<TextFault[]> {
  const { rows } = await scope.tx.execute<SealedText>(sql`
    select e.request_id as "requestId", e.seq, e.sealed, e.commitment, c.id as "caseId", c.sealed_key as "sealedKey"
    from events e
      join subject_requests r on r.tenant_id = e.tenant_id and r.id = e.request_id
      join cases c on c.tenant_id = r.tenant_id and c.id = r.case_id
    where e.tenant_id = ${scope.tenantId} and e.request_id = any(${`{${requestIds.join(',')}}`}::uuid[])
      and (e.sealed is not null or e.commitment is not null) and c.sealed_key is not null
    order by e.request_id, e.seq`)
  const vaults = new Map<string, CaseVault>()
  const faults: TextFault[] = []
  for (const { requestId, seq, sealed, commitment, caseId, sealedKey } of rows) {
    const vault = vaults.get(caseId) ?? scope.vault.openCase(caseId, sealedKey)
    vaults.set(caseId, vault)
    if (sealed === null) faults.push({ requestId, seq, why: 'text_missing' })
    else if (commitment === null || !isCommitted(vault, placeOfText(requestId, seq), sealed, commitment))
      faults.push({ requestId, seq, why: 'text_altered' })
  }
  return faults
}

interface SealedText extends Record<string, unknown> {
  readonly requestId: string
  readonly seq: number
  readonly sealed: Buffer | null
  readonly commitment: Buffer | null
  readonly caseId: string
  readonly sealedKey: Buffer
}

function isCommitted(vault: CaseVault, place: string, sealed: Buffer, commitment: Buffer): boolean {
  try {
    return vault.commit(vault.openJson<string>(place, sealed)).equals(commitment)
  } catch (error) {
    if (error instanceof SealBroken) return false
    throw error
  }
}

/** Where a chain ends now, and where the newest checkpoint saw it. */
export interface Heads {
  readonly requestId: string
  readonly now: Omit<ChainHead, 'requestId'> | null
  readonly seen: Omit<ChainHead, 'requestId'> | null
  /** What now stands at the place that the checkpoint saw last. */
  readonly hashWhereSeen: string | null
}

/** The end of every chain in order of request id, a page at a time, with those that a checkpoint saw and that are gone. */
export async function* readHeads(scope: Scope): AsyncGenerator<Heads[]> {
  for (let after = FIRST_ID; ; ) {
    const { rows } = await scope.tx.execute<HeadRow>(sql`
      with ${wantedPage(scope, after, PAGE_OF_HEADS)}
      select wanted.id as "requestId", e.seq, encode(e.hash, 'hex') as hash, head.event_seq as "seenSeq", encode(head.hash, 'hex') as "seenHash",
        encode(there.hash, 'hex') as "hashWhereSeen", r.id is not null as known
      from wanted
        left join subject_requests r on r.tenant_id = ${scope.tenantId} and r.id = wanted.id
        left join events e on e.tenant_id = ${scope.tenantId} and e.request_id = r.id and e.seq = r.last_event_seq
        left join lateral (select event_seq, hash from checkpoint_heads where tenant_id = ${scope.tenantId} and request_id = wanted.id
          order by checkpoint_seq desc limit 1) head on true
        left join events there on there.tenant_id = ${scope.tenantId} and there.request_id = r.id and there.seq = head.event_seq
      order by wanted.id`)
    if (rows.length > 0) yield rows.map(headsOf)
    if (rows.filter(row => row.known).length < PAGE_OF_HEADS) return
    after = rows.at(-1)!.requestId
  }
}

interface HeadRow extends Record<string, unknown> {
  readonly requestId: string
  readonly seq: number | null
  readonly hash: string | null
  readonly seenSeq: number | null
  readonly seenHash: string | null
  readonly hashWhereSeen: string | null
  readonly known: boolean
}

function headsOf({ requestId, seq, hash, seenSeq, seenHash, hashWhereSeen }: HeadRow): Heads {
  return {
    requestId,
    now: seq === null || hash === null ? null : { seq, hash },
    seen: seenSeq === null || seenHash === null ? null : { seq: seenSeq, hash: seenHash },
    hashWhereSeen
  }
}

/**
 * The ids of the next requests, and of those among them that a checkpoint saw and that are gone. Bounded on both sides, so
 * that a page costs the same however many checkpoints there are and whatever the planner knows of them.
 */
function wantedPage({ tenantId }: Scope, after: string, size: number): SQL {
  return sql`
    present as materialized (select id from subject_requests where tenant_id = ${tenantId} and id > ${after}::uuid order by id limit ${size}),
    wanted as (
      select id from present
      union select request_id from checkpoint_heads where tenant_id = ${tenantId} and request_id > ${after}::uuid
        and request_id <= case when (select count(*) from present) < ${size} then ${LAST_ID}::uuid else (select id from present order by id desc limit 1) end)`
}
