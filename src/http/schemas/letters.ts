// Letters to the person on the wire.

import { type Static, Type } from 'typebox'
import { LOCALES } from '../../domain/subject-request.ts'
import { LETTER_KINDS } from '../../letters/facts.ts'
import { Day, EXAMPLE_ID, Id, Instant, strict } from './common.ts'
import { nullable, refer } from './component.ts'

const summary = {
  id: Id,
  requestId: nullable(Id, { description: 'Null for a letter about the case as a whole.' }),
  kind: Type.Enum([...LETTER_KINDS]),
  state: Type.Enum(['queued', 'sent', 'undeliverable', 'suppressed'], {
    description:
      'undeliverable: it could not be mailed, or the person has no address; send it by post and say so. suppressed: held back, because whoever reads the address asked for nothing.'
  }),
  to: nullable(strict({ name: nullable(Type.String()), address: nullable(Type.String()) }), {
    description: 'Null once the personal data was erased.'
  }),
  locale: nullable(Type.Enum([...LOCALES])),
  queuedAt: Instant,
  sentAt: nullable(Instant),
  postedOn: nullable(Day, { description: 'Where it went by post.' }),
  attempts: Type.Integer(),
  failure: nullable(Type.String(), { description: 'The class of the last failure: no_address, bounced, refused.' })
}

const example = {
  id: EXAMPLE_ID,
  requestId: EXAMPLE_ID,
  kind: 'restriction_lift_notice',
  state: 'undeliverable',
  to: { name: 'Karen Holm', address: null },
  locale: 'en',
  queuedAt: '2026-02-20T10:00:00Z',
  sentAt: null,
  postedOn: null,
  attempts: 1,
  failure: 'no_address'
}

const LetterSummary = strict(summary, { $id: 'LetterSummary', examples: [example] })

export const LetterList = strict(
  { data: Type.Array(refer(LetterSummary)) },
  { $id: 'LetterList', examples: [{ data: [example] }] }
)

export const Letter = strict(
  {
    ...summary,
    subject: nullable(Type.String()),
    text: nullable(Type.String(), {
      description:
        'Links made for the person lead to the page of the tenant here. Null for a letter with a code, which is for the person alone, and once the personal data was erased.'
    }),
    html: nullable(Type.String(), { description: 'To print.' })
  },
  {
    $id: 'Letter',
    examples: [
      {
        ...example,
        subject: 'The restriction of your data will end (H-7F3K-9QRM)',
        text: 'Dear Karen Holm, ...',
        html: '<!doctype html>...'
      }
    ]
  }
)

export const LetterInPath = strict({ id: Id, letterId: Id })

export const Posting = strict({ postedOn: Day }, { examples: [{ postedOn: '2026-02-20' }] })

export type LetterSummaryShape = Static<typeof LetterSummary>
export type LetterShape = Static<typeof Letter>
export const LETTER_COMPONENTS = [LetterSummary, LetterList, Letter]
