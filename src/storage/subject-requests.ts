// Subject requests: found, locked and listed. They change through the history alone.

import { and, asc, eq, gt, inArray } from 'drizzle-orm'
import { HabeasError } from '../domain/errors.ts'
import { OPEN_STATES } from '../domain/lifecycle.ts'
import type { Decision, Details } from '../domain/subject-request.ts'
import type { Scope } from './database.ts'
import type { CaseVault } from './sealing.ts'
import { subjectRequests } from './tables.ts'
import { refuseStale } from './versions.ts'

export type SubjectRequestRow = typeof subjectRequests.$inferSelect
/** What one law gives for a request. */
export type LawDates = SubjectRequestRow['clock']['laws'][number]

/** What a request's dates are read from, without what is sealed. */
export type RowWithDates = Pick<
  SubjectRequestRow,
  | 'regime'
  | 'clock'
  | 'pausedAt'
  | 'dueOn'
  | 'dueOnWhilePaused'
  | 'targetOn'
  | 'statutoryDueOn'
  | 'extendedDueOn'
  | 'acknowledgeBy'
  | 'extensionNoticeBy'
  | 'refusalBy'
>

/** The law of a request with its dates, or both where two apply, its own first. */
export function lawsOf(row: RowWithDates): readonly LawDates[] {
  const { laws = [], holidays, holidaysVersion } = row.clock
  if (laws.length > 0) return laws
  const { regime, targetOn, statutoryDueOn, extendedDueOn, acknowledgeBy, extensionNoticeBy, refusalBy } = row
  const dueOn = extendedDueOn ?? statutoryDueOn
  const its = { targetOn, statutoryDueOn, extendedDueOn, acknowledgeBy, extensionNoticeBy, refusalBy }
  return [{ regime, holidays, holidaysVersion, dueOn, ...its }]
}

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
  refuseStale(scope, 'request', found.version)
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

/** Of a case as a whole: it grows with every change of any of its requests. */
export function versionOfCase(requests: readonly SubjectRequestRow[]): number {
  return requests.reduce((sum, { version }) => sum + version, 0)
}

/**
 * Locks those of many that nobody else holds, in order of id, without waiting for the others.
 * @returns the rows that are locked now
 */
export async function lockFreeSubjectRequests(scope: Scope, ids: readonly string[]): Promise<SubjectRequestRow[]> {
  return await scope.tx
    .select()
    .from(subjectRequests)
    .where(and(eq(subjectRequests.tenantId, scope.tenantId), inArray(subjectRequests.id, [...ids])))
    .orderBy(asc(subjectRequests.id))
    .for('update', { skipLocked: true })
}

/** Some of the tenant's open requests, locked, in order of id. @param after  the last of those before; null begins */
export async function lockOpenRequests(
  scope: Scope,
  after: string | null,
  limit: number
): Promise<SubjectRequestRow[]> {
  return await scope.tx
    .select()
    .from(subjectRequests)
    .where(
      and(
        eq(subjectRequests.tenantId, scope.tenantId),
        inArray(subjectRequests.state, [...OPEN_STATES]),
        after === null ? undefined : gt(subjectRequests.id, after)
      )
    )
    .orderBy(asc(subjectRequests.id))
    .limit(limit)
    .for('update')
}

/**
 * Locks a request with the others of its case, in the order that keeps two who do so from waiting for each other: for whoever
 * decides by the others as well.
 * @throws {HabeasError} `not_found`, `version_stale`
 */
export async function lockInCase(scope: Scope, id: string): Promise<SubjectRequestRow> {
  const { caseId } = await findSubjectRequest(scope, id)
  await lockRequestsOfCase(scope, caseId)
  return await lockSubjectRequest(scope, id)
}

function existing(row: SubjectRequestRow | undefined): SubjectRequestRow {
  if (row === undefined) throw new HabeasError('not_found', 'There is no such request.')
  return row
}
