// What a tenant promises, on the wire.

import { Type } from 'typebox'
import { REGIME_NAMES, type RegimeName } from '../../domain/deadline/regimes.ts'
import { RIGHTS } from '../../domain/rights.ts'
import { LOCALES } from '../../domain/subject-request.ts'
import { Day, Instant, strict, Version } from './common.ts'
import { nullable, refer, type Wire } from './component.ts'

const Line = Type.String({ minLength: 1, maxLength: 200 })
const Days = (maximum: number, minimum = 1) => Type.Integer({ minimum, maximum })
const Right = Type.Enum([...RIGHTS])
const Regime = Type.Enum([...REGIME_NAMES])
const Calendar = Type.String({ maxLength: 10 })
const Locale = Type.Enum([...LOCALES])

const chosen = {
  organisation: strict({
    name: Line,
    postalAddress: Type.Array(Line, { minItems: 1, maxItems: 8, description: 'One line a line, as on an envelope.' }),
    email: Type.String({ maxLength: 254, description: 'Where people write to.' }),
    website: Type.Optional(Type.String({ maxLength: 500 })),
    privacyPolicyUrl: Type.Optional(Type.String({ maxLength: 500 })),
    dataProtectionOfficer: Type.Optional(Type.String({ maxLength: 300 }))
  }),
  alertsTo: Type.String({ maxLength: 254, description: 'Where staff alerts go when nobody is assigned.' }),
  locales: Type.Array(Locale, { minItems: 1, uniqueItems: true }),
  defaultLocale: Locale,
  timeZone: Type.String({ maxLength: 64, description: 'IANA zone of the establishment: legal days are its days.' }),
  holidays: Type.String({ maxLength: 10, description: 'Public holidays of the establishment: DK, GR, AU-NSW.' }),
  authority: Type.String({ maxLength: 10, description: 'The supervisory authority named in letters, by ISO code.' }),
  regimes: strict({
    default: Regime,
    byPlace: Type.Record(Type.String({ maxLength: 10 }), Regime, {
      maxProperties: 300,
      description: 'By ISO country, or country and region: US-CA.'
    }),
    baseline: Type.Optional(
      Type.Enum([...REGIME_NAMES], {
        description: "A law kept for everybody beside the person's own; where two apply, the earlier date rules."
      })
    ),
    holidays: Type.Optional(
      Type.Partial(
        strict(Object.fromEntries(REGIME_NAMES.map(name => [name, Calendar])) as Record<RegimeName, typeof Calendar>),
        {
          description:
            'Whose public holidays count under a law that does not reach the establishment: of the place of the representative. Left out, the law itself says.'
        }
      )
    )
  }),
  controllerKind: Type.Optional(
    Type.String({
      maxLength: 40,
      description: 'Where a law treats kinds of controller differently: agency in Australia, small_agent in Brazil.'
    })
  ),
  rights: Type.Array(Right, { minItems: 1, uniqueItems: true })
}

const defaulted = {
  ownHolidays: Type.Array(strict({ on: Day, name: Type.String({ minLength: 1, maxLength: 100 }) }), {
    maxItems: 60,
    description:
      'Public holidays that the place declared and the calendar does not know yet. Open requests are computed anew. A day on which only you are closed is none.'
  }),
  promiseDays: Type.Partial(
    strict(
      Object.fromEntries(['all', ...RIGHTS].map(right => [right, Days(365)])) as Record<
        'all' | (typeof RIGHTS)[number],
        ReturnType<typeof Days>
      >
    ),
    { description: 'Days from receipt in which an answer is promised, for all rights or for one.' }
  ),
  verification: strict({ windowDays: Days(90), reminderAfterHours: Days(24 * 30) }),
  startsByItself: Type.Boolean({ description: 'Whether fulfilment begins once identity is proven.' }),
  fourEyes: strict({ rights: Type.Array(Right, { uniqueItems: true }), refusals: Type.Boolean() }),
  closesAfterDays: Days(3650),
  packageDays: Days(90),
  retention: strict(
    {
      answeredMonths: Type.Integer({
        minimum: 1,
        maximum: 120,
        description: 'After a case that was proven or answered has ended; 24 at least under us-ca.'
      }),
      unprovenDays: Type.Integer({
        minimum: 1,
        maximum: 365,
        description: 'After the end of a case that nobody proved and that was not answered.'
      }),
      unsortedDays: Type.Integer({
        minimum: 1,
        maximum: 365,
        description: 'After it arrived, for a mail or form that became no case.'
      })
    },
    { description: 'How long personal data is kept of what has ended. Its history stays.' }
  ),
  alerts: strict(
    {
      daysBefore: Type.Array(Days(365, 0), {
        maxItems: 20,
        uniqueItems: true,
        description: 'Days before the due day; 0 is the day itself.'
      }),
      everyDaysOverdue: Days(90),
      workingDaysBeforeAcknowledgement: Type.Array(Days(30, 0), {
        maxItems: 10,
        uniqueItems: true,
        description:
          'Before the last day for confirming receipt, where the law sets one and nothing has confirmed it yet.'
      })
    },
    { description: 'When staff are told of a day that comes near or has passed, each time once, in the morning.' }
  ),
  inboundSubjectWords: Type.Array(Line, {
    maxItems: 20,
    description: 'Words in a subject line that mark a mail as a request.'
  })
}

const EXAMPLE = {
  organisation: {
    name: 'Example ApS',
    postalAddress: ['Havnegade 1', '7100 Vejle', 'Denmark'],
    email: 'privacy@example.com',
    website: 'https://example.com',
    privacyPolicyUrl: 'https://example.com/privacy'
  },
  alertsTo: 'privacy-team@example.com',
  locales: ['da', 'en'],
  defaultLocale: 'da',
  timeZone: 'Europe/Copenhagen',
  holidays: 'DK',
  authority: 'DK',
  regimes: { default: 'eu-gdpr', byPlace: {} },
  rights: ['access', 'rectification', 'erasure', 'restriction', 'portability', 'objection'],
  promiseDays: { all: 30 }
} as const

const EXAMPLE_DEFAULTS = {
  ownHolidays: [],
  verification: { windowDays: 7, reminderAfterHours: 24 },
  startsByItself: false,
  fourEyes: { rights: ['erasure'], refusals: true },
  closesAfterDays: 30,
  packageDays: 7,
  retention: { answeredMonths: 24, unprovenDays: 30, unsortedDays: 90 },
  alerts: { daysBefore: [14, 7, 3, 1, 0], everyDaysOverdue: 7, workingDaysBeforeAcknowledgement: [2] },
  inboundSubjectWords: []
} as const

export const PolicyDraft = strict(
  { ...chosen, ...Type.Partial(strict(defaulted)).properties },
  { $id: 'PolicyDraft', description: 'What is left out takes its default.', examples: [EXAMPLE] }
)

export const Policy = strict({ ...chosen, ...defaulted }, { $id: 'Policy' })

export const PolicyInForce = strict(
  { version: Version, setAt: Instant, setBy: nullable(Type.String()), policy: refer(Policy) },
  {
    $id: 'PolicyInForce',
    examples: [
      { version: 2, setAt: '2026-02-20T10:00:00Z', setBy: 'auth0|66d2f1', policy: { ...EXAMPLE, ...EXAMPLE_DEFAULTS } }
    ]
  }
)

export type PolicyInForce = Wire<typeof PolicyInForce>
