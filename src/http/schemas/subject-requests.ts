// The subject request on the wire.

import { type Static, Type } from 'typebox'
import { CANCEL_REASONS } from '../../domain/cancel-reasons.ts'
import { REGIMES } from '../../domain/deadline/regimes.ts'
import { STAFF_METHODS } from '../../domain/identity-proof.ts'
import { MOVE_NAMES, STATES } from '../../domain/lifecycle.ts'
import { ERASURE_REASONS } from '../../domain/retention.ts'
import { RIGHTS } from '../../domain/rights.ts'
import { CHANNELS, LOCALES, OUTCOMES } from '../../domain/subject-request.ts'
import { Day, Id, Instant, listQuery, pageOf, strict, Version } from './common.ts'
import { nullable, refer } from './component.ts'
import { EXAMPLE_REQUEST } from './examples.ts'
import { DetailsShape, IdentifierShape, MetadataShape, NewDetails, NewRequester, NewSubject } from './people.ts'

const PHASES = ['verification', 'fulfilment', 'response', 'ended'] as const
const ACTIONS = [...MOVE_NAMES, 'extend', 'pause', 'resume', 'confirm_right', 'decide']
const REGIME_NAMES = Object.keys(REGIMES) as (keyof typeof REGIMES)[]

export const Right = Type.Enum([...RIGHTS])
export const RegimeShape = Type.Enum(REGIME_NAMES)

const Subject = strict({
  name: nullable(Type.String()),
  email: nullable(Type.String()),
  locale: Type.Enum([...LOCALES]),
  country: nullable(Type.String()),
  region: nullable(Type.String()),
  identifiers: Type.Array(IdentifierShape)
})

const Requester = strict({
  relation: Type.Enum(['agent', 'guardian']),
  name: Type.String(),
  email: Type.String(),
  authority: nullable(Type.String())
})

export const SubjectRequest = strict(
  {
    id: Id,
    caseId: Id,
    reference: Type.String({
      description: 'What people quote; the same for all requests of a case. It opens nothing.'
    }),
    right: Right,
    rightGuessed: Type.Boolean({ description: 'Read from the words of a mail: confirm or correct it first.' }),
    regime: RegimeShape,
    state: Type.Enum([...STATES]),
    phase: Type.Enum([...PHASES]),
    version: Version,
    channel: Type.Enum([...CHANNELS]),
    receivedAt: Instant,
    receivedOn: Day,
    dueOn: nullable(Day, {
      description:
        'The day that rules now: the extended one once extended, else the earlier of law and promise. In time until it ends.'
    }),
    statutoryDueOn: nullable(Day, { description: 'What the law gives, without the extension.' }),
    promisedOn: nullable(Day, { description: 'What the organisation promises.' }),
    extendedDueOn: nullable(Day),
    targetOn: nullable(Day, { description: 'Never later than any defensible reading of the law.' }),
    acknowledgeBy: nullable(Day),
    extensionNoticeBy: nullable(Day),
    refusalBy: nullable(Day),
    dueEndsAt: nullable(Instant, { description: 'The first instant that is too late for the first deadline.' }),
    laws: Type.Array(
      strict({
        regime: RegimeShape,
        rules: Type.Boolean({ description: 'Whether its period ends first.' }),
        dueOn: nullable(Day, { description: 'Where its period ends now, without any promise.' }),
        statutoryDueOn: nullable(Day),
        extendedDueOn: nullable(Day, { description: 'Null unless extended under this law.' }),
        targetOn: nullable(Day),
        acknowledgeBy: nullable(Day),
        extensionNoticeBy: nullable(Day),
        refusalBy: nullable(Day)
      }),
      {
        description:
          'The law it is answered under, and the one the organisation keeps for everybody beside it. Of two the earlier date rules.'
      }
    ),
    daysLeft: nullable(Type.Integer(), {
      description: 'Until dueOn; negative once it has passed; null when nothing is owed any more.'
    }),
    overdue: Type.Boolean(),
    clock: Type.Enum(['running', 'paused', 'stopped']),
    extended: Type.Boolean(),
    outcome: nullable(Type.Enum([...OUTCOMES])),
    ground: nullable(Type.String()),
    nextStep: strict({
      action: nullable(Type.Enum(ACTIONS)),
      who: Type.Enum(['staff', 'subject', 'systems', 'nobody']),
      sentence: Type.String()
    }),
    allowedActions: Type.Array(Type.Enum(ACTIONS), { description: 'What the caller may do now.' }),
    subject: nullable(Subject, { description: 'Null once the personal data was erased.' }),
    requester: nullable(Requester),
    details: nullable(refer(DetailsShape)),
    verification: nullable(strict({ method: Type.String(), by: nullable(Type.String()), at: Instant })),
    assignee: nullable(Type.String()),
    tags: Type.Array(Type.String()),
    externalId: nullable(Type.String()),
    metadata: MetadataShape,
    preparedBy: nullable(Type.String()),
    createdAt: Instant,
    updatedAt: Instant,
    respondedAt: nullable(Instant),
    closedAt: nullable(Instant),
    personalDataErasedAt: nullable(Instant, {
      description:
        'When nothing more was kept of the person than what stands here: people, details and metadata are gone.'
    })
  },
  { $id: 'SubjectRequest', examples: [EXAMPLE_REQUEST] }
)

export type SubjectRequestShape = Static<typeof SubjectRequest>

export const Case = strict(
  { caseId: Id, reference: Type.String(), requests: Type.Array(refer(SubjectRequest)) },
  {
    $id: 'Case',
    description: 'The requests that arrived together.',
    examples: [{ caseId: EXAMPLE_REQUEST.caseId, reference: EXAMPLE_REQUEST.reference, requests: [EXAMPLE_REQUEST] }]
  }
)

export const RequestPage = pageOf(refer(SubjectRequest), { $id: 'SubjectRequestPage' })

export const RequestListQuery = listQuery({
  state: Type.Optional(Type.Enum([...STATES])),
  right: Type.Optional(Right),
  regime: Type.Optional(RegimeShape),
  open: Type.Optional(Type.Boolean({ description: 'Only those that have not ended, or only those that have.' })),
  dueBefore: Type.Optional(Day),
  overdue: Type.Optional(Type.Boolean({ description: 'Only open ones whose due day has passed.' })),
  assignee: Type.Optional(Type.String({ maxLength: 200 })),
  caseId: Type.Optional(Id),
  email: Type.Optional(Type.String({ maxLength: 320, description: "The subject's address." })),
  externalId: Type.Optional(Type.String({ maxLength: 200 })),
  text: Type.Optional(
    Type.String({
      minLength: 2,
      maxLength: 200,
      description: 'Whole words of the name, the address, the reference or the external id.'
    })
  ),
  sort: Type.Enum(['-createdAt', 'dueOn'], { default: '-createdAt' })
})

const Note = Type.String({ minLength: 1, maxLength: 5_000 })

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
            '`email` sends the link; `none` leaves it to staff; `session` asserts your own signed-in user, with the scope for it.'
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

export const EditedRequest = strict(
  {
    assignee: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 200 }))),
    tags: Type.Optional(
      Type.Array(Type.String({ pattern: '^[\\p{L}\\p{N} _.-]{1,40}$' }), { maxItems: 20, uniqueItems: true })
    ),
    externalId: Type.Optional(nullable(Type.String({ minLength: 1, maxLength: 200 }))),
    metadata: Type.Optional(MetadataShape)
  },
  { minProperties: 1, examples: [{ assignee: 'anna', tags: ['vip'] }] }
)

export const Confirmation = strict(
  { method: Type.Enum([...STAFF_METHODS, 'session']), note: Type.Optional(Note) },
  { examples: [{ method: 'phone_callback', note: 'Called the number in the contract; she named the last order.' }] }
)

export const Question = strict(
  {
    question: Note,
    pausesClock: Type.Boolean({ default: false, description: 'Only where the law lets the clock stand for it.' })
  },
  { examples: [{ question: 'Which of your two accounts do you mean?', pausesClock: false }] }
)

export const AnswerText = strict({ text: Note }, { examples: [{ text: 'The one with the order of May.' }] })

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
      email: Type.Optional(Type.String({ maxLength: 320 }))
    }),
    note: Type.Optional(Note)
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

export const OptionalNote = strict({ note: Type.Optional(Note) }, { examples: [{ note: 'She called and said so.' }] })

export const DecisionBody = strict(
  {
    outcome: Type.Enum([...OUTCOMES]),
    ground: Type.Optional(Type.String({ maxLength: 100 })),
    reasons: Type.Optional(Type.String({ minLength: 1, maxLength: 10_000 })),
    weighing: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 10_000,
        description: 'Objections: the interests weighed, in plain words (GDPR Art. 21(1)).'
      })
    ),
    citation: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
    until: Type.Optional(Day),
    changes: Type.Optional(
      Type.Array(
        strict({
          field: Type.String({ minLength: 1, maxLength: 200 }),
          before: Type.Optional(Type.String({ maxLength: 2_000 })),
          after: Type.Optional(Type.String({ maxLength: 2_000 })),
          accepted: Type.Boolean(),
          ground: Type.Optional(Type.String({ maxLength: 100 }))
        }),
        { maxItems: 100 }
      )
    ),
    recipientsTold: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 200 }), { maxItems: 100 }))
  },
  { examples: [{ outcome: 'granted', weighing: 'Your situation outweighs our interest in usage figures.' }] }
)

export const ResponseBody = strict(
  { previewHash: Type.String({ minLength: 10, maxLength: 100, description: 'Of the preview you read.' }) },
  { examples: [{ previewHash: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA' }] }
)

export const Preview = strict(
  {
    subject: Type.String(),
    text: Type.String(),
    html: Type.String(),
    previewHash: Type.String(),
    outcome: Type.Enum([...OUTCOMES]),
    needsSecondPerson: Type.Boolean(),
    preparedBy: nullable(Type.String()),
    packageState: nullable(Type.Enum(['building', 'ready', 'failed', 'expired']))
  },
  {
    $id: 'ResponsePreview',
    description: 'The letter as it would go out now; links are made when it is sent.',
    examples: [
      {
        subject: 'Answer to your request H-7F3K-9QRM',
        text: 'Dear Mia Holm, ...',
        html: '<!doctype html>...',
        previewHash: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA',
        outcome: 'granted',
        needsSecondPerson: false,
        preparedBy: 'anna',
        packageState: 'ready'
      }
    ]
  }
)

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
    note: Note
  },
  { examples: [{ regime: 'uk-gdpr', country: 'GB', note: 'She moved to London in March.' }] }
)

/** Named parts that more than one file of routes refers to. */
export const REQUEST_COMPONENTS = [DetailsShape, SubjectRequest, Case, RequestPage, Preview]
