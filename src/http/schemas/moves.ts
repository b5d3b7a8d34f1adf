// What staff send with a move of a request, or of its clock.

import { Type } from 'typebox'
import { CANCEL_REASONS } from '../../domain/cancel-reasons.ts'
import { STAFF_METHODS } from '../../domain/identity-proof.ts'
import { ERASURE_REASONS } from '../../domain/retention.ts'
import { Day, Id, Note, strict } from './common.ts'
import { IdentifierShape } from './people.ts'
import { RegimeShape } from './subject-requests.ts'

/** When that arrived for which a person was waited, and the clock with it. */
const ARRIVED = {
  receivedAt: Type.Optional(
    Type.String({
      format: 'date-time',
      description:
        'Staff only: when it arrived, where that was before now. The clock runs from there. Not before it was asked for.'
    })
  ),
  messageId: Type.Optional(
    Type.Unsafe<string>({ ...Id, description: 'Instead: the message of the person that brought it.' })
  )
}

export const Arrival = strict(ARRIVED, { examples: [{ receivedAt: '2026-03-06T15:00:00+01:00' }] })

export const Confirmation = strict(
  {
    method: Type.Enum([...STAFF_METHODS, 'session'], {
      description:
        '`mandate_checked` is about an agent or guardian: that they are who they say, may act for the person, and that the address in the request is theirs. Letters then go to a guardian, and to an agent where the person has no address. The others are about the person.'
    }),
    note: Type.Optional(Note),
    ...ARRIVED
  },
  { examples: [{ method: 'phone_callback', note: 'Called the number in the contract; she named the last order.' }] }
)

export const Question = strict(
  {
    question: Note,
    pausesClock: Type.Boolean({ default: false, description: 'Only where the law lets the clock stand for it.' })
  },
  { examples: [{ question: 'Which of your two accounts do you mean?', pausesClock: false }] }
)

export const AnswerText = strict(
  { text: Type.Optional(Note), ...ARRIVED },
  {
    description: 'Either its text, or the message that is the answer.',
    examples: [{ text: 'The one with the order of May.', receivedAt: '2026-03-06T15:00:00+01:00' }]
  }
)

export const ClockMoveBody = strict(
  { ground: Type.String({ maxLength: 100 }), note: Note },
  { examples: [{ ground: 'complexity', note: 'Nine systems have to be searched.' }] }
)

export const ExtensionBody = strict(
  {
    ground: Type.String({ maxLength: 100 }),
    note: Type.String({ minLength: 1, maxLength: 5_000, description: 'The reasons: the person reads them.' }),
    workingDays: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 250, description: 'Only where the law lets you state the period.' })
    )
  },
  { examples: [{ ground: 'complexity', note: 'Nine systems have to be searched.' }] }
)

export const RefusalBody = strict(
  {
    ground: Type.String({ maxLength: 100 }),
    reasons: Type.String({
      minLength: 1,
      maxLength: 10_000,
      description: 'The facts of this case, for the person to read.'
    }),
    citation: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
    until: Type.Optional(Day),
    weighing: Type.Optional(Note)
  },
  {
    examples: [
      { ground: 'identity_not_confirmed', reasons: 'We asked twice which account is yours and had no answer.' }
    ]
  }
)

export const ForwardingBody = strict(
  {
    controller: strict({
      name: Type.String({ minLength: 1, maxLength: 200 }),
      email: Type.Optional(
        Type.String({
          maxLength: 320,
          description: 'It is written to with the answer, and reads the request behind a link.'
        })
      )
    }),
    note: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 5_000,
        description: 'For staff. Without an address: how and when the request was sent.'
      })
    )
  },
  { examples: [{ controller: { name: 'Aegean Machines SA', email: 'privacy@aegean.example' } }] }
)

export const CancellationBody = strict(
  { reason: Type.Enum([...CANCEL_REASONS]), note: Type.Optional(Note), duplicateOf: Type.Optional(Id) },
  { examples: [{ reason: 'duplicate', duplicateOf: '0190b2a1-7c3e-7d4f-8a5b-6c7d8e9f0a1b' }] }
)

export const ErasureBody = strict(
  { because: Type.Enum([...ERASURE_REASONS]) },
  { examples: [{ because: 'no_longer_needed' }] }
)

export const IdentifiersBody = strict(
  {
    identifiers: Type.Array(IdentifierShape, {
      maxItems: 20,
      description:
        'All of them: what is left out is taken away. Only those that your own records give this person, never one for which their word is all there is: systems will act on them.'
    })
  },
  { examples: [{ identifiers: [{ kind: 'user_id', value: 'u_42' }] }] }
)

export const OptionalNote = strict({ note: Type.Optional(Note) }, { examples: [{ note: 'She called and said so.' }] })

export const ReworkBody = strict(
  {
    taskIds: Type.Optional(
      Type.Array(Id, {
        maxItems: 200,
        uniqueItems: true,
        description: 'Which tasks begin anew; none leaves all as they ended.'
      })
    ),
    note: Note
  },
  { examples: [{ note: 'The billing system searched under the old address.' }] }
)

export const RegimeBody = strict(
  {
    regime: RegimeShape,
    country: Type.Optional(
      Type.String({
        pattern: '^[A-Z]{2}$',
        description: 'Where the person lives, when that was learned only now: letters name the authority of that place.'
      })
    ),
    region: Type.Optional(Type.String({ pattern: '^[A-Z0-9]{1,3}$', description: 'Of that country.' })),
    workingDays: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 250,
        description:
          'Of an extension that was taken under a law with a fixed length, where the other law counts it in working days. Without it that law keeps its day.'
      })
    ),
    note: Note
  },
  { examples: [{ regime: 'uk-gdpr', country: 'GB', note: 'She moved to London in March.' }] }
)
