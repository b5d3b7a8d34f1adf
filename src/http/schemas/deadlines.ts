// Due dates on the wire, with the reasoning.

import { Type } from 'typebox'
import { CALENDAR_IDS } from '../../calendars/calendar.ts'
import { NO_HOLIDAYS } from '../../domain/deadline/holidays.ts'
import { LOCALES } from '../../domain/subject-request.ts'
import { Day, Instant, strict } from './common.ts'
import { nullable, refer } from './component.ts'
import { EXAMPLE_DATES } from './examples.ts'
import { RegimeShape, Right } from './subject-requests.ts'

export const TraceStepShape = strict(
  {
    rule: Type.String({ description: 'Stable; for programs.' }),
    params: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
    source: Type.String({ description: 'The provision or guidance it rests on.' }),
    from: nullable(Day),
    to: nullable(Day),
    sentence: Type.String({ description: 'The same for a person, in the language asked for.' })
  },
  { $id: 'TraceStep' }
)

const dates = {
  dueOn: nullable(Day, { description: 'The earlier of law and promise.' }),
  statutoryDueOn: nullable(Day),
  promisedOn: nullable(Day),
  extendedDueOn: nullable(Day, { description: 'Where the clock ends if its extension is taken.' }),
  effectiveDueOn: nullable(Day, { description: 'The day that rules: extendedDueOn once extended, else dueOn.' }),
  acknowledgeBy: nullable(Day),
  targetOn: nullable(Day, { description: 'Never later than any defensible reading.' }),
  extendedTargetOn: nullable(Day),
  extensionNoticeBy: nullable(Day),
  refusalBy: nullable(Day),
  dueEndsAt: nullable(Instant, { description: 'The first instant that is too late.' }),
  trace: Type.Array(refer(TraceStepShape))
}

export const DeadlinesShape = strict(dates, { $id: 'Deadlines', examples: [EXAMPLE_DATES] })

const calendar = {
  holidays: Type.String({ description: 'Whose public holidays count; `none` where only weekends do.' }),
  holidaysVersion: Type.String({ description: 'Of the calendar.' })
}

export const RequestClock = strict(
  {
    regime: RegimeShape,
    right: Right,
    receivedAt: Instant,
    timeZone: Type.String(),
    holidays: Type.String({
      description: 'Whose public holidays count under its own law; `none` where only weekends do.'
    }),
    holidaysVersion: Type.String({ description: 'Of the calendar that the stored dates were computed with.' }),
    calendarChanged: Type.Boolean({
      description:
        'Whether the calendars have changed since. An open request is computed anew in a moment; what has ended keeps its dates, and the trace shows what they would be now.'
    }),
    promiseDays: nullable(Type.Integer()),
    events: Type.Array(Type.Record(Type.String(), Type.Unknown())),
    ruling: strict(
      {
        by: nullable(Type.Enum(['law', 'promise'])),
        regime: nullable(RegimeShape, { description: 'The law whose period ends first; null where none sets one.' }),
        on: nullable(Day),
        sentence: nullable(Type.String(), { description: 'Why, where two laws or a promise meet.' })
      },
      { description: 'What the due day rests on.' }
    ),
    laws: Type.Array(
      strict({ regime: RegimeShape, rules: Type.Boolean(), extended: Type.Boolean(), ...calendar, ...dates }),
      {
        description:
          'Each law that applies, by itself and step by step. The dates beside this list are the earliest of theirs.'
      }
    ),
    ...dates
  },
  {
    $id: 'RequestClock',
    examples: [
      {
        regime: 'eu-gdpr',
        right: 'access',
        receivedAt: '2026-01-31T09:00:00.000Z',
        timeZone: 'Europe/Copenhagen',
        holidays: 'DK',
        holidaysVersion: '1.1f22c553c63b',
        calendarChanged: false,
        promiseDays: 30,
        events: [],
        ruling: {
          by: 'law',
          regime: 'eu-gdpr',
          on: '2026-03-02',
          sentence: 'The promise does not end before the period of the law, so the answer is due by Monday 2 March.'
        },
        laws: [
          {
            regime: 'eu-gdpr',
            rules: true,
            extended: false,
            holidays: 'DK',
            holidaysVersion: '1.1f22c553c63b',
            ...EXAMPLE_DATES
          }
        ],
        ...EXAMPLE_DATES
      }
    ]
  }
)

export const LocaleQuery = strict({ locale: Type.Enum([...LOCALES], { default: 'en' }) })

export const DeadlineQuestion = strict(
  {
    regime: RegimeShape,
    right: Right,
    holidays: Type.Enum([...CALENDAR_IDS, NO_HOLIDAYS.id], {
      description: 'The place whose public holidays count; `none` where only weekends do.'
    }),
    timeZone: Type.String({ minLength: 1, maxLength: 64, description: 'IANA zone of the controller.' }),
    receivedAt: Type.String({ format: 'date-time' }),
    events: Type.Array(Type.Unknown(), {
      maxItems: 100,
      default: [],
      description: 'What happened: pause, extension, fee, controller_kind, request_dated, transfer_needed.'
    }),
    promiseDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 3650 })),
    locale: Type.Enum([...LOCALES], { default: 'en' })
  },
  {
    examples: [
      {
        regime: 'eu-gdpr',
        right: 'access',
        holidays: 'DK',
        timeZone: 'Europe/Copenhagen',
        receivedAt: '2026-01-31T10:00:00+01:00',
        events: [
          {
            type: 'pause',
            reason: 'identity',
            pausedAt: '2026-02-02T10:00:00+01:00',
            resumedAt: '2026-02-07T10:00:00+01:00'
          }
        ],
        promiseDays: 30
      }
    ]
  }
)
