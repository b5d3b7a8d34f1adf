// Lists of requests: keyset only, with an index for each order that is offered. Totals are never counted on the way.

import { and, asc, eq, inArray, isNotNull, isNull, lt, not, type SQL, sql } from 'drizzle-orm'
import type { LocalDate } from '../domain/deadline/local-date.ts'
import type { RegimeName } from '../domain/deadline/regimes.ts'
import { OPEN_STATES, type State } from '../domain/lifecycle.ts'
import { parseMailbox } from '../domain/mailbox-address.ts'
import type { Right } from '../domain/rights.ts'
import type { CaseRow } from './cases.ts'
import type { Scope } from './database.ts'
import { isOwedBefore } from './owed-days.ts'
import { searchWord, wordsOf } from './subject-keys.ts'
import type { SubjectRequestRow } from './subject-requests.ts'
import { cases, subjectRequests } from './tables.ts'

export const SORTS = ['-createdAt', 'dueOn'] as const
export type Sort = (typeof SORTS)[number]

export interface RequestFilter {
  readonly state?: State | undefined
  readonly right?: Right | undefined
  readonly regime?: RegimeName | undefined
  /** Whether it has not ended yet. */
  readonly open?: boolean | undefined
  readonly dueBefore?: LocalDate | undefined
  /** Open, and due before this day of the tenant's. */
  readonly overdueOn?: LocalDate | undefined
  readonly assignee?: string | undefined
  readonly caseId?: string | undefined
  readonly email?: string | undefined
  readonly externalId?: string | undefined
  readonly text?: string | undefined
}

/** Where the last page ended. */
export interface PageEnd {
  /** Null where it had no due day. */
  readonly at: string | null
  readonly id: string
}

export interface ListedRequest {
  readonly row: SubjectRequestRow
  readonly theirs: CaseRow
}

interface Page {
  readonly sort: Sort
  readonly after: PageEnd | null
  readonly limit: number
}

/** By due day, what is due on none comes last: it may still want a word by a day of its own. */
export async function listSubjectRequests(scope: Scope, filter: RequestFilter, page: Page): Promise<ListedRequest[]> {
  if (page.sort !== 'dueOn') return await listInOrder(scope, filter, page, 'newest')
  const { after, limit } = page
  // Two walks along one index: a comparison that let nulls follow would read it from its beginning for each page.
  const dated = after?.at === null ? [] : await listInOrder(scope, filter, page, 'dated')
  if (dated.length === limit) return dated
  const rest = { after: after?.at === null ? after : null, limit: limit - dated.length }
  return [...dated, ...(await listInOrder(scope, filter, rest, 'undated'))]
}

type Order = 'newest' | 'dated' | 'undated'

async function listInOrder(
  scope: Scope,
  filter: RequestFilter,
  { after, limit }: Pick<Page, 'after' | 'limit'>,
  order: Order
): Promise<ListedRequest[]> {
  return await scope.tx
    .select({ row: subjectRequests, theirs: cases })
    .from(subjectRequests)
    .innerJoin(cases, and(eq(cases.tenantId, subjectRequests.tenantId), eq(cases.id, subjectRequests.caseId)))
    .where(
      and(
        eq(subjectRequests.tenantId, scope.tenantId),
        ...conditions(scope, filter),
        order === 'dated' ? isNotNull(subjectRequests.dueOn) : undefined,
        order === 'undated' ? isNull(subjectRequests.dueOn) : undefined,
        after === null ? undefined : BEYOND[order](after)
      )
    )
    .orderBy(
      ...(order === 'newest'
        ? [newestFirst(subjectRequests.createdAt), newestFirst(subjectRequests.id)]
        : [asc(subjectRequests.dueOn), asc(subjectRequests.id)])
    )
    .limit(limit)
}

const BEYOND: Readonly<Record<Order, (end: PageEnd) => SQL>> = {
  newest: ({ at, id }) =>
    sql`(${subjectRequests.createdAt}, ${subjectRequests.id}) < (${at}::timestamptz, ${id}::uuid)`,
  dated: ({ at, id }) => sql`(${subjectRequests.dueOn}, ${subjectRequests.id}) > (${at}::date, ${id}::uuid)`,
  undated: ({ id }) => sql`${subjectRequests.id} > ${id}::uuid`
}

function conditions(scope: Scope, filter: RequestFilter): (SQL | undefined)[] {
  const { state, right, regime, open, dueBefore, overdueOn, assignee, caseId, email, externalId, text } = filter
  return [
    state && eq(subjectRequests.state, state),
    right && eq(subjectRequests.right, right),
    regime && eq(subjectRequests.regime, regime),
    open === undefined ? undefined : open ? isOpen : not(isOpen),
    dueBefore && lt(subjectRequests.dueOn, dueBefore),
    overdueOn && and(isOwedBefore(overdueOn), isOpen),
    assignee && eq(subjectRequests.assignee, assignee),
    caseId && eq(subjectRequests.caseId, caseId),
    externalId && eq(subjectRequests.externalId, externalId),
    email && sql`${subjectRequests.caseId} in ${casesWith(scope, [parseMailbox(email, '/query/email').foldedForm])}`,
    text && textCondition(scope, text)
  ].filter(condition => condition !== undefined && condition !== '') as (SQL | undefined)[]
}

const isOpen = inArray(subjectRequests.state, [...OPEN_STATES])

/** Words of the subject's name, address or identifiers (all of them), or the reference, or the external id. Each way has its own index. */
function textCondition(scope: Scope, text: string): SQL {
  const typed = text.trim()
  const words = wordsOf(text)
  const { tenantId } = scope
  const requests = sql`select id from subject_requests where tenant_id = ${tenantId}`
  const ways = [
    sql`${requests} and external_id = ${typed}`,
    sql`${requests} and case_id in (select id from cases where tenant_id = ${tenantId} and reference = ${typed.toUpperCase()})`
  ]
  if (words.length > 0) ways.push(sql`${requests} and case_id in ${casesWith(scope, words)}`)
  return sql`${subjectRequests.id} in (${sql.join(ways, sql` union `)})`
}

/** The cases in which each of these words occurs. */
function casesWith({ tenantId, vault }: Scope, words: readonly string[]): SQL {
  const keys = [...new Set(words)].map(word => searchWord(vault, word))
  const found = sql`select case_id from case_words where tenant_id = ${tenantId} and word in ${keys}`
  return keys.length === 1 ? sql`(${found})` : sql`(${found} group by case_id having count(*) = ${keys.length})`
}

/** As the indexes are: without the last two words PostgreSQL sorts the whole table, though nothing in it is null. */
function newestFirst(column: typeof subjectRequests.createdAt | typeof subjectRequests.id): SQL {
  return sql`${column} desc nulls last`
}
