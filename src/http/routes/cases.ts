// What concerns all requests that arrived together.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { setIdentifiers } from '../../actions/requests/set-identifiers.ts'
import { eraseCase } from '../../actions/retention/erase-case.ts'
import { type Database, inTenant } from '../../storage/database.ts'
import { showCase } from '../request-view.ts'
import { IdInPath, NoQuery, WriteQuery } from '../schemas/common.ts'
import { refer } from '../schemas/component.ts'
import { ErasureBody, IdentifiersBody } from '../schemas/moves.ts'
import { Case } from '../schemas/subject-requests.ts'
import { withETag, write } from '../writes.ts'

export const caseRoutes: FastifyPluginAsyncTypebox<{ db: Database }> = async (app, { db }) => {
  app.get(
    '/cases/:id',
    {
      schema: {
        operationId: 'getCase',
        summary: 'Read a case with its requests',
        tags: ['Requests'],
        params: IdInPath,
        querystring: NoQuery,
        response: { 200: refer(Case) }
      }
    },
    async (request, reply) =>
      withETag(reply, await inTenant(db, request.who(), scope => showCase(scope, request.params.id)))
  )

  app.put(
    '/cases/:id/subject/identifiers',
    {
      schema: {
        operationId: 'setIdentifiers',
        summary: 'Say by which names your systems know the person',
        description:
          'Who writes a mail or fills in the page is known by an address alone. The tasks name the person by these from now on, checks find under them what stands in the register because of the case, and an erasure waits for the copies that are owed under them. What stands in the register under a name that is taken away goes on standing until you lift it. Letters go where they went before.',
        tags: ['Requests'],
        params: IdInPath,
        querystring: WriteQuery,
        body: IdentifiersBody,
        response: { 200: refer(Case) }
      }
    },
    async (request, reply) =>
      await write(db, request, reply, { status: 200, resource: request.params.id, render: showCase }, (scope, id) =>
        setIdentifiers(scope, id, request.body.identifiers)
      )
  )

  app.post(
    '/cases/:id/erasure',
    {
      schema: {
        operationId: 'eraseCase',
        summary: 'Erase the personal data of a case that has ended',
        description:
          'Its key is destroyed: nobody can bring back who asked, what was said, or what was handed in. Dates, outcomes and the history stay. It happens by itself at the end of the period that the policy sets (`retention`).',
        tags: ['Requests'],
        params: IdInPath,
        querystring: WriteQuery,
        body: ErasureBody,
        response: { 201: refer(Case) }
      }
    },
    async (request, reply) =>
      await write(db, request, reply, { status: 201, resource: request.params.id, render: showCase }, (scope, id) =>
        eraseCase(scope, id, request.body.because)
      )
  )
}
