// What a stranger may say, and all that a stranger is told.

import { Type } from 'typebox'
import { RIGHTS } from '../../domain/rights.ts'
import { strict } from './common.ts'
import { NewDetails, NewRequester, NewSubject } from './people.ts'

/** No identifiers: whoever reads a mailbox proves the mailbox, and not somebody's customer number. */
const { identifiers: _unproven, email: _optional, ...said } = NewSubject.properties

export const Submission = strict(
  {
    rights: Type.Array(Type.Enum([...RIGHTS]), { minItems: 1, maxItems: RIGHTS.length, uniqueItems: true }),
    subject: strict({
      ...said,
      email: Type.String({ minLength: 3, maxLength: 320, description: 'The mail with the link goes there.' })
    }),
    requester: Type.Optional(NewRequester),
    details: Type.Optional(NewDetails)
  },
  { examples: [{ rights: ['access'], subject: { name: 'Mia Holm', email: 'mia@example.com', locale: 'da' } }] }
)

export const Accepted = strict(
  { message: Type.String() },
  { $id: 'Accepted', description: 'The same for everybody.', examples: [{ message: 'Thank you.' }] }
)

export const SlugInPath = strict({ tenant: Type.String({ maxLength: 60 }) })
