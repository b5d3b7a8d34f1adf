// Reading CSV as systems and spreadsheets write it.

import { Readable } from 'node:stream'
import { type CsvError, parse as parseCsv } from 'csv-parse'
import type { HabeasError } from '../../domain/errors.ts'
import { faultyRecord, notUtf8, oversizedRecord } from './record-fault.ts'

/**
 * Reads CSV with a header line, separated by comma, semicolon or tab. Every field is text.
 * @throws {HabeasError} `invalid`, `too_large`
 */
export async function* readCsv(source: Readable, maxRecordBytes: number): AsyncGenerator<Record<string, string>> {
  const { text, delimiter } = await sniffDelimiter(decodeStream(source))
  const parser = parseCsv({
    columns: checkHeader,
    delimiter,
    info: true,
    max_record_size: maxRecordBytes,
    skip_empty_lines: true
  })
  // A pipe carries data and no errors: a source that breaks off would leave the parser waiting for ever.
  const reading = Readable.from(text).on('error', error => parser.destroy(error))
  try {
    const rows: AsyncIterable<{ record: Record<string, string> }> = reading.pipe(parser)
    for await (const { record } of rows) yield record
  } catch (error) {
    throw isCsvError(error) ? csvFault(error, maxRecordBytes) : error
  } finally {
    reading.destroy()
    source.destroy()
  }
}

function checkHeader(names: string[]): string[] {
  const place = { pointer: '/line/1', place: 'The header line' }
  if (names.some(name => name.trim() === ''))
    throw faultyRecord(place, 'header', 'has an empty name', 'Name every column.')
  if (names.includes('__proto__'))
    throw faultyRecord(place, 'key', 'has a name that is not allowed', 'Rename __proto__.')
  if (new Set(names).size < names.length)
    throw faultyRecord(place, 'header', 'has a name twice', 'Name each column once.')
  return names
}

const CSV_RULES: Readonly<Partial<Record<CsvError['code'], { rule: string; what: string; fix: string }>>> = {
  CSV_RECORD_INCONSISTENT_COLUMNS: {
    rule: 'columns',
    what: 'does not have as many fields as the header',
    fix: 'Write every column in every row, and quote fields that hold a separator.'
  },
  CSV_QUOTE_NOT_CLOSED: {
    rule: 'quotes',
    what: 'has a quote that is never closed',
    fix: 'Close it; write a quote within a field twice.'
  }
}
const CSV_QUOTES = {
  rule: 'quotes',
  what: 'has a quote in the wrong place',
  fix: 'Quote the whole field, and write a quote within it twice.'
}

function csvFault(error: CsvError, maxBytes: number): HabeasError {
  const line = typeof error.lines === 'number' ? error.lines : 1
  const place = { pointer: `/line/${line}`, place: `Line ${line}` }
  if (error.code === 'CSV_MAX_RECORD_SIZE') return oversizedRecord(place, maxBytes)
  const { rule, what, fix } = CSV_RULES[error.code] ?? CSV_QUOTES
  return faultyRecord(place, rule, what, fix)
}

/** The header decides: names rarely hold separators, data often does. Spreadsheets of half of Europe write semicolons. */
async function sniffDelimiter(
  text: AsyncGenerator<string>
): Promise<{ text: AsyncGenerator<string>; delimiter: string }> {
  let start = ''
  while (!/[\r\n]/.test(start) && start.length < 65_536) {
    const { done, value } = await text.next()
    if (done) break
    start += value
  }
  const names = start.split(/[\r\n]/, 1)[0]!.replaceAll(/"[^"]*"/g, '')
  const [delimiter = ','] = [',', ';', '\t'].toSorted(
    (one, other) => names.split(other).length - names.split(one).length
  )
  return { text: prepend(start, text), delimiter }
}

async function* prepend(start: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  if (start !== '') yield start
  yield* rest
}

async function* decodeStream(source: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decode = (bytes?: Buffer): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true })
    } catch {
      throw notUtf8()
    }
  }
  for await (const bytes of source as AsyncIterable<Buffer>) yield decode(bytes)
  yield decode()
}

function isCsvError(error: unknown): error is CsvError {
  return error instanceof Error && 'code' in error && /^(CSV|INVALID)_/.test(String(error.code))
}
