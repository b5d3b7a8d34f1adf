// People, and what they ask for, as callers send them.

import { Type } from 'typebox'
import { RIGHTS } from '../../domain/rights.ts'
import { LOCALES } from '../../domain/subject-request.ts'
import { strict } from './common.ts'
import { refer } from './component.ts'

const Line = (maxLength: number) => Type.String({ minLength: 1, maxLength })
const Prose = Type.String({ minLength: 1, maxLength: 20_000 })

export const IdentifierShape = strict({
  kind: Type.String({
    pattern: '^[a-z][a-z0-9_]{0,39}$',
    description: 'By which name a system knows the person.',
    examples: ['user_id']
  }),
  value: Line(200)
})

export const MetadataShape = Type.Record(
  Type.String({ pattern: '^[A-Za-z0-9_.-]{1,40}$' }),
  Type.String({ maxLength: 500 }),
  {
    maxProperties: 20,
    additionalProperties: false,
    description: 'Yours, handed back as it came.'
  }
)

export const NewSubject = strict({
  name: Type.Optional(Line(200)),
  email: Type.Optional(
    Type.String({
      minLength: 3,
      maxLength: 320,
      description: 'Letters go there; to whoever asks for the person only once staff checked that they may.'
    })
  ),
  locale: Type.Optional(Type.Enum([...LOCALES])),
  country: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2.', examples: ['DK'] })),
  region: Type.Optional(
    Type.String({ pattern: '^[A-Z0-9]{1,3}$', description: 'ISO 3166-2 without the country.', examples: ['CA'] })
  ),
  identifiers: Type.Optional(Type.Array(IdentifierShape, { maxItems: 20 }))
})

export const NewRequester = strict(
  {
    relation: Type.Enum(['agent', 'guardian']),
    name: Line(200),
    email: Type.String({
      minLength: 3,
      maxLength: 320,
      description: 'Written to only once staff have confirmed identity with `mandate_checked`.'
    }),
    authority: Type.Optional(Line(2_000))
  },
  { description: 'Who asks, where it is not the person: the page on which they confirm names them.' }
)

/** All that any right takes; which field belongs to which right is checked with the right. */
const details = {
  text: Type.Optional(Prose),
  categories: Type.Optional(Type.Array(Line(200), { minItems: 1, maxItems: 100 })),
  changes: Type.Optional(
    Type.Array(
      strict({
        field: Line(200),
        current: Type.Optional(Type.String({ maxLength: 2_000 })),
        proposed: Line(2_000),
        evidence: Type.Optional(Line(2_000))
      }),
      { minItems: 1, maxItems: 100 }
    )
  ),
  ground: Type.Optional(Line(100)),
  format: Type.Optional(Type.Enum(['json', 'csv'])),
  transferTo: Type.Optional(Line(500)),
  purpose: Type.Optional(Line(200)),
  directMarketing: Type.Optional(Type.Boolean()),
  situation: Type.Optional(Prose)
}

export const DetailsShape = strict(details, { $id: 'Details' })

/** The details of one request. */
export const DetailsBody = strict(details, { examples: [{ directMarketing: true }] })

/** For one right as it is; for several, keyed by right. */
export const NewDetails = Type.Unsafe<Readonly<Record<string, unknown>>>(
  strict({ ...details, ...Object.fromEntries(RIGHTS.map(right => [right, Type.Optional(refer(DetailsShape))])) })
)
