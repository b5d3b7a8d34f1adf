// What arrived from outside, on the wire.

import { type Static, Type } from 'typebox'
import { STATES } from '../../domain/lifecycle.ts'
import { RIGHTS } from '../../domain/rights.ts'
import { LOCALES } from '../../domain/subject-request.ts'
import { INBOUND_STATES } from '../../storage/inbound.ts'
import { INBOUND_REASONS } from '../../storage/inbound-contents.ts'
import { Id, Instant, listQuery, pageOf, strict } from './common.ts'
import { nullable, refer } from './component.ts'
import { DetailsShape, IdentifierShape, NewDetails } from './people.ts'

const EXAMPLE_ID = '0190b2a1-7c3e-7d4f-8a5b-6c7d8e9f0a1b'
const EXAMPLE_CASE = '0190b2a1-7c3e-7d4f-8a5b-6c7d8e9f0a1c'

const State = Type.Enum([...INBOUND_STATES], {
  description:
    '`opened` became a case, `filed` joined the conversation of one, `to_sort` waits for staff, `dismissed` was put aside; `new` is read in a moment.'
})
const Why = nullable(Type.Enum([...INBOUND_REASONS]), { description: 'Why it opened nothing, or not by itself.' })

export const Received = strict(
  {
    inboundId: Id,
    result: State,
    why: Why,
    caseId: nullable(Id),
    requests: Type.Array(
      strict({ id: Id, right: Type.Enum([...RIGHTS]), rightGuessed: Type.Boolean(), state: Type.Enum([...STATES]) }),
      { description: 'Those of the case.' }
    )
  },
  {
    $id: 'ReceivedMail',
    description: 'What became of a mail.',
    examples: [
      {
        inboundId: EXAMPLE_ID,
        result: 'opened',
        why: null,
        caseId: EXAMPLE_CASE,
        requests: [
          { id: '0190b2a1-7c3e-7d4f-8a5b-6c7d8e9f0a1d', right: 'access', rightGuessed: true, state: 'received' }
        ]
      }
    ]
  }
)

const summary = {
  id: Id,
  kind: Type.Enum(['email', 'form']),
  state: State,
  why: Why,
  from: nullable(strict({ name: nullable(Type.String()), address: nullable(Type.String()) }), {
    description: 'Who it says it is from: no proof of anything. Null once the personal data was erased.'
  }),
  subject: nullable(Type.String(), { description: 'The subject line of a mail.' }),
  caseId: nullable(Id),
  receivedAt: Instant,
  createdAt: Instant,
  erasedAt: nullable(Instant, { description: 'When what it said was erased.' })
}

const example = {
  id: EXAMPLE_ID,
  kind: 'email',
  state: 'to_sort',
  why: 'no_request_seen',
  from: { name: 'Mia Holm', address: 'mia@example.com' },
  subject: 'A question',
  caseId: null,
  receivedAt: '2026-02-20T10:00:00Z',
  createdAt: '2026-02-20T10:00:00Z',
  erasedAt: null
}

const InboundSummary = strict(summary, { $id: 'InboundSummary', examples: [example] })

export const InboundPage = pageOf(refer(InboundSummary), { $id: 'InboundPage' })

export const InboundItem = strict(
  {
    ...summary,
    mail: nullable(
      strict({
        text: Type.String({ description: 'What was written now, without what it quotes.' }),
        wholeText: Type.String({
          description: 'With what it quotes. Links and codes that were made for the person are left out.'
        }),
        messageId: nullable(Type.String()),
        date: nullable(Type.String(), { description: "By the clock of the sender's machine." }),
        language: nullable(Type.Enum([...LOCALES])),
        attachments: Type.Array(
          strict({
            name: nullable(Type.String()),
            type: Type.String({ description: 'As the sender declared it.' }),
            bytes: Type.Integer(),
            content: nullable(
              Type.String({
                description:
                  'Base64. Null when the attachments were too large to keep, and for an attached mail, which may hold the link of a person: they are in the mailbox the mail came to.'
              })
            )
          })
        )
      })
    ),
    form: nullable(
      strict({
        rights: Type.Array(Type.Enum([...RIGHTS])),
        details: Type.Record(Type.String(), refer(DetailsShape)),
        locale: Type.Enum([...LOCALES]),
        country: nullable(Type.String()),
        region: nullable(Type.String()),
        requester: nullable(
          strict({
            relation: Type.Enum(['agent', 'guardian']),
            name: Type.String(),
            email: Type.String(),
            authority: nullable(Type.String())
          })
        )
      })
    )
  },
  {
    $id: 'Inbound',
    description: 'A mail or form as it was kept.',
    examples: [
      {
        ...example,
        mail: {
          text: 'Hello, do you ship to Crete?',
          wholeText: 'Hello, do you ship to Crete?',
          messageId: '<1@example.com>',
          date: null,
          language: 'en',
          attachments: []
        },
        form: null
      }
    ]
  }
)

export type InboundItemShape = Static<typeof InboundItem>
export type InboundSummaryShape = Static<typeof InboundSummary>
export type ReceivedShape = Static<typeof Received>

export const MailBody = {
  content: { 'message/rfc822': { schema: { description: 'The mail, as it came off the wire.' } } }
}

export const ReceiveQuery = strict({
  receivedAt: Type.Optional(
    Type.String({
      format: 'date-time',
      description: 'Staff only: when the mail arrived, if that was earlier. Never in the future.'
    })
  ),
  dryRun: Type.Optional(Type.Boolean({ description: 'Reads and sorts the mail, and keeps nothing of it.' }))
})

export const InboundListQuery = listQuery({ state: Type.Optional(State) })

const Identifiers = Type.Array(IdentifierShape, {
  minItems: 1,
  maxItems: 20,
  description:
    'By which names your systems know the person, where your own records tell; beside those that are known. Never one for which the word of a mail is all there is.'
})

export const SortedBody = strict(
  {
    rights: Type.Array(Type.Enum([...RIGHTS]), { minItems: 1, maxItems: RIGHTS.length, uniqueItems: true }),
    details: Type.Optional(NewDetails),
    identifiers: Type.Optional(Identifiers)
  },
  { examples: [{ rights: ['access', 'erasure'], identifiers: [{ kind: 'user_id', value: 'u_42' }] }] }
)

export const ConfirmedRightBody = strict(
  {
    right: Type.Enum([...RIGHTS]),
    details: Type.Optional(refer(DetailsShape)),
    identifiers: Type.Optional(Identifiers)
  },
  { examples: [{ right: 'erasure', identifiers: [{ kind: 'user_id', value: 'u_42' }] }] }
)

export const INBOUND_COMPONENTS = [Received, InboundSummary, InboundPage, InboundItem]
