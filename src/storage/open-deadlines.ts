// The days of the requests that wait for an answer, for calendars: without what is sealed.

import { and, asc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm'
import { OPEN_STATES } from '../domain/lifecycle.ts'
import type { Right } from '../domain/rights.ts'
import type { Scope } from './database.ts'
import { extensionOwedBy, owedOn } from './owed-days.ts'
import { cases, subjectRequests } from './tables.ts'

/** What the requests have to have, each of them; none is asked for, all are shown. */
export interface DeadlineFilter {
  readonly rights: readonly Right[]
  readonly assignees: readonly string[]
}

/**
 * Those due first, `limit` at most: each with the days that do not stand. One that is due on no day counts by that on which its
 * receipt has to be confirmed.
 */
export async function listOpenDeadlines(scope: Scope, filter: DeadlineFilter, limit: number) {
  const { dueOn, acknowledgeBy, id } = subjectRequests
  const dated = await openWith(scope, filter, isNotNull(dueOn)).orderBy(asc(dueOn), asc(id)).limit(limit)
  const undated = await openWith(scope, filter, and(isNull(dueOn), isNotNull(acknowledgeBy)))
    .orderBy(asc(acknowledgeBy), asc(id))
    .limit(limit)
  return [...dated, ...undated]
    .sort((a, b) => compare(firstDay(a), firstDay(b)))
    .slice(0, limit)
    .map(row => ({ ...row, dueOn: owedOn(row), extensionNoticeBy: extensionOwedBy(row) }))
}

const firstDay = (row: { readonly dueOn: string | null; readonly acknowledgeBy: string | null }) =>
  row.dueOn ?? row.acknowledgeBy ?? ''

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function openWith(scope: Scope, { rights, assignees }: DeadlineFilter, days: SQL | undefined) {
  const { id, caseId, right, version, updatedAt, receivedOn, extendedAt } = subjectRequests
  const { dueOn, targetOn, acknowledgeBy, extensionNoticeBy, statutoryDueOn, extendedDueOn, refusalBy } =
    subjectRequests
  const { regime, clock, pausedAt, dueOnWhilePaused } = subjectRequests
  const { reference } = cases
  return scope.tx
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
      extensionNoticeBy,
      statutoryDueOn,
      extendedDueOn,
      refusalBy,
      regime,
      clock,
      pausedAt,
      dueOnWhilePaused
    })
    .from(subjectRequests)
    .innerJoin(cases, and(eq(cases.tenantId, subjectRequests.tenantId), eq(cases.id, subjectRequests.caseId)))
    .where(
      and(
        eq(subjectRequests.tenantId, scope.tenantId),
        sql`${subjectRequests.state} in ${[...OPEN_STATES]}`,
        days,
        ...rights.map(one => eq(right, one)),
        ...assignees.map(one => eq(subjectRequests.assignee, one))
      )
    )
}

export type OpenDeadline = Awaited<ReturnType<typeof listOpenDeadlines>>[number]
