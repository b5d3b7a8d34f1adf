// The package, for staff who look at it before it goes out, or have it built again.

import { pipeline, type Transform } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { rebuildPackage } from '../../actions/answers/hand-over.ts'
import { fetchPackage } from '../../actions/answers/record-download.ts'
import type { ObjectStore } from '../../archive/object-store.ts'
import { unsealing } from '../../archive/seal-stream.ts'
import { type Database, inTenant } from '../../storage/database.ts'
import { retryConflicts } from '../../storage/failures.ts'
import { contextOfPackage } from '../../storage/packages.ts'
import { showRequest } from '../request-view.ts'
import { IdInPath, NoQuery, WriteQuery } from '../schemas/common.ts'
import { refer } from '../schemas/component.ts'
import { SubjectRequest } from '../schemas/subject-requests.ts'
import { write } from '../writes.ts'

export const packageRoutes: FastifyPluginAsyncTypebox<{ db: Database; objects: ObjectStore }> = async (
  app,
  { db, objects }
) => {
  app.get(
    '/requests/:id/package',
    {
      // Whoever only asks for the headers has fetched nothing, and leaves no entry.
      exposeHeadRoute: false,
      schema: {
        operationId: 'downloadPackage',
        summary: 'The package of an access or portability request, as a ZIP',
        description: 'Each download stands in the history of the request, with who it was.',
        tags: ['Answers'],
        params: IdInPath,
        querystring: NoQuery,
        produces: ['application/zip'],
        response: {
          200: {
            description: 'The ZIP.',
            content: { 'application/zip': { schema: Type.Unsafe<Transform>({ type: 'string', format: 'binary' }) } }
          }
        }
      }
    },
    async (request, reply) => {
      const { pack, key, reference } = await retryConflicts(() =>
        inTenant(db, request.who(), scope => fetchPackage(scope, request.params.id))
      )
      const plain = unsealing(key, contextOfPackage(pack))
      pipeline(await objects.get(pack.objectKey), plain, () => {})
      reply.header('content-type', 'application/zip')
      reply.header('content-disposition', `attachment; filename="${reference}.zip"`)
      if (pack.bytes !== null) reply.header('content-length', pack.bytes)
      return await reply.send(plain)
    }
  )

  app.post(
    '/requests/:id/package',
    {
      schema: {
        operationId: 'rebuildPackage',
        summary: 'Have a package built again that could not be',
        description:
          'Staff are mailed when one could not be. An answer that was sent already waits for it, and leaves once it is there.',
        tags: ['Answers'],
        params: IdInPath,
        querystring: WriteQuery,
        response: { 201: refer(SubjectRequest) }
      }
    },
    async (request, reply) =>
      await write(db, request, reply, { status: 201, resource: request.params.id, render: showRequest }, scope =>
        rebuildPackage(scope, request.params.id)
      )
  )
}
