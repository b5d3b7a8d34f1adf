// State laws of the United States, a row each. They count days, never months, and know no pause.

import type { Right } from '../rights.ts'
import { type DeadlineRule, forRights, type Regime, type RollRule, type Span, type TargetRule } from './regime.ts'
import { SUNDAYS, WEEKENDS_AND_HOLIDAYS } from './rest-days.ts'

/** Some would count the day of receipt as the first: one day is taken off. */
const ONE_DAY_EARLIER: TargetRule = { countedFrom: 'start', daysEarlier: 1 }

const businessDays = (count: number): Span => ({ workingDays: count, except: WEEKENDS_AND_HOLIDAYS })

const CCPA_ROLL: RollRule = { past: null, source: '11 CCR 7021(b) says calendar days; no guidance moves the last one' }
const CCPA_BUSINESS_ROLL: RollRule = { past: null, source: 'A business day is never a day of rest' }

const CCPA_ANSWER: DeadlineRule = {
  answer: { span: { days: 45 }, source: 'Cal. Civ. Code 1798.130(a)(2)(A); 11 CCR 7021(b)', roll: CCPA_ROLL },
  extension: {
    span: { further: { days: 45 } },
    source: 'Cal. Civ. Code 1798.130(a)(2)(A); 11 CCR 7021(b)',
    noticeCountedFrom: 'start',
    noticeSource: 'Cal. Civ. Code 1798.130(a)(2)(A): within the first 45 days'
  },
  refusalSource: null,
  acknowledgement: { span: businessDays(10), source: '11 CCR 7021(a)', roll: CCPA_BUSINESS_ROLL },
  target: ONE_DAY_EARLIER
}

const CCPA_STOP: DeadlineRule = {
  answer: { span: businessDays(15), source: '11 CCR 7026(f) and 7027(g)', roll: CCPA_BUSINESS_ROLL },
  extension: null,
  refusalSource: null,
  acknowledgement: null,
  target: { countedFrom: 'start', daysEarlier: 0, span: { workingDays: 15, except: SUNDAYS } }
}

/** What no state law of this family has. */
const UNKNOWN_HERE = { controllerKinds: {}, transfer: null, pauses: {}, fee: null, requestDatedSource: null } as const

export const US_CA: Regime = {
  law: 'The CCPA',
  holidays: { within: [], elsewhere: 'US-CA', source: 'Cal. Civ. Code 7 and 9; Gov. Code (Cal.) 6700' },
  startSource: '11 CCR 7021(b): the period begins on the day of receipt, whatever time verification takes',
  rights: {
    ...forRights(['access', 'erasure', 'rectification', 'portability'], CCPA_ANSWER),
    ...forRights(['opt_out', 'limit_use'], CCPA_STOP)
  },
  otherPausesSource: '11 CCR 7021(b): the 45 days run regardless of the time required to verify the request',
  ...UNKNOWN_HERE
}

interface StateLaw {
  readonly law: string
  readonly rights: readonly Right[]
  readonly answerDays: number
  readonly appealDays: number
  readonly source: string
  readonly appealSource: string
}

export const US_VA: Regime = stateLaw({
  law: 'The Virginia Consumer Data Protection Act',
  rights: ['access', 'rectification', 'erasure', 'portability', 'opt_out'],
  answerDays: 45,
  appealDays: 60,
  source: 'Va. Code 59.1-577(B)(1)',
  appealSource: 'Va. Code 59.1-577(C)'
})

export const US_CO: Regime = stateLaw({
  law: 'The Colorado Privacy Act',
  rights: ['access', 'rectification', 'erasure', 'portability', 'opt_out'],
  answerDays: 45,
  appealDays: 45,
  source: 'C.R.S. 6-1-1306(2)',
  appealSource: 'C.R.S. 6-1-1306(3)'
})

export const US_IA: Regime = stateLaw({
  law: 'The Iowa Consumer Data Protection Act',
  rights: ['access', 'erasure', 'portability', 'opt_out'],
  answerDays: 90,
  appealDays: 60,
  source: 'Iowa Code 715D.3',
  appealSource: 'Iowa Code 715D.3'
})

/** The law that most states copied: days from receipt, one extension of 45 days, and an appeal with a period of its own. */
function stateLaw({ law, rights, answerDays, appealDays, source, appealSource }: StateLaw): Regime {
  const roll: RollRule = { past: null, source: `${source} counts plain days` }
  const rule: DeadlineRule = {
    answer: { span: { days: answerDays }, source, roll },
    extension: {
      span: { further: { days: 45 } },
      source,
      noticeCountedFrom: 'start',
      noticeSource: `${source}: within the first ${answerDays} days`
    },
    refusalSource: null,
    acknowledgement: null,
    target: ONE_DAY_EARLIER
  }
  const appeal: DeadlineRule = {
    ...rule,
    answer: { span: { days: appealDays }, source: appealSource, roll },
    extension: null
  }
  return {
    law,
    holidays: { within: ['US'], elsewhere: 'US', source: `${source} counts plain days` },
    startSource: `${source}: receipt`,
    rights: { ...forRights(rights, rule), appeal },
    otherPausesSource: `${source} knows no pause: a request that cannot be authenticated is answered with that, in time`,
    ...UNKNOWN_HERE
  }
}
