// When a case ended.

import { and, eq, max, ne } from 'drizzle-orm'
import type { Scope } from './database.ts'
import { events, subjectRequests } from './tables.ts'

/** When a request of the case moved last: where all have ended, that is when the last one did. */
export async function lastMoveIn(scope: Scope, caseId: string): Promise<Date | null> {
  const [row] = await scope.tx
    .select({ at: max(events.at) })
    .from(events)
    .innerJoin(
      subjectRequests,
      and(eq(subjectRequests.tenantId, events.tenantId), eq(subjectRequests.id, events.requestId))
    )
    .where(
      and(
        eq(subjectRequests.tenantId, scope.tenantId),
        eq(subjectRequests.caseId, caseId),
        ne(events.fromState, events.toState)
      )
    )
  return row?.at ?? null
}
