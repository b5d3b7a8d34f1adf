// Letters as rows: queued with everything fixed, sent by a job, and never silently lost.

import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import { uuidv7 } from 'uuidv7'
import type { LocalDate } from '../domain/deadline/local-date.ts'
import { HabeasError } from '../domain/errors.ts'
import type { Locale } from '../domain/subject-request.ts'
import { type CaseRow, openCaseVault } from './cases.ts'
import type { Scope } from './database.ts'
import { promise } from './promises.ts'
import type { CaseVault } from './sealing.ts'
import { letters } from './tables.ts'

export type LetterRow = typeof letters.$inferSelect

/** What a letter's sealed value holds: to whom, and the facts it is rendered from. */
export interface LetterContents {
  readonly to: { readonly name: string | null; readonly address: string }
  readonly locale: Locale
  readonly kind: string
  readonly facts: unknown
}

export interface NewLetter {
  readonly contents: LetterContents
  readonly audience: LetterRow['audience']
  /** The case it belongs to; its key seals the letter. Without one the tenant's key does. */
  readonly about: { readonly case: CaseRow; readonly requestId: string | null } | null
  readonly waitsForPackage?: boolean
}

/**
 * Queues a letter and promises to send it. Its Message-ID is fixed here, so that every retry is the same mail.
 * @throws {HabeasError} `personal_data_erased`
 */
export async function queueLetter(scope: Scope, letter: NewLetter): Promise<string> {
  const id = uuidv7()
  const place = placeOfLetter(id)
  const sealed =
    letter.about === null
      ? scope.vault.sealJson(place, letter.contents)
      : openCaseVault(scope, letter.about.case).sealJson(place, letter.contents)
  const muted = letter.audience === 'subject' && letter.about?.case.mutedAt != null
  await scope.tx.insert(letters).values({
    tenantId: scope.tenantId,
    id,
    caseId: letter.about?.case.id ?? null,
    requestId: letter.about?.requestId ?? null,
    kind: letter.contents.kind,
    audience: letter.audience,
    state: muted ? 'suppressed' : 'queued',
    messageId: `<${id}@${new URL(scope.publicUrl).hostname}>`,
    sealed,
    waitsForPackage: letter.waitsForPackage ?? false,
    queuedAt: scope.now
  })
  if (!muted && !letter.waitsForPackage) await promise(scope, 'send_letter', { letterId: id }, { key: `letter:${id}` })
  return id
}

/** Releases the letters that waited for a request's package. */
export async function releaseLetters(scope: Scope, requestId: string): Promise<void> {
  const released = await scope.tx
    .update(letters)
    .set({ waitsForPackage: false })
    .where(waitingOf(scope, requestId))
    .returning({ id: letters.id })
  for (const { id } of released) await promise(scope, 'send_letter', { letterId: id }, { key: `letter:${id}` })
}

/** Changes what the letters say that wait for a request's package. */
export async function changeWaitingLetters(
  scope: Scope,
  theirs: CaseRow,
  requestId: string,
  change: (facts: unknown) => unknown
): Promise<void> {
  const vault = openCaseVault(scope, theirs)
  for (const row of await scope.tx.select().from(letters).where(waitingOf(scope, requestId))) {
    const contents = contentsOfLetter(scope, row, vault)
    const sealed = vault.sealJson(placeOfLetter(row.id), { ...contents, facts: change(contents.facts) })
    await scope.tx
      .update(letters)
      .set({ sealed })
      .where(and(eq(letters.tenantId, scope.tenantId), eq(letters.id, row.id)))
  }
}

/** Holds back the letters that wait for a request's package: another answer will take their place. */
export async function suppressWaitingLetters(scope: Scope, requestId: string): Promise<void> {
  await scope.tx.update(letters).set({ state: 'suppressed', waitsForPackage: false }).where(waitingOf(scope, requestId))
}

/** @throws {HabeasError} `not_found` */
export async function findLetter(scope: Scope, id: string): Promise<LetterRow> {
  const [row] = await scope.tx.select().from(letters).where(eq(letters.id, id))
  if (row === undefined) throw new HabeasError('not_found', 'There is no such letter.')
  return row
}

export async function findLetterByMessageId(scope: Scope, messageId: string): Promise<LetterRow | undefined> {
  const [row] = await scope.tx.select().from(letters).where(eq(letters.messageId, messageId))
  return row
}

export async function lettersOfCase(scope: Scope, caseId: string): Promise<LetterRow[]> {
  return await scope.tx
    .select()
    .from(letters)
    .where(eq(letters.caseId, caseId))
    .orderBy(asc(letters.queuedAt), asc(letters.id))
}

export async function lastLetterOf(scope: Scope, caseId: string, kind: string): Promise<LetterRow | undefined> {
  const [row] = await scope.tx
    .select()
    .from(letters)
    .where(and(eq(letters.caseId, caseId), eq(letters.kind, kind)))
    .orderBy(desc(letters.queuedAt))
    .limit(1)
  return row
}

/** Those of the cases to which a letter of one of these kinds has gone out. */
export async function casesWithSentLetter(
  scope: Scope,
  caseIds: readonly string[],
  kinds: readonly string[]
): Promise<Set<string | null>> {
  if (caseIds.length === 0) return new Set()
  const rows = await scope.tx
    .selectDistinct({ caseId: letters.caseId })
    .from(letters)
    .where(
      and(
        eq(letters.tenantId, scope.tenantId),
        inArray(letters.caseId, [...caseIds]),
        inArray(letters.kind, [...kinds]),
        eq(letters.state, 'sent')
      )
    )
  return new Set(rows.map(({ caseId }) => caseId))
}

/** @param vault  of the letter's case; null for a letter that belongs to none */
export function contentsOfLetter(scope: Pick<Scope, 'vault'>, row: LetterRow, vault: CaseVault | null): LetterContents {
  return (vault ?? scope.vault).openJson<LetterContents>(placeOfLetter(row.id), row.sealed)
}

/** Marks a letter as sent, once. @returns whether it was this call that did */
export async function markSent(scope: Scope, id: string): Promise<boolean> {
  const marked = await scope.tx
    .update(letters)
    .set({ state: 'sent', sentAt: scope.now, attempts: sql`${letters.attempts} + 1` })
    .where(and(eq(letters.tenantId, scope.tenantId), eq(letters.id, id), eq(letters.state, 'queued')))
    .returning({ id: letters.id })
  return marked.length === 1
}

/**
 * Marks a letter as gone by post, once: one that could not be mailed, or was not yet.
 * @param sentAt  the instant by which it had been posted
 * @returns whether it was this call that did
 */
export async function markPosted(
  scope: Scope,
  id: string,
  { postedOn, sentAt }: { readonly postedOn: LocalDate; readonly sentAt: Date }
): Promise<boolean> {
  const marked = await scope.tx
    .update(letters)
    .set({ state: 'sent', sentAt, postedOn, waitsForPackage: false })
    .where(
      and(
        eq(letters.tenantId, scope.tenantId),
        eq(letters.id, id),
        inArray(letters.state, ['queued', 'undeliverable', 'suppressed'])
      )
    )
    .returning({ id: letters.id })
  return marked.length === 1
}

/** Whether a letter to the person may still leave. One that waits for its package is sent when that is there, or never. */
export async function hasLettersToSend(scope: Scope, caseId: string): Promise<boolean> {
  const [row] = await scope.tx
    .select({ id: letters.id })
    .from(letters)
    .where(and(eq(letters.caseId, caseId), eq(letters.state, 'queued'), eq(letters.waitsForPackage, false)))
    .limit(1)
  return row !== undefined
}

/** Holds back what has not left. */
export async function suppressLetters(scope: Scope, caseId: string): Promise<void> {
  await scope.tx
    .update(letters)
    .set({ state: 'suppressed', waitsForPackage: false })
    .where(and(eq(letters.tenantId, scope.tenantId), eq(letters.caseId, caseId), eq(letters.state, 'queued')))
}

/** @param failure  the class of what went wrong, never the server's words */
export async function markFailure(scope: Scope, id: string, failure: string, final: boolean): Promise<void> {
  await scope.tx
    .update(letters)
    .set({
      lastFailure: failure,
      attempts: sql`${letters.attempts} + 1`,
      ...(final ? { state: 'undeliverable' as const } : {})
    })
    .where(and(eq(letters.tenantId, scope.tenantId), eq(letters.id, id)))
}

const waitingOf = ({ tenantId }: Scope, requestId: string) =>
  and(eq(letters.tenantId, tenantId), eq(letters.requestId, requestId), eq(letters.waitsForPackage, true))

const placeOfLetter = (letterId: string) => `letters|sealed|${letterId}`
