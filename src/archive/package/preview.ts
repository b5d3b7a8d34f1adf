// The first records of a dataset, cut to what a page can show: a taste, so that a person knows which file to open.

import { isExactNumber } from '../exact-json.ts'
import { plainText } from './csv-cell.ts'

export interface Preview {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** How many columns the page leaves out. */
  readonly moreColumns: number
}

const ROWS_MAX = 10
const COLUMNS_MAX = 8
const TEXT_MAX = 160

/** Gathers the preview from a dataset's records, keeping some kilobytes of them at most. */
export function gatherPreview() {
  const columns = new Set<string>()
  const rows: Map<string, string>[] = []
  return {
    see(leaves: ReadonlyMap<string, unknown>): void {
      if (rows.length >= ROWS_MAX) return
      const row = new Map<string, string>()
      for (const [path, value] of leaves) {
        if (!columns.has(path) && columns.size >= COLUMNS_MAX) continue
        columns.add(path)
        row.set(path, shorten(isExactNumber(value) ? value.rawJSON : plainText(value)))
      }
      rows.push(row)
    },
    preview(columnCount: number): Preview {
      const shown = [...columns]
      return {
        columns: shown.map(shorten),
        rows: rows.map(row => shown.map(column => row.get(column) ?? '')),
        moreColumns: Math.max(0, columnCount - shown.length)
      }
    }
  }
}

/** Cut between letters, never within one. */
function shorten(text: string): string {
  return text.length <= TEXT_MAX ? text : `${text.slice(0, TEXT_MAX).replace(/[\ud800-\udbff]$/, '')}…`
}
