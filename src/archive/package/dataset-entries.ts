// One dataset as two entries of a package: JSON for programs, CSV for people. The records stream past twice, because a CSV
// header can only be written once all of them have been seen.

import { stringify } from 'csv-stringify/sync'
import { cellOf, guardCell } from './csv-cell.ts'
import { datasetEntry } from './entry-names.ts'
import type { Dataset, WrittenDataset } from './facts.ts'
import { type FieldSchema, gatherSchema } from './field-schema.ts'
import { flattenRecord, gatherColumns, toRow } from './flatten-record.ts'
import { gatherPreview, type Preview } from './preview.ts'
import type { ZipStream } from './zip-stream.ts'

export interface DatasetEntries {
  readonly written: WrittenDataset
  readonly schema: FieldSchema
  readonly preview: Preview
}

/** Characters of JSON gathered before they are handed on: many small pieces would cost more than the compression. */
const BATCH_LENGTH = 65_536
const BATCH_ROWS = 200

/**
 * Writes `data/NNN-name.json` and `data/NNN-name.csv`.
 * @throws {Error} when the records were not the same number at both readings
 */
export async function writeDataset(zip: ZipStream, dataset: Dataset, number: number): Promise<DatasetEntries> {
  const { name, system, category, rows } = dataset
  const entry = datasetEntry(number, name)
  const gathered = { columns: gatherColumns(), schema: gatherSchema(), preview: gatherPreview() }
  let records = 0

  const json = await zip.add(
    `${entry}.json`,
    toJson(rows(), record => {
      const leaves = flattenRecord(record)
      gathered.columns.see(leaves)
      gathered.schema.see(record)
      gathered.preview.see(leaves)
      records += 1
    })
  )
  const columns = gathered.columns.columns()
  let recordsInCsv = 0
  const csv = await zip.add(
    `${entry}.csv`,
    toCsv(rows(), columns, () => {
      recordsInCsv += 1
    })
  )
  if (recordsInCsv !== records) throw new Error('A dataset changed between its two readings.')

  const written = { name, system, category, json: json.name, csv: csv.name, records, columns }
  return { written, schema: gathered.schema.schema(), preview: gathered.preview.preview(columns.length) }
}

type Rows = ReturnType<Dataset['rows']>
type Row = Readonly<Record<string, unknown>>

async function* toJson(rows: Rows, see: (row: Row) => void): AsyncGenerator<string> {
  let batch = '['
  let separator = '\n'
  for await (const row of rows) {
    see(row)
    batch += `${separator}${JSON.stringify(row)}`
    separator = ',\n'
    if (batch.length < BATCH_LENGTH) continue
    yield batch
    batch = ''
  }
  yield `${batch}\n]\n`
}

async function* toCsv(rows: Rows, columns: readonly string[], see: () => void): AsyncGenerator<string> {
  // Excel takes a file without a byte order mark for the machine's own alphabet, and Danish and Greek for noise.
  yield `\ufeff${columns.length === 0 ? '' : csvLines([columns.map(guardCell)])}`
  let batch: string[][] = []
  for await (const row of rows) {
    see()
    batch.push(toRow(flattenRecord(row), columns).map(cellOf))
    if (batch.length < BATCH_ROWS) continue
    yield csvLines(batch)
    batch = []
  }
  yield csvLines(batch)
}

/** RFC 4180, every cell quoted. */
function csvLines(rows: string[][]): string {
  return stringify(rows, { quoted: true, quoted_empty: true, record_delimiter: 'windows' })
}
