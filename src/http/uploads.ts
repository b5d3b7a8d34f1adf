// Bodies that are kept as they stream in. The bytes flow between two transactions, never within one.

import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import {
  type Arrived,
  expectData,
  type Kept,
  keepData,
  type Offered,
  type Shelf
} from '../actions/fulfilment/hand-in.ts'
import type { ObjectStore } from '../archive/object-store.ts'
import { storeFile, storeRecords } from '../archive/store-upload.ts'
import { HabeasError } from '../domain/errors.ts'
import { type Database, inTenant } from '../storage/database.ts'
import { retryConflicts } from '../storage/failures.ts'
import { rehearse } from '../storage/rehearsal.ts'
import { DoorRefusal, malformed } from './door-refusal.ts'

/** Of one upload, unless the deployment says otherwise: 2 GiB. */
export const UPLOAD_BYTES = 2 * 1024 ** 3

/** Of all uploads for one request, unless the deployment says otherwise: 50 GiB. */
export const REQUEST_BYTES = 50 * 1024 ** 3

export interface UploadParts {
  readonly db: Database
  readonly objects: ObjectStore
  readonly maxBytes: number
  /** Of all that is handed in for the request. */
  readonly maxRequestBytes: number
}

/** Hands every body of `app` to its route unread, whatever its type. */
export function takeBodiesAsTheyCome(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
}

/**
 * Keeps the body of a call for a task. A fault in it, a client that hangs up, and a task that was lost meanwhile leave nothing.
 *
 * @throws {HabeasError} as `expectData`, `storeRecords` and `keepData` do
 * @throws {DoorRefusal} `unsupported_media_type` for a compressed body; `malformed` for one that breaks off
 */
export async function receiveUpload(
  { db, objects, maxBytes, maxRequestBytes }: UploadParts,
  request: FastifyRequest,
  { taskId, offered, isRehearsal }: { taskId: string; offered: Offered; isRehearsal: boolean }
): Promise<Arrived & Kept> {
  refuseCompressed(request)
  refuseDeclaredTooLarge(request, maxBytes)
  const run = isRehearsal ? rehearse : inTenant
  const store = isRehearsal ? NOWHERE : objects

  const shelf = await retryConflicts(() =>
    run(db, request.who(), scope => expectData(scope, taskId, offered, maxRequestBytes))
  )
  const arrived = await receive(request, store, Math.min(maxBytes, shelf.room), shelf, offered)
  try {
    const kept = await retryConflicts(() => run(db, request.who(), scope => keepData(scope, shelf, offered, arrived)))
    return { ...arrived, ...kept }
  } catch (error) {
    await store.remove(shelf.objectKey)
    throw error
  }
}

async function receive(
  request: FastifyRequest,
  store: ObjectStore,
  maxBytes: number,
  { objectKey, key: sealingKey, context }: Shelf,
  { kind, contentType }: Offered
): Promise<Arrived> {
  const place = { store, objectKey, sealingKey, context, maxBytes }
  const body = request.body instanceof Readable ? request.body : Readable.from([])
  try {
    return kind === 'file' ? await storeFile(place, body) : await storeRecords(place, body, contentType)
  } catch (error) {
    if (request.raw.destroyed && !request.raw.complete) throw malformed('The body broke off before its end.')
    throw error
  }
}

/** What is compressed can be a thousand times what it says it is, and a file would be kept as something it is not. */
function refuseCompressed({ headers }: FastifyRequest): void {
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity') {
    throw new DoorRefusal('unsupported_media_type', 'Send the body as it is, without a Content-Encoding.')
  }
}

function refuseDeclaredTooLarge({ headers }: FastifyRequest, maxBytes: number): void {
  if (Number(headers['content-length'] ?? 0) <= maxBytes) return
  throw new HabeasError('too_large', `An upload has at most ${maxBytes} bytes.`, { maxBytes })
}

/** For a rehearsal: everything is read and checked, and nothing is kept. */
const NOWHERE: ObjectStore = {
  async put(_key, source) {
    let bytes = 0
    for await (const chunk of source as AsyncIterable<Buffer>) bytes += chunk.length
    return { bytes }
  },
  get: nothingThere,
  size: nothingThere,
  remove: async () => {},
  removeAll: async () => {},
  removeAbandoned: async () => 0
}

async function nothingThere(): Promise<never> {
  throw new HabeasError('not_found', 'Nothing is kept of a rehearsal.')
}
