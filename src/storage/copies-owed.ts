// Copies of their data that a person is still owed: an erasure waits for them, or there would be nothing left to copy.

import { and, asc, eq, inArray, isNotNull, type SQL, sql } from 'drizzle-orm'
import { canMove, OPEN_STATES, STATES } from '../domain/lifecycle.ts'
import { RIGHT_RULES, RIGHTS } from '../domain/rights.ts'
import type { Scope } from './database.ts'
import type { SubjectRequestRow } from './subject-requests.ts'
import { cases, subjectRequests } from './tables.ts'

const COPYING_RIGHTS = RIGHTS.filter(right => RIGHT_RULES[right].handsOverData)

/**
 * The open requests for a copy by the same person, under whatever name they made them. Only those who have proven who they
 * are count: nobody can hold up an erasure in somebody else's name.
 */
export async function copiesOwed(scope: Scope, request: Pick<SubjectRequestRow, 'caseId'>): Promise<string[]> {
  return await requestsOfPerson(scope, request, isOwed)
}

/** The erasures that the same person has asked for, and that have begun or could. */
export async function erasuresOf(scope: Scope, request: Pick<SubjectRequestRow, 'caseId'>): Promise<string[]> {
  return await requestsOfPerson(scope, request, isErasure)
}

async function requestsOfPerson(
  scope: Scope,
  { caseId }: Pick<SubjectRequestRow, 'caseId'>,
  condition: SQL | undefined
): Promise<string[]> {
  const keysOfPerson = sql`(select subject_keys from cases where id = ${caseId})`
  const rows = await scope.tx
    .select({ id: subjectRequests.id })
    .from(subjectRequests)
    .innerJoin(cases, and(eq(cases.tenantId, subjectRequests.tenantId), eq(cases.id, subjectRequests.caseId)))
    .where(and(condition, sql`${cases.subjectKeys} && ${keysOfPerson}`))
    .orderBy(asc(subjectRequests.id))
  return rows.map(row => row.id)
}

const isErasure = and(
  inArray(
    subjectRequests.right,
    RIGHTS.filter(right => RIGHT_RULES[right].task === 'erase')
  ),
  inArray(
    subjectRequests.state,
    STATES.filter(state => canMove(state, 'start', 'system') || canMove(state, 'finish', 'system'))
  ),
  isNotNull(subjectRequests.verifiedAt)
)

const isOwed = and(
  inArray(subjectRequests.right, COPYING_RIGHTS),
  inArray(subjectRequests.state, [...OPEN_STATES]),
  isNotNull(subjectRequests.verifiedAt)
)

/** The same as a condition on a row that is joined with its case: nothing is owed to that person. */
export function noCopyOwed(): SQL {
  return sql`not exists (
    select from subject_requests owed join cases theirs on theirs.tenant_id = owed.tenant_id and theirs.id = owed.case_id
    where owed.tenant_id = ${cases.tenantId} and owed.verified_at is not null
      and owed.subject_right in ${COPYING_RIGHTS} and owed.state in ${[...OPEN_STATES]}
      and theirs.subject_keys && ${cases.subjectKeys})`
}
