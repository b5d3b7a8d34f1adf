// Webhooks and what became of what was promised to them, on the wire.

import { Type } from 'typebox'
import { EVENT_TYPES, PING } from '../../domain/event-types.ts'
import {
  DELIVERY_STATES,
  DISABLED_REASONS,
  FAILURES,
  LONGEST_OVERLAP_HOURS,
  OVERLAP_HOURS
} from '../../domain/webhooks.ts'
import { EXAMPLE_ID, Id, Instant, listQuery, pageOf, strict, Version } from './common.ts'
import { nullable, refer, type Wire } from './component.ts'
import { EventTypeName, EXAMPLE_EVENT_ID } from './events.ts'

const EXAMPLE_AT = '2026-02-20T10:00:00.000Z'
const EXAMPLE_SECRET = 'whsec_qL0lq0VjVYt7XZk3Rr2b6m1cQ8wU5sN4hT9eJ0pFdGo='

const facts = {
  url: Type.String({
    minLength: 1,
    maxLength: 2_000,
    description: 'https, at port 443 or 8443, reachable from everywhere. Redirects are not followed.'
  }),
  events: nullable(Type.Array(EventTypeName, { minItems: 1, maxItems: EVENT_TYPES.length, uniqueItems: true }), {
    description: 'Which it hears of; null for all, those of later versions included.'
  }),
  description: nullable(Type.String({ minLength: 1, maxLength: 200 }), { description: 'For your staff.' }),
  enabled: Type.Boolean({
    description: 'Switched off, nothing is promised to it, and what was promised is given up: the feed still has it.'
  })
}

const parts = {
  id: Id,
  ...facts,
  disabledReason: nullable(Type.Enum([...DISABLED_REASONS]), {
    description: '`staff` switched it off; it answered 410 (`gone`); it took nothing for five days (`failing`).'
  }),
  disabledAt: nullable(Instant),
  failingSince: nullable(Instant, { description: 'Since when nothing was taken.' }),
  formerSecretUntil: nullable(Instant, { description: 'Until when the former secret signs as well.' }),
  version: Version,
  createdBy: nullable(Type.String()),
  createdAt: Instant,
  updatedAt: Instant
}

const EXAMPLE = {
  id: EXAMPLE_ID,
  url: 'https://hooks.example.com/habeas',
  events: ['request.verified', 'task.planned'],
  description: 'Order system',
  enabled: true,
  disabledReason: null,
  disabledAt: null,
  failingSince: null,
  formerSecretUntil: null,
  version: 1,
  createdBy: 'auth0|66d2f1',
  createdAt: EXAMPLE_AT,
  updatedAt: EXAMPLE_AT
} as const

export const Webhook = strict(parts, {
  $id: 'Webhook',
  description: 'An address that is told of what happens, in the form of Standard Webhooks.',
  examples: [EXAMPLE]
})

/** Where a secret is made, it is in the answer. */
export const WebhookWithSecret = strict(
  {
    ...parts,
    secret: nullable(Type.String(), {
      description:
        'Signs what is sent, shown this once. Null when the call is repeated with its Idempotency-Key: rotate the secret then.'
    })
  },
  { $id: 'WebhookWithSecret', examples: [{ ...EXAMPLE, secret: EXAMPLE_SECRET }] }
)

export const NewWebhook = strict(
  {
    url: facts.url,
    events: Type.Optional(facts.events),
    description: Type.Optional(facts.description),
    enabled: Type.Optional(Type.Boolean({ default: true }))
  },
  {
    $id: 'NewWebhook',
    examples: [{ url: EXAMPLE.url, events: ['request.verified', 'task.planned'], description: 'Order system' }]
  }
)

export const WebhookChanges = strict(
  {
    url: Type.Optional(facts.url),
    events: Type.Optional(facts.events),
    description: Type.Optional(facts.description),
    enabled: Type.Optional(facts.enabled)
  },
  { $id: 'WebhookChanges', minProperties: 1, examples: [{ enabled: true }] }
)

export const SecretRotation = strict(
  {
    overlapHours: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: LONGEST_OVERLAP_HOURS,
        default: OVERLAP_HOURS,
        description:
          'For so long the former secret signs as well. 0 ends it now, for one that got into the wrong hands.'
      })
    )
  },
  { $id: 'SecretRotation', examples: [{ overlapHours: OVERLAP_HOURS }] }
)

export const Webhooks = pageOf(refer(Webhook), { $id: 'Webhooks' })

export const WebhookDelivery = strict(
  {
    id: Id,
    webhookId: Id,
    eventId: Type.String({ description: 'In the header `webhook-id` of each attempt.' }),
    type: Type.Enum([...EVENT_TYPES, PING]),
    requestId: nullable(Id),
    status: Type.Enum([...DELIVERY_STATES], {
      description: '`failed`: given up. Have it delivered again when you like.'
    }),
    attempts: Type.Integer({ minimum: 0 }),
    nextTryAt: nullable(Instant, { description: 'At the earliest, while it is pending.' }),
    lastTriedAt: nullable(Instant),
    lastHttpStatus: nullable(Type.Integer()),
    lastFailure: nullable(Type.Enum([...FAILURES])),
    createdAt: Instant,
    endedAt: nullable(Instant)
  },
  {
    $id: 'WebhookDelivery',
    description: 'What is promised to one webhook, and what became of it. Kept for 30 days after it ended.',
    examples: [
      {
        id: '0190b2a1-7c3e-7d4f-8a5b-6c7d8e9f0a1c',
        webhookId: EXAMPLE_ID,
        eventId: EXAMPLE_EVENT_ID,
        type: 'clock.extended',
        requestId: '0190b2a1-7c3e-7d4f-8a5b-6c7d8e9f0a1b',
        status: 'pending',
        attempts: 1,
        nextTryAt: '2026-02-20T10:00:05.300Z',
        lastTriedAt: EXAMPLE_AT,
        lastHttpStatus: 503,
        lastFailure: 'not_taken',
        createdAt: EXAMPLE_AT,
        endedAt: null
      }
    ]
  }
)

export const WebhookDeliveries = pageOf(refer(WebhookDelivery), { $id: 'WebhookDeliveries' })

export const DeliveryListQuery = listQuery({
  status: Type.Optional(Type.Enum([...DELIVERY_STATES]))
})

export const DeliveryInPath = strict({ id: Id, deliveryId: Id })

export type Webhook = Wire<typeof Webhook>
export type WebhookDelivery = Wire<typeof WebhookDelivery>
