// Copies of their data that a person is still owed: an erasure waits for them, or there would be nothing left to copy.

import { and, asc, eq, inArray, isNotNull, type SQL, sql } from 'drizzle-orm'
import { OPEN_STATES } from '../domain/lifecycle.ts'
import { RIGHT_RULES, RIGHTS } from '../domain/rights.ts'
import type { Scope } from './database.ts'
import type { SubjectRequestRow } from './subject-requests.ts'
import { cases, subjectRequests } from './tables.ts'

const COPYING_RIGHTS = RIGHTS.filter(right => RIGHT_RULES[right].handsOverData)

/**
 * The open requests for a copy by the same person, under whatever name they made them. Only those who have proven who they
 * are count: nobody can hold up an erasure in somebody else's name.
 */
export async function copiesOwed(scope: Scope, request: SubjectRequestRow): Promise<string[]> {
  const keysOfPerson = sql`(select subject_keys from cases where id = ${request.caseId})`
  const rows = await scope.tx
    .select({ id: subjectRequests.id })
    .from(subjectRequests)
    .innerJoin(cases, and(eq(cases.tenantId, subjectRequests.tenantId), eq(cases.id, subjectRequests.caseId)))
    .where(and(isOwed, sql`${cases.subjectKeys} && ${keysOfPerson}`))
    .orderBy(asc(subjectRequests.id))
  return rows.map(row => row.id)
}

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
