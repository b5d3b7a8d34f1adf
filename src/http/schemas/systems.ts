// The data map on the wire.

import { Type } from 'typebox'
import { LEGAL_BASES } from '../../domain/data-map.ts'
import { EXAMPLE_ID, Id, Instant, pageOf, strict, Version } from './common.ts'
import { nullable, refer, type Wire } from './component.ts'

const Line = Type.String({ minLength: 1, maxLength: 200 })
const Words = Type.String({ minLength: 1, maxLength: 2000 })

const EXAMPLE = {
  slug: 'app-database',
  name: 'Application database',
  personalData: 'held',
  role: 'controller',
  location: 'Frankfurt, Germany',
  transferSafeguard: null,
  description: null,
  categories: [
    {
      name: 'account',
      purposes: ['providing the service'],
      legalBasis: 'contract',
      retention: 'while the subscription runs, then 30 days',
      source: 'the person',
      recipients: ['DigitalOcean (hosting)'],
      providedBySubject: true,
      automatedProcessing: true,
      directMarketing: false,
      specialCategory: false
    }
  ],
  automatedDecisions: [
    {
      decision: 'Suspension of an account',
      logic: 'Sign-ins are scored by place and device; a score over 90 suspends the account.',
      significance: 'You cannot sign in until somebody of the staff has looked at it.',
      consequences: 'Scheduled work of the account pauses.',
      categories: ['account']
    }
  ],
  assignee: null,
  instructions: 'Run the export of the admin console.'
} as const

export const DataCategory = strict(
  {
    name: Line,
    purposes: Type.Array(Line, { minItems: 1, maxItems: 20, description: 'Art. 15(1)(a).' }),
    legalBasis: Type.Enum([...LEGAL_BASES], { description: 'GDPR Art. 6(1).' }),
    retention: Type.String({
      minLength: 1,
      maxLength: 500,
      description: 'Art. 15(1)(d), in words the person will read.'
    }),
    source: Type.String({ minLength: 1, maxLength: 500, description: 'Art. 15(1)(g).' }),
    recipients: Type.Array(Line, { maxItems: 50, description: 'Art. 15(1)(c).' }),
    providedBySubject: Type.Boolean({ description: 'Given or observed, not inferred: Art. 20(1).' }),
    automatedProcessing: Type.Boolean(),
    directMarketing: Type.Boolean(),
    optOut: Type.Optional(
      Type.Boolean({
        description: 'Sold, shared, or used to measure what people do: an opt-out ends it, as it ends direct marketing.'
      })
    ),
    specialCategory: Type.Boolean({ description: 'Art. 9.' })
  },
  { $id: 'DataCategory' }
)

const AutomatedDecision = strict(
  {
    decision: Line,
    logic: Type.String({
      minLength: 1,
      maxLength: 2000,
      pattern: '\\S',
      description: 'The procedure and principles actually applied, in words the person will read.'
    }),
    significance: Type.String({
      minLength: 1,
      maxLength: 2000,
      pattern: '\\S',
      description: 'What it means for them.'
    }),
    consequences: Type.String({
      minLength: 1,
      maxLength: 2000,
      pattern: '\\S',
      description: 'What is to be expected.'
    }),
    categories: Type.Array(Line, { minItems: 1, maxItems: 100, uniqueItems: true, description: 'What goes into it.' })
  },
  { description: 'Art. 15(1)(h): taken by automated means alone, profiling included, with legal or similar effect.' }
)

const facts = {
  slug: Type.String({
    pattern: '^[a-z0-9][a-z0-9-]{0,62}$',
    description: 'a short name of lower-case letters, digits and hyphens.'
  }),
  name: Line,
  personalData: Type.Enum(['held', 'none'], { description: 'none: named in an access answer, never searched.' }),
  role: Type.Enum(['controller', 'processor'], {
    description: 'processor: requests are forwarded instead of answered.'
  }),
  location: Line,
  transferSafeguard: nullable(Words, { description: 'Art. 15(2): of a transfer to a third country.' }),
  description: nullable(Words, {
    description: 'For the person to read: what it is, and why one without personal data is never searched.'
  }),
  categories: Type.Array(refer(DataCategory), { maxItems: 100 }),
  automatedDecisions: Type.Array(AutomatedDecision, {
    maxItems: 50,
    description: 'Empty: the answer says that none is taken.'
  }),
  assignee: nullable(Line, { description: "Who does its tasks: a staff member's sub or an API key's id." }),
  instructions: nullable(Words, { description: 'For whoever does its tasks.' })
}

export const System = strict(
  { id: Id, ...facts, version: Version, createdAt: Instant, updatedAt: Instant },
  {
    $id: 'System',
    description: 'A place where the tenant holds personal data.',
    examples: [
      {
        id: EXAMPLE_ID,
        ...EXAMPLE,
        version: 1,
        createdAt: '2026-02-20T10:00:00Z',
        updatedAt: '2026-02-20T10:00:00Z'
      }
    ]
  }
)

const { slug, name, location, categories } = facts

export const NewSystem = strict(
  {
    slug,
    name,
    location,
    personalData: Type.Optional(Type.Enum(['held', 'none'], { default: 'held' })),
    role: Type.Optional(Type.Enum(['controller', 'processor'], { default: 'controller' })),
    categories: Type.Optional(categories),
    automatedDecisions: Type.Optional(facts.automatedDecisions),
    transferSafeguard: Type.Optional(facts.transferSafeguard),
    description: Type.Optional(facts.description),
    assignee: Type.Optional(facts.assignee),
    instructions: Type.Optional(facts.instructions)
  },
  { $id: 'NewSystem', examples: [EXAMPLE] }
)

export const SystemChanges = strict(
  {
    slug: Type.Optional(facts.slug),
    name: Type.Optional(facts.name),
    location: Type.Optional(facts.location),
    personalData: Type.Optional(facts.personalData),
    role: Type.Optional(facts.role),
    categories: Type.Optional(facts.categories),
    automatedDecisions: Type.Optional(facts.automatedDecisions),
    transferSafeguard: Type.Optional(facts.transferSafeguard),
    description: Type.Optional(facts.description),
    assignee: Type.Optional(facts.assignee),
    instructions: Type.Optional(facts.instructions)
  },
  { $id: 'SystemChanges', minProperties: 1, examples: [{ location: 'Amsterdam, Netherlands' }] }
)

export const Systems = pageOf(refer(System), { $id: 'Systems' })

export type System = Wire<typeof System>
