// The links under which calendar programs subscribe to a tenant's deadlines.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { uuidv7 } from 'uuidv7'
import { openFeed, revokeFeed } from '../../actions/calendar/manage-feeds.ts'
import { USUAL_CALENDAR_DATES } from '../../domain/calendar-entries.ts'
import { calendarLink } from '../../domain/links.ts'
import {
  type CalendarFeedRow,
  findCalendarFeed,
  listCalendarFeeds,
  versionOfFeed
} from '../../storage/calendar-feeds.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { type ListParts, listPage } from '../lists.ts'
import { CalendarFeed, CalendarFeeds, NewCalendarFeed, OpenedCalendarFeed } from '../schemas/calendar.ts'
import { IdInPath, listQuery, Nothing, WriteQuery } from '../schemas/common.ts'
import { refer } from '../schemas/component.ts'
import { removed, write } from '../writes.ts'

const tags = ['Calendar']

export const calendarFeedRoutes: FastifyPluginAsyncTypebox<ListParts> = async (app, parts) => {
  const { db } = parts
  for (const schema of [CalendarFeed, OpenedCalendarFeed, NewCalendarFeed, CalendarFeeds]) app.addSchema(schema)

  app.get(
    '/calendar-feeds',
    {
      schema: {
        operationId: 'listCalendarFeeds',
        summary: 'List calendar feeds',
        tags,
        querystring: listQuery({}),
        response: { 200: refer(CalendarFeeds) }
      }
    },
    async request =>
      await listPage(parts, request, {
        name: 'calendar-feeds',
        rows: (scope, after: [string] | null, limit) => listCalendarFeeds(scope, after?.[0] ?? null, limit),
        positionOf: row => [row.id],
        render: onTheWire
      })
  )

  app.post(
    '/calendar-feeds',
    {
      schema: {
        operationId: 'openCalendarFeed',
        summary: 'Make a calendar to subscribe to',
        description: [
          'The address is in this answer and in no other. It needs no credentials and shows no personal data: references, rights and',
          'days. It ends when it is revoked, and with the access of who made it.'
        ].join(' '),
        tags,
        querystring: WriteQuery,
        body: refer(NewCalendarFeed),
        response: { 201: refer(OpenedCalendarFeed) }
      }
    },
    async (request, reply) => {
      const { name, right = null, assignee = null, dates = USUAL_CALENDAR_DATES, language } = request.body
      let url: string | null = null
      return await write(
        db,
        request,
        reply,
        {
          status: 201,
          resource: uuidv7(),
          render: async (scope, id) => ({ ...onTheWire(await findCalendarFeed(scope, id)), url })
        },
        async (scope, id) => {
          const locale = language ?? (await currentPolicy(scope)).body.defaultLocale
          const { token } = await openFeed(scope, id, { name, right, assignee, dates, locale })
          url = calendarLink(scope.publicUrl, token)
        }
      )
    }
  )

  app.delete(
    '/calendar-feeds/:id',
    {
      schema: {
        operationId: 'revokeCalendarFeed',
        summary: 'Revoke a calendar feed',
        description: 'Its address is gone at once. Agents revoke their own, admins any.',
        tags,
        params: IdInPath,
        querystring: WriteQuery,
        response: { 204: Nothing }
      }
    },
    async (request, reply) => await removed(db, request, reply, request.params.id, revokeFeed)
  )
}

function onTheWire({ tenantId: _, hash: __, locale, ...row }: CalendarFeedRow): CalendarFeed {
  return {
    ...row,
    version: versionOfFeed(row),
    language: locale,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null
  }
}
