// The clock of a sandbox on the wire.

import { Type } from 'typebox'
import { LONGEST_ADVANCE_DAYS } from '../../domain/test-clock.ts'
import { Instant, strict } from './common.ts'
import { nullable, type Wire } from './component.ts'

export const TestClock = strict(
  {
    status: Type.Enum(['ready', 'advancing'], {
      description:
        '`advancing` while what came due on the way is still being played; time stands between two such instants.'
    }),
    now: Type.String({ format: 'date-time', description: 'What it shows.' }),
    advance: nullable(
      strict({
        from: Instant,
        to: Instant,
        fired: Type.Integer({ minimum: 0, description: 'Timers that came due on the way, so far.' })
      }),
      { description: 'The one under way, or the last one; null before the first.' }
    )
  },
  {
    $id: 'TestClock',
    examples: [
      {
        status: 'ready',
        now: '2026-05-20T10:00:00.000Z',
        advance: { from: '2026-02-20T10:00:00.000Z', to: '2026-05-20T10:00:00.000Z', fired: 9 }
      }
    ]
  }
)

export const ClockAdvance = strict(
  {
    by: Type.Optional(
      Type.String({
        maxLength: 60,
        description: `An ISO 8601 duration: months and days by the calendar of the tenant's zone, hours by the clock. At most ${LONGEST_ADVANCE_DAYS} days.`
      })
    ),
    to: Type.Optional(Type.String({ format: 'date-time', description: 'Instead of `by`: an instant that lies ahead.' }))
  },
  { $id: 'ClockAdvance', examples: [{ by: 'P3M' }] }
)

export type TestClock = Wire<typeof TestClock>
export type ClockAdvance = Wire<typeof ClockAdvance>
