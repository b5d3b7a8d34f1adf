// Why a clock may stop, and why it may run longer. The first three codes are the reasons the deadline rules know.

import type { RegimeName } from '../deadline/regimes.ts'
import type { Right } from '../rights.ts'
import { RIGHTS } from '../rights.ts'
import type { GroundRow } from './ground.ts'

const ARTICLES_15_TO_22: readonly Right[] = [
  'access',
  'rectification',
  'erasure',
  'restriction',
  'portability',
  'objection',
  'automated_decision'
]

export const PAUSE_GROUNDS: readonly GroundRow[] = [
  {
    code: 'identity',
    use: ['pause'],
    rights: RIGHTS,
    regimes: ['eu-gdpr', 'uk-gdpr'],
    source: 'GDPR Art. 12(6); EDPB Guidelines 01/2022, para. 159; UK GDPR Art. 12A',
    requiresNote: true
  },
  {
    code: 'clarification',
    use: ['pause'],
    rights: RIGHTS,
    regimes: ['eu-gdpr'],
    source: 'GDPR Recital 63; EDPB Guidelines 01/2022, para. 159',
    requiresNote: true
  },
  {
    // The British rule stops the clock for access alone.
    code: 'clarification',
    use: ['pause'],
    rights: ['access'],
    regimes: ['uk-gdpr'],
    source: 'UK GDPR Art. 12A(5)-(6)',
    requiresNote: true
  },
  {
    code: 'representative_authority',
    use: ['pause'],
    rights: RIGHTS,
    regimes: ['eu-gdpr'],
    source: 'EDPB Guidelines 01/2022, paras 80-81 and 159',
    requiresNote: true
  }
]

export const EXTENSION_GROUNDS: readonly GroundRow[] = [
  ...complexityOrNumber(['eu-gdpr', 'uk-gdpr'], [...ARTICLES_15_TO_22, 'withdraw_consent'], 'GDPR Art. 12(3)'),
  ...complexityOrNumber(
    ['us-ca'],
    ['access', 'rectification', 'erasure', 'portability'],
    'Cal. Civ. Code 1798.130(a)(2)(A), 1798.145(h)(1)'
  ),
  ...complexityOrNumber(
    ['us-va', 'us-co'],
    ['access', 'rectification', 'erasure', 'portability', 'opt_out'],
    'Va. Code 59.1-577(B)(1); C.R.S. 6-1-1306(2)'
  ),
  ...complexityOrNumber(['us-ia'], ['access', 'erasure', 'portability', 'opt_out'], 'Iowa Code 715D.3'),
  ...complexityOrNumber(
    ['ca-pipeda'],
    ['access', 'rectification', 'withdraw_consent', 'complaint', 'information'],
    'PIPEDA s. 8(4)(a)(i)'
  ),
  ...complexityOrNumber(
    ['sg-pdpa'],
    ['access', 'rectification', 'portability', 'withdraw_consent'],
    'PDP Regulations 2021 (SG) reg. 5'
  ),
  ...complexityOrNumber(['ch-fadp'], ARTICLES_15_TO_22, 'DPO (SR 235.11) Art. 18(2)'),
  {
    code: 'consultations',
    use: ['extend'],
    rights: ['access', 'rectification'],
    regimes: ['ca-pipeda', 'nz-privacy'],
    source: 'PIPEDA s. 8(4)(a)(ii); Privacy Act 2020 (NZ) s. 48(1)(b), s. 65',
    requiresNote: true
  },
  {
    code: 'alternative_format',
    use: ['extend'],
    rights: ['access'],
    regimes: ['ca-pipeda'],
    source: 'PIPEDA s. 8(4)(b)',
    requiresNote: true
  },
  {
    code: 'large_quantity',
    use: ['extend'],
    rights: ['access', 'rectification'],
    regimes: ['nz-privacy'],
    source: 'Privacy Act 2020 (NZ) s. 48(1)(a), s. 65',
    requiresNote: true
  },
  {
    code: 'complexity',
    use: ['extend'],
    rights: ['access', 'rectification'],
    regimes: ['nz-privacy'],
    source: 'Privacy Act 2020 (NZ) s. 48(1)(c), s. 65',
    requiresNote: true
  }
]

/** GDPR Art. 12(3) says "complexity and number"; authorities accept either, and the other laws say "or" or the like. */
function complexityOrNumber(regimes: readonly RegimeName[], rights: readonly Right[], source: string): GroundRow[] {
  return (['complexity', 'number_of_requests'] as const).map(code => ({
    code,
    use: ['extend'],
    rights,
    regimes,
    source,
    requiresNote: true
  }))
}
