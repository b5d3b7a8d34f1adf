// What the documents show of a request: one person's, from its first day.

import { EXAMPLE_ID } from './common.ts'

export const EXAMPLE_REQUEST = {
  id: EXAMPLE_ID,
  caseId: '0190b2a1-7c3e-7d4f-8a5b-6c7d8e9f0a00',
  reference: 'H-7F3K-9QRM',
  right: 'access',
  rightGuessed: false,
  regime: 'eu-gdpr',
  state: 'verified',
  phase: 'fulfilment',
  version: 3,
  channel: 'api',
  receivedAt: '2026-01-31T09:00:00.000Z',
  receivedOn: '2026-01-31',
  dueOn: '2026-03-02',
  statutoryDueOn: '2026-03-02',
  promisedOn: '2026-03-02',
  extendedDueOn: null,
  targetOn: '2026-02-27',
  acknowledgeBy: null,
  extensionNoticeBy: '2026-03-02',
  refusalBy: '2026-03-02',
  dueEndsAt: '2026-03-02T23:00:00.000Z',
  laws: [
    {
      regime: 'eu-gdpr',
      rules: true,
      dueOn: '2026-03-02',
      statutoryDueOn: '2026-03-02',
      extendedDueOn: null,
      targetOn: '2026-02-27',
      acknowledgeBy: null,
      extensionNoticeBy: '2026-03-02',
      refusalBy: '2026-03-02'
    }
  ],
  daysLeft: 30,
  overdue: false,
  clock: 'running',
  extended: false,
  outcome: null,
  ground: null,
  nextStep: { action: 'start', who: 'staff', sentence: 'Start fulfilment: each system that holds data gets its task.' },
  allowedActions: [
    'start',
    'ask_clarification',
    'forward',
    'refuse',
    'withdraw',
    'cancel',
    'set_details',
    'extend',
    'pause'
  ],
  subject: {
    name: 'Mia Holm',
    email: 'mia@example.com',
    locale: 'da',
    country: 'DK',
    region: null,
    identifiers: [{ kind: 'user_id', value: 'u_42' }]
  },
  requester: null,
  details: { text: 'Everything, please.' },
  verification: { method: 'email_link_and_code', by: null, at: '2026-01-31T09:12:00.000Z' },
  assignee: null,
  tags: [],
  externalId: 'ticket-7',
  metadata: { plan: 'pro' },
  preparedBy: null,
  createdAt: '2026-01-31T09:00:00.000Z',
  updatedAt: '2026-01-31T09:12:00.000Z',
  respondedAt: null,
  closedAt: null,
  personalDataErasedAt: null
}

const EXAMPLE_TRACE = [
  {
    rule: 'months_to_month_end',
    params: { months: 1 },
    source: 'GDPR Art. 12(3); Regulation 1182/71 Art. 3(2)(c); EDPB Guidelines 01/2022 para. 160',
    from: '2026-01-31',
    to: '2026-02-28',
    sentence: 'One month from 31 January ends on 28 February, the last day of that month.'
  }
]

export const EXAMPLE_DATES = {
  dueOn: '2026-03-02',
  statutoryDueOn: '2026-03-02',
  promisedOn: '2026-03-02',
  extendedDueOn: '2026-04-30',
  effectiveDueOn: '2026-03-02',
  acknowledgeBy: null,
  targetOn: '2026-02-27',
  extendedTargetOn: '2026-04-28',
  extensionNoticeBy: '2026-03-02',
  refusalBy: '2026-03-02',
  dueEndsAt: '2026-03-02T23:00:00.000Z',
  trace: EXAMPLE_TRACE
}
