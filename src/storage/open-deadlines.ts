// The days of the requests that wait for an answer, for calendars: without what is sealed.

import { and, asc, eq, isNotNull, sql } from 'drizzle-orm'
import { OPEN_STATES } from '../domain/lifecycle.ts'
import type { Right } from '../domain/rights.ts'
import type { Scope } from './database.ts'
import { cases, subjectRequests } from './tables.ts'

/** What the requests have to have, each of them; none is asked for, all are shown. */
export interface DeadlineFilter {
  readonly rights: readonly Right[]
  readonly assignees: readonly string[]
}

/** Those due first, `limit` at most. */
export async function listOpenDeadlines(scope: Scope, { rights, assignees }: DeadlineFilter, limit: number) {
  const { id, caseId, right, version, updatedAt, receivedOn, extendedAt } = subjectRequests
  const { dueOn, targetOn, acknowledgeBy, extensionNoticeBy } = subjectRequests
  const { reference } = cases
  return await scope.tx
    .select({
      id,
      caseId,
      reference,
      right,
      version,
      updatedAt,
      receivedOn,
      extendedAt,
      dueOn,
      targetOn,
      acknowledgeBy,
      extensionNoticeBy
    })
    .from(subjectRequests)
    .innerJoin(cases, and(eq(cases.tenantId, subjectRequests.tenantId), eq(cases.id, subjectRequests.caseId)))
    .where(
      and(
        eq(subjectRequests.tenantId, scope.tenantId),
        sql`${subjectRequests.state} in ${[...OPEN_STATES]}`,
        isNotNull(dueOn),
        ...rights.map(one => eq(right, one)),
        ...assignees.map(one => eq(subjectRequests.assignee, one))
      )
    )
    .orderBy(asc(dueOn), asc(id))
    .limit(limit)
}

export type OpenDeadline = Awaited<ReturnType<typeof listOpenDeadlines>>[number]
