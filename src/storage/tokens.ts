// Links and codes for people: made once, kept as hashes, consumed by one conditional update.

import { randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { and, eq, gt, isNull, lt, type SQL, sql } from 'drizzle-orm'
import { uuidv7 } from 'uuidv7'
import type { Scope } from './database.ts'
import { tokenHash } from './sealing.ts'
import { tokens } from './tables.ts'

export type TokenRow = typeof tokens.$inferSelect

/**
 * `verify` proves identity, `follow` shows where a request stands, `download` opens a package, `forwarded` shows a request to
 * the company it was passed on to.
 */
export type Purpose = 'verify' | 'follow' | 'download' | 'download_code' | 'forwarded'

export const MAX_TRIES = 5
const TOKEN_BYTES = 32
/** No vowels, no digits that look like letters: nothing to misread, no words. */
const CODE_ALPHABET = 'BCDFGHJKMNPQRTVWXYZ2346789'
const CODE_LENGTH = 8

export interface NewToken {
  readonly id: string
  /** For the link. It is not kept and cannot be shown again. */
  readonly token: string
  /** To be typed. Not kept either. */
  readonly code: string
}

/** Makes a token. It supersedes those of the same purpose that came before; a link to follow a case only shows, so those stay. */
export async function createToken(
  scope: Scope,
  about: { caseId: string; requestId?: string; purpose: Purpose; expiresAt: Date }
): Promise<NewToken> {
  const made = { id: uuidv7(), token: randomBytes(TOKEN_BYTES).toString('base64url'), code: newCode() }
  if (about.purpose !== 'follow') await supersede(scope, about.caseId, about.purpose, about.requestId)
  await scope.tx.insert(tokens).values({
    tenantId: scope.tenantId,
    id: made.id,
    caseId: about.caseId,
    requestId: about.requestId ?? null,
    purpose: about.purpose,
    hash: tokenHash(about.purpose, made.token),
    codeHash: hashOfCode(scope, made.id, made.code),
    createdAt: scope.now,
    expiresAt: about.expiresAt
  })
  return made
}

/** Lets the live links of a request hold until then. */
export async function prolong(
  scope: Scope,
  about: { caseId: string; requestId: string; purpose: Purpose },
  expiresAt: Date
): Promise<void> {
  await scope.tx
    .update(tokens)
    .set({ expiresAt })
    .where(
      and(
        eq(tokens.tenantId, scope.tenantId),
        eq(tokens.caseId, about.caseId),
        eq(tokens.requestId, about.requestId),
        eq(tokens.purpose, about.purpose),
        isNull(tokens.supersededAt)
      )
    )
}

/** Ends the links of one purpose: of the case, or of one of its requests. */
export async function supersede(scope: Scope, caseId: string, purpose: Purpose, requestId?: string): Promise<void> {
  const which = requestId === undefined ? undefined : eq(tokens.requestId, requestId)
  await scope.tx
    .update(tokens)
    .set({ supersededAt: scope.now })
    .where(
      and(
        eq(tokens.tenantId, scope.tenantId),
        eq(tokens.caseId, caseId),
        eq(tokens.purpose, purpose),
        isNull(tokens.supersededAt),
        which
      )
    )
}

/** Ends every link and code of a case. */
export async function supersedeAll(scope: Scope, caseId: string): Promise<void> {
  await scope.tx
    .update(tokens)
    .set({ supersededAt: scope.now })
    .where(and(eq(tokens.tenantId, scope.tenantId), eq(tokens.caseId, caseId), isNull(tokens.supersededAt)))
}

/** The token behind a link, live or not: an old link is never an error, it shows where things stand. Changes nothing. */
export async function findToken(scope: Scope, purpose: Purpose, token: string): Promise<TokenRow | undefined> {
  const [row] = await scope.tx
    .select()
    .from(tokens)
    .where(eq(tokens.hash, tokenHash(purpose, token)))
  return row
}

/** Whether a link still opens what it was made for. */
export function isLive(row: TokenRow, now: Date): boolean {
  return row.usedAt === null && row.supersededAt === null && row.expiresAt > now && row.attempts < MAX_TRIES
}

/** As `isLive`, asked by the statement that takes it. */
function liveAt(now: Date): SQL | undefined {
  return and(
    isNull(tokens.usedAt),
    isNull(tokens.supersededAt),
    gt(tokens.expiresAt, now),
    lt(tokens.attempts, MAX_TRIES)
  )
}

/**
 * Tries a code. Counting and consuming are one statement, so that a thousand guesses at once are five guesses.
 * @returns `taken` for the one who typed it right first
 */
export async function tryCode(
  scope: Scope,
  row: TokenRow,
  code: string
): Promise<{ result: 'taken' | 'wrong' | 'dead'; triesLeft: number }> {
  const given = hashOfCode(scope, row.id, normalizedCode(code))
  const right = row.codeHash !== null && timingSafeEqual(row.codeHash, given)
  const [counted] = await scope.tx
    .update(tokens)
    .set({ attempts: sql`${tokens.attempts} + 1`, ...(right ? { usedAt: scope.now } : {}) })
    .where(and(eq(tokens.tenantId, scope.tenantId), eq(tokens.id, row.id), liveAt(scope.now)))
    .returning({ attempts: tokens.attempts })
  if (counted === undefined) return { result: 'dead', triesLeft: 0 }
  return { result: right ? 'taken' : 'wrong', triesLeft: MAX_TRIES - counted.attempts }
}

/** Consumes a link without a code: for the browser that filed the request. */
export async function consumeToken(scope: Scope, row: TokenRow): Promise<boolean> {
  const taken = await scope.tx
    .update(tokens)
    .set({ usedAt: scope.now })
    .where(and(eq(tokens.tenantId, scope.tenantId), eq(tokens.id, row.id), liveAt(scope.now)))
    .returning({ id: tokens.id })
  return taken.length === 1
}

/** As people type it: without spaces and dashes, in capitals. */
export function normalizedCode(typed: string): string {
  return typed.replace(/[\s-]/g, '').toUpperCase()
}

function newCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => CODE_ALPHABET[randomInt(CODE_ALPHABET.length)]).join('')
}

/** A code is short, so its hash is keyed: reading the table does not help to guess it. */
function hashOfCode(scope: Scope, tokenId: string, code: string): Buffer {
  return scope.vault.blindIndex(`code of ${tokenId}`, code)
}
