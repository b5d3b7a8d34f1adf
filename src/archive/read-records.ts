// Reading what systems hand in for a request: records as NDJSON, as a JSON array or as CSV, of any length.

import type { Readable } from 'node:stream'
import { invalid } from '../domain/errors.ts'
import { isExactNumber, parseExactly } from './exact-json.ts'
import { readCsv } from './records/csv-records.ts'
import { cutArray, cutLines, type RawRecord } from './records/json-records.ts'
import { faultyRecord, notUtf8 } from './records/record-fault.ts'

/** One record as collected. Numbers that JavaScript would round are `ExactNumber`s. */
export type DataRecord = Record<string, unknown>

export interface RecordLimits {
  /** Bytes of one record as it comes in. */
  readonly maxRecordBytes: number
  /** Objects and arrays within each other, the record itself being the first. */
  readonly maxDepth: number
}

export const RECORD_LIMITS: RecordLimits = { maxRecordBytes: 1_048_576, maxDepth: 32 }

export const RECORD_TYPES = ['application/x-ndjson', 'application/json', 'text/csv'] as const

/**
 * Reads records one by one; nothing is held but the record at hand. CSV needs a header line, may be separated by comma,
 * semicolon or tab, and yields text for every field.
 *
 * The first fault ends it: what was read before then is not the whole, and must not be kept as if it were.
 *
 * @param contentType one of `RECORD_TYPES`; parameters other than a UTF-8 `charset` are passed over
 * @throws {HabeasError} `invalid` naming the line or record, the rule and the fix, without quoting the data; `too_large`
 */
export function readRecords(
  source: Readable,
  contentType: string,
  limits: RecordLimits = RECORD_LIMITS
): AsyncGenerator<DataRecord> {
  const [type = '', ...parameters] = contentType.toLowerCase().split(';')
  const charset = parameters.map(parameter => /^\s*charset="?([^"\s]+)"?\s*$/.exec(parameter)?.[1]).find(Boolean)
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8') throw notUtf8()

  switch (type.trim()) {
    case 'application/x-ndjson':
      return readJson(cutLines(source, limits.maxRecordBytes), limits)
    case 'application/json':
      return readJson(cutArray(source, limits.maxRecordBytes), limits)
    case 'text/csv':
      return readCsv(source, limits.maxRecordBytes)
    default:
      throw invalid('Records cannot be read from this type of content.', {
        pointer: '/header/content-type',
        rule: 'contentType',
        fix: `Send one of ${RECORD_TYPES.join(', ')}; for anything else, send a file.`
      })
  }
}

async function* readJson(raws: AsyncIterable<RawRecord>, { maxDepth }: RecordLimits): AsyncGenerator<DataRecord> {
  for await (const raw of raws) {
    const record = parseRecord(raw)
    if (!isObject(record))
      throw faultyRecord(raw, 'object', 'is not an object', 'Send one JSON object for each record.')
    refuseDangers(record, maxDepth, raw)
    yield record
  }
}

function parseRecord(raw: RawRecord): unknown {
  const text = decodeText(raw.bytes)
  if (text === null) throw faultyRecord(raw, 'utf8', 'is not UTF-8 text', 'Write the records in UTF-8.')
  try {
    return parseExactly(text)
  } catch {
    throw faultyRecord(raw, 'json', 'is not valid JSON', 'Write each record as JSON with a library, not by hand.')
  }
}

/** Keys that turn into prototypes in careless programs further on, and nesting that exhausts the stack of any. */
function refuseDangers(value: unknown, depthLeft: number, raw: RawRecord): void {
  if (typeof value !== 'object' || value === null) return
  if (depthLeft === 0) throw faultyRecord(raw, 'depth', 'is nested too deeply', 'Flatten the record.')
  if (isObject(value) && (Object.hasOwn(value, '__proto__') || isPrototypeOfSorts(value))) {
    throw faultyRecord(
      raw,
      'key',
      'has a key that is not allowed',
      'Rename keys such as __proto__ and constructor.prototype.'
    )
  }
  for (const inner of Object.values(value)) refuseDangers(inner, depthLeft - 1, raw)
}

function isPrototypeOfSorts(value: DataRecord): boolean {
  const own = Object.hasOwn(value, 'constructor') ? value.constructor : null
  return isObject(own) && Object.hasOwn(own, 'prototype')
}

function decodeText(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

function isObject(value: unknown): value is DataRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isExactNumber(value)
}
