// Where a list goes on. A cursor is opaque, signed, and good only for the tenant and the filters it was made for.

import { createHmac, hash, type KeyObject, timingSafeEqual } from 'node:crypto'
import { type HabeasError, invalid } from '../domain/errors.ts'
import type { Database } from '../storage/database.ts'
import { derivedKey, type Key } from '../storage/sealing.ts'

/** The keys of the last row shown, in the order of the list's `order by`. */
export type Position = readonly [OrderKey] | readonly [OrderKey, OrderKey]
type OrderKey = string | number | null

export interface Page<T> {
  readonly data: T[]
  /** Null on the last page. */
  readonly nextCursor: string | null
}

/** What a list's query always has. */
export interface ListQuery {
  readonly limit: number
  readonly cursor?: string
}

const MAC_BYTES = 16

export interface Cursors {
  /**
   * The position after which to go on.
   * @returns null on the first page
   * @throws {HabeasError} `invalid` for a cursor of another tenant, list or filter, or one that was altered
   */
  read<Keys extends Position>(tenantId: string, list: string, query: ListQuery): Keys | null
  /**
   * A page of what was found. Ask the database for one row more than `query.limit`: it says whether there is a next page.
   * @param positionOf  the position of a row
   */
  page<Row, T>(tenantId: string, list: string, query: ListQuery, rows: readonly Row[], see: SeeRow<Row, T>): Page<T>
}

interface SeeRow<Row, T> {
  readonly positionOf: (row: Row) => Position
  readonly render: (row: Row) => T
}

/** @param db  the cursors of every process of one deployment are good for all of them, also while its root key is replaced */
export function openCursors({ roots: { current, retired } }: Database): Cursors {
  const keyFrom = (root: Key) => derivedKey(root, 'cursors').secret
  const key = keyFrom(current)
  const keys = [key, ...retired.map(keyFrom)]
  const macOf = (key: KeyObject, tenantId: string, list: string, query: ListQuery, position: string) =>
    createHmac('sha256', key)
      .update(`${tenantId}\n${list}\n${filtersOf(query)}\n${position}`)
      .digest()
      .subarray(0, MAC_BYTES)

  return {
    read(tenantId, list, query) {
      if (query.cursor === undefined) return null
      const [position = '', mac = ''] = query.cursor.split('.')
      const given = Buffer.from(mac, 'base64url')
      const made = keys.map(one => macOf(one, tenantId, list, query, position))
      if (!made.some(mac => given.length === mac.length && timingSafeEqual(given, mac))) throw notOurs()
      // Signed, so it is what was made from a row of this list.
      return JSON.parse(Buffer.from(position, 'base64url').toString('utf8'))
    },

    page(tenantId, list, query, rows, { positionOf, render }) {
      const shown = rows.slice(0, query.limit)
      const last = shown.at(-1)
      if (rows.length <= query.limit || last === undefined) return { data: shown.map(render), nextCursor: null }
      const position = Buffer.from(JSON.stringify(positionOf(last))).toString('base64url')
      const mac = macOf(key, tenantId, list, query, position).toString('base64url')
      return { data: shown.map(render), nextCursor: `${position}.${mac}` }
    }
  }
}

/** The page size may change on the way; what is listed, and in which order, may not. */
function filtersOf(query: ListQuery): string {
  const filters = Object.entries(query).filter(
    ([name, value]) => name !== 'cursor' && name !== 'limit' && value !== undefined
  )
  return hash('sha256', JSON.stringify(filters.sort(([a], [b]) => (a < b ? -1 : 1))), 'base64')
}

function notOurs(): HabeasError {
  return invalid('The cursor does not belong to this list.', {
    pointer: '/query/cursor',
    rule: 'cursor',
    fix: 'Send nextCursor as you received it, with the same filters, or leave it out to begin anew.'
  })
}
