// Facts for every kind of letter.

import { MOVABLE_DATES } from '../../src/domain/moved-dates.ts'
import type { DigestItem, FactsByKind } from '../../src/letters/facts.ts'
import type { Reason } from '../../src/letters/reason.ts'
import { DATATILSYNET, on, STATUS, sampleResponse, TO_PERSON } from './response-samples.ts'

const TO_STAFF = {
  tenant: TO_PERSON.tenant,
  reference: TO_PERSON.reference,
  link: 'https://api.habeas.example/v1/requests/0190'
}
const ABOUT = {
  right: 'erasure',
  state: 'in_fulfilment',
  receivedOn: on('2026-03-02'),
  dueOn: on('2026-04-07')
} as const

/** A request whose day lies so many days ahead. */
function inDays(days: number, nextStep: DigestItem['nextStep']): DigestItem {
  return { reference: TO_STAFF.reference, right: 'erasure', about: 'answer', on: ABOUT.dueOn, days, nextStep }
}

const COMPLEX: Reason = {
  code: 'complexity',
  what: null,
  note: 'Nine systems have to be searched.',
  citation: null,
  until: null
}
const IDENTITY: Reason = {
  code: 'identity',
  what: null,
  note: 'Two accounts share this address.',
  citation: null,
  until: null
}

const PROOF = {
  ...TO_PERSON,
  rights: ['access', 'erasure'],
  receivedOn: on('2026-03-02'),
  link: 'https://habeas.example/privacy/neexo/verify?t=abc&r=1',
  code: 'K7QM2XW9',
  expiresOn: on('2026-03-09')
} as const

const RECEIPT = {
  ...TO_PERSON,
  receivedOn: on('2026-03-02'),
  periods: [
    {
      right: 'access',
      dueOn: on('2026-04-07'),
      targetOn: on('2026-04-01'),
      laws: [
        { regime: 'eu-gdpr', dueOn: on('2026-04-07') },
        { regime: 'us-ca', dueOn: on('2026-04-16') }
      ]
    },
    { right: 'erasure', dueOn: on('2026-04-07'), targetOn: null, laws: [] },
    { right: 'withdraw_consent', dueOn: null, targetOn: on('2026-03-04'), laws: [] },
    { right: 'opt_out', dueOn: null, targetOn: null, laws: [] }
  ],
  link: STATUS
} as const

export const SAMPLES: FactsByKind = {
  verification: { ...PROOF, asks: 'agent' },
  verification_reminder: { ...PROOF, asks: 'guardian' },
  verification_expired: {
    ...TO_PERSON,
    rights: ['access'],
    receivedOn: on('2026-03-02'),
    expiredOn: on('2026-03-09'),
    link: STATUS
  },
  verified: { ...RECEIPT, actsAs: 'guardian' },
  acknowledgement: { ...RECEIPT, actsAs: 'agent', link: null },
  fresh_link: { ...TO_PERSON, link: STATUS, validUntilOn: on('2026-03-09') },
  clarification_question: {
    ...TO_PERSON,
    right: 'access',
    question: 'Which of your two accounts?\n\nOr both?',
    link: STATUS,
    clockStops: true,
    alsoDue: { regime: 'us-ca', dueOn: on('2026-04-16') }
  },
  message: { ...TO_PERSON, text: 'We found your letter of January.', link: STATUS },
  extension: {
    ...TO_PERSON,
    regime: 'eu-gdpr',
    authority: DATATILSYNET,
    right: 'access',
    receivedOn: on('2026-03-02'),
    firstDueOn: on('2026-04-07'),
    dueOn: on('2026-06-02'),
    alsoDue: { regime: 'au-privacy', dueOn: on('2026-04-01') },
    reasons: [COMPLEX],
    link: STATUS
  },
  pause_notice: {
    ...TO_PERSON,
    right: 'access',
    pausedOn: on('2026-03-05'),
    reason: IDENTITY,
    link: STATUS,
    alsoDue: { regime: 'us-ca', dueOn: on('2026-04-16') }
  },
  resumption_notice: {
    ...TO_PERSON,
    right: 'access',
    resumedOn: on('2026-03-12'),
    dueOn: on('2026-04-14'),
    link: STATUS
  },
  forwarding: {
    tenant: TO_PERSON.tenant,
    controller: 'Hansen Stål A/S',
    reference: TO_PERSON.reference,
    rights: ['access'],
    receivedOn: on('2026-03-02'),
    link: STATUS,
    openUntilOn: on('2026-04-02')
  },
  withdrawn: { ...TO_PERSON, rights: ['objection'], withdrawnOn: on('2026-03-10') },
  cancelled_notice: {
    ...TO_PERSON,
    rights: ['access'],
    cancelledOn: on('2026-03-10'),
    because: { reason: 'duplicate', otherReference: 'HB-1A2B-3C4D' }
  },
  reopened: { ...TO_PERSON, right: 'access', reopenedOn: on('2026-04-20'), dueOn: on('2026-05-20'), link: STATUS },
  response: sampleResponse('erasure', 'partly_granted'),
  restriction_lift_notice: {
    ...TO_PERSON,
    regime: 'eu-gdpr',
    authority: DATATILSYNET,
    restrictedOn: on('2026-03-02'),
    liftsOn: on('2026-04-01'),
    scope: ['Usage events'],
    note: 'The data were checked and corrected.',
    link: STATUS
  },
  package_downloaded: { ...TO_PERSON, downloadedAt: '2026-03-28T23:30:00Z', timeZone: 'Europe/Copenhagen' },
  download_code: { ...TO_PERSON, code: '482913', validMinutes: 10 },
  alert_new_request: { ...TO_STAFF, ...ABOUT },
  alert_due_soon: { ...TO_STAFF, ...ABOUT, days: 7 },
  alert_due: { ...TO_STAFF, ...ABOUT, days: 0 },
  alert_overdue: { ...TO_STAFF, ...ABOUT, days: 1 },
  alert_acknowledge: { ...TO_STAFF, ...ABOUT, acknowledgeBy: on('2026-03-16'), days: 2 },
  alert_digest: {
    ...TO_STAFF,
    items: [
      inDays(-8, 'respond'),
      inDays(-1, null),
      { ...inDays(0, 'decide'), right: 'access' },
      inDays(1, 'finish'),
      { ...inDays(2, 'ask_verification'), about: 'acknowledgement' },
      inDays(14, 'start')
    ],
    more: 3
  },
  alert_dates_moved: {
    ...TO_STAFF,
    items: MOVABLE_DATES.map(date => ({
      date,
      reference: TO_STAFF.reference,
      right: 'access',
      from: on('2026-04-06'),
      to: on('2026-04-07')
    })),
    more: 0
  },
  alert_message_received: { ...TO_STAFF, ...ABOUT },
  alert_task_failed: { ...TO_STAFF, ...ABOUT, task: 'collect', system: 'Neon PostgreSQL', failures: 3 },
  alert_not_requested: { ...TO_STAFF, ...ABOUT },
  alert_undeliverable: { ...TO_STAFF, ...ABOUT, letter: 'verification', failedOn: on('2026-03-03') },
  alert_package_failed: { ...TO_STAFF, ...ABOUT },
  alert_can_go_on: { ...TO_STAFF, ...ABOUT },
  alert_look_again: { ...TO_STAFF, ...ABOUT, until: on('2026-12-31') },
  alert_mail_to_sort: { ...TO_STAFF, receivedOn: on('2026-03-02') },
  alert_webhook_disabled: { ...TO_STAFF, reason: 'failing', failingSinceOn: on('2026-03-02') },
  task_assigned: { ...TO_STAFF, ...ABOUT, dueOn: null, task: 'erase', system: 'Neon PostgreSQL' }
}
