// Cases: whose data it is, who asks, and the key that everything of theirs is sealed under.

import { and, eq, inArray } from 'drizzle-orm'
import { type Contact, contactOf } from '../domain/contact.ts'
import { HabeasError } from '../domain/errors.ts'
import type { Requester, Subject } from '../domain/subject-request.ts'
import type { Scope } from './database.ts'
import type { CaseVault, TenantVault } from './sealing.ts'
import { cases, caseWords } from './tables.ts'

export type CaseRow = typeof cases.$inferSelect

export interface People {
  readonly subject: Subject
  readonly requester: Requester | null
}

export const placeOfPeople = (caseId: string) => `cases|sealed|${caseId}`

/** @throws {HabeasError} `not_found` */
export async function findCase(scope: Scope, caseId: string): Promise<CaseRow> {
  const [row] = await scope.tx.select().from(cases).where(eq(cases.id, caseId))
  if (row === undefined) throw new HabeasError('not_found', 'There is no such case.')
  return row
}

/** Locks the case, so that its proof of identity is given once. @throws {HabeasError} `not_found` */
export async function lockCase(scope: Scope, caseId: string): Promise<CaseRow> {
  const [row] = await scope.tx.select().from(cases).where(eq(cases.id, caseId)).for('update')
  if (row === undefined) throw new HabeasError('not_found', 'There is no such case.')
  return row
}

export async function findCases(scope: Scope, caseIds: readonly string[]): Promise<Map<string, CaseRow>> {
  if (caseIds.length === 0) return new Map()
  const rows = await scope.tx
    .select()
    .from(cases)
    .where(inArray(cases.id, [...caseIds]))
  return new Map(rows.map(row => [row.id, row]))
}

export async function changeCase(scope: Scope, caseId: string, changes: Partial<CaseRow>): Promise<void> {
  await scope.tx
    .update(cases)
    .set(changes)
    .where(and(eq(cases.tenantId, scope.tenantId), eq(cases.id, caseId)))
}

/** Makes a case found by these words and by no others. */
export async function setCaseWords(scope: Scope, caseId: string, words: readonly Buffer[]): Promise<void> {
  await scope.tx.delete(caseWords).where(and(eq(caseWords.tenantId, scope.tenantId), eq(caseWords.caseId, caseId)))
  if (words.length === 0) return
  await scope.tx.insert(caseWords).values(words.map(word => ({ tenantId: scope.tenantId, word, caseId })))
}

/**
 * Destroys the key of a case, and with it all that was sealed under it, wherever copies of the rows may lie. The names by which
 * it was found go too; the register keeps its own.
 */
export async function destroyCaseKey(scope: Scope, caseId: string): Promise<void> {
  await changeCase(scope, caseId, { sealedKey: null, erasedAt: scope.now, subjectKeys: [], externalId: null })
  await setCaseWords(scope, caseId, [])
}

/** @throws {HabeasError} `personal_data_erased` */
export function openCaseVault(scope: { vault: TenantVault }, { id, sealedKey, erasedAt }: CaseRow): CaseVault {
  if (sealedKey !== null) return scope.vault.openCase(id, sealedKey)
  throw new HabeasError('personal_data_erased', 'The personal data of this case was erased.', {
    erasedAt: erasedAt?.toISOString() ?? null
  })
}

/** @throws {HabeasError} `personal_data_erased` */
export function peopleOf(scope: { vault: TenantVault }, row: CaseRow): People {
  return openCaseVault(scope, row).openJson<People>(placeOfPeople(row.id), row.sealed)
}

/** To whom letters about the case go. @throws {HabeasError} `personal_data_erased` */
export function contactOfCase(scope: { vault: TenantVault }, row: CaseRow): Contact {
  return contactOf(peopleOf(scope, row), row.proof?.method ?? null)
}

/** The people of a case, or null when their data was erased: a list shows the rest all the same. */
export function peopleIfKept(scope: { vault: TenantVault }, row: CaseRow): People | null {
  if (row.sealedKey === null) return null
  return peopleOf(scope, row)
}

/** The key of a case by its id, for whoever holds only a request. @throws {HabeasError} `not_found`, `personal_data_erased` */
export async function caseVaultFor(scope: Scope, caseId: string): Promise<CaseVault> {
  return openCaseVault(scope, await findCase(scope, caseId))
}
