// MirrorWorks Smart FactoryOS, New South Wales: as its privacy policy of January 2025 promises. Its people, staff and
// customers here are invented.

import type { RegimeName } from '../../src/domain/deadline/regimes.ts'
import { POLICY_DEFAULTS } from '../../src/domain/policy.ts'
import { OWN, type TenantSeed, USUAL } from '../demo/tenant-seed.ts'

const AFTER_THE_ACCOUNT =
  'Deleted or anonymised within 90 days of the end of the account, save what the law requires to be kept'
const FOR_COMPLIANCE = 'As above, or longer where compliance or audit purposes require it'
const COLLEAGUES = 'Users of your organisation, by their roles'
/** The policy names the countries and leaves the safeguard open; the providers' agreements carry these clauses. */
const CLAUSES = 'Standard contractual clauses in the data processing agreement with the provider'

const EEA = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK'.split(' ')

const LUCIA = {
  name: 'Lucía Ferrer',
  email: 'lucia.ferrer@example.com',
  locale: 'en',
  country: 'ES',
  identifiers: [{ kind: 'stripe_customer', value: 'cus_demo8841' }]
} as const
const OLIVIA = {
  name: 'Olivia Hart',
  email: 'olivia.hart@example.com',
  locale: 'en',
  country: 'AU',
  region: 'NSW'
} as const
const GRACE = {
  name: 'Grace Nakamura',
  email: 'grace.nakamura@example.org',
  locale: 'en',
  country: 'US',
  region: 'CA'
} as const
const TOM = { name: 'Tom Whitlock', email: 'tom.whitlock@example.org', locale: 'en', country: 'GB' } as const
const ARIA = { name: 'Aria Parata', email: 'aria.parata@example.com', locale: 'en', country: 'NZ' } as const

export const mirrorworks: TenantSeed = {
  slug: 'mirrorworks',
  name: 'MirrorWorks Smart FactoryOS',

  policy: {
    ...POLICY_DEFAULTS,
    organisation: {
      name: 'MirrorWorks Smart FactoryOS',
      // The policy gives no street address.
      postalAddress: ['MirrorWorks Smart FactoryOS', 'New South Wales', 'Australia'],
      email: 'support@mirrorworks.app',
      website: 'https://mirrorworks.app'
    },
    alertsTo: 'support@mirrorworks.app',
    locales: ['en'],
    defaultLocale: 'en',
    timeZone: 'Australia/Sydney',
    holidays: 'AU-NSW',
    authority: 'AU',
    regimes: {
      default: 'au-privacy',
      // "We commit to applying Australian Privacy Principles as our baseline standard globally."
      baseline: 'au-privacy',
      byPlace: {
        ...Object.fromEntries(EEA.map(country => [country, 'eu-gdpr'] satisfies [string, RegimeName])),
        GB: 'uk-gdpr',
        'US-CA': 'us-ca',
        CA: 'ca-pipeda',
        NZ: 'nz-privacy',
        SG: 'sg-pdpa'
      }
    },
    rights: [
      'access',
      'rectification',
      'erasure',
      'restriction',
      'portability',
      'objection',
      'withdraw_consent',
      'opt_out',
      'complaint',
      'information'
    ],
    promiseDays: { complaint: 30, erasure: 90 },
    fourEyes: { rights: ['erasure'], refusals: true },
    inboundSubjectWords: ['Privacy Inquiry']
  },

  systems: [
    {
      ...OWN,
      slug: 'supabase',
      name: 'Supabase (database, sign-in, files)',
      location: 'Australia and USA (AWS)',
      transferSafeguard: CLAUSES,
      categories: [
        {
          ...USUAL,
          name: 'account',
          purposes: ['providing the service', 'customer support'],
          legalBasis: 'contract',
          retention: AFTER_THE_ACCOUNT,
          source: 'You, and the administrators of your organisation'
        },
        {
          ...USUAL,
          name: 'technical content',
          purposes: ['providing the service'],
          legalBasis: 'contract',
          retention: FOR_COMPLIANCE,
          recipients: [COLLEAGUES]
        },
        {
          ...USUAL,
          name: 'usage data',
          purposes: ['usage analytics'],
          legalBasis: 'legitimate_interests',
          retention: AFTER_THE_ACCOUNT,
          source: 'Your browser and device: times, pages, referring address',
          // "You can opt-out of: non-essential email communications, analytics tracking."
          optOut: true
        },
        {
          ...USUAL,
          name: 'sign-in records',
          purposes: ['security'],
          legalBasis: 'legitimate_interests',
          retention: AFTER_THE_ACCOUNT,
          source: 'Your browser and device: IP address, browser, times'
        }
      ]
    },
    {
      ...OWN,
      slug: 'aws-s3',
      name: 'AWS S3 (files and backups)',
      location: 'Australia and USA',
      transferSafeguard: CLAUSES,
      categories: [
        {
          ...USUAL,
          name: 'files',
          purposes: ['providing the service', 'disaster recovery'],
          legalBasis: 'contract',
          retention: FOR_COMPLIANCE
        }
      ]
    },
    {
      ...OWN,
      slug: 'aws-ses',
      name: 'AWS SES (email)',
      location: 'Australia and USA',
      transferSafeguard: CLAUSES,
      categories: [
        {
          ...USUAL,
          name: 'service messages',
          purposes: ['service updates', 'security alerts'],
          legalBasis: 'contract',
          retention: AFTER_THE_ACCOUNT
        },
        {
          ...USUAL,
          name: 'non-essential email',
          purposes: ['news about the product'],
          legalBasis: 'consent',
          retention: 'Until you opt out, or within 90 days of the end of the account',
          directMarketing: true
        }
      ]
    },
    {
      ...OWN,
      slug: 'google-cloud',
      name: 'Google Cloud (hosting)',
      location: 'USA and other countries',
      transferSafeguard: CLAUSES,
      categories: [
        {
          ...USUAL,
          name: 'server logs',
          purposes: ['security'],
          legalBasis: 'legitimate_interests',
          retention: AFTER_THE_ACCOUNT,
          source: 'Your browser'
        }
      ]
    },
    {
      ...OWN,
      slug: 'stripe',
      name: 'Stripe (billing)',
      location: 'USA',
      transferSafeguard: CLAUSES,
      description:
        'Stripe holds the payment details. We only receive identifiers of transactions and the status of the subscription.',
      categories: [
        {
          ...USUAL,
          name: 'billing identifiers',
          purposes: ['billing and refunds', 'preventing fraud'],
          legalBasis: 'contract',
          retention: AFTER_THE_ACCOUNT,
          source: 'You, and Stripe'
        },
        {
          ...USUAL,
          name: 'tax records',
          purposes: ['tax and accounting duties'],
          legalBasis: 'legal_obligation',
          retention: 'As long as tax law demands, up to ten years from the end of the year of the transaction'
        }
      ]
    },
    {
      ...OWN,
      slug: 'customer-business-data',
      name: 'Business data of customers',
      role: 'processor',
      location: 'Australia and USA (AWS)',
      transferSafeguard: CLAUSES,
      description:
        'What your organisation enters about its employees, customers and suppliers. Your organisation decides about it: we pass requests on to its administrators.',
      categories: [
        {
          ...USUAL,
          name: 'business data',
          purposes: ['providing the service to your organisation'],
          legalBasis: 'contract',
          retention: 'As your organisation decides',
          source: 'Your organisation'
        }
      ]
    }
  ],

  staff: {
    agent: { subject: 'mirrorworks|ruby', name: 'Ruby Callaghan', address: 'ruby@mirrorworks.app' },
    approver: { subject: 'mirrorworks|henry', name: 'Henry Osei', address: 'henry@mirrorworks.app' },
    admin: { subject: 'mirrorworks|priya', name: 'Priya Raman', address: 'priya@mirrorworks.app' },
    auditor: { subject: 'mirrorworks|ewan', name: 'Ewan Sinclair', address: 'ewan@mirrorworks.app' }
  },

  cases: [
    {
      // A complaint, one day over the thirty that were promised.
      daysAgo: 31,
      arrives: {
        rights: ['complaint'],
        channel: 'email',
        subject: OLIVIA,
        details: { complaint: { text: 'I unsubscribed twice and your newsletter still comes.' } }
      },
      steps: [
        { afterHours: 3, do: 'prove' },
        { afterHours: 50, do: 'assign' },
        { afterHours: 50, do: 'start' },
        {
          afterHours: 51,
          do: 'note',
          text: 'The list was exported before she unsubscribed; waiting for the marketing team.'
        }
      ]
    },
    {
      // Several systems and a long history: extended once, under Californian law.
      daysAgo: 26,
      arrives: {
        rights: ['access'],
        channel: 'portal',
        subject: GRACE,
        details: { access: { text: 'Tell me what you collect about me and whether any of it was sold or disclosed.' } }
      },
      steps: [
        { afterHours: 2, do: 'prove' },
        { afterHours: 28, do: 'start' },
        { afterHours: 60, do: 'report', system: 'aws-ses', result: 'nothing_found' },
        {
          afterHours: 400,
          do: 'extend',
          ground: 'complexity',
          note: 'Your uploads go back nine years and lie in an archive that has to be restored first.'
        }
      ]
    },
    {
      // Erased but for the tax record: prepared, and waiting for a second person.
      daysAgo: 18,
      arrives: {
        rights: ['erasure'],
        channel: 'email',
        subject: LUCIA,
        details: {
          erasure: { ground: 'no_longer_necessary', text: 'I closed my account. Please erase everything about me.' }
        }
      },
      steps: [
        { afterHours: 4, do: 'prove' },
        { afterHours: 24, do: 'start' },
        {
          afterHours: 48,
          do: 'report',
          system: 'supabase',
          result: 'done',
          anonymised: ['usage data'],
          recipientsTold: [COLLEAGUES]
        },
        { afterHours: 49, do: 'report', system: 'aws-s3', result: 'done' },
        { afterHours: 50, do: 'report', system: 'aws-ses', result: 'done' },
        { afterHours: 51, do: 'report', system: 'google-cloud', result: 'nothing_found' },
        {
          afterHours: 75,
          do: 'report',
          system: 'stripe',
          result: 'withheld',
          withheld: [
            {
              category: 'tax records',
              ground: 'legal_obligation',
              // A business outside the Union that accounts for VAT there under the non-Union scheme.
              citation:
                'Directive 2006/112/EC Art. 369(2): records of electronically supplied services, ten years from the end of the year',
              until: '2036-12-31'
            }
          ],
          note: 'Two invoices of this year.'
        }
      ]
    },
    {
      // Restricted at once: a product that asks is told so.
      daysAgo: 14,
      arrives: {
        rights: ['restriction'],
        channel: 'email',
        subject: TOM,
        details: {
          restriction: {
            ground: 'needed_for_claims',
            text: 'Keep my records for a claim against a supplier, and do nothing else with them.'
          }
        }
      },
      steps: [
        { afterHours: 2, do: 'prove' },
        { afterHours: 20, do: 'start' },
        { afterHours: 22, do: 'report', system: 'supabase', result: 'done', recipientsTold: [COLLEAGUES] },
        { afterHours: 22, do: 'report', system: 'aws-s3', result: 'done' },
        { afterHours: 23, do: 'report', system: 'aws-ses', result: 'done' },
        { afterHours: 23, do: 'report', system: 'google-cloud', result: 'done' },
        { afterHours: 24, do: 'report', system: 'stripe', result: 'nothing_found' },
        { afterHours: 30, do: 'respond' }
      ]
    },
    {
      daysAgo: 5,
      arrives: {
        rights: ['rectification'],
        channel: 'email',
        subject: ARIA,
        details: {
          rectification: { changes: [{ field: 'job title', current: 'Planner', proposed: 'Production lead' }] }
        }
      },
      steps: [
        { afterHours: 2, do: 'prove' },
        { afterHours: 40, do: 'withdraw', note: 'She found the setting and changed it herself.' }
      ]
    },
    {
      // Marked by the words that the policy asks for; what it is about is for staff to read.
      daysAgo: 1,
      arrives: {
        mail: [
          'From: Noah Lim <noah.lim@example.com>',
          'To: support@mirrorworks.app',
          'Subject: Privacy Inquiry',
          'Message-ID: <privacy-inquiry-1@mail.example.com>',
          'MIME-Version: 1.0',
          'Content-Type: text/plain; charset=utf-8',
          '',
          'Hi,',
          '',
          'in which countries do you store what my factory uploads?',
          '',
          'Noah Lim, Singapore'
        ]
      },
      steps: []
    }
  ]
}
