// The register on the wire. No personal data: whose entry it is only the request says.

import { Type } from 'typebox'
import { ALL_LIFT_REASONS } from '../../domain/register.ts'
import { Purpose, RegisterKindShape } from './checks.ts'
import { Day, EXAMPLE_ID, Id, Instant, listQuery, pageOf, strict } from './common.ts'
import { nullable, refer, type Wire } from './component.ts'

const LETTER_STATES = ['queued', 'sent', 'undeliverable', 'suppressed'] as const

const Because = Type.Enum(ALL_LIFT_REASONS, {
  description:
    'restricted: accuracy_verified, objection_decided, claims_ended, person_asked · objected: consent_given, person_asked · erased: person_returned · all: entered_by_mistake.'
})

export const RegisterEntry = strict(
  {
    id: Id,
    requestId: Id,
    kind: RegisterKindShape,
    purpose: nullable(Type.String(), { description: 'Null is every purpose.' }),
    since: Instant,
    names: Type.Integer({ description: 'By how many identifiers the person is entered, spellings counted apart.' }),
    standing: Type.Boolean(),
    liftedAt: nullable(Instant),
    notice: Type.Unsafe<{
      letterId: string
      at: string
      letterState: (typeof LETTER_STATES)[number]
      liftsOn: string | null
    } | null>({
      anyOf: [
        strict(
          {
            letterId: Id,
            at: Instant,
            letterState: Type.Enum([...LETTER_STATES], {
              description: 'The restriction can be lifted once it is sent.'
            }),
            liftsOn: nullable(Day, {
              description: 'The day the letter names; null where the answer to the request ends the restriction.'
            })
          },
          { description: 'Of a restriction: how the person is told that it ends (GDPR Art. 18(3)).' }
        ),
        { type: 'null' }
      ]
    })
  },
  {
    $id: 'RegisterEntry',
    examples: [
      {
        id: EXAMPLE_ID,
        requestId: EXAMPLE_ID,
        kind: 'restricted',
        purpose: null,
        since: '2026-02-20T10:00:00.000Z',
        names: 3,
        standing: true,
        liftedAt: null,
        notice: null
      }
    ]
  }
)

export const RegisterPage = pageOf(refer(RegisterEntry), { $id: 'RegisterPage' })

export const RegisterQuery = listQuery({
  kind: Type.Optional(RegisterKindShape),
  purpose: Type.Optional(Purpose),
  requestId: Type.Optional(Id),
  email: Type.Optional(Type.String({ minLength: 3, maxLength: 320, description: 'Of the subject, in any case.' })),
  standing: Type.Optional(Type.Boolean({ description: 'true: only what stands; false: only what was lifted.' }))
})

export const LiftNotice = strict(
  {
    because: Because,
    note: Type.String({
      minLength: 1,
      maxLength: 4000,
      description: 'Why the restriction ends, in words for the person.'
    }),
    liftsOn: Day
  },
  {
    $id: 'LiftNotice',
    examples: [
      { because: 'accuracy_verified', note: 'We checked your address and corrected it.', liftsOn: '2026-03-09' }
    ]
  }
)

export const Lifting = strict(
  {
    because: Because,
    note: Type.Optional(Type.String({ minLength: 1, maxLength: 4000, description: 'For the history; sealed.' }))
  },
  { $id: 'Lifting', examples: [{ because: 'accuracy_verified' }] }
)

export type RegisterEntry = Wire<typeof RegisterEntry>
