// A nested record as one row: `address.city`. Lists stay whole, as JSON in one cell.

import { isExactNumber } from '../exact-json.ts'

/** Columns of one dataset. A record keyed by ids or dates would make a column of each. */
const COLUMNS_MAX = 1_000
/** Where the fields beyond `COLUMNS_MAX` go, as one JSON object of path and value. */
const OVERFLOW_COLUMN = '(more fields)'

/** The leaves of a record by their path. A dot or backslash within a name is written with a backslash before it. */
export function flattenRecord(record: Readonly<Record<string, unknown>>): Map<string, unknown> {
  const leaves = new Map<string, unknown>()
  collectLeaves(record, '', leaves)
  return leaves
}

/** Gathers the columns of a dataset from its records, in the order in which they first appear. */
export function gatherColumns() {
  /** Path → whether it ever held more than null. */
  const paths = new Map<string, boolean>()
  let overflows = false
  return {
    see(leaves: ReadonlyMap<string, unknown>): void {
      for (const [path, value] of leaves) {
        if (paths.has(path) || paths.size < COLUMNS_MAX) paths.set(path, paths.get(path) || value !== null)
        else overflows = true
      }
    },
    /** A field that is an object in some records and null in the others needs no column of its own. */
    columns(): string[] {
      const all = [...paths.keys()]
      const isParent = (path: string) => all.some(other => other.startsWith(`${path}.`))
      const kept = [...paths].filter(([path, held]) => held || !isParent(path)).map(([path]) => path)
      return overflows ? [...kept, OVERFLOW_COLUMN] : kept
    }
  }
}

/** The values of one record in the order of the columns. */
export function toRow(leaves: ReadonlyMap<string, unknown>, columns: readonly string[]): unknown[] {
  if (columns.at(-1) !== OVERFLOW_COLUMN) return columns.map(column => leaves.get(column))
  const known = new Set(columns)
  const rest = [...leaves].filter(([path, value]) => !known.has(path) && value !== null)
  return [...columns.slice(0, -1).map(column => leaves.get(column)), rest.length > 0 ? Object.fromEntries(rest) : null]
}

function collectLeaves(value: unknown, path: string, leaves: Map<string, unknown>): void {
  if (!isBranch(value)) {
    leaves.set(path, value)
    return
  }
  for (const [name, inner] of Object.entries(value)) {
    const step = name.replaceAll(/[\\.]/g, '\\$&')
    collectLeaves(inner, path === '' ? step : `${path}.${step}`, leaves)
  }
}

/** An object with something in it. */
function isBranch(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isExactNumber(value)) return false
  return Object.keys(value).length > 0
}
