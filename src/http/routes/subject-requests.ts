// Reading, listing and labelling requests. What happens to them is in lifecycle.ts, clock.ts and responses.ts beside this file.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { editRequest } from '../../actions/requests/edit-request.ts'
import { dateIn, parseLocalDate } from '../../domain/deadline/local-date.ts'
import { type Database, inTenant } from '../../storage/database.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { listSubjectRequests, type PageEnd } from '../../storage/request-lists.ts'
import type { Cursors } from '../cursors.ts'
import { showRequest, viewOf } from '../request-view.ts'
import { IdInPath, NoQuery, WriteQuery } from '../schemas/common.ts'
import { refer } from '../schemas/component.ts'
import { EditedRequest, RequestListQuery, RequestPage, SubjectRequest } from '../schemas/subject-requests.ts'
import { withETag, write } from '../writes.ts'

const tags = ['Requests']

export const subjectRequestRoutes: FastifyPluginAsyncTypebox<{ db: Database; cursors: Cursors }> = async (
  app,
  { db, cursors }
) => {
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
      const who = request.who()
      const { query } = request
      const after = cursors.read(who.tenantId, 'requests', query)
      const { limit, cursor: _, sort, overdue, dueBefore, ...filter } = query
      return await inTenant(db, who, async scope => {
        const today = overdue ? dateIn((await currentPolicy(scope)).body.timeZone, who.now) : undefined
        const rows = await listSubjectRequests(
          scope,
          {
            ...filter,
            overdueOn: today,
            dueBefore: dueBefore === undefined ? undefined : parseLocalDate(dueBefore, '/query/dueBefore')
          },
          { sort, after: endOf(after), limit }
        )
        return cursors.page(who.tenantId, 'requests', query, rows, {
          positionOf: ({ row }) => [sort === 'dueOn' ? row.dueOn : row.createdAt.toISOString(), row.id],
          render: ({ row, theirs }) => viewOf(scope, row, theirs)
        })
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
}

function endOf(position: readonly (string | number | null)[] | null): PageEnd | null {
  return position === null ? null : { at: String(position[0]), id: String(position[1]) }
}
