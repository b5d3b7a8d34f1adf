// The decision of a request, and its answer before it is sent.

import { Type } from 'typebox'
import { OUTCOMES, RECIPIENT_RESULTS } from '../../domain/subject-request.ts'
import { Day, strict } from './common.ts'
import { nullable } from './component.ts'

/** As many as a data map of some size can name: what is said replaces what was said before. */
const RECIPIENTS_AT_MOST = 5_000

export const DecisionBody = strict(
  {
    outcome: Type.Optional(
      Type.Enum([...OUTCOMES], { description: 'In review. Before that only proposed changes are decided.' })
    ),
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
          ground: Type.Optional(
            Type.String({
              maxLength: 100,
              description: 'Of one that is rejected: a code, with what the law wants said.'
            })
          ),
          note: Type.Optional(
            Type.String({ minLength: 1, maxLength: 5_000, description: 'The facts, for the person to read.' })
          ),
          citation: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
          until: Type.Optional(Day)
        }),
        { minItems: 1, maxItems: 100, description: 'Each by the field it was proposed for; others stay as they are.' }
      )
    ),
    recipients: Type.Optional(
      Type.Array(
        strict({
          name: Type.String({ minLength: 1, maxLength: 200 }),
          result: Type.Enum([...RECIPIENT_RESULTS], {
            description: '`not_concerned`: it never received the data that changed; the answer leaves it out.'
          }),
          toldOn: Type.Optional(Day),
          why: Type.Optional(
            Type.String({
              minLength: 1,
              maxLength: 1_000,
              description: 'With impossible and disproportionate; the person reads it.'
            })
          )
        }),
        {
          maxItems: RECIPIENTS_AT_MOST,
          description:
            'What became of telling each recipient of data that was corrected, erased, restricted or stopped (GDPR Art. 19). The answer waits for those that the data map names and no system has told. Left out, what was recorded stands.'
        }
      )
    )
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
