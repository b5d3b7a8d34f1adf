// New cases with all that belongs to them, in one statement.

import { sql } from 'drizzle-orm'
import { HabeasError } from '../domain/errors.ts'
import type { JobKind, Jobs } from '../domain/jobs.ts'
import type { StandingEntry } from '../domain/register.ts'
import type { NextTimer } from '../domain/timers.ts'
import type { CaseRow } from './cases.ts'
import type { Database, Scope } from './database.ts'
import type { EventRow } from './history.ts'
import type { SubjectRequestRow } from './subject-requests.ts'
import { refusalOfWall } from './walls.ts'

type NewEvent = Pick<
  EventRow,
  'requestId' | 'seq' | 'kind' | 'fromState' | 'toState' | 'mover' | 'actorId' | 'at' | 'data'
>
type NewRequest = Omit<
  SubjectRequestRow,
  | 'tenantId'
  | 'caseId'
  | 'version'
  | 'extendedDueOn'
  | 'extendedAt'
  | 'pausedAt'
  | 'dueOnWhilePaused'
  | 'assignee'
  | 'tags'
  | 'outcome'
  | 'ground'
  | 'preparedBy'
  | 'respondedAt'
  | 'closedAt'
  | 'updatedAt'
>

interface NewEntry extends StandingEntry {
  readonly id: string
  readonly requestId: string
  readonly sinceAt: Date
  readonly subjectKeys: readonly Buffer[]
}

export interface NewCase {
  readonly tenantId: string
  readonly case: Omit<CaseRow, 'tenantId' | 'mutedAt' | 'erasedAt'>
  /** By which the case is found. */
  readonly words: readonly Buffer[]
  readonly requests: readonly NewRequest[]
  readonly events: readonly NewEvent[]
  /** What enters the register with them. */
  readonly entries: readonly NewEntry[]
  readonly timers: readonly (NextTimer & { id: string; requestId: string | null; caseId: string | null })[]
  readonly promises: readonly { [K in JobKind]: { kind: K; payload: Jobs[K] } }[JobKind][]
  readonly idempotency: IdempotencyClaim | null
}

/** A key that the caller chose for this call, and what they asked with it. */
export interface IdempotencyClaim {
  readonly credential: string
  readonly route: string
  readonly key: string
  readonly fingerprint: Buffer
  readonly at: Date
}

/**
 * Writes cases of one tenant in one round trip that carries it: all of them or none.
 * @returns for each of them what became of it; `fresh` is false when the same idempotency key had opened one before
 * @throws {HabeasError} `idempotency_key_reused` when that one was asked for with another body
 * @throws  a violation of `idempotency_keys_pk` when one of several was asked for before: each has to be written by itself
 */
export async function insertCases(db: Database, made: readonly [NewCase, ...NewCase[]]): Promise<Opened[]> {
  const p = parametersOf(made)
  try {
    const known = await db.raw<Known[]>`
      select case_id as "caseId", fingerprint
      from open_cases(${p.tenantId}, ${p.claims}, ${p.cases}, ${p.requests}, ${p.events}, ${p.timers}, ${p.promises}, ${p.entries})`
    return made.map(each => opened(each, known[0]))
  } catch (error) {
    throw refusalOfWall(error) ?? error
  }
}

/** One case, inside a transaction that does more: a mail that becomes a case. */
export async function insertCaseIn(scope: Scope, made: NewCase): Promise<Opened> {
  const p = parametersOf([made])
  const { rows } = await scope.tx.execute<Known & Record<string, unknown>>(sql`
    select case_id as "caseId", fingerprint
    from open_cases(${p.tenantId}, ${p.claims}, ${p.cases}, ${p.requests}, ${p.events}, ${p.timers}, ${p.promises}, ${p.entries})`)
  return opened(made, rows[0])
}

export interface Opened {
  readonly caseId: string
  readonly fresh: boolean
}

/** What the same idempotency key opened before. */
interface Known {
  readonly caseId: string
  readonly fingerprint: Buffer
}

function opened({ case: { id }, idempotency }: NewCase, known: Known | undefined): Opened {
  if (known === undefined) return { caseId: id, fresh: true }
  if (!idempotency?.fingerprint.equals(known.fingerprint)) {
    throw new HabeasError('idempotency_key_reused', 'This Idempotency-Key was used for another call.')
  }
  return { caseId: known.caseId, fresh: false }
}

/** Rows travel as JSON under the names they have here; the function in the database knows them by these. */
function parametersOf(made: readonly [NewCase, ...NewCase[]]) {
  const claims = made.flatMap(({ case: { id }, idempotency }) =>
    idempotency === null ? [] : [{ ...idempotency, fingerprint: hexOf(idempotency.fingerprint), caseId: id }]
  )
  const entries = made.flatMap(each => each.entries)
  return {
    tenantId: made[0].tenantId,
    claims: claims.length === 0 ? null : JSON.stringify(claims),
    cases: JSON.stringify(made.map(each => ({ ...sealedAsText(each.case), words: each.words.map(hexOf) }))),
    requests: JSON.stringify(
      made.flatMap(({ case: { id: caseId }, requests }) =>
        requests.map(request => ({ ...request, caseId, sealed: hexOf(request.sealed) }))
      )
    ),
    events: JSON.stringify(made.flatMap(each => each.events)),
    timers: JSON.stringify(made.flatMap(each => each.timers)),
    promises: JSON.stringify(made.flatMap(each => each.promises)),
    // Few cases bring any: the others pay nothing for them.
    entries: entries.length === 0 ? null : JSON.stringify(entries.map(entryAsText))
  }
}

function sealedAsText({ sealedKey, sealed, subjectKeys, ...plain }: NewCase['case']) {
  return {
    ...plain,
    sealedKey: sealedKey && hexOf(sealedKey),
    sealed: hexOf(sealed),
    subjectKeys: subjectKeys.map(hexOf)
  }
}

function entryAsText({ subjectKeys, ...plain }: NewEntry) {
  return { ...plain, subjectKeys: subjectKeys.map(hexOf) }
}

/** The text form of a bytea. */
const hexOf = (bytes: Buffer): string => `\\x${bytes.toString('hex')}`

/** The rows as they now stand, without reading them back. */
export function rowsOf({ tenantId, case: theirs, requests }: NewCase): { theirs: CaseRow; rows: SubjectRequestRow[] } {
  return {
    theirs: { ...theirs, tenantId, mutedAt: null, erasedAt: null },
    rows: requests.map(request => ({
      ...request,
      tenantId,
      caseId: theirs.id,
      version: 1,
      extendedDueOn: null,
      extendedAt: null,
      pausedAt: null,
      dueOnWhilePaused: null,
      assignee: null,
      tags: [],
      outcome: null,
      ground: null,
      preparedBy: null,
      respondedAt: null,
      closedAt: null,
      updatedAt: request.createdAt
    }))
  }
}
