// The laws of Europe, a row each: the GDPR, the UK's own and Switzerland's.

import { EUROPEAN_ECONOMIC_AREA } from './places.ts'
import {
  type DeadlineRule,
  FROM_RECEIPT,
  forRights,
  NO_PERIOD,
  type PauseRule,
  type Period,
  type Regime,
  type RollRule
} from './regime.ts'
import { WEEKENDS_AND_HOLIDAYS } from './rest-days.ts'

const GDPR_RIGHTS = [
  'access',
  'rectification',
  'erasure',
  'restriction',
  'portability',
  'objection',
  'automated_decision'
] as const

const GDPR_MONTH: Period = {
  span: { months: 1 },
  source: 'GDPR Art. 12(3); Regulation 1182/71 Art. 3(2)(c); EDPB Guidelines 01/2022 para. 160',
  roll: { past: WEEKENDS_AND_HOLIDAYS, source: 'Regulation 1182/71 Art. 3(4); EDPB Guidelines 01/2022 para. 161' }
}

const GDPR_RULE: DeadlineRule = {
  answer: GDPR_MONTH,
  extension: {
    span: { further: { months: 2 } },
    source: 'GDPR Art. 12(3); EDPB Guidelines 01/2022 paras 162-164',
    noticeCountedFrom: 'start',
    noticeSource: 'GDPR Art. 12(3); EDPB Guidelines 01/2022 para. 157'
  },
  refusalSource: 'GDPR Art. 12(4)',
  acknowledgement: null,
  target: FROM_RECEIPT
}

const GDPR_SUSPENSION: Pick<PauseRule, 'effect' | 'rights' | 'askedPromptly'> = {
  effect: 'credit',
  rights: null,
  askedPromptly: true
}

export const EU_GDPR: Regime = {
  law: 'The GDPR',
  holidays: {
    within: EUROPEAN_ECONOMIC_AREA,
    elsewhere: null,
    source: 'Regulation 1182/71 Art. 2(1): the days of the Member State in which action is to be taken'
  },
  startSource: 'GDPR Art. 12(3); Regulation 1182/71 Art. 3(1); EDPB Guidelines 01/2022 para. 159',
  rights: {
    ...forRights(GDPR_RIGHTS, GDPR_RULE),
    withdraw_consent: {
      ...GDPR_RULE,
      answer: { ...GDPR_MONTH, source: 'GDPR Art. 7(3) sets no period; the confirmation follows Art. 12(3) by analogy' }
    },
    // GDPR Art. 77 leads to an authority; a complaint to the controller itself has no period.
    complaint: NO_PERIOD
  },
  controllerKinds: {},
  transfer: null,
  pauses: {
    identity: { ...GDPR_SUSPENSION, source: 'GDPR Art. 12(6); EDPB Guidelines 01/2022 para. 159' },
    clarification: { ...GDPR_SUSPENSION, source: 'GDPR Recital 63; EDPB Guidelines 01/2022 para. 159' },
    representative_authority: {
      ...GDPR_SUSPENSION,
      source: 'EDPB Guidelines 01/2022 paras 80-81, by analogy with para. 159'
    }
  },
  otherPausesSource:
    'EDPB Guidelines 01/2022 para. 159 suspends the month only for missing identity and missing clarification',
  fee: { effect: 'none', source: 'GDPR Art. 12(5) and 15(3) give no suspension while a fee is awaited' },
  requestDatedSource: null
}

const UK_ROLL: RollRule = {
  past: WEEKENDS_AND_HOLIDAYS,
  source: 'ICO, right of access guidance: weekends and public holidays'
}
const UK_RULE: DeadlineRule = {
  answer: {
    span: { months: 1 },
    source: 'UK GDPR Art. 12(3) and 12A; ICO, right of access guidance: how to calculate a month',
    roll: UK_ROLL
  },
  extension: {
    span: { further: { months: 2 } },
    source: 'UK GDPR Art. 12A; ICO, right of access guidance: three months from the original start date',
    noticeCountedFrom: 'start',
    noticeSource: 'UK GDPR Art. 12A'
  },
  refusalSource: 'UK GDPR Art. 12(4)',
  acknowledgement: null,
  target: FROM_RECEIPT
}

export const UK_GDPR: Regime = {
  law: 'The UK GDPR',
  holidays: {
    within: ['GB'],
    elsewhere: null,
    source: 'ICO, right of access guidance: public holidays, of the nation in which the controller has its office'
  },
  startSource: 'UK GDPR Art. 12A: the relevant time; ICO, right of access guidance',
  rights: {
    ...forRights([...GDPR_RIGHTS, 'withdraw_consent'], UK_RULE),
    complaint: {
      ...NO_PERIOD,
      acknowledgement: {
        span: { days: 30 },
        source: 'DPA 2018 s. 164A(3); ICO: the day after receipt is the first day',
        // SI 2026/82 reg. 3: the section came into force on this day.
        inForceOn: '2026-06-19',
        roll: { past: WEEKENDS_AND_HOLIDAYS, source: 'ICO, complaints guidance: last day on a weekend or holiday' }
      }
    }
  },
  controllerKinds: {},
  transfer: null,
  pauses: {
    identity: {
      effect: 'restart',
      rights: null,
      askedPromptly: false,
      source: 'UK GDPR Art. 12(6) and 12A: the month begins when the information arrives'
    },
    clarification: {
      effect: 'credit_inclusive',
      rights: ['access'],
      askedPromptly: false,
      source: 'UK GDPR Art. 12A(5)-(6), as DPA 2018 s. 54(3C): from the day of the question to the day of the answer'
    }
  },
  otherPausesSource: 'UK GDPR Art. 12A waits only for identity, a fee and, for access, clarification',
  fee: { effect: 'restart', source: 'UK GDPR Art. 12(5) and 12A: the month begins when the fee is paid' },
  requestDatedSource: null
}

const SWISS_RULE: DeadlineRule = {
  answer: {
    span: { days: 30 },
    source: 'Data Protection Ordinance (SR 235.11) Art. 18(1)',
    roll: { past: WEEKENDS_AND_HOLIDAYS, source: 'Code of Obligations Art. 77-78; SR 173.110.3' }
  },
  extension: {
    span: { statedInWorkingDaysExcept: WEEKENDS_AND_HOLIDAYS },
    source: 'Data Protection Ordinance Art. 18(2)',
    noticeCountedFrom: 'start',
    noticeSource: 'Data Protection Ordinance Art. 18(2)'
  },
  refusalSource: 'Data Protection Ordinance Art. 18(3)',
  acknowledgement: null,
  target: FROM_RECEIPT
}

export const CH_FADP: Regime = {
  law: 'The Swiss Data Protection Act',
  holidays: { within: ['CH'], elsewhere: null, source: 'Code of Obligations Art. 78(1): days recognised at the place' },
  startSource: 'Data Protection Ordinance (SR 235.11) Art. 18(1); Code of Obligations Art. 77',
  rights: forRights(
    ['access', 'rectification', 'erasure', 'restriction', 'portability', 'objection', 'automated_decision'],
    SWISS_RULE
  ),
  controllerKinds: {},
  transfer: null,
  pauses: {},
  otherPausesSource: 'Data Protection Ordinance Art. 18 knows no suspension',
  fee: {
    effect: 'restart_after_asking',
    days: 10,
    source: 'Data Protection Ordinance Art. 19(3): the period begins after the ten days in which the person may confirm'
  },
  requestDatedSource: null
}
