// The subject request on the wire.

import { type Static, Type } from 'typebox'
import { REGIMES } from '../../domain/deadline/regimes.ts'
import { MOVE_NAMES, STATES } from '../../domain/lifecycle.ts'
import { RIGHTS } from '../../domain/rights.ts'
import { CHANNELS, LOCALES, OUTCOMES } from '../../domain/subject-request.ts'
import { Preview } from './answers.ts'
import { Day, Id, Instant, listQuery, pageOf, strict, Version } from './common.ts'
import { nullable, refer } from './component.ts'
import { EXAMPLE_REQUEST } from './examples.ts'
import { DetailsShape, IdentifierShape, MetadataShape } from './people.ts'

const PHASES = ['verification', 'fulfilment', 'response', 'ended'] as const

const ACTIONS = [...MOVE_NAMES, 'extend', 'pause', 'resume', 'confirm_right', 'set_details', 'decide']

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
      description:
        'Until dueOn; negative once it has passed; null when nothing is owed any more. While the clock stands: until the day that goes on even so, of a promise or of the other law; null where none does.'
    }),
    overdue: Type.Boolean({ description: 'Whether that day has passed.' }),
    clock: Type.Enum(['running', 'paused', 'stopped'], {
      description: 'While it is paused, dueOn leaves the wait out: its days are added once it is over.'
    }),
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
  { caseId: Id, reference: Type.String(), version: Version, requests: Type.Array(refer(SubjectRequest)) },
  {
    $id: 'Case',
    description: 'The requests that arrived together.',
    examples: [
      {
        caseId: EXAMPLE_REQUEST.caseId,
        reference: EXAMPLE_REQUEST.reference,
        version: EXAMPLE_REQUEST.version,
        requests: [EXAMPLE_REQUEST]
      }
    ]
  }
)

export const RequestPage = pageOf(refer(SubjectRequest), { $id: 'SubjectRequestPage' })

export const RequestListQuery = listQuery({
  state: Type.Optional(Type.Enum([...STATES])),
  right: Type.Optional(Right),
  regime: Type.Optional(RegimeShape),
  open: Type.Optional(Type.Boolean({ description: 'Only those that have not ended, or only those that have.' })),
  dueBefore: Type.Optional(Day),
  overdue: Type.Optional(
    Type.Boolean({ description: 'Only open ones whose due day has passed. What stands is not overdue.' })
  ),
  assignee: Type.Optional(Type.String({ maxLength: 200 })),
  caseId: Type.Optional(Id),
  email: Type.Optional(Type.String({ maxLength: 320, description: "The subject's address." })),
  externalId: Type.Optional(Type.String({ maxLength: 200 })),
  text: Type.Optional(
    Type.String({
      minLength: 2,
      maxLength: 200,
      description: 'Whole words of the name, the address or the identifiers, or the reference, or the external id.'
    })
  ),
  sort: Type.Enum(['-createdAt', 'dueOn'], {
    default: '-createdAt',
    description: 'By `dueOn` what is due on no day comes last.'
  })
})

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

/** Named parts that more than one file of routes refers to. */
export const REQUEST_COMPONENTS = [DetailsShape, SubjectRequest, Case, RequestPage, Preview]
