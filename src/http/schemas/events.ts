// What happened, as programs of the tenant hear of it: one shape for the feed and for webhooks.

import { Type } from 'typebox'
import { EVENT_TYPES } from '../../domain/event-types.ts'
import { STATES } from '../../domain/lifecycle.ts'
import { Day, EXAMPLE_ID, Id, Instant, strict } from './common.ts'
import { refer, type Wire } from './component.ts'

export const EXAMPLE_EVENT_ID = 'evt_100000002a7f3_0190b2a17c3e7d4f8a5b6c7d8e9f0a1b_3'

export const EventTypeName = Type.Enum([...EVENT_TYPES])

const EXAMPLE = {
  id: EXAMPLE_EVENT_ID,
  type: 'clock.extended',
  timestamp: '2026-02-20T10:00:00.000Z',
  data: {
    requestId: EXAMPLE_ID,
    caseId: '0190b2a1-7c3e-7d4f-8a5b-6c7d8e9f0a1c',
    sequence: 3,
    state: 'in_fulfilment',
    previousState: 'in_fulfilment',
    dueOn: '2026-05-20'
  }
} as const

const about = (what: string) => Type.Optional(Type.String({ format: 'uuid', description: `The ${what} it is about.` }))

export const Event = strict(
  {
    id: Type.String({
      description:
        'The same in the feed, in the header `webhook-id`, and in every attempt: what comes twice is told by it.'
    }),
    type: EventTypeName,
    timestamp: Instant,
    data: strict({
      requestId: Id,
      caseId: Id,
      sequence: Type.Integer({
        minimum: 1,
        description:
          "The place in the request's own history. Webhooks may arrive in another order; this is the right one."
      }),
      state: Type.Enum([...STATES], { description: 'Of the request, after this.' }),
      previousState: Type.Enum([...STATES]),
      taskId: about('task'),
      letterId: about('letter'),
      packageId: about('package'),
      messageId: about('message'),
      noteId: about('note'),
      entryId: about('register entry'),
      dueOn: Type.Optional(Day)
    })
  },
  {
    $id: 'Event',
    description:
      'What happened to a request: ids, states and days, and nothing about a person. Ask the API for the rest.',
    examples: [EXAMPLE]
  }
)

export const EventQuery = strict({
  after: Type.Optional(
    Type.String({
      maxLength: 100,
      description:
        '`nextAfter` of the page before, or the `id` of an event. Left out, the feed begins with the first event of all.'
    })
  ),
  limit: Type.Integer({ minimum: 1, maximum: 500, default: 100, description: 'How many at most.' }),
  types: Type.Optional(
    Type.Array(EventTypeName, {
      minItems: 1,
      maxItems: EVENT_TYPES.length,
      description: 'Only these; repeat the parameter for several.'
    })
  )
})

export const EventPage = strict(
  {
    data: Type.Array(refer(Event)),
    nextAfter: Type.Unsafe<string | null>({
      type: ['string', 'null'],
      description: 'Send it as `after` to go on, at once or later. Null before anything happened.'
    }),
    hasMore: Type.Boolean({ description: 'Whether there is more to read at once.' })
  },
  { $id: 'EventPage', examples: [{ data: [EXAMPLE], nextAfter: EXAMPLE_EVENT_ID, hasMore: false }] }
)

export type Event = Wire<typeof Event>
