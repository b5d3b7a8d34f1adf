// What concerns all requests that arrived together.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { eraseCase } from '../../actions/retention/erase-case.ts'
import type { Database } from '../../storage/database.ts'
import { showCase } from '../request-view.ts'
import { IdInPath, WriteQuery } from '../schemas/common.ts'
import { refer } from '../schemas/component.ts'
import { Case, ErasureBody } from '../schemas/subject-requests.ts'
import { write } from '../writes.ts'

export const caseRoutes: FastifyPluginAsyncTypebox<{ db: Database }> = async (app, { db }) => {
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
