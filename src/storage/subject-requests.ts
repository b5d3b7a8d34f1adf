// Subject requests: found, locked and listed. They change through the history alone.

import { and, asc, eq, inArray } from 'drizzle-orm'
import { HabeasError } from '../domain/errors.ts'
import type { Decision, Details } from '../domain/subject-request.ts'
import type { Scope } from './database.ts'
import type { CaseVault } from './sealing.ts'
import { subjectRequests } from './tables.ts'

export type SubjectRequestRow = typeof subjectRequests.$inferSelect

/** What a request's sealed value holds. */
export interface RequestContents {
  readonly details: Details
  readonly metadata: Readonly<Record<string, string>>
  readonly decision: Decision | null
}

const placeOfContents = (requestId: string) => `subject_requests|sealed|${requestId}`

export function sealContents(vault: CaseVault, requestId: string, contents: RequestContents): Buffer {
  return vault.sealJson(placeOfContents(requestId), contents)
}

/** @throws {SealBroken} when the personal data of the case was erased */
export function contentsOf(vault: CaseVault, row: SubjectRequestRow): RequestContents {
  return vault.openJson<RequestContents>(placeOfContents(row.id), row.sealed)
}

/** @throws {HabeasError} `not_found`, for another tenant's id as for one that never was */
export async function findSubjectRequest(scope: Scope, id: string): Promise<SubjectRequestRow> {
  const [row] = await scope.tx.select().from(subjectRequests).where(eq(subjectRequests.id, id))
  return existing(row)
}

/**
 * Locks the row: whoever else moves it waits, and then sees what became of it.
 * @throws {HabeasError} `not_found`; `version_stale` when the caller saw another version
 */
export async function lockSubjectRequest(scope: Scope, id: string): Promise<SubjectRequestRow> {
  const [row] = await scope.tx.select().from(subjectRequests).where(eq(subjectRequests.id, id)).for('update')
  const found = existing(row)
  if (scope.ifMatch != null && scope.ifMatch !== found.version) {
    throw new HabeasError('version_stale', 'The request has changed since you read it.', { version: found.version })
  }
  return found
}

/** The requests that arrived together, oldest id first. */
export async function requestsOfCase(scope: Scope, caseId: string): Promise<SubjectRequestRow[]> {
  return await scope.tx
    .select()
    .from(subjectRequests)
    .where(eq(subjectRequests.caseId, caseId))
    .orderBy(asc(subjectRequests.id))
}

/** As `requestsOfCase`, locked in that order, so that two who lock the same case never wait for each other. */
export async function lockRequestsOfCase(scope: Scope, caseId: string): Promise<SubjectRequestRow[]> {
  return await scope.tx
    .select()
    .from(subjectRequests)
    .where(eq(subjectRequests.caseId, caseId))
    .orderBy(asc(subjectRequests.id))
    .for('update')
}

export async function findSubjectRequests(scope: Scope, ids: readonly string[]): Promise<SubjectRequestRow[]> {
  if (ids.length === 0) return []
  return await scope.tx
    .select()
    .from(subjectRequests)
    .where(and(inArray(subjectRequests.id, [...ids])))
}

function existing(row: SubjectRequestRow | undefined): SubjectRequestRow {
  if (row === undefined) throw new HabeasError('not_found', 'There is no such request.')
  return row
}
