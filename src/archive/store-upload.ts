// What a system hands in, on its way into the store: checked, sealed and stored in one stream, whole or not at all.

import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { HabeasError } from '../domain/errors.ts'
import type { ObjectStore } from './object-store.ts'
import { RECORD_LIMITS, readRecords } from './read-records.ts'
import { oversizedRecord } from './records/record-fault.ts'
import { sealing } from './seal-stream.ts'

export interface UploadPlace {
  readonly store: ObjectStore
  /** Where in the store: `tenantId/uuid`. */
  readonly objectKey: string
  /** 32 bytes; destroying it erases the upload wherever copies of it lie. */
  readonly sealingKey: Uint8Array
  /** What it is bound to, and has to be unsealed with. */
  readonly context: string
  /** Of what comes in, and of what it becomes. */
  readonly maxBytes: number
}

/** As the store got it before sealing. */
export interface StoredUpload {
  readonly bytes: number
  /** Null for a file. */
  readonly records: number | null
}

const BATCH_BYTES = 65_536

/**
 * Stores a file as it comes.
 *
 * The source is read and never destroyed: it may be the body of a call that is yet to be answered. When storing fails, what
 * is left of it is read and thrown away.
 *
 * @throws {HabeasError} `too_large`; `unavailable` when the store is full
 * @throws whatever the source fails with, such as a client that hangs up
 */
export async function storeFile(place: UploadPlace, source: Readable): Promise<StoredUpload> {
  const size = countBytes(place.maxBytes)
  await storeSealed(place, source, size.pass)
  return { bytes: size.total(), records: null }
}

/**
 * Stores records as NDJSON, whatever form they come in, each checked before it is let through.
 *
 * @param contentType one of `RECORD_TYPES`
 * @throws {HabeasError} as `storeFile` and `readRecords` do: the first fault ends it, naming its line or record
 */
export async function storeRecords(place: UploadPlace, source: Readable, contentType: string): Promise<StoredUpload> {
  const incoming = countBytes(place.maxBytes)
  const size = countBytes(place.maxBytes)
  let records = 0

  async function* normalize(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let batch = ''
    for await (const record of readRecords(Readable.from(incoming.pass(chunks)), contentType)) {
      records += 1
      const line = `${JSON.stringify(record)}\n`
      // A row of CSV may be short and its JSON long, for that repeats the header. It has to be read again within bounds.
      if (Buffer.byteLength(line) > RECORD_LIMITS.maxRecordBytes) {
        throw oversizedRecord({ pointer: `/${records - 1}`, place: `Record ${records}` }, RECORD_LIMITS.maxRecordBytes)
      }
      batch += line
      if (batch.length < BATCH_BYTES) continue
      yield Buffer.from(batch)
      batch = ''
    }
    yield Buffer.from(batch)
  }

  await storeSealed(place, source, chunks => size.pass(normalize(chunks)))
  return { bytes: size.total(), records }
}

async function storeSealed(
  { store, objectKey, sealingKey, context }: UploadPlace,
  source: Readable,
  stage: (chunks: AsyncIterable<Buffer>) => AsyncIterable<Buffer>
): Promise<void> {
  const sink = sealing(sealingKey, context)
  const chunks = Readable.from(readOnly(source))
  const results = await Promise.allSettled([pipeline(chunks, stage, sink), store.put(objectKey, sink)])
  const reasons = results.filter(result => result.status === 'rejected').map(result => result.reason as unknown)
  if (reasons.length === 0) return

  source.resume()
  // One failure tears the other down: what was refused with a reason is the cause.
  throw reasons.find(reason => reason instanceof HabeasError) ?? reasons[0]
}

/** Reads without owning: a fault further down would else tear down the line on which it is to be answered. */
async function* readOnly(source: Readable): AsyncGenerator<Buffer> {
  for await (const chunk of source.iterator({ destroyOnReturn: false })) yield chunk
}

function countBytes(maxBytes: number) {
  let bytes = 0
  return {
    total: () => bytes,
    async *pass(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
      for await (const chunk of chunks) {
        bytes += chunk.length
        if (bytes > maxBytes) {
          throw new HabeasError('too_large', `An upload has at most ${maxBytes} bytes.`, { maxBytes })
        }
        yield chunk
      }
    }
  }
}
