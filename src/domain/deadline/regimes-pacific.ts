// Australia, New Zealand and Singapore, a row each.

import type { RestDays } from './holidays.ts'
import { type DeadlineRule, FROM_RECEIPT, forRights, NO_PERIOD, type Period, type Regime } from './regime.ts'
import { WEEKENDS_AND_HOLIDAYS } from './rest-days.ts'

const APP_GUIDE: Period = {
  span: { days: 30 },
  source: 'APP 12.4(a)(ii) and 13.5: a reasonable period; OAIC guidelines: as a rule 30 calendar days',
  roll: { past: null, source: 'A guide in calendar days, not a statutory period' }
}
const APP_RULE: DeadlineRule = {
  answer: APP_GUIDE,
  extension: null,
  refusalSource: null,
  acknowledgement: null,
  target: FROM_RECEIPT
}
const APP_RULES = {
  ...forRights(['access', 'rectification', 'information'], APP_RULE),
  // APP 12 gives access in the manner the person asks for: whoever offers portability answers it as access.
  portability: APP_RULE,
  // APP 11.2 destroys what is no longer needed and sets no period for a request: only a promise dates it.
  erasure: NO_PERIOD,
  opt_out: {
    ...APP_RULE,
    answer: { ...APP_GUIDE, source: 'APP 7.6-7.7: a reasonable period; the guide of 30 days by analogy' }
  },
  complaint: {
    ...APP_RULE,
    answer: { ...APP_GUIDE, source: 'Privacy Act 1988 (Cth) s. 40(1A): after 30 days the person may go to the OAIC' }
  }
}
const AGENCY_RULE: DeadlineRule = {
  ...APP_RULE,
  answer: {
    span: { days: 30 },
    source: 'APP 12.4(a)(i) and 13.5; Acts Interpretation Act 1901 s. 36: the day of the request is not counted',
    roll: { past: WEEKENDS_AND_HOLIDAYS, source: 'Acts Interpretation Act 1901 s. 36(2)' }
  }
}

export const AU_PRIVACY: Regime = {
  law: 'The Australian Privacy Act',
  holidays: {
    within: ['AU'],
    elsewhere: null,
    source: 'Acts Interpretation Act 1901 s. 36(2): a holiday in the place'
  },
  startSource: 'APP 12.4(a) and 13.5: the request',
  rights: APP_RULES,
  controllerKinds: {
    organisation: APP_RULES,
    agency: { ...APP_RULES, ...forRights(['access', 'rectification'], AGENCY_RULE) }
  },
  transfer: null,
  pauses: {},
  otherPausesSource: 'The Australian Privacy Principles know no pause; the person is kept informed',
  fee: null,
  requestDatedSource: null
}

/** Privacy Act 2020 s. 7: anniversaries of a province are working days; the stretch from Christmas to 15 January is not. */
const NOT_WORKING_IN_NEW_ZEALAND: RestDays = {
  weekdays: [6, 7],
  holidays: 'public',
  closures: [{ from: '12-25', until: '01-15' }]
}
const NZ_ROLL = { past: null, source: 'A working day is never a day of rest: Privacy Act 2020 s. 7' } as const
const NZ_RULE: DeadlineRule = {
  answer: {
    span: { workingDays: 20, except: NOT_WORKING_IN_NEW_ZEALAND },
    source: 'Privacy Act 2020 (NZ) s. 44 and 63, working day in s. 7',
    roll: NZ_ROLL
  },
  extension: {
    span: { statedInWorkingDaysExcept: NOT_WORKING_IN_NEW_ZEALAND },
    source: 'Privacy Act 2020 (NZ) s. 48 and 65: a reasonable period, stated in the notice',
    noticeCountedFrom: 'start',
    noticeSource: 'Privacy Act 2020 (NZ) s. 48(3): within the 20 working days'
  },
  refusalSource: null,
  acknowledgement: null,
  target: FROM_RECEIPT
}
const NZ_TRANSFER: DeadlineRule = {
  ...NZ_RULE,
  answer: {
    span: { workingDays: 10, except: NOT_WORKING_IN_NEW_ZEALAND },
    source: 'Privacy Act 2020 (NZ) s. 43 and 62: transfer within 10 working days',
    roll: NZ_ROLL
  },
  extension: null
}

export const NZ_PRIVACY: Regime = {
  law: 'The New Zealand Privacy Act',
  holidays: { within: [], elsewhere: 'NZ', source: 'Privacy Act 2020 (NZ) s. 7 lists its own days' },
  startSource: 'Privacy Act 2020 (NZ) s. 44: the day of receipt is not counted',
  // IPP 9 ends the keeping of what is no longer needed and sets no period for a request to erase it.
  rights: {
    ...forRights(['access', 'rectification'], NZ_RULE),
    ...forRights(['erasure', 'complaint', 'information'], NO_PERIOD)
  },
  controllerKinds: {},
  transfer: forRights(['access', 'rectification'], NZ_TRANSFER),
  pauses: {},
  otherPausesSource: 'Privacy Act 2020 (NZ) s. 44 and 48 know no pause',
  fee: null,
  requestDatedSource: null
}

const PDPA_ROLL = { past: null, source: 'PDPC access guide: 30 calendar days' } as const
const PDPA_RULE: DeadlineRule = {
  answer: {
    span: { days: 30 },
    source: 'Personal Data Protection Regulations 2021 (SG) reg. 5; PDPC access guide',
    roll: PDPA_ROLL
  },
  extension: {
    span: { statedInWorkingDaysExcept: WEEKENDS_AND_HOLIDAYS },
    source: 'Personal Data Protection Regulations 2021 (SG) reg. 5: the time by which the answer will come',
    noticeCountedFrom: 'start',
    noticeSource: 'Personal Data Protection Regulations 2021 (SG) reg. 5: within the 30 days'
  },
  refusalSource: null,
  acknowledgement: null,
  target: FROM_RECEIPT
}

export const SG_PDPA: Regime = {
  law: "Singapore's PDPA",
  holidays: { within: ['SG'], elsewhere: null, source: 'PDPC access guide: calendar days' },
  startSource: 'PDPC access guide: receipt of the request',
  rights: {
    ...forRights(['access', 'rectification', 'withdraw_consent'], PDPA_RULE),
    // Part 6B is not in force: whoever offers portability all the same answers it as access.
    portability: PDPA_RULE,
    // PDPA s. 25 ends the keeping of what is no longer needed and sets no period for a request to erase it.
    ...forRights(['erasure', 'complaint'], NO_PERIOD)
  },
  controllerKinds: {},
  transfer: null,
  pauses: {},
  otherPausesSource: 'Personal Data Protection Regulations 2021 (SG) reg. 5 knows no pause',
  fee: {
    effect: 'credit',
    source: 'Personal Data Protection Regulations 2021 (SG) reg. 7(3): no answer is owed until the fee is agreed'
  },
  requestDatedSource: null
}
