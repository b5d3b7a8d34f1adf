// Canada, Quebec and Brazil, a row each. For the United States see regimes-united-states.ts.

import { type DeadlineRule, FROM_RECEIPT, forRights, NO_PERIOD, type Period, type Regime } from './regime.ts'
import { SUNDAYS_AND_HOLIDAYS } from './rest-days.ts'

const PIPEDA_RULE: DeadlineRule = {
  answer: {
    span: { days: 30 },
    source: 'PIPEDA s. 8(3)',
    roll: {
      past: SUNDAYS_AND_HOLIDAYS,
      source: 'Interpretation Act (Canada) s. 26 and 35(1): Sunday is a holiday, Saturday is not'
    }
  },
  extension: {
    span: { further: { days: 30 } },
    source: 'PIPEDA s. 8(4)',
    noticeCountedFrom: 'request_dated',
    noticeSource: 'PIPEDA s. 8(4): thirty days after the date of the request'
  },
  refusalSource: null,
  acknowledgement: null,
  target: { countedFrom: 'request_dated', daysEarlier: 0 }
}

export const CA_PIPEDA: Regime = {
  law: 'PIPEDA',
  holidays: { within: [], elsewhere: 'CA', source: 'Interpretation Act (Canada) s. 35(1): the federal list' },
  startSource: 'PIPEDA s. 8(3): receipt of the request',
  rights: {
    ...forRights(['access', 'rectification', 'withdraw_consent', 'complaint', 'information'], PIPEDA_RULE),
    // PIPEDA Sch. 1 cl. 4.5.3 erases what is no longer needed and sets no period for a request.
    erasure: NO_PERIOD
  },
  controllerKinds: {},
  transfer: null,
  pauses: {},
  otherPausesSource: 'PIPEDA s. 8 knows no pause',
  fee: null,
  requestDatedSource: 'PIPEDA s. 8(4) counts the notice of an extension from the date of the request'
}

const QUEBEC_RULE: DeadlineRule = {
  answer: {
    span: { days: 30 },
    source: 'P-39.1 s. 32',
    roll: {
      past: SUNDAYS_AND_HOLIDAYS,
      source: 'Interpretation Act (Quebec) s. 52 and 61(23): Sunday is a holiday, Saturday is not'
    }
  },
  extension: null,
  refusalSource: null,
  acknowledgement: null,
  target: FROM_RECEIPT
}

export const CA_QC: Regime = {
  law: 'Quebec Law 25',
  holidays: { within: [], elsewhere: 'CA-QC', source: 'Interpretation Act (Quebec) s. 61(23)' },
  startSource: 'P-39.1 s. 32: receipt of the request',
  rights: forRights(['access', 'rectification', 'erasure', 'portability'], QUEBEC_RULE),
  controllerKinds: {},
  transfer: null,
  pauses: {},
  otherPausesSource: 'P-39.1 s. 32 knows no pause: silence is a refusal',
  fee: null,
  requestDatedSource: null
}

const LGPD_ANSWER: Period = {
  span: { days: 15 },
  source: 'LGPD Art. 19 II; Civil Code (Brazil) Art. 132: the first day is not counted',
  roll: { past: null, source: 'LGPD Art. 19 says days; whether Civil Code Art. 132 moves the last one is disputed' }
}
const LGPD_RULE: DeadlineRule = {
  answer: LGPD_ANSWER,
  extension: null,
  refusalSource: null,
  acknowledgement: {
    span: { days: 0 },
    source: 'LGPD Art. 19 I and 18 para. 4: at once, in simplified form or with the reasons why not',
    roll: LGPD_ANSWER.roll
  },
  target: { countedFrom: 'start', daysEarlier: 1 }
}
const SMALL_AGENT_RULE: DeadlineRule = {
  ...LGPD_RULE,
  answer: {
    ...LGPD_ANSWER,
    span: { days: 30 },
    source: 'Resolution CD/ANPD 2/2022: double time for small processing agents'
  },
  acknowledgement: {
    span: { days: 15 },
    source: 'Resolution CD/ANPD 2/2022: the simplified declaration of small processing agents',
    roll: LGPD_ANSWER.roll
  }
}

const LGPD_RIGHTS = [
  'access',
  'rectification',
  'erasure',
  'restriction',
  'portability',
  'objection',
  'withdraw_consent',
  'automated_decision',
  'information'
] as const

export const BR_LGPD: Regime = {
  law: 'The LGPD',
  holidays: { within: ['BR'], elsewhere: null, source: 'Civil Code (Brazil) Art. 132' },
  startSource: 'LGPD Art. 19: the date of the request; Civil Code (Brazil) Art. 132',
  rights: forRights(LGPD_RIGHTS, LGPD_RULE),
  controllerKinds: { small_agent: forRights(LGPD_RIGHTS, SMALL_AGENT_RULE) },
  transfer: null,
  pauses: {},
  otherPausesSource: 'LGPD Art. 19 knows no pause',
  fee: null,
  requestDatedSource: null
}
