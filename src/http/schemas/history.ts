// The history of a request on the wire.

import { Type } from 'typebox'
import { LINK_FAULTS } from '../../domain/chain.ts'
import { HAPPENINGS } from '../../domain/events.ts'
import { MOVE_NAMES, MOVERS, STATES } from '../../domain/lifecycle.ts'
import { LOCALES } from '../../domain/subject-request.ts'
import { Id, Instant, strict } from './common.ts'
import { nullable, refer, type Wire } from './component.ts'

export const HistoryQuery = strict({
  after: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 2_147_483_647, default: 0, description: '`nextAfter` of the page before.' })
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100, description: 'How many at most.' })),
  locale: Type.Optional(Type.Enum([...LOCALES], { description: 'Of the words; else Accept-Language decides.' }))
})

const EXAMPLE_ENTRY = {
  seq: 3,
  kind: 'verify',
  from: 'awaiting_verification',
  to: 'verified',
  at: '2026-02-20T10:00:00.000Z',
  by: { mover: 'agent', id: 'user_123' },
  data: { method: 'phone_callback' },
  words: 'A staff member established the identity of the person by calling back.',
  text: 'Called the number on file; she knew her customer number.'
}

export const HistoryEntry = strict(
  {
    seq: Type.Integer({ minimum: 1 }),
    kind: Type.Enum([...HAPPENINGS, ...MOVE_NAMES]),
    from: Type.Enum([...STATES]),
    to: Type.Enum([...STATES], { description: 'The same state unless the entry is a move.' }),
    at: Instant,
    by: strict({
      mover: Type.Enum([...MOVERS]),
      id: nullable(Type.String(), { description: 'The `sub` of staff or the id of the API key.' })
    }),
    data: Type.Unsafe<Record<string, unknown>>({
      type: 'object',
      additionalProperties: true,
      description: 'Facts without personal data.'
    }),
    words: Type.String({ description: 'The same in a plain sentence.' }),
    text: nullable(Type.String(), {
      description: 'What a person wrote, for staff only. Null as well once the personal data was erased.'
    })
  },
  {
    $id: 'HistoryEntry',
    examples: [EXAMPLE_ENTRY]
  }
)

export const History = strict(
  {
    data: Type.Array(refer(HistoryEntry)),
    nextAfter: nullable(Type.Integer(), { description: 'Null on the last page.' })
  },
  { $id: 'History', examples: [{ data: [EXAMPLE_ENTRY], nextAfter: null }] }
)

/** Stands in the answers of both verifications. */
export const BadLink = strict(
  {
    requestId: Id,
    seq: Type.Integer(),
    why: Type.Enum(Object.keys(LINK_FAULTS) as (keyof typeof LINK_FAULTS)[]),
    detail: Type.String()
  },
  { description: 'The first entry that is not as it was written.' }
)

export const HistoryVerification = strict(
  { verified: Type.Boolean(), events: Type.Integer(), firstBadLink: nullable(BadLink) },
  { $id: 'HistoryVerification', examples: [{ verified: true, events: 12, firstBadLink: null }] }
)

export type HistoryEntry = Wire<typeof HistoryEntry>
