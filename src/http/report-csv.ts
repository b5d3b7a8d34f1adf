// Reports as tables for spreadsheets: a figure a line, so that every number of the report has its place.

import { stringify } from 'csv-stringify/sync'
import { cellOf } from '../archive/package/csv-cell.ts'
import type { CaliforniaReport } from '../domain/reports/california.ts'
import type { Overview, OverviewRow } from '../domain/reports/overview.ts'

const OVERVIEW_COLUMNS = ['figure', 'right', 'regime', 'state', 'outcome', 'ground', 'value'] as const
type Line = Readonly<Partial<Record<(typeof OVERVIEW_COLUMNS)[number], string | number | null>>>

const COUNTED = [
  'received',
  'answered',
  'dated',
  'onTime',
  'onTimeShare',
  'medianDays',
  'p90Days',
  'meanDays',
  'extensions'
] as const satisfies readonly (keyof OverviewRow)[]

/** What is about all rights and laws leaves both columns empty. */
export function overviewCsv({ period, timeZone, today, weekEndsOn, open, total, rows, outcomes }: Overview): string {
  const { byState, ...sums } = open
  const lines: Line[] = [
    ...Object.entries({ ...period, timeZone, today, weekEndsOn }).map(([figure, value]) => ({ figure, value })),
    ...Object.entries(sums).map(([figure, value]) => ({ figure: `open.${figure}`, value })),
    ...byState.map(({ state, count }) => ({ figure: 'open', state, value: count })),
    ...[total, ...rows].flatMap(row =>
      COUNTED.map(figure => ({ figure, right: row.right, regime: row.regime, value: row[figure] }))
    ),
    ...outcomes.map(({ outcome, ground, count }) => ({ figure: 'outcome', outcome, ground, value: count }))
  ]
  return csvOf(
    OVERVIEW_COLUMNS,
    lines.map(line => OVERVIEW_COLUMNS.map(column => line[column]))
  )
}

/** A line for each kind of request, and one for all of them with the days alone. */
export function californiaCsv({ year, people, rows, medianDays, meanDays }: CaliforniaReport): string {
  const flat = rows.map(({ counts, denials, ...row }) => ({
    year,
    people,
    request: row.request,
    received: row.received,
    ...counts,
    ...denials,
    medianDays: row.medianDays,
    meanDays: row.meanDays
  }))
  const columns = Object.keys(flat[0]!) as (keyof (typeof flat)[number])[]
  const all: Readonly<Record<string, unknown>> = { year, people, request: 'all', medianDays, meanDays }
  return csvOf(
    columns,
    [...flat, all].map((line: Readonly<Record<string, unknown>>) => columns.map(column => line[column]))
  )
}

/** RFC 4180, every cell quoted; the mark at its beginning tells Excel that it is no text of the machine's own alphabet. */
function csvOf(columns: readonly string[], lines: readonly (readonly unknown[])[]): string {
  const cells = [columns, ...lines].map(line => line.map(cellOf))
  return `\ufeff${stringify(cells, { quoted: true, quoted_empty: true, record_delimiter: 'windows' })}`
}
