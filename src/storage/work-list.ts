// The work list: tasks with the request, the person and the system they are about.

import { and, asc, eq, gt, inArray, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm'
import { HabeasError } from '../domain/errors.ts'
import type { TaskKind } from '../domain/rights.ts'
import { type TaskState, WORKING_STATES } from '../domain/tasks.ts'
import type { CaseRow } from './cases.ts'
import { noCopyOwed } from './copies-owed.ts'
import type { Scope } from './database.ts'
import type { SubjectRequestRow } from './subject-requests.ts'
import type { SystemRow } from './systems.ts'
import { cases, subjectRequests, systems, tasks } from './tables.ts'
import type { TaskRow } from './tasks.ts'

export interface WorkItem {
  readonly task: TaskRow
  readonly request: SubjectRequestRow
  readonly theirs: CaseRow
  readonly system: SystemRow
}

export interface WorkFilter {
  /** A system's slug or id. */
  readonly system?: string | undefined
  readonly state?: TaskState | undefined
  readonly kind?: TaskKind | undefined
  readonly assignee?: string | undefined
  readonly requestId?: string | undefined
  /** Only what the caller could claim now. */
  readonly claimable?: boolean | undefined
}

/** Oldest first. @param after  the id of the last one that was seen */
export async function listWork(
  scope: Scope,
  filter: WorkFilter,
  { after, limit }: { after: string | null; limit: number }
): Promise<WorkItem[]> {
  const { system, state, kind, assignee, requestId, claimable } = filter
  return await selectWork(
    scope,
    and(
      after === null ? undefined : gt(tasks.id, after),
      system === undefined ? undefined : or(eq(systems.slug, system), eq(sql`${systems.id}::text`, system)),
      state === undefined ? undefined : eq(tasks.state, state),
      kind === undefined ? undefined : eq(tasks.kind, kind),
      assignee === undefined ? undefined : eq(tasks.assignee, assignee),
      requestId === undefined ? undefined : eq(tasks.requestId, requestId),
      claimable === true ? isClaimable(scope) : undefined
    )
  ).limit(limit)
}

/** @throws {HabeasError} `not_found`, for a task of another's as for one that never was */
export async function findWork(scope: Scope, taskId: string): Promise<WorkItem> {
  const [item] = await selectWork(scope, eq(tasks.id, taskId))
  if (item === undefined) throw new HabeasError('not_found', 'There is no such task.')
  return item
}

function selectWork(scope: Scope, condition: SQL | undefined) {
  return scope.tx
    .select({ task: tasks, request: subjectRequests, theirs: cases, system: systems })
    .from(tasks)
    .innerJoin(
      subjectRequests,
      and(eq(subjectRequests.tenantId, tasks.tenantId), eq(subjectRequests.id, tasks.requestId))
    )
    .innerJoin(cases, and(eq(cases.tenantId, subjectRequests.tenantId), eq(cases.id, subjectRequests.caseId)))
    .innerJoin(systems, and(eq(systems.tenantId, tasks.tenantId), eq(systems.id, tasks.systemId)))
    .where(and(eq(tasks.tenantId, scope.tenantId), isTheirBusiness(scope), condition))
    .orderBy(asc(tasks.id))
}

/**
 * An integration sees the tasks that are its own or anybody's. Those of another system's key are none of its business: they
 * say that this person exists and what they asked for.
 */
function isTheirBusiness({ actor }: Scope): SQL | undefined {
  if (actor.mover !== 'integration' || actor.id === null) return undefined
  return or(isNull(tasks.assignee), eq(tasks.assignee, actor.id))
}

/** What was given up is left to people; an erasure waits for the copy that the person is owed. */
function isClaimable({ actor, now }: Scope): SQL | undefined {
  const startable: TaskState[] = actor.mover === 'integration' ? ['open'] : ['open', 'failed']
  return and(
    or(inArray(tasks.state, startable), and(eq(tasks.state, 'claimed'), lte(tasks.leaseUntil, now))),
    inArray(subjectRequests.state, [...WORKING_STATES]),
    or(ne(tasks.kind, 'erase'), noCopyOwed())
  )
}
