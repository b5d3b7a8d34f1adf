// neexo ApS, Denmark: as its privacy policy of March 2026 promises. Its people, staff and customers here are invented.

import { POLICY_DEFAULTS } from '../../src/domain/policy.ts'
import { OWN, type TenantSeed, USUAL } from '../demo/tenant-seed.ts'

const CLAUSES = 'Standard Contractual Clauses'
const UNTIL_OFF_BOARDING = 'Until deleted, or until your organisation leaves'
/** Everybody belongs to an organisation's account, and one address may belong to the accounts of two. */
const IN_ONE_ORGANISATION =
  'Search by user_id within organisation_id, never by the email alone: the same address may have an account in another organisation.'

const ANDERS = {
  name: 'Anders Krogh',
  email: 'anders.krogh@example.org',
  locale: 'da',
  country: 'DK',
  identifiers: [
    { kind: 'user_id', value: 'user_2anderskrogh' },
    { kind: 'organisation_id', value: 'org_fjordstaal' }
  ]
} as const
const LINNEA = {
  name: 'Linnéa Ström',
  email: 'linnea.strom@example.com',
  locale: 'en',
  country: 'SE',
  identifiers: [
    { kind: 'user_id', value: 'user_2linneastrom' },
    { kind: 'organisation_id', value: 'org_malmopac' }
  ]
} as const
const JENS = { name: 'Jens Toft', email: 'jens.toft@example.org', locale: 'da', country: 'DK' } as const
const KAREN = { name: 'Karen Bisgaard', email: null, locale: 'da', country: 'DK' } as const

export const neexo: TenantSeed = {
  slug: 'neexo',
  name: 'neexo ApS',

  policy: {
    ...POLICY_DEFAULTS,
    organisation: {
      name: 'neexo ApS',
      postalAddress: ['neexo ApS', 'Andkærvej 19', '7100 Vejle', 'Denmark'],
      email: 'hello@neexo.dk',
      website: 'https://neexo.dk'
      // No data protection officer: the policy says that Art. 37 asks for none.
    },
    alertsTo: 'hello@neexo.dk',
    locales: ['da', 'en'],
    defaultLocale: 'da',
    timeZone: 'Europe/Copenhagen',
    holidays: 'DK',
    authority: 'DK',
    regimes: { default: 'eu-gdpr', byPlace: {} },
    rights: ['access', 'rectification', 'erasure', 'restriction', 'portability', 'objection'],
    // "We will respond within 30 days": the due date is the earlier of this and the statutory month.
    promiseDays: { all: 30 },
    fourEyes: { rights: ['erasure'], refusals: true }
  },

  systems: [
    {
      ...OWN,
      slug: 'clerk',
      name: 'Clerk (sign-in and organisations)',
      location: 'USA',
      transferSafeguard: CLAUSES,
      instructions: IN_ONE_ORGANISATION,
      categories: [
        {
          ...USUAL,
          name: 'account identity',
          purposes: ['signing in', 'access to your organisation'],
          legalBasis: 'contract',
          retention: 'Until the account or the organisation is deleted',
          source: 'You, and the administrator of your organisation'
        }
      ]
    },
    {
      ...OWN,
      slug: 'neon',
      name: 'Neon (application database)',
      location: 'European Union (AWS eu-central-1)',
      instructions: IN_ONE_ORGANISATION,
      categories: [
        {
          ...USUAL,
          name: 'configurations',
          purposes: ['storing and serving machine configurations'],
          legalBasis: 'contract',
          retention: UNTIL_OFF_BOARDING,
          recipients: ['Your organisation']
        },
        {
          ...USUAL,
          name: 'drafts',
          purposes: ['storing and serving machine configurations'],
          legalBasis: 'contract',
          retention: 'Until overwritten, or until your organisation leaves'
        },
        {
          ...USUAL,
          name: 'preferences',
          purposes: ['showing the application as you like it'],
          legalBasis: 'contract',
          retention: UNTIL_OFF_BOARDING
        },
        {
          ...USUAL,
          name: 'usage events',
          purposes: ['usage analytics', 'product improvement'],
          legalBasis: 'legitimate_interests',
          retention: '12 months from the day of the event, then deleted automatically',
          source: 'Your use of the application, with a snapshot of your name and email at that moment'
        },
        {
          ...USUAL,
          name: 'billing',
          purposes: ['billing and invoicing'],
          legalBasis: 'legal_obligation',
          // Open in the policy. Bogføringsloven (Act 700 of 2022) section 12(1): five years from the end of the financial year.
          retention: 'Five years from the end of the financial year, as the Danish Bookkeeping Act asks',
          source: 'Your organisation'
        }
      ]
    },
    {
      ...OWN,
      slug: 'r2',
      name: 'Cloudflare R2 (files)',
      location: 'European Union',
      instructions: IN_ONE_ORGANISATION,
      categories: [
        {
          ...USUAL,
          name: 'uploaded files',
          purposes: ['storing and serving machine configurations'],
          legalBasis: 'contract',
          retention: 'Until deleted by a Studio administrator, or until your organisation leaves'
        }
      ]
    },
    {
      ...OWN,
      slug: 'vercel',
      name: 'Vercel (hosting)',
      location: 'USA and European Union',
      transferSafeguard: CLAUSES,
      categories: [
        {
          ...USUAL,
          name: 'connection data',
          purposes: ['platform stability'],
          legalBasis: 'legitimate_interests',
          // Open in the policy: the longest that the platform keeps request logs.
          retention: 'Up to 30 days',
          source: 'Your browser'
        }
      ]
    },
    {
      ...OWN,
      slug: 'sentry',
      name: 'Sentry (error reports)',
      location: 'USA',
      transferSafeguard: CLAUSES,
      description: 'All text and media are masked before an error report is sent.',
      categories: [
        {
          ...USUAL,
          name: 'error reports',
          purposes: ['error monitoring', 'platform stability'],
          legalBasis: 'legitimate_interests',
          retention: '90 days',
          source: 'The application when an error occurs, masked before it is sent'
        }
      ]
    }
  ],

  staff: {
    agent: { subject: 'neexo|freja', name: 'Freja Damgaard', address: 'freja@neexo.dk' },
    approver: { subject: 'neexo|oliver', name: 'Oliver Winther', address: 'oliver@neexo.dk' },
    admin: { subject: 'neexo|signe', name: 'Signe Brandt', address: 'signe@neexo.dk' },
    auditor: { subject: 'neexo|rasmus', name: 'Rasmus Falk', address: 'rasmus@neexo.dk' }
  },

  cases: [
    {
      // By post, and one day left of the thirty.
      daysAgo: 29,
      arrives: {
        rights: ['rectification'],
        channel: 'post',
        subject: KAREN,
        details: {
          rectification: {
            text: 'Mit navn står forkert i systemet.',
            changes: [{ field: 'last name', current: 'Bisgård', proposed: 'Bisgaard' }]
          }
        }
      },
      steps: [
        {
          afterHours: 4,
          do: 'confirm_identity',
          method: 'phone_callback',
          note: 'Called the switchboard of her organisation; she named her last order.'
        },
        { afterHours: 200, do: 'start' },
        {
          afterHours: 210,
          do: 'report',
          system: 'clerk',
          result: 'done',
          changes: [{ field: 'last name', before: 'Bisgård', after: 'Bisgaard' }]
        }
      ]
    },
    {
      // Analytics stopped after weighing; the register says so.
      daysAgo: 21,
      arrives: {
        mail: [
          'From: Mette Holm <mette.holm@example.com>',
          'To: hello@neexo.dk',
          'Subject: Indsigelse mod behandling af mine personoplysninger',
          'Message-ID: <indsigelse-1@mail.example.com>',
          'MIME-Version: 1.0',
          'Content-Type: text/plain; charset=utf-8',
          'Content-Transfer-Encoding: 8bit',
          '',
          'Hej neexo,',
          '',
          'Jeg gør indsigelse mod, at I behandler mine personoplysninger til analyse af brugen',
          '(databeskyttelsesforordningens artikel 21). Jeg arbejder med fortrolige kundeprojekter, og',
          'mønsteret i min brug kan røbe dem.',
          '',
          'Venlig hilsen',
          'Mette Holm'
        ]
      },
      steps: [
        {
          afterHours: 3,
          do: 'confirm_right',
          right: 'objection',
          details: {
            text: 'Objects to usage analytics.',
            purpose: 'usage analytics',
            directMarketing: false,
            situation: 'She works on confidential customer projects which the pattern of her use may give away.'
          }
        },
        { afterHours: 8, do: 'prove' },
        { afterHours: 30, do: 'start' },
        {
          afterHours: 54,
          do: 'report',
          system: 'neon',
          result: 'done',
          note: 'Her user id is on the deny list of the event pipeline.'
        },
        {
          afterHours: 72,
          do: 'decide',
          outcome: 'granted',
          weighing:
            'Vores interesse er at se, hvilke dele af produktet der bruges. Du har forklaret, at mønsteret i din brug kan røbe fortrolige kundeprojekter. Din situation vejer tungere.'
        },
        { afterHours: 73, by: 'approver', do: 'respond' }
      ]
    },
    {
      // Collected and built: an approver may read the preview and send it.
      daysAgo: 16,
      arrives: {
        rights: ['access'],
        channel: 'api',
        subject: ANDERS,
        details: { access: { text: 'Jeg vil gerne have indsigt i alt, hvad I har om mig.' } }
      },
      steps: [
        { afterHours: 1, do: 'prove' },
        { afterHours: 26, do: 'start' },
        {
          afterHours: 30,
          do: 'report',
          system: 'clerk',
          result: 'done',
          records: {
            users: [{ id: 'user_2anderskrogh', name: ANDERS.name, email: ANDERS.email, organisation: 'org_fjordstaal' }]
          }
        },
        {
          afterHours: 55,
          do: 'report',
          system: 'neon',
          result: 'done',
          records: {
            configurations: [
              {
                id: 'cfg-311',
                machine: 'MX-40',
                modules: ['infeed', 'camera'],
                customer: 'Skagen Fisk',
                savedAt: '2026-04-02T09:20:00Z'
              },
              {
                id: 'cfg-340',
                machine: 'MX-60',
                modules: ['infeed'],
                customer: 'Skagen Fisk',
                savedAt: '2026-05-19T12:41:00Z'
              }
            ],
            usageEvents: [
              { event: 'machine_selected', at: '2026-05-19T12:38:11Z', name: ANDERS.name, email: ANDERS.email }
            ]
          }
        },
        { afterHours: 56, do: 'report', system: 'r2', result: 'nothing_found' },
        { afterHours: 80, do: 'report', system: 'vercel', result: 'nothing_found' },
        { afterHours: 81, do: 'report', system: 'sentry', result: 'nothing_found' }
      ]
    },
    {
      // Nobody opened the link within a week.
      daysAgo: 11,
      arrives: {
        rights: ['portability'],
        channel: 'portal',
        subject: JENS,
        details: { portability: { format: 'json' } }
      },
      steps: []
    },
    {
      // Waits for the person, and the clock with it.
      daysAgo: 7,
      arrives: {
        rights: ['erasure'],
        channel: 'email',
        subject: LINNEA,
        details: { erasure: { text: 'Please delete my data.' } }
      },
      steps: [
        { afterHours: 2, do: 'prove' },
        {
          afterHours: 22,
          do: 'ask',
          question: 'Do you want your account deleted as well, or only the configurations that you saved?',
          pausesClock: true
        }
      ]
    },
    {
      // Two rights in one mail: one case with a request each.
      daysAgo: 1,
      arrives: {
        mail: [
          'From: Sara Lauritsen <sara.lauritsen@example.org>',
          'To: hello@neexo.dk',
          'Subject: Indsigt og sletning',
          'Message-ID: <indsigt-1@mail.example.org>',
          'MIME-Version: 1.0',
          'Content-Type: text/plain; charset=utf-8',
          'Content-Transfer-Encoding: 8bit',
          '',
          'Hej,',
          '',
          'Jeg vil gerne have indsigt i de oplysninger, I har om mig (artikel 15), og derefter skal I slette dem',
          '(artikel 17).',
          '',
          'Sara Lauritsen'
        ]
      },
      steps: []
    }
  ]
}
