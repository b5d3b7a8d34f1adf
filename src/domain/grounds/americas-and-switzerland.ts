// Canada, Quebec, Brazil and Switzerland.

import type { RegimeName } from '../deadline/regimes.ts'
import type { Right } from '../rights.ts'
import { correctAndKept, EITHER, whoAsksWhom } from './every-law.ts'
import type { GroundRow } from './ground.ts'

const CANADA: readonly RegimeName[] = ['ca-pipeda']
const QUEBEC: readonly RegimeName[] = ['ca-qc']
const BRAZIL: readonly RegimeName[] = ['br-lgpd']
const SWITZERLAND: readonly RegimeName[] = ['ch-fadp']
const ACCESS: readonly Right[] = ['access', 'portability']
const ABOUT_DATA: readonly Right[] = ['access', 'rectification', 'erasure', 'restriction', 'portability', 'objection']

const CANADIAN: readonly GroundRow[] = [
  ...whoAsksWhom(CANADA, 'PIPEDA Sch. 1 cl. 4.9.2', 'PIPEDA Sch. 1 cl. 4.1.3'),
  {
    code: 'rights_of_others',
    use: EITHER,
    rights: ACCESS,
    regimes: CANADA,
    source: 'PIPEDA s. 9(1)',
    requiresNote: true
  },
  { code: 'legal_privilege', use: EITHER, rights: ACCESS, regimes: CANADA, source: 'PIPEDA s. 9(3)(a)' },
  {
    code: 'commercially_sensitive',
    use: EITHER,
    rights: ACCESS,
    regimes: CANADA,
    source: 'PIPEDA s. 9(3)(b)',
    requiresNote: true
  },
  {
    code: 'serious_threat',
    use: EITHER,
    rights: ACCESS,
    regimes: CANADA,
    source: 'PIPEDA s. 9(3)(c)',
    requiresNote: true
  },
  {
    code: 'suspected_misconduct',
    use: EITHER,
    rights: ACCESS,
    regimes: CANADA,
    source: 'PIPEDA s. 9(3)(c.1)',
    requiresNote: true
  },
  {
    code: 'dispute_resolution',
    use: EITHER,
    rights: ACCESS,
    regimes: CANADA,
    source: 'PIPEDA s. 9(3)(d)',
    requiresNote: true
  },
  ...correctAndKept(
    CANADA,
    'PIPEDA Sch. 1 cl. 4.9.5-4.9.6',
    'PIPEDA Sch. 1 cl. 4.5.2-4.5.3',
    'PIPEDA Sch. 1 cl. 4.5.2'
  ),
  {
    code: 'complaint_not_upheld',
    use: EITHER,
    rights: ['complaint'],
    regimes: CANADA,
    source: 'PIPEDA Sch. 1 cl. 4.10',
    requiresNote: true
  }
]

const QUEBECOIS: readonly GroundRow[] = [
  ...whoAsksWhom(QUEBEC, 'CQLR c. P-39.1, s. 30', 'CQLR c. P-39.1, s. 27'),
  {
    code: 'serious_threat',
    use: EITHER,
    rights: ACCESS,
    regimes: QUEBEC,
    source: 'CQLR c. P-39.1, s. 37',
    requiresNote: true
  },
  {
    code: 'suspected_misconduct',
    use: EITHER,
    rights: ACCESS,
    regimes: QUEBEC,
    source: 'CQLR c. P-39.1, s. 39(1)',
    requiresNote: true
  },
  {
    code: 'legal_proceedings',
    use: EITHER,
    rights: ACCESS,
    regimes: QUEBEC,
    source: 'CQLR c. P-39.1, s. 39(2)',
    requiresNote: true
  },
  {
    code: 'rights_of_others',
    use: EITHER,
    rights: ACCESS,
    regimes: QUEBEC,
    source: 'CQLR c. P-39.1, s. 40',
    requiresNote: true
  },
  {
    code: 'direct_transfer_not_feasible',
    use: ['withhold'],
    rights: ['portability'],
    regimes: QUEBEC,
    source: 'CQLR c. P-39.1, s. 27',
    requiresNote: true
  },
  ...correctAndKept(QUEBEC, 'CQLR c. P-39.1, s. 28', 'CQLR c. P-39.1, ss 12, 23, 28', 'CQLR c. P-39.1, s. 23'),
  {
    code: 'complaint_not_upheld',
    use: EITHER,
    rights: ['complaint'],
    regimes: QUEBEC,
    source: 'CQLR c. P-39.1, s. 3.2',
    requiresNote: true
  }
]

const BRAZILIAN: readonly GroundRow[] = [
  ...whoAsksWhom(BRAZIL, 'LGPD (Law 13.709/2018) Art. 18 s. 3', 'LGPD (Law 13.709/2018) Art. 18 s. 4 I'),
  {
    code: 'fact_or_law_reasons',
    use: EITHER,
    rights: ABOUT_DATA,
    regimes: BRAZIL,
    source: 'LGPD Art. 18 s. 4 II',
    requiresNote: true
  },
  {
    code: 'trade_secret_ip',
    use: ['withhold'],
    rights: ACCESS,
    regimes: BRAZIL,
    source: 'LGPD Art. 18 V, 19 II',
    requiresNote: true
  },
  ...correctAndKept(BRAZIL, 'LGPD Art. 18 III', 'LGPD Art. 15-16', 'LGPD Art. 16 I'),
  {
    code: 'archiving_research',
    use: EITHER,
    rights: ['erasure'],
    regimes: BRAZIL,
    source: 'LGPD Art. 16 II',
    requiresNote: true
  },
  {
    code: 'complaint_not_upheld',
    use: EITHER,
    rights: ['complaint'],
    regimes: BRAZIL,
    source: 'LGPD Art. 41 s. 2 I',
    requiresNote: true
  }
]

const SWISS: readonly GroundRow[] = [
  ...whoAsksWhom(SWITZERLAND, 'DPO (SR 235.11) Art. 16(5)', 'DPO (SR 235.11) Art. 17'),
  {
    code: 'conflicts_with_law',
    use: EITHER,
    rights: ACCESS,
    regimes: SWITZERLAND,
    source: 'FADP Art. 26(1)(a)',
    requiresCitation: true
  },
  {
    code: 'rights_of_others',
    use: EITHER,
    rights: ACCESS,
    regimes: SWITZERLAND,
    source: 'FADP Art. 26(1)(b)',
    requiresNote: true
  },
  {
    code: 'manifestly_unfounded',
    use: ['refuse'],
    rights: ACCESS,
    regimes: SWITZERLAND,
    source: 'FADP Art. 26(1)(c)',
    requiresNote: true
  },
  {
    code: 'overriding_own_interest',
    use: EITHER,
    rights: ACCESS,
    regimes: SWITZERLAND,
    source: 'FADP Art. 26(2)(a)',
    requiresNote: true
  },
  {
    code: 'overriding_own_interest',
    use: EITHER,
    rights: ['erasure', 'restriction', 'objection'],
    regimes: SWITZERLAND,
    source: 'FADP Art. 30(2)(b), 31',
    requiresNote: true
  },
  ...correctAndKept(SWITZERLAND, 'FADP Art. 32(1), 32(3)', 'FADP Art. 6(4), 31', 'FADP Art. 31(1)'),
  {
    code: 'archiving_research',
    use: EITHER,
    rights: ['rectification'],
    regimes: SWITZERLAND,
    source: 'FADP Art. 32(1)(b)',
    requiresNote: true
  },
  {
    code: 'complaint_not_upheld',
    use: EITHER,
    rights: ['complaint'],
    regimes: SWITZERLAND,
    source: 'FADP Art. 30-32',
    requiresNote: true
  }
]

export const AMERICAN_AND_SWISS_GROUNDS: readonly GroundRow[] = [...CANADIAN, ...QUEBECOIS, ...BRAZILIAN, ...SWISS]
