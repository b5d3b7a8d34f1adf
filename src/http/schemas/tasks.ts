// Tasks on the wire: what a system is asked to do, and what it answers.

import { type Static, Type } from 'typebox'
import { GROUND_CODES } from '../../domain/grounds/ground.ts'
import { STATES } from '../../domain/lifecycle.ts'
import { RIGHTS, TASK_KINDS } from '../../domain/rights.ts'
import { TASK_RESULTS, TASK_STATES } from '../../domain/tasks.ts'
import { Day, Id, Instant, listQuery, pageOf, strict, Version } from './common.ts'
import { nullable, refer } from './component.ts'
import { IdentifierShape } from './people.ts'

const Line = (maxLength: number) => Type.String({ minLength: 1, maxLength })
const EXAMPLE_ID = '0190b2a1-7c3e-7d4f-8a5b-6c7d8e9f0a1b'
const EXAMPLE_AT = '2026-02-20T10:00:00Z'

const WithheldShape = strict({
  category: Line(200),
  ground: Type.String({ description: 'A code.' }),
  until: nullable(Day, { description: 'The last day on which it holds; then staff are told to ask the system again.' }),
  citation: nullable(Type.String(), { description: 'The provision relied on.' })
})

const ChangeShape = strict({ field: Line(200), before: nullable(Type.String()), after: nullable(Type.String()) })

const AskedChange = strict({
  field: Type.String(),
  current: nullable(Type.String()),
  proposed: Type.String(),
  evidence: nullable(Type.String())
})

export const Task = strict(
  {
    id: Id,
    requestId: Id,
    system: strict({ id: Id, slug: Type.String(), name: Type.String() }),
    kind: Type.Enum([...TASK_KINDS], { description: 'What the system does.' }),
    state: Type.Enum([...TASK_STATES], {
      description:
        '`failed`: given up and left to people, who release it to be tried again. `dropped`: no longer wanted.'
    }),
    categories: Type.Array(Type.String(), { description: 'What it is about; empty is everything that is there.' }),
    right: Type.Enum([...RIGHTS]),
    requestState: Type.Enum([...STATES]),
    dueOn: nullable(Day),
    targetOn: nullable(Day),
    instructions: nullable(Type.String()),
    subject: nullable(strict({ email: nullable(Type.String()), identifiers: Type.Array(IdentifierShape) }), {
      description: 'By what the system finds the person. Null for an integration once it has nothing to do any more.'
    }),
    details: nullable(
      strict({
        text: nullable(Type.String(), { description: "The person's own words." }),
        changes: Type.Array(AskedChange, { description: 'Corrections: those that staff accepted.' }),
        purpose: nullable(Type.String()),
        directMarketing: Type.Boolean(),
        ground: nullable(Type.String()),
        format: nullable(Type.Enum(['json', 'csv']))
      })
    ),
    grounds: Type.Array(Type.String(), { description: 'Codes with which something may be kept back.' }),
    assignee: nullable(Type.String()),
    claimedBy: nullable(Type.String(), { description: 'For an integration: itself or null.' }),
    leaseUntil: nullable(Instant, { description: 'Until when the claim holds; then anybody may claim.' }),
    failures: Type.Integer({ minimum: 0 }),
    result: nullable(Type.Enum([...TASK_RESULTS])),
    withheld: Type.Array(WithheldShape),
    report: nullable(
      strict({
        note: nullable(Type.String()),
        changes: Type.Array(ChangeShape),
        anonymised: Type.Array(Type.String()),
        recipientsTold: Type.Array(Type.String()),
        failure: nullable(Type.String(), { description: 'Why it last failed.' })
      }),
      { description: 'What was said of it: for staff, and for whoever said it.' }
    ),
    version: Version,
    createdAt: Instant,
    updatedAt: Instant,
    endedAt: nullable(Instant)
  },
  {
    $id: 'Task',
    description: 'What one system does for one request.',
    examples: [
      {
        id: EXAMPLE_ID,
        requestId: EXAMPLE_ID,
        system: { id: EXAMPLE_ID, slug: 'billing', name: 'Stripe' },
        kind: 'collect',
        state: 'open',
        categories: ['billing'],
        right: 'access',
        requestState: 'in_fulfilment',
        dueOn: '2026-03-20',
        targetOn: '2026-03-18',
        instructions: null,
        subject: { email: 'mia@example.com', identifiers: [{ kind: 'user_id', value: 'u_42' }] },
        details: { text: null, changes: [], purpose: null, directMarketing: false, ground: null, format: null },
        grounds: ['rights_of_others', 'trade_secret_ip'],
        assignee: null,
        claimedBy: null,
        leaseUntil: null,
        failures: 0,
        result: null,
        withheld: [],
        report: null,
        version: 1,
        createdAt: EXAMPLE_AT,
        updatedAt: EXAMPLE_AT,
        endedAt: null
      }
    ]
  }
)

export const TaskPage = pageOf(refer(Task), { $id: 'TaskPage' })

export const TaskListQuery = listQuery({
  system: Type.Optional(Type.String({ minLength: 1, maxLength: 63, description: 'Slug or id.' })),
  state: Type.Optional(Type.Enum([...TASK_STATES])),
  kind: Type.Optional(Type.Enum([...TASK_KINDS])),
  assignee: Type.Optional(
    Type.String({ minLength: 1, maxLength: 200, description: "A staff member's sub, an API key's id, or `me`." })
  ),
  requestId: Type.Optional(Id),
  claimable: Type.Optional(Type.Boolean({ description: 'Only what you could claim now.' }))
})

export const Completion = strict(
  {
    result: Type.Enum([...TASK_RESULTS], {
      description:
        '`nothing_found`: searched, and nothing was there. `withheld`: something is kept back, each category with its ground. `not_applicable`: the system has no data of this kind for anybody; that is no search.'
    }),
    withheld: Type.Optional(
      Type.Array(
        strict({
          category: Line(200),
          ground: Type.Enum([...GROUND_CODES]),
          until: Type.Optional(Day),
          citation: Type.Optional(Line(500))
        }),
        { minItems: 1, maxItems: 100 }
      )
    ),
    note: Type.Optional(
      Type.String({ minLength: 1, maxLength: 5_000, description: 'For staff, and the facts that a ground asks for.' })
    ),
    changes: Type.Optional(
      Type.Array(
        strict({
          field: Line(200),
          before: Type.Optional(Type.String({ maxLength: 2_000 })),
          after: Type.Optional(Type.String({ maxLength: 2_000 }))
        }),
        { minItems: 1, maxItems: 100, description: 'Corrections as they were made.' }
      )
    ),
    anonymised: Type.Optional(
      Type.Array(Line(200), {
        minItems: 1,
        maxItems: 100,
        uniqueItems: true,
        description: 'Erasures: categories made anonymous for good instead of being erased. The answer says so.'
      })
    ),
    recipientsTold: Type.Optional(
      Type.Array(Line(200), { maxItems: 100, description: 'Who received the data before and was told: GDPR Art. 19.' })
    )
  },
  {
    examples: [
      {
        result: 'withheld',
        withheld: [
          { category: 'billing', ground: 'legal_obligation', until: '2031-12-31', citation: 'Bogføringsloven § 12' }
        ],
        note: 'Invoices of the last five years stay; the rest was erased.'
      }
    ]
  }
)

export const FailureBody = strict(
  {
    reason: Type.String({ minLength: 1, maxLength: 5_000, description: 'For staff.' }),
    retry: Type.Boolean({ default: true, description: 'False: there is no use in trying again, a person has to look.' })
  },
  { examples: [{ reason: 'The database was being restored.', retry: true }] }
)

/** A call that says everything in its path. */
export const EmptyBody = strict({})

export type TaskShape = Static<typeof Task>
export type CompletionShape = Static<typeof Completion>
