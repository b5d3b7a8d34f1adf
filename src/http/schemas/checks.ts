// "May we process these people for this?" on the wire.

import { Type } from 'typebox'
import { REGISTER_KINDS } from '../../domain/register.ts'
import { Instant, strict } from './common.ts'
import { nullable, type Wire } from './component.ts'

const SUBJECTS_AT_MOST = 1_000
const IDENTIFIERS_AT_MOST = 10

export const Purpose = Type.String({
  minLength: 1,
  maxLength: 80,
  description: 'What the data would be used for, as the data map names it. Case, spaces and hyphens do not matter.',
  examples: ['newsletter']
})

export const RegisterKindShape = Type.Enum([...REGISTER_KINDS], {
  description: 'restricted: GDPR Art. 18 · objected: Art. 21, opted out, or consent withdrawn · erased: Art. 17.'
})

const CheckedSubject = strict({
  ref: Type.Optional(
    Type.String({ maxLength: 200, description: 'Your own name for this line; it comes back with the answer.' })
  ),
  email: Type.Optional(Type.String({ minLength: 1, maxLength: 320 })),
  identifiers: Type.Optional(
    Type.Array(
      strict({
        kind: Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$', description: 'what it is, such as user_id or phone.' }),
        value: Type.String({ minLength: 1, maxLength: 320 })
      }),
      { maxItems: IDENTIFIERS_AT_MOST }
    )
  )
})

export const Check = strict(
  {
    purpose: Purpose,
    directMarketing: Type.Optional(
      Type.Boolean({
        default: false,
        description: 'That this is direct marketing, whatever the data map says of the purpose.'
      })
    ),
    subjects: Type.Array(CheckedSubject, { minItems: 1, maxItems: SUBJECTS_AT_MOST })
  },
  {
    $id: 'Check',
    examples: [
      {
        purpose: 'newsletter',
        subjects: [
          { ref: 'line 1', email: 'anna@example.com' },
          { ref: 'line 2', identifiers: [{ kind: 'user_id', value: '4711' }] }
        ]
      }
    ]
  }
)

const Because = strict({
  kind: RegisterKindShape,
  purpose: nullable(Type.String(), { description: 'Null is every purpose.' }),
  since: Instant
})

const CheckedAnswer = strict({
  ref: nullable(Type.String()),
  mayProcess: Type.Boolean(),
  because: Type.Array(Because, { description: 'What forbids it; empty when nothing does.' })
})

export const Checked = strict(
  { data: Type.Array(CheckedAnswer, { description: 'In the order of the question.' }) },
  {
    $id: 'Checked',
    examples: [
      {
        data: [
          {
            ref: 'line 1',
            mayProcess: false,
            because: [{ kind: 'objected', purpose: 'direct_marketing', since: '2026-02-20T10:00:00.000Z' }]
          },
          { ref: 'line 2', mayProcess: true, because: [] }
        ]
      }
    ]
  }
)

export type Check = Wire<typeof Check>
export type Checked = Wire<typeof Checked>
