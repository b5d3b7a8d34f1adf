// The deadlines as a calendar. Programs that subscribe to it come with the token of a feed in the address, for they can send
// nothing else; it is a credential, so it is logged nowhere and no answer repeats it.

import { hash } from 'node:crypto'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { readCalendar, standingFeed } from '../../actions/calendar/read-calendar.ts'
import { isUseNews, noteFeedUse } from '../../storage/calendar-feeds.ts'
import { type Database, inTenant } from '../../storage/database.ts'
import { readInTenant } from '../../storage/read-only.ts'
import { isKnownETag } from '../etags.ts'
import { CalendarQuery } from '../schemas/calendar.ts'

export const calendarRoutes: FastifyPluginAsyncTypebox<{ db: Database }> = async (app, { db }) => {
  app.get(
    '/calendar.ics',
    {
      schema: {
        operationId: 'getCalendar',
        summary: 'The deadlines as a calendar',
        description: [
          'iCalendar (RFC 5545) with one all-day entry for each day of a request that waits for its answer: when it is due, and until',
          'when receipt has to be confirmed or an extension announced. Titles name the reference and the right, never a person. What is',
          'answered or ended is no longer there. The thousand that are due first are shown. `If-None-Match` is honoured.'
        ].join(' '),
        tags: ['Calendar'],
        querystring: CalendarQuery,
        response: {
          200: {
            description: 'The calendar.',
            content: { 'text/calendar': { schema: Type.String() } }
          },
          304: Type.Null({ description: 'Nothing has changed.' })
        }
      }
    },
    async (request, reply) => {
      const { right, assignee } = request.query
      const feedId = request.caller?.feedId ?? null
      const { feed, isNews, file } = await readInTenant(db, request.who(), async scope => {
        const feed = feedId === null ? null : await standingFeed(scope, feedId)
        const isNews = feed !== null && isUseNews(feed, scope.now)
        return { feed, isNews, file: await readCalendar(scope, feed, { right, assignee }) }
      })
      // The one thing that reading writes: without it nobody could tell which link is forgotten and should be revoked.
      if (feed !== null && isNews) await inTenant(db, request.who(), scope => noteFeedUse(scope, feed.id))

      const etag = `"${hash('sha256', file, 'base64url')}"`
      // Kept by who read it, and asked for again each time: a link that was revoked shows nothing any more.
      reply.header('cache-control', 'private, no-cache').header('etag', etag)
      if (isKnownETag(request.headers['if-none-match'], etag)) return reply.code(304).send(null)
      reply.header('content-disposition', 'inline; filename="deadlines.ics"')
      return reply.type('text/calendar; charset=utf-8').send(file)
    }
  )
}
