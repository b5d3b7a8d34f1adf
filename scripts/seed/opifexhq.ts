// OpifexHQ, Greece: as its privacy policy of June 2026 promises. Its people, staff and customers here are invented.

import { POLICY_DEFAULTS } from '../../src/domain/policy.ts'
import { OWN, type TenantSeed, USUAL, WITHOUT_PERSONAL_DATA } from '../demo/tenant-seed.ts'

const WHILE_SUBSCRIBED =
  'While the subscription of your company runs and up to 30 days after (export window), then deleted'
const LOGS_KEPT = 'Up to 90 days'

const ELENI = { name: 'Ελένη Νικολάου', email: 'eleni.nikolaou@example.com', locale: 'el', country: 'GR' } as const
const MARIA = {
  name: 'Maria Kostas',
  email: 'maria.kostas@example.org',
  locale: 'en',
  country: 'GR',
  identifiers: [{ kind: 'user_id', value: 'u-1042' }]
} as const
const DIMITRIS = { name: 'Δημήτρης Παππάς', email: 'dimitris.pappas@example.com', locale: 'el', country: 'GR' } as const
const SOFIA = { name: 'Sofia Marinou', email: 'sofia.marinou@example.org', locale: 'en', country: 'GR' } as const
const YANNIS = { name: 'Yannis Alexiou', email: 'yannis.alexiou@example.com', locale: 'en', country: 'CY' } as const

export const opifexhq: TenantSeed = {
  slug: 'opifexhq',
  name: 'OpifexHQ',

  policy: {
    ...POLICY_DEFAULTS,
    organisation: {
      name: 'OpifexHQ',
      // The policy promises the full address before online sales open.
      postalAddress: ['OpifexHQ', 'Greece'],
      email: 'support@opifexhq.com',
      website: 'https://opifexhq.com'
    },
    alertsTo: 'support@opifexhq.com',
    locales: ['en', 'el'],
    defaultLocale: 'en',
    timeZone: 'Europe/Athens',
    holidays: 'GR',
    authority: 'GR',
    regimes: { default: 'eu-gdpr', byPlace: {} },
    rights: ['access', 'rectification', 'erasure', 'restriction', 'portability', 'objection'],
    // "Within the GDPR deadlines": the statutory clock and no shorter promise.
    promiseDays: {},
    fourEyes: { rights: ['erasure'], refusals: true }
  },

  systems: [
    {
      ...OWN,
      slug: 'app-database',
      name: 'Application database and API (DigitalOcean)',
      location: 'Frankfurt, Germany',
      description: 'The accounts of people who work with OpifexHQ, and what the demo form was sent.',
      instructions:
        'Search by user_id, else by the email of the account. Production data of the company is not ours to hand out.',
      categories: [
        {
          ...USUAL,
          name: 'account',
          purposes: ['providing the service'],
          legalBasis: 'contract',
          retention: WHILE_SUBSCRIBED,
          source: 'You, and the administrator of your company',
          recipients: ['DigitalOcean (database hosting)', 'Vercel (web application)']
        },
        {
          ...USUAL,
          name: 'sign-in details',
          purposes: ['keeping the service secure'],
          legalBasis: 'legitimate_interests',
          retention: WHILE_SUBSCRIBED,
          source: 'Your use of the application: last seen, and an identifier of the device that holds the seat',
          recipients: ['DigitalOcean (database hosting)']
        },
        {
          ...USUAL,
          name: 'demo request',
          purposes: ['getting in touch with you'],
          // Steps at the person's request before a contract: GDPR Art. 6(1)(b).
          legalBasis: 'contract',
          retention: 'Up to 12 months from the last contact'
        }
      ]
    },
    {
      ...OWN,
      slug: 'web-app',
      name: 'Web application (Vercel)',
      // Where exactly is open in the policy: a transfer is assumed, and named.
      location: 'European Union and USA',
      transferSafeguard: 'Standard contractual clauses in the data processing agreement with Vercel',
      categories: [
        {
          ...USUAL,
          name: 'technical logs',
          purposes: ['keeping the service secure'],
          legalBasis: 'legitimate_interests',
          retention: LOGS_KEPT,
          source: 'Your browser or the desktop application'
        }
      ]
    },
    {
      ...OWN,
      slug: 'support-mailbox',
      name: 'Support mailbox',
      location: 'European Union',
      categories: [
        {
          ...USUAL,
          name: 'correspondence',
          purposes: ['answering you'],
          legalBasis: 'contract',
          retention: 'Up to 12 months from the last contact'
        },
        {
          ...USUAL,
          name: 'problem reports',
          purposes: ['diagnosing problems you report'],
          legalBasis: 'contract',
          retention: LOGS_KEPT,
          source: 'You: the log files that you chose to send'
        }
      ]
    },
    {
      ...OWN,
      slug: 'production-data',
      name: 'Production data of customer companies',
      role: 'processor',
      location: 'Frankfurt, Germany',
      description:
        'Who advanced which part and when, as your company has it recorded. Your company decides about it: we hold it on its behalf and pass requests on to it.',
      categories: [
        {
          ...USUAL,
          name: 'operational traceability',
          purposes: ['traceability of production', 'keeping the service secure'],
          legalBasis: 'contract',
          retention: WHILE_SUBSCRIBED,
          source: 'What you do in the application at work',
          recipients: ['Your company']
        }
      ]
    },
    {
      ...WITHOUT_PERSONAL_DATA,
      slug: 'traffic-statistics',
      name: 'Traffic statistics (Vercel Analytics)',
      location: 'European Union and USA',
      description: 'Anonymous counts of visits to our site: nothing in them can be traced to a person.'
    },
    {
      ...WITHOUT_PERSONAL_DATA,
      slug: 'cad-files',
      name: 'CAD files',
      location: 'The file server of your own company',
      description:
        'SolidWorks, DXF, STEP and Pack and Go files stay on the file server of your company. They are never uploaded to us, so we did not search them.'
    }
  ],

  staff: {
    agent: { subject: 'opifexhq|katerina', name: 'Katerina Vlachou', address: 'katerina@opifexhq.com' },
    approver: { subject: 'opifexhq|nikos', name: 'Nikos Andreou', address: 'nikos@opifexhq.com' },
    admin: { subject: 'opifexhq|ioanna', name: 'Ioanna Petrou', address: 'ioanna@opifexhq.com' },
    auditor: { subject: 'opifexhq|stavros', name: 'Stavros Lekkas', address: 'stavros@opifexhq.com' }
  },

  cases: [
    {
      // Soon due: an account of two systems, one of which has not answered.
      daysAgo: 28,
      arrives: {
        rights: ['access'],
        channel: 'api',
        subject: YANNIS,
        details: { access: { text: 'Please send me everything you hold about me.' } }
      },
      steps: [
        { afterHours: 5, do: 'prove' },
        { afterHours: 30, do: 'assign' },
        { afterHours: 30, do: 'start' },
        {
          afterHours: 75,
          do: 'report',
          system: 'app-database',
          result: 'done',
          records: {
            accounts: [
              {
                id: 'u-2210',
                fullName: 'Yannis Alexiou',
                email: 'yannis.alexiou@example.com',
                role: 'planner',
                created: '2025-09-02'
              }
            ],
            devices: [{ id: 'dev-77', boundAt: '2025-09-02T07:11:00Z', lastSeenAt: '2026-05-30T14:02:00Z' }]
          }
        },
        { afterHours: 76, do: 'report', system: 'web-app', result: 'nothing_found' },
        { afterHours: 77, do: 'note', text: 'The support mailbox is still to be searched; it has an archive of 2025.' }
      ]
    },
    {
      // Who moved which part: the customer's data, so the customer's to answer.
      daysAgo: 20,
      arrives: {
        mail: [
          'From: =?utf-8?B?zpXOu86tzr3OtyDOnc65zrrOv867zqzOv8+F?= <eleni.nikolaou@example.com>',
          'To: support@opifexhq.com',
          'Subject: =?utf-8?B?zpHOr8+EzrfOvM6xIM+Az4HPjM+DzrLOsc+DzrfPgg==?=',
          'Message-ID: <traceability-1@mail.example.com>',
          'MIME-Version: 1.0',
          'Content-Type: text/plain; charset=utf-8',
          'Content-Transfer-Encoding: 8bit',
          '',
          'Καλησπέρα σας,',
          '',
          'Εργάζομαι στην Aegean Machines. Ζητώ πρόσβαση στα προσωπικά μου δεδομένα: ποια εξαρτήματα',
          'έχουν καταγραφεί ότι προώθησα στην παραγωγή και πότε (άρθρο 15 ΓΚΠΔ).',
          '',
          'Ευχαριστώ,',
          'Ελένη Νικολάου'
        ]
      },
      steps: [
        {
          afterHours: 3,
          do: 'confirm_right',
          right: 'access',
          details: {
            text: 'Which parts I am recorded to have advanced, and when.',
            categories: ['operational traceability']
          }
        },
        { afterHours: 9, do: 'prove' },
        {
          afterHours: 27,
          do: 'forward',
          name: 'Aegean Machines SA',
          email: 'privacy@aegean-machines.example.com',
          note: 'Sent to the address for requests in their data processing agreement.'
        },
        { afterHours: 29, by: 'approver', do: 'respond' }
      ]
    },
    {
      // Answered, with a package that can still be fetched.
      daysAgo: 12,
      arrives: {
        rights: ['access'],
        channel: 'email',
        subject: MARIA,
        details: { access: { text: 'A copy of my account data, please.' } }
      },
      steps: [
        { afterHours: 1, do: 'prove' },
        { afterHours: 4, do: 'start' },
        {
          afterHours: 50,
          do: 'report',
          system: 'app-database',
          result: 'done',
          records: {
            accounts: [
              {
                id: 'u-1042',
                fullName: 'Maria Kostas',
                email: MARIA.email,
                role: 'administrator',
                created: '2024-11-18'
              }
            ],
            signIns: [
              { at: '2026-05-11T06:58:12Z', device: 'dev-31' },
              { at: '2026-05-12T07:03:40Z', device: 'dev-31' }
            ]
          }
        },
        {
          afterHours: 51,
          do: 'report',
          system: 'web-app',
          result: 'done',
          records: { requestLog: [{ at: '2026-05-12T07:03:39Z', path: '/sign-in', status: 200, browser: 'Firefox' }] }
        },
        { afterHours: 52, do: 'report', system: 'support-mailbox', result: 'nothing_found' },
        { afterHours: 120, by: 'approver', do: 'respond' }
      ]
    },
    {
      // From the demo form, and regretted: half done.
      daysAgo: 6,
      arrives: {
        rights: ['erasure'],
        channel: 'portal',
        subject: DIMITRIS,
        details: {
          erasure: { ground: 'consent_withdrawn', text: 'Παρακαλώ διαγράψτε όσα έστειλα με τη φόρμα επίδειξης.' }
        }
      },
      steps: [
        { afterHours: 2, do: 'prove' },
        { afterHours: 20, do: 'start' },
        {
          afterHours: 44,
          do: 'report',
          system: 'app-database',
          result: 'done',
          note: 'The entry of the demo form is gone.'
        }
      ]
    },
    {
      daysAgo: 2,
      arrives: {
        rights: ['restriction'],
        channel: 'email',
        subject: ELENI,
        details: { restriction: { ground: 'accuracy_contested', text: 'Ο ρόλος μου στον λογαριασμό είναι λάθος.' } }
      },
      steps: [{ afterHours: 6, do: 'prove' }]
    },
    {
      // Nobody has opened the link yet.
      daysAgo: 1,
      arrives: {
        rights: ['portability'],
        channel: 'portal',
        subject: SOFIA,
        details: {
          portability: { format: 'csv', text: 'I am moving to another company and would like to take my data along.' }
        }
      },
      steps: []
    },
    {
      // Read from a mail, and to be confirmed by staff.
      daysAgo: 0,
      arrives: {
        mail: [
          'From: Petros Galanis <petros.galanis@example.org>',
          'To: support@opifexhq.com',
          'Subject: Please correct my data',
          'Message-ID: <correction-1@mail.example.org>',
          'MIME-Version: 1.0',
          'Content-Type: text/plain; charset=utf-8',
          '',
          'Hello,',
          '',
          'please rectify the personal data in my account: my last name is spelled wrong, it is Galanis',
          'with one l. This is a request under Article 16 GDPR.',
          '',
          'Petros Galanis'
        ]
      },
      steps: []
    }
  ]
}
