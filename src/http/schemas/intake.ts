// What opens a case.

import { Type } from 'typebox'
import { RIGHTS } from '../../domain/rights.ts'
import { CHANNELS } from '../../domain/subject-request.ts'
import { strict } from './common.ts'
import { MetadataShape, NewDetails, NewRequester, NewSubject } from './people.ts'
import { RegimeShape, Right } from './subject-requests.ts'

export const NewRequests = strict(
  {
    rights: Type.Array(Right, { minItems: 1, maxItems: RIGHTS.length, uniqueItems: true }),
    subject: NewSubject,
    requester: Type.Optional(NewRequester),
    channel: Type.Enum([...CHANNELS], { default: 'api' }),
    receivedAt: Type.Optional(
      Type.String({
        format: 'date-time',
        description: 'Staff only: when a letter that lay in the post room arrived. Never in the future.'
      })
    ),
    datedOn: Type.Optional(
      Type.String({
        format: 'date',
        description: 'The date that a letter bears: PIPEDA counts the notice of an extension from there.'
      })
    ),
    regime: Type.Optional(RegimeShape),
    details: Type.Optional(NewDetails),
    verification: Type.Optional(
      strict({
        method: Type.Enum(['email', 'none', 'session'], {
          description:
            '`email` sends the link; `none` leaves it to staff; `session` asserts your own signed-in user: an integration with the scope for it, never staff.'
        })
      })
    ),
    externalId: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    metadata: Type.Optional(MetadataShape)
  },
  {
    examples: [
      {
        rights: ['access', 'erasure'],
        subject: {
          name: 'Mia Holm',
          email: 'mia@example.com',
          locale: 'da',
          country: 'DK',
          identifiers: [{ kind: 'user_id', value: 'u_42' }]
        },
        details: { access: {}, erasure: { ground: 'consent_withdrawn' } }
      }
    ]
  }
)
