// The feed: what webhooks are told, for programs that would rather ask, or that missed something.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { type HabeasError, invalid } from '../../domain/errors.ts'
import { kindOfType } from '../../domain/event-types.ts'
import { eventId, type Place, placeOfEvent, publicEvent } from '../../domain/public-events.ts'
import { type Database, inTenant } from '../../storage/database.ts'
import { readFeed } from '../../storage/feed.ts'
import { refer } from '../schemas/component.ts'
import { Event, EventPage, EventQuery } from '../schemas/events.ts'

const tags = ['Webhooks']

export const eventRoutes: FastifyPluginAsyncTypebox<{ db: Database }> = async (app, { db }) => {
  for (const schema of [Event, EventPage]) app.addSchema(schema)

  app.get(
    '/events',
    {
      schema: {
        operationId: 'listEvents',
        summary: 'Read what happened to all requests, the first event first',
        description:
          'Whoever goes on from `nextAfter` each time reads every event once and in one order. An event shows a moment after it happened: once every change that began before it has ended.',
        tags,
        querystring: EventQuery,
        response: { 200: refer(EventPage) }
      }
    },
    async request => {
      const { after, limit, types } = request.query
      const asked = { after: placeAsked(after), kinds: types?.map(kindOfType) ?? null, limit }
      const { entries, upTo, hasMore } = await inTenant(db, request.who(), scope => readFeed(scope, asked))
      return { data: entries.map(publicEvent), nextAfter: upTo === null ? (after ?? null) : eventId(upTo), hasMore }
    }
  )
}

/** @throws {HabeasError} `invalid` */
function placeAsked(after: string | undefined): Place | null {
  if (after === undefined) return null
  const place = placeOfEvent(after)
  if (place === null) throw noEvent()
  return place
}

function noEvent(): HabeasError {
  return invalid('The feed cannot go on from there.', {
    pointer: '/query/after',
    rule: 'eventId',
    fix: 'Send nextAfter as you received it, or the id of an event, or leave it out to begin with the first.'
  })
}
