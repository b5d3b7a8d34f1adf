// Cutting NDJSON and JSON arrays into records while they stream in. Only the seams between records are found here, with
// the size of each held in check on the way; what a record says is read by `JSON.parse` alone.

import type { Readable } from 'node:stream'
import { type HabeasError, invalid } from '../../domain/errors.ts'
import { oversizedRecord, type RecordPlace } from './record-fault.ts'

/** One record, unread. */
export interface RawRecord extends RecordPlace {
  /** Overwritten by the next record: read it before asking for that. */
  readonly bytes: Buffer
}

const [NEWLINE, QUOTE, BACKSLASH, COMMA] = [0x0a, 0x22, 0x5c, 0x2c]
const [OPEN_ARRAY, CLOSE_ARRAY, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d]
/** White space, and the three bytes of the byte order mark that some programs write in front. */
const SKIPPED = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf])

/**
 * One record a line; empty lines are passed over.
 * @throws {HabeasError} `too_large`
 */
export async function* cutLines(source: Readable, maxRecordBytes: number): AsyncGenerator<RawRecord> {
  const held = holdBytes(maxRecordBytes)
  let line = 1
  const place = (): RecordPlace => ({ pointer: `/line/${line}`, place: `Line ${line}` })

  for await (const chunk of source as AsyncIterable<Buffer>) {
    let from = 0
    for (let to = chunk.indexOf(NEWLINE); to !== -1; to = chunk.indexOf(NEWLINE, from)) {
      held.add(chunk.subarray(from, to), place())
      const raw = { ...place(), bytes: held.take() }
      if (!isBlank(raw.bytes)) yield raw
      from = to + 1
      line += 1
    }
    held.add(chunk.subarray(from), place())
  }
  const raw = { ...place(), bytes: held.take() }
  if (!isBlank(raw.bytes)) yield raw
}

/**
 * The elements of one array, numbered from 0 as in a JSON pointer.
 * @throws {HabeasError} `too_large`; `invalid` when it is not one array
 */
export async function* cutArray(source: Readable, maxRecordBytes: number): AsyncGenerator<RawRecord> {
  const held = holdBytes(maxRecordBytes)
  let index = 0
  let depth = 0
  let inString = false
  let escaped = false
  let ended = false
  const place = (): RecordPlace => ({ pointer: `/${index}`, place: `Record ${index + 1}` })

  for await (const chunk of source as AsyncIterable<Buffer>) {
    let from = 0
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at]!
      if (inString) {
        if (escaped) escaped = false
        else if (byte === BACKSLASH) escaped = true
        else if (byte === QUOTE) inString = false
        continue
      }
      if (depth === 0) {
        if (SKIPPED.has(byte)) continue
        if (byte !== OPEN_ARRAY || ended) throw notOneArray('Send one JSON array and nothing before or after it.')
        depth = 1
        from = at + 1
      } else if (byte === QUOTE) {
        inString = true
      } else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
        depth += 1
      } else if ((byte === COMMA || byte === CLOSE_ARRAY) && depth === 1) {
        held.add(chunk.subarray(from, at), place())
        const raw = { ...place(), bytes: held.take() }
        // Nothing between the brackets is an empty array; nothing beside a comma is a mistake that `JSON.parse` reports.
        if (byte === COMMA || index > 0 || !isBlank(raw.bytes)) yield raw
        index += 1
        from = at + 1
        if (byte === CLOSE_ARRAY) {
          depth = 0
          ended = true
        }
      } else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) {
        depth -= 1
        if (depth === 0) throw notOneArray('Close each bracket with its own kind.')
      }
    }
    if (depth > 0) held.add(chunk.subarray(from), place())
  }
  if (!ended) throw notOneArray('Send the whole array, up to its closing bracket.')
}

/**
 * Bytes of the record being read, refused as soon as they are too many. One buffer that grows, not a list of pieces: a
 * caller who sends byte by byte must not cost a hundred times what was sent.
 */
function holdBytes(max: number) {
  let buffer = Buffer.allocUnsafe(Math.min(max, 16_384))
  let length = 0
  return {
    add(piece: Buffer, place: RecordPlace): void {
      if (length + piece.length > max) throw oversizedRecord(place, max)
      if (length + piece.length > buffer.length) {
        const larger = Buffer.allocUnsafe(Math.min(max, 2 * (length + piece.length)))
        buffer.copy(larger, 0, 0, length)
        buffer = larger
      }
      length += piece.copy(buffer, length)
    },
    take(): Buffer {
      const whole = buffer.subarray(0, length)
      length = 0
      return whole
    }
  }
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every(byte => SKIPPED.has(byte))
}

function notOneArray(fix: string): HabeasError {
  return invalid('This is not a JSON array of records.', { pointer: '', rule: 'array', fix })
}
