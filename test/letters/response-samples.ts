// Facts of an answer, for every right with every outcome.

import { authorityFor } from '../../src/domain/authorities.ts'
import type { Authority } from '../../src/domain/authority.ts'
import { parseLocalDate } from '../../src/domain/deadline/local-date.ts'
import type { RegimeName } from '../../src/domain/deadline/regimes.ts'
import { RIGHTS, type Right } from '../../src/domain/rights.ts'
import { OUTCOMES, type Outcome } from '../../src/domain/subject-request.ts'
import type { ToPerson } from '../../src/letters/addressee.ts'
import type { Reason } from '../../src/letters/reason.ts'
import type { DoneByRight, RecipientTold, ResponseFacts, SystemResult } from '../../src/letters/response-facts.ts'

export const on = (day: string) => parseLocalDate(day)

export const DATATILSYNET = authority('DK')

export const TO_PERSON: ToPerson = {
  tenant: { name: 'neexo ApS', contact: 'hello@neexo.example' },
  name: 'Maja Lund',
  reference: 'HB-7K2M-4QX9'
}

export const STATUS = 'https://habeas.example/privacy/neexo/status?t=abc'

export const EXEMPTION: Reason = {
  code: 'legal_obligation',
  what: 'Invoices',
  note: 'Your company bought a licence in 2025.',
  citation: 'Bogføringsloven § 12',
  until: on('2030-12-31')
}

const SYSTEMS: readonly SystemResult[] = [
  { system: 'Clerk', did: 'erased', categories: ['Name', 'Email'] },
  { system: 'Clerk', did: 'anonymised', categories: ['Usage events'] },
  { system: 'Sentry', did: 'nothing_found', categories: [] }
]
const RECIPIENTS: readonly RecipientTold[] = [
  { name: 'Clerk', toldOn: on('2026-03-20'), why: null },
  { name: 'A newspaper', toldOn: null, why: 'it no longer exists' }
]
const STOPPED = { systems: SYSTEMS, stoppedOn: on('2026-03-03') }
const OFFER = { link: 'https://habeas.example/privacy/neexo/package?t=xyz', availableUntilOn: on('2026-04-20') }

export const DONE: DoneByRight = {
  access: {
    systems: SYSTEMS,
    package: OFFER,
    information: {
      categories: [
        {
          name: 'Identity',
          purposes: ['signing in', 'support'],
          legalBasis: 'contract',
          retention: 'until the account is deleted',
          source: null
        },
        {
          name: 'Usage events',
          purposes: ['analytics'],
          legalBasis: null,
          retention: '12 months',
          source: 'your employer'
        }
      ],
      recipients: [
        { name: 'Clerk', location: 'USA', safeguard: 'Standard Contractual Clauses' },
        { name: 'Neon', location: 'Germany', safeguard: null },
        { name: 'Vercel', location: null, safeguard: 'adequacy decision' },
        { name: 'Post', location: null, safeguard: null }
      ],
      automatedDecisions: [
        {
          decision: 'Credit limit',
          logic: 'Turnover of the last year.',
          significance: 'How much you may owe us.',
          consequences: 'A higher or lower limit.',
          categories: ['orders', 'payments']
        }
      ]
    }
  },
  rectification: {
    systems: SYSTEMS,
    changes: [
      { field: 'Surname', before: 'Lnud', after: 'Lund' },
      { field: 'Title', before: null, after: null },
      { field: 'Telephone', before: null, after: '+45 00 00 00 00' }
    ],
    recipients: RECIPIENTS
  },
  erasure: { systems: SYSTEMS, recipients: RECIPIENTS },
  restriction: {
    systems: SYSTEMS,
    startedOn: on('2026-03-03'),
    scope: ['Usage events'],
    ground: 'accuracy_contested',
    recipients: []
  },
  portability: {
    systems: SYSTEMS,
    package: OFFER,
    files: [{ name: 'identity.json', format: 'JSON', contains: 'your account' }],
    transfer: { receiver: 'Other ApS', sentOn: on('2026-03-15'), receipt: 'R-1' }
  },
  objection: { ...STOPPED, directMarketing: true, purposes: ['newsletter'] },
  withdraw_consent: { ...STOPPED, purposes: ['analytics'] },
  automated_decision: {
    result: 'changed',
    reviewedOn: on('2026-03-15'),
    explanation: 'The turnover had been misread.'
  },
  opt_out: { ...STOPPED, recipients: RECIPIENTS },
  limit_use: { ...STOPPED, recipients: RECIPIENTS },
  complaint: { finding: 'The mail went to the wrong list.' },
  appeal: { finding: 'We now hand over the log.' },
  information: { text: 'We keep logs for 90 days.' }
}

/** The answer to one right with one outcome. */
export function sampleResponse<R extends Right>(
  right: R,
  outcome: Outcome,
  regime: RegimeName = 'eu-gdpr',
  to = DATATILSYNET
): ResponseFacts {
  const byOutcome = {
    granted: { done: DONE[right] },
    partly_granted: { done: DONE[right], reasons: [EXEMPTION] },
    refused: { reasons: [{ ...EXEMPTION, what: null }] },
    nothing_found: { searched: ['Clerk', 'Neon PostgreSQL'] },
    forwarded: {
      controller: 'Hansen Stål A/S',
      controllerContact: 'privacy@hansen.example',
      forwardedOn: on('2026-03-03')
    }
  } satisfies Record<Outcome, object>
  const answer = {
    ...TO_PERSON,
    regime,
    authority: to,
    receivedOn: on('2026-03-02'),
    answeredOn: on('2026-03-20'),
    link: STATUS,
    explanation: 'We are glad to help.\n\nWrite to us again.',
    notSearched: [
      { name: 'CAD files', because: 'anonymous', why: 'They stay on your own file server.' },
      { name: 'Production data', because: 'processor', why: null }
    ]
  }
  return { ...answer, right, outcome, ...byOutcome[outcome] } as unknown as ResponseFacts
}

export const ALL_RESPONSES = RIGHTS.flatMap(right =>
  OUTCOMES.map(outcome => ({ right, outcome, facts: sampleResponse(right, outcome) }))
)

export function authority(iso: string): Authority {
  const found = authorityFor({ iso })
  if (found === undefined) throw new Error(`No authority for ${iso}.`)
  return found
}
