// The package, for staff who look at it before it goes out.

import { pipeline, type Transform } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import type { ObjectStore } from '../../archive/object-store.ts'
import { unsealing } from '../../archive/seal-stream.ts'
import { HabeasError } from '../../domain/errors.ts'
import { findCase, openCaseVault } from '../../storage/cases.ts'
import { type Database, inTenant, type Scope } from '../../storage/database.ts'
import { contextOfPackage, newestPackageOf, type PackageRow } from '../../storage/packages.ts'
import { findSubjectRequest } from '../../storage/subject-requests.ts'
import { IdInPath, NoQuery } from '../schemas/common.ts'

export const packageRoutes: FastifyPluginAsyncTypebox<{ db: Database; objects: ObjectStore }> = async (
  app,
  { db, objects }
) => {
  app.get(
    '/requests/:id/package',
    {
      schema: {
        operationId: 'downloadPackage',
        summary: 'The package of an access or portability request, as a ZIP',
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
      const { pack, key, reference } = await inTenant(db, request.who(), scope => openPackage(scope, request.params.id))
      const plain = unsealing(key, contextOfPackage(pack))
      pipeline(await objects.get(pack.objectKey), plain, () => {})
      reply.header('content-type', 'application/zip')
      reply.header('content-disposition', `attachment; filename="${reference}.zip"`)
      if (pack.bytes !== null) reply.header('content-length', pack.bytes)
      return await reply.send(plain)
    }
  )
}

/** @throws {HabeasError} `not_found`; `unavailable` while it is being built */
async function openPackage(
  scope: Scope,
  requestId: string
): Promise<{ pack: PackageRow; key: Buffer; reference: string }> {
  const { caseId } = await findSubjectRequest(scope, requestId)
  const pack = await newestPackageOf(scope, requestId)
  if (pack === undefined || pack.state === 'expired') throw new HabeasError('not_found', 'This request has no package.')
  if (pack.state === 'building')
    throw new HabeasError('unavailable', 'The package is being built; try again in a moment.')
  if (pack.state === 'failed')
    throw new HabeasError('conflict', 'The package could not be built: send the request back and finish it again.')
  const theirs = await findCase(scope, caseId)
  return { pack, key: openCaseVault(scope, theirs).objectKey(), reference: theirs.reference }
}
