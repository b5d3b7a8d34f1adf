// California's list is closed and long; the other states share a short one.

import type { RegimeName } from '../deadline/regimes.ts'
import type { Right } from '../rights.ts'
import { EITHER } from './every-law.ts'
import type { GroundRow } from './ground.ts'

const CALIFORNIA: readonly RegimeName[] = ['us-ca']
const STATES: readonly RegimeName[] = ['us-va', 'us-co', 'us-ia']

const VERIFIABLE: readonly Right[] = ['access', 'rectification', 'erasure', 'portability']

const CALIFORNIA_GROUNDS: readonly GroundRow[] = [
  {
    // Opting out and limiting use need no proof of identity (11 CCR 7060(b)), so this is not offered for them.
    code: 'identity_not_confirmed',
    use: ['refuse'],
    rights: [...VERIFIABLE, 'withdraw_consent'],
    regimes: CALIFORNIA,
    source: '11 CCR 7021(b), 7060-7062',
    requiresNote: true
  },
  {
    code: 'agent_not_authorised',
    use: ['refuse'],
    rights: VERIFIABLE,
    regimes: CALIFORNIA,
    source: '11 CCR 7063',
    requiresNote: true
  },
  {
    code: 'not_consumer',
    use: ['refuse'],
    rights: VERIFIABLE,
    regimes: CALIFORNIA,
    source: 'Cal. Civ. Code 1798.140(i)',
    requiresNote: true
  },
  {
    code: 'not_controller',
    use: ['refuse'],
    rights: VERIFIABLE,
    regimes: CALIFORNIA,
    source: 'Cal. Civ. Code 1798.140(ag); 11 CCR 7050',
    requiresNote: true
  },
  {
    code: 'exempt_by_statute',
    use: EITHER,
    rights: VERIFIABLE,
    regimes: CALIFORNIA,
    source: 'Cal. Civ. Code 1798.145, 1798.146',
    requiresNote: true,
    requiresCitation: true
  },
  {
    code: 'manifestly_unfounded',
    use: ['refuse'],
    rights: VERIFIABLE,
    regimes: CALIFORNIA,
    source: 'Cal. Civ. Code 1798.145(h)(3)',
    requiresNote: true
  },
  {
    code: 'excessive_repetitive',
    use: ['refuse'],
    rights: VERIFIABLE,
    regimes: CALIFORNIA,
    source: 'Cal. Civ. Code 1798.145(h)(3)',
    requiresNote: true
  },
  {
    code: 'conflicts_with_law',
    use: EITHER,
    rights: ['access', 'portability'],
    regimes: CALIFORNIA,
    source: '11 CCR 7024(e)',
    requiresCitation: true
  },
  {
    // Social security and account numbers and the like: the answer says that they are held, and never what they are.
    code: 'never_disclosed_identifier',
    use: ['withhold'],
    rights: ['access', 'portability'],
    regimes: CALIFORNIA,
    source: '11 CCR 7024(d)'
  },
  {
    code: 'more_likely_accurate',
    use: EITHER,
    rights: ['rectification'],
    regimes: CALIFORNIA,
    source: '11 CCR 7023(b)',
    requiresNote: true
  },
  {
    code: 'fraudulent',
    use: EITHER,
    rights: ['rectification'],
    regimes: CALIFORNIA,
    source: '11 CCR 7023(h)',
    requiresNote: true
  },
  {
    code: 'repeated_6_months',
    use: ['refuse'],
    rights: ['rectification'],
    regimes: CALIFORNIA,
    source: '11 CCR 7023(h)',
    requiresNote: true
  },
  {
    code: 'fraudulent',
    use: ['refuse'],
    rights: ['opt_out'],
    regimes: CALIFORNIA,
    source: '11 CCR 7026(e)',
    requiresNote: true
  },
  {
    code: 'fraudulent',
    use: ['refuse'],
    rights: ['limit_use'],
    regimes: CALIFORNIA,
    source: '11 CCR 7027(f)',
    requiresNote: true
  },
  {
    code: 'only_permitted_uses',
    use: EITHER,
    rights: ['limit_use'],
    regimes: CALIFORNIA,
    source: '11 CCR 7027(m)',
    requiresNote: true
  },
  {
    code: 'complaint_not_upheld',
    use: EITHER,
    rights: ['complaint'],
    regimes: CALIFORNIA,
    source: 'Cal. Civ. Code 1798.130',
    requiresNote: true
  }
]

const CALIFORNIA_DELETION: readonly GroundRow[] = (
  [
    ['complete_transaction', 'Cal. Civ. Code 1798.105(d)(1)'],
    ['security', 'Cal. Civ. Code 1798.105(d)(2)'],
    ['debugging', 'Cal. Civ. Code 1798.105(d)(3)'],
    ['freedom_of_expression', 'Cal. Civ. Code 1798.105(d)(4)'],
    ['electronic_communications_law', 'Cal. Civ. Code 1798.105(d)(5)'],
    ['archiving_research', 'Cal. Civ. Code 1798.105(d)(6)'],
    ['internal_expected_use', 'Cal. Civ. Code 1798.105(d)(7)']
  ] as const
).map(([code, source]) => ({ code, use: EITHER, rights: ['erasure'], regimes: CALIFORNIA, source, requiresNote: true }))

const LEGAL_DUTY: readonly GroundRow[] = [
  {
    code: 'legal_obligation',
    use: EITHER,
    rights: ['erasure'],
    regimes: CALIFORNIA,
    source: 'Cal. Civ. Code 1798.105(d)(8)',
    requiresCitation: true,
    requiresEndDate: true
  },
  {
    code: 'legal_obligation',
    use: EITHER,
    rights: ['erasure'],
    regimes: STATES,
    source: 'Va. Code 59.1-582(A)(1); C.R.S. 6-1-1304(3)(a); Iowa Code 715D.7',
    requiresCitation: true,
    requiresEndDate: true
  }
]

const OTHER_STATES: readonly GroundRow[] = [
  {
    code: 'identity_not_confirmed',
    use: ['refuse'],
    rights: [...VERIFIABLE, 'withdraw_consent', 'appeal'],
    regimes: STATES,
    source: 'Va. Code 59.1-577(B)(4); C.R.S. 6-1-1306(2)(d); Iowa Code 715D.3',
    requiresNote: true
  },
  {
    code: 'agent_not_authorised',
    use: ['refuse'],
    rights: [...VERIFIABLE, 'appeal'],
    regimes: STATES,
    source: 'Va. Code 59.1-577(A); C.R.S. 6-1-1306(1)(a); Iowa Code 715D.3',
    requiresNote: true
  },
  {
    code: 'fraudulent',
    use: ['refuse'],
    rights: ['opt_out'],
    regimes: STATES,
    source: 'Va. Code 59.1-577(A)(5); C.R.S. 6-1-1306(1)(a); Iowa Code 715D.3',
    requiresNote: true
  },
  {
    code: 'not_controller',
    use: ['refuse'],
    rights: VERIFIABLE,
    regimes: STATES,
    source: 'Va. Code 59.1-579; C.R.S. 6-1-1305; Iowa Code 715D.5',
    requiresNote: true
  },
  {
    code: 'manifestly_unfounded',
    use: ['refuse'],
    rights: VERIFIABLE,
    regimes: STATES,
    source: 'Va. Code 59.1-577(B)(3); C.R.S. 6-1-1306(2)(c); Iowa Code 715D.3',
    requiresNote: true
  },
  {
    code: 'excessive_repetitive',
    use: ['refuse'],
    rights: VERIFIABLE,
    regimes: STATES,
    source: 'Va. Code 59.1-577(B)(3); C.R.S. 6-1-1306(2)(c); Iowa Code 715D.3',
    requiresNote: true
  },
  {
    code: 'exempt_by_statute',
    use: EITHER,
    rights: VERIFIABLE,
    regimes: STATES,
    source: 'Va. Code 59.1-576, 59.1-582; C.R.S. 6-1-1304; Iowa Code 715D.2, 715D.7',
    requiresNote: true,
    requiresCitation: true
  },
  {
    code: 'trade_secret_ip',
    use: ['withhold'],
    rights: ['access', 'portability'],
    regimes: STATES,
    source: 'Va. Code 59.1-582; C.R.S. 6-1-1304, 6-1-1306(1)(e); Iowa Code 715D.7',
    requiresNote: true
  },
  {
    code: 'accurate_as_recorded',
    use: EITHER,
    rights: ['rectification'],
    regimes: ['us-va', 'us-co'],
    source: 'Va. Code 59.1-577(A)(2); C.R.S. 6-1-1306(1)(c)',
    requiresNote: true
  },
  {
    code: 'appeal_denied',
    use: EITHER,
    rights: ['appeal'],
    regimes: STATES,
    source: 'Va. Code 59.1-577(C); C.R.S. 6-1-1306(3); Iowa Code 715D.3',
    requiresNote: true
  },
  {
    code: 'complaint_not_upheld',
    use: EITHER,
    rights: ['complaint'],
    regimes: STATES,
    source: 'Va. Code 59.1-577(C); C.R.S. 6-1-1306(3); Iowa Code 715D.3',
    requiresNote: true
  }
]

export const UNITED_STATES_GROUNDS: readonly GroundRow[] = [
  ...CALIFORNIA_GROUNDS,
  ...CALIFORNIA_DELETION,
  ...LEGAL_DUTY,
  ...OTHER_STATES
]
