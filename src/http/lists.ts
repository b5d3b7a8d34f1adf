// The one way in which a route lists: one transaction, one page, one cursor.

import { type Database, inTenant, type Scope, type Who } from '../storage/database.ts'
import type { Cursors, ListQuery, Page, Position } from './cursors.ts'

export interface List<Row, Keys extends Position, T> {
  /** What a cursor is good for, beside the tenant and the filters. Of a list under something else, with the id of that. */
  readonly name: string
  /** At most `limit` rows in the order of the list, from the one after `after` on. */
  readonly rows: (scope: Scope, after: Keys | null, limit: number) => Promise<readonly Row[]>
  /** What the list is ordered by. */
  readonly positionOf: (row: Row) => Keys
  readonly render: (row: Row, scope: Scope) => T
}

/** What a route needs that lists something. */
export interface ListParts {
  readonly db: Database
  readonly cursors: Cursors
}

/** A Fastify request of any schema. */
interface ListingRequest {
  readonly query: ListQuery
  who(): Who
}

/** @throws {HabeasError} `invalid` for a cursor of another tenant, list or filter, and what `rows` refuses */
export async function listPage<Row, Keys extends Position, T>(
  { db, cursors }: ListParts,
  request: ListingRequest,
  { name, rows, positionOf, render }: List<Row, Keys, T>
): Promise<Page<T>> {
  const { query } = request
  const who = request.who()
  const after = cursors.read<Keys>(who.tenantId, name, query)
  return await inTenant(db, who, async scope => {
    // One more than is shown: it says whether there is a next page.
    const found = await rows(scope, after, query.limit + 1)
    return cursors.page(who.tenantId, name, query, found, { positionOf, render: row => render(row, scope) })
  })
}
