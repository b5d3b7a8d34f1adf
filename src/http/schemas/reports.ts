// Figures over the requests of a tenant, on the wire.

import { Type } from 'typebox'
import { REGIME_NAMES } from '../../domain/deadline/regimes.ts'
import { OPEN_STATES } from '../../domain/lifecycle.ts'
import { CALIFORNIA_REQUESTS, COUNTED_PEOPLE, FIRST_YEAR } from '../../domain/reports/california.ts'
import { RIGHTS } from '../../domain/rights.ts'
import { LOCALES, OUTCOMES } from '../../domain/subject-request.ts'
import { FORMATS } from '../formats.ts'
import { Day, Instant, strict } from './common.ts'
import { nullable, refer, type Wire } from './component.ts'

const shape = {
  format: Type.Optional(
    Type.Enum([...FORMATS], {
      description:
        'In which form; left out, what `Accept` asks for (application/json, text/csv, text/html). HTML is answered with the way to the page.'
    })
  ),
  language: Type.Optional(
    Type.Enum([...LOCALES], {
      description: 'Of the page; left out, what the browser asks for. Names in JSON and CSV stay as they are.'
    })
  )
}

export const OverviewQuery = strict({
  from: Type.Optional(
    Type.String({
      format: 'date',
      description: 'First day, in the zone of the tenant; left out, twelve months before the last.'
    })
  ),
  to: Type.Optional(Type.String({ format: 'date', description: 'Last day, which belongs to it; left out, today.' })),
  ...shape
})

export const CaliforniaQuery = strict({
  year: Type.Optional(
    Type.Integer({ minimum: FIRST_YEAR, maximum: 9999, description: 'Left out, the last one that is over.' })
  ),
  people: Type.Enum([...COUNTED_PEOPLE], {
    default: 'consumers',
    description:
      'consumers: requests under us-ca · everyone: of all individuals, which has to be said with the figures (11 CCR 7102(b)).'
  }),
  ...shape
})

const Count = Type.Integer({ minimum: 0 })
const DaysOrNone = nullable(Type.Number())

const Page = strict(
  { url: Type.String(), expiresAt: Instant },
  { description: 'The same figures as a page with charts. Whoever has the link can open it until it runs out.' }
)

const OverviewRowShape = strict({
  right: nullable(Type.Enum([...RIGHTS])),
  regime: nullable(Type.Enum([...REGIME_NAMES])),
  received: Type.Integer({ minimum: 0, description: 'Came in within the period, whatever became of it.' }),
  answered: Type.Integer({ minimum: 0, description: 'The answer went out within the period, and stands.' }),
  dated: Type.Integer({ minimum: 0, description: 'Of those answered, the ones that had a day to be answered by.' }),
  onTime: Type.Integer({
    minimum: 0,
    description: 'Of those, the ones answered by it: extended or promised days included.'
  }),
  onTimeShare: nullable(Type.Number(), { description: '`onTime` of `dated`, from 0 to 1.' }),
  medianDays: nullable(Type.Number(), {
    description:
      'Legal days from receipt to answer, waiting included: the middle of all, of an even number the mean of the two in the middle.'
  }),
  p90Days: nullable(Type.Number(), { description: 'Days within which at least nine of ten were answered.' }),
  meanDays: DaysOrNone,
  extensions: Type.Integer({ minimum: 0, description: 'Taken within the period.' })
})

const EXAMPLE_ROW = {
  right: 'access',
  regime: 'eu-gdpr',
  received: 12,
  answered: 11,
  dated: 11,
  onTime: 10,
  onTimeShare: 0.9091,
  medianDays: 12,
  p90Days: 28,
  meanDays: 14.2,
  extensions: 1
}
const EXAMPLE_PAGE = {
  url: 'https://privacy.example.com/privacy/acme/reports/AbCd',
  expiresAt: '2026-02-20T11:00:00Z'
}

export const OverviewShape = strict(
  {
    from: Day,
    to: Day,
    timeZone: Type.String({ description: 'IANA zone in which the days are counted.', examples: ['Europe/Copenhagen'] }),
    today: Type.Unsafe<string>({ ...Day, description: 'The day on which what is open was looked at.' }),
    weekEndsOn: Type.Unsafe<string>({ ...Day, description: 'The Sunday of this week.' }),
    open: strict({
      total: Count,
      dueThisWeek: Type.Integer({ minimum: 0, description: 'Due from today until `weekEndsOn`.' }),
      overdue: Count,
      paused: Count,
      byState: Type.Array(strict({ state: Type.Enum([...OPEN_STATES]), count: Count }))
    }),
    total: OverviewRowShape,
    rows: Type.Array(OverviewRowShape, { description: 'Each right and law of which anything happened in the period.' }),
    outcomes: Type.Array(strict({ outcome: Type.Enum([...OUTCOMES]), ground: nullable(Type.String()), count: Count }), {
      description: 'The answers of the period.'
    }),
    page: Page
  },
  {
    $id: 'Overview',
    examples: [
      {
        from: '2025-02-21',
        to: '2026-02-20',
        timeZone: 'Europe/Copenhagen',
        today: '2026-02-20',
        weekEndsOn: '2026-02-22',
        open: { total: 3, dueThisWeek: 1, overdue: 0, paused: 0, byState: [{ state: 'verified', count: 3 }] },
        total: { ...EXAMPLE_ROW, right: null, regime: null },
        rows: [EXAMPLE_ROW],
        outcomes: [
          { outcome: 'granted', ground: null, count: 10 },
          { outcome: 'refused', ground: 'identity_not_confirmed', count: 1 }
        ],
        page: EXAMPLE_PAGE
      }
    ]
  }
)

const CaliforniaRowShape = strict({
  request: Type.Enum(CALIFORNIA_REQUESTS.map(({ request }) => request)),
  rights: Type.Array(Type.Enum([...RIGHTS])),
  source: Type.String(),
  received: Type.Integer({ minimum: 0, description: 'All but what was left out.' }),
  compliedInWhole: Type.Integer({ minimum: 0, description: 'Granted, or searched and nothing found.' }),
  compliedInPart: Count,
  denied: Type.Integer({ minimum: 0, description: 'Refused, or nobody proved in time to be the person.' }),
  withdrawn: Count,
  pending: Type.Integer({ minimum: 0, description: 'Not answered yet.' }),
  leftOut: Type.Integer({
    minimum: 0,
    description: 'Duplicates, spam, mistakes, and what was passed on to another business.'
  }),
  denials: strict(
    { notVerifiable: Count, notByConsumer: Count, exempt: Count, other: Count },
    { description: 'Denied in whole or in part, by reason (11 CCR 7102(a)(2)).' }
  ),
  medianDays: DaysOrNone,
  meanDays: DaysOrNone
})

export const CaliforniaShape = strict(
  {
    year: Type.Integer(),
    timeZone: Type.String(),
    people: Type.Enum([...COUNTED_PEOPLE]),
    complete: Type.Boolean({ description: 'Whether the year is over.' }),
    publishBy: Day,
    rows: Type.Array(CaliforniaRowShape),
    medianDays: nullable(Type.Number(), { description: 'Of all kinds together (11 CCR 7102(a)(1)(F)).' }),
    meanDays: DaysOrNone,
    page: Page
  },
  {
    $id: 'CaliforniaReport',
    examples: [
      {
        year: 2025,
        timeZone: 'America/Los_Angeles',
        people: 'consumers',
        complete: true,
        publishBy: '2026-07-01',
        rows: [
          {
            request: 'delete',
            rights: ['erasure'],
            source: '11 CCR 7102(a)(1)(A)',
            received: 9,
            compliedInWhole: 6,
            compliedInPart: 1,
            denied: 1,
            withdrawn: 0,
            pending: 1,
            leftOut: 0,
            denials: { notVerifiable: 1, notByConsumer: 0, exempt: 1, other: 0 },
            medianDays: 21,
            meanDays: 22.4
          }
        ],
        medianDays: 21,
        meanDays: 22.4,
        page: EXAMPLE_PAGE
      }
    ]
  }
)

export const REPORT_ANSWERS = {
  overview: answersOf(refer(OverviewShape)),
  california: answersOf(refer(CaliforniaShape))
}

function answersOf<T extends Parameters<typeof refer>[0]>(json: T) {
  return {
    200: {
      description: 'The figures.',
      content: {
        'application/json': { schema: json },
        'text/csv': { schema: Type.String({ description: 'A figure a line.' }) }
      }
    },
    303: Type.Unsafe<undefined>({ type: 'null', description: 'The page with charts, at `Location`.' })
  }
}

export type OverviewWire = Wire<typeof OverviewShape>
export type CaliforniaWire = Wire<typeof CaliforniaShape>
