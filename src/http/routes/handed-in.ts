// Data that systems hand in for their tasks: streamed in, listed, taken back.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Offered, takeBackData } from '../../actions/fulfilment/hand-in.ts'
import type { ObjectStore } from '../../archive/object-store.ts'
import { type Database, inTenant } from '../../storage/database.ts'
import { IdInPath, NoQuery, Nothing, WriteQuery } from '../schemas/common.ts'
import { refer } from '../schemas/component.ts'
import {
  DatasetInPath,
  FileBody,
  FileInPath,
  HandedIn,
  HandedInList,
  type HandedInShape,
  RecordsBody,
  UploadQuery
} from '../schemas/handed-in.ts'
import { letTakeItsTime } from '../slow-bodies.ts'
import { showHandedIn } from '../task-view.ts'
import { REQUEST_BYTES, receiveUpload, takeBodiesAsTheyCome, UPLOAD_BYTES } from '../uploads.ts'
import { write } from '../writes.ts'

const tags = ['Tasks']
const one = refer(HandedIn)
const ANY_TYPE = 'application/octet-stream'

export interface HandedInParts {
  readonly db: Database
  readonly objects: ObjectStore
  /** Of one upload, in bytes. */
  readonly maxUploadBytes?: number | undefined
  /** Of all that is handed in for one request, in bytes. */
  readonly maxRequestBytes?: number | undefined
  /** Milliseconds for which an upload may stand still. */
  readonly uploadIdleMs?: number | undefined
}

const UPLOAD_IDLE_MS = 60_000

export const handedInRoutes: FastifyPluginAsyncTypebox<HandedInParts> = async (app, parts) => {
  const { db } = parts
  for (const schema of [HandedIn, HandedInList]) app.addSchema(schema)
  await app.register(uploadRoutes, parts)

  app.get(
    '/tasks/:id/handed-in',
    {
      schema: {
        operationId: 'listHandedIn',
        summary: 'List what was handed in for a task',
        tags,
        params: IdInPath,
        querystring: NoQuery,
        response: { 200: refer(HandedInList) }
      }
    },
    async request => await inTenant(db, request.who(), scope => showHandedIn(scope, request.params.id))
  )

  app.delete(
    '/tasks/:id/records/:dataset',
    {
      schema: {
        operationId: 'removeRecords',
        summary: 'Take back records that were handed in by mistake',
        tags,
        params: DatasetInPath,
        querystring: WriteQuery,
        response: { 204: Nothing }
      }
    },
    async (request, reply) => {
      const { id, dataset } = request.params
      return await write(db, request, reply, { status: 204, resource: id, render: nothing }, scope =>
        takeBackData(scope, id, 'records', dataset)
      )
    }
  )

  app.delete(
    '/tasks/:id/files/:name',
    {
      schema: {
        operationId: 'removeFile',
        summary: 'Take back a file that was handed in by mistake',
        tags,
        params: FileInPath,
        querystring: WriteQuery,
        response: { 204: Nothing }
      }
    },
    async (request, reply) => {
      const { id, name } = request.params
      return await write(db, request, reply, { status: 204, resource: id, render: nothing }, scope =>
        takeBackData(scope, id, 'file', name)
      )
    }
  )
}

const uploadRoutes: FastifyPluginAsyncTypebox<HandedInParts> = async (app, parts) => {
  const {
    db,
    objects,
    maxUploadBytes: maxBytes = UPLOAD_BYTES,
    maxRequestBytes = REQUEST_BYTES,
    uploadIdleMs = UPLOAD_IDLE_MS
  } = parts
  takeBodiesAsTheyCome(app)
  app.addHook('onRequest', async (request, reply) => {
    letTakeItsTime(request.raw, reply.raw, app.server, uploadIdleMs)
  })

  app.put(
    '/tasks/:id/records/:dataset',
    {
      schema: {
        operationId: 'putRecords',
        summary: 'Hand in a dataset of records',
        description:
          'NDJSON, one JSON array, or CSV with a header line, of any length. A second upload of the same name replaces the first. The first fault ends it, and nothing of it is kept.',
        tags,
        body: RecordsBody,
        params: DatasetInPath,
        querystring: UploadQuery,
        response: { 200: one, 201: one }
      }
    },
    async (request, reply) => {
      const { id, dataset } = request.params
      return await receive(request, reply, id, { ...offeredIn(request), kind: 'records', name: dataset })
    }
  )

  app.put(
    '/tasks/:id/files/:name',
    {
      schema: {
        operationId: 'putFile',
        summary: 'Hand in a file',
        description: 'Anything, as it is. A second upload of the same name replaces the first.',
        tags,
        body: FileBody,
        params: FileInPath,
        querystring: UploadQuery,
        response: { 200: one, 201: one }
      }
    },
    async (request, reply) => {
      const { id, name } = request.params
      return await receive(request, reply, id, { ...offeredIn(request), kind: 'file', name })
    }
  )

  async function receive(
    request: FastifyRequest & { query: { dryRun?: boolean } },
    reply: Pick<FastifyReply, 'header' | 'statusCode'>,
    taskId: string,
    offered: Offered
  ): Promise<HandedInShape> {
    const isRehearsal = request.query.dryRun === true
    const { at, isNew, ...arrived } = await receiveUpload({ db, objects, maxBytes, maxRequestBytes }, request, {
      taskId,
      offered,
      isRehearsal
    })
    if (isRehearsal) reply.header('dry-run', 'true')
    reply.statusCode = isNew ? 201 : 200
    return { ...offered, ...arrived, handedInAt: at.toISOString() }
  }
}

const nothing = async () => null

function offeredIn({ headers, query }: { headers: FastifyRequest['headers']; query: { category?: string } }) {
  return { contentType: headers['content-type'] ?? ANY_TYPE, category: query.category ?? null }
}
