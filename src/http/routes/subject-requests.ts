// Reading, listing and labelling requests. What happens to them is in lifecycle.ts, deadlines.ts and responses.ts beside this file.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { editRequest } from '../../actions/requests/edit-request.ts'
import { setDetails } from '../../actions/requests/set-details.ts'
import { dateIn, parseLocalDate } from '../../domain/deadline/local-date.ts'
import { inTenant } from '../../storage/database.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { listSubjectRequests } from '../../storage/request-lists.ts'
import { type ListParts, listPage } from '../lists.ts'
import { showRequest, viewOf } from '../request-view.ts'
import { IdInPath, NoQuery, WriteQuery } from '../schemas/common.ts'
import { refer } from '../schemas/component.ts'
import { DetailsBody } from '../schemas/people.ts'
import { EditedRequest, RequestListQuery, RequestPage, SubjectRequest } from '../schemas/subject-requests.ts'
import { withETag, write } from '../writes.ts'

const tags = ['Requests']

export const subjectRequestRoutes: FastifyPluginAsyncTypebox<ListParts> = async (app, parts) => {
  const { db } = parts
  app.get(
    '/requests',
    {
      schema: {
        operationId: 'listRequests',
        summary: 'List requests',
        tags,
        querystring: RequestListQuery,
        response: { 200: refer(RequestPage) }
      }
    },
    async request => {
      const { limit: _, cursor: __, sort, overdue, dueBefore, ...filter } = request.query
      const dueBeforeDay = dueBefore === undefined ? undefined : parseLocalDate(dueBefore, '/query/dueBefore')
      return await listPage(parts, request, {
        name: 'requests',
        rows: async (scope, after: [string | null, string] | null, limit) => {
          const today = overdue ? dateIn((await currentPolicy(scope)).body.timeZone, scope.now) : undefined
          return await listSubjectRequests(
            scope,
            { ...filter, overdueOn: today, dueBefore: dueBeforeDay },
            { sort, after: after && { at: after[0], id: after[1] }, limit }
          )
        },
        positionOf: ({ row }) => [sort === 'dueOn' ? row.dueOn : row.createdAt.toISOString(), row.id],
        render: ({ row, theirs }, scope) => viewOf(scope, row, theirs)
      })
    }
  )

  app.get(
    '/requests/:id',
    {
      schema: {
        operationId: 'getRequest',
        summary: 'Read a request',
        tags,
        params: IdInPath,
        querystring: NoQuery,
        response: { 200: refer(SubjectRequest) }
      }
    },
    async (request, reply) =>
      withETag(reply, await inTenant(db, request.who(), scope => showRequest(scope, request.params.id)))
  )

  app.patch(
    '/requests/:id',
    {
      schema: {
        operationId: 'editRequest',
        summary: 'Assign and label a request; never its state, dates or identity',
        tags,
        params: IdInPath,
        querystring: WriteQuery,
        body: EditedRequest,
        response: { 200: refer(SubjectRequest) }
      }
    },
    async (request, reply) =>
      await write(db, request, reply, { status: 200, resource: request.params.id, render: showRequest }, scope =>
        editRequest(scope, request.params.id, request.body)
      )
  )

  app.put(
    '/requests/:id/details',
    {
      schema: {
        operationId: 'setDetails',
        summary: 'Record what the person asks for beyond the right itself',
        description:
          "Until it is answered, and checked as when it came in. Left out, `text` stays: it is the person's own words. An outcome that was decided of other details has to be decided anew.",
        tags,
        params: IdInPath,
        querystring: WriteQuery,
        body: DetailsBody,
        response: { 200: refer(SubjectRequest) }
      }
    },
    async (request, reply) =>
      await write(db, request, reply, { status: 200, resource: request.params.id, render: showRequest }, scope =>
        setDetails(scope, request.params.id, request.body)
      )
  )
}
