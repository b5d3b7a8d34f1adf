// Australia, New Zealand and Singapore: rights of access and correction, with long lists of exceptions to access.

import type { RegimeName } from '../deadline/regimes.ts'
import type { Right } from '../rights.ts'
import { correctAndKept, EITHER, whoAsksWhom } from './every-law.ts'
import type { GroundCode, GroundRow } from './ground.ts'

const AU: readonly RegimeName[] = ['au-privacy']
const NZ: readonly RegimeName[] = ['nz-privacy']
const SG: readonly RegimeName[] = ['sg-pdpa']
const ACCESS: readonly Right[] = ['access', 'portability']

export const PACIFIC_GROUNDS: readonly GroundRow[] = [
  ...accessExceptions(AU, [
    ['serious_threat', 'APP 12.3(a)'],
    ['rights_of_others', 'APP 12.3(b)'],
    ['frivolous_vexatious', 'APP 12.3(c)'],
    ['legal_proceedings', 'APP 12.3(d)'],
    ['negotiations', 'APP 12.3(e)'],
    ['unlawful_access', 'APP 12.3(f)'],
    ['conflicts_with_law', 'APP 12.3(g)'],
    ['suspected_misconduct', 'APP 12.3(h)'],
    ['enforcement', 'APP 12.3(i)'],
    ['commercially_sensitive', 'APP 12.3(j)']
  ]),
  ...accessExceptions(NZ, [
    ['protect_individual', 'Privacy Act 2020 (NZ) s. 49'],
    ['evaluative_material', 'Privacy Act 2020 (NZ) s. 50'],
    ['security_defence', 'Privacy Act 2020 (NZ) s. 51'],
    ['trade_secret_ip', 'Privacy Act 2020 (NZ) s. 52'],
    ['rights_of_others', 'Privacy Act 2020 (NZ) s. 53(b)'],
    ['legal_privilege', 'Privacy Act 2020 (NZ) s. 53(d)'],
    ['not_readily_retrievable', 'Privacy Act 2020 (NZ) s. 53(a)'],
    ['not_held', 'Privacy Act 2020 (NZ) s. 53(a)'],
    ['frivolous_vexatious', 'Privacy Act 2020 (NZ) s. 53(h)']
  ]),
  ...accessExceptions(SG, [
    ['serious_threat', 'PDPA 2012 (SG) s. 21(3)(a)'],
    ['protect_individual', 'PDPA 2012 (SG) s. 21(3)(b)'],
    ['rights_of_others', 'PDPA 2012 (SG) s. 21(3)(c)-(d)'],
    ['security_defence', 'PDPA 2012 (SG) s. 21(3)(e)'],
    ['evaluative_material', 'PDPA 2012 (SG), Fifth Schedule'],
    ['legal_privilege', 'PDPA 2012 (SG), Fifth Schedule'],
    ['commercially_sensitive', 'PDPA 2012 (SG), Fifth Schedule'],
    ['enforcement', 'PDPA 2012 (SG), Fifth Schedule'],
    ['excessive_repetitive', 'PDPA 2012 (SG), Fifth Schedule'],
    ['frivolous_vexatious', 'PDPA 2012 (SG), Fifth Schedule']
  ]),
  ...whoAsksWhom(AU, 'APP 12.1, 13.1', 'Privacy Act 1988 (Cth) s. 6(1)'),
  ...whoAsksWhom(NZ, 'Privacy Act 2020 (NZ) s. 57', 'Privacy Act 2020 (NZ) s. 43'),
  ...whoAsksWhom(SG, 'PDP Regulations 2021 (SG) reg. 3', 'PDPA 2012 (SG) s. 4(2)'),
  ...correctAndKept(AU, 'APP 13.1, 13.3', 'APP 11.2', 'APP 11.2(d)'),
  ...correctAndKept(
    NZ,
    'Privacy Act 2020 (NZ) ss 62-64',
    'Privacy Act 2020 (NZ) s. 22, IPP 9',
    'Privacy Act 2020 (NZ) s. 24'
  ),
  ...correctAndKept(SG, 'PDPA 2012 (SG) s. 22(2)', 'PDPA 2012 (SG) s. 25', 'PDPA 2012 (SG) s. 25(b)'),
  {
    code: 'opinion_correctly_recorded',
    use: EITHER,
    rights: ['rectification'],
    regimes: SG,
    source: 'PDPA 2012 (SG), Sixth Schedule',
    requiresNote: true
  },
  {
    code: 'complaint_not_upheld',
    use: EITHER,
    rights: ['complaint'],
    regimes: AU,
    source: 'APP 1.2(b); Privacy Act 1988 (Cth) s. 40(1A)',
    requiresNote: true
  },
  {
    code: 'complaint_not_upheld',
    use: EITHER,
    rights: ['complaint'],
    regimes: NZ,
    source: 'Privacy Act 2020 (NZ) s. 72',
    requiresNote: true
  },
  {
    code: 'complaint_not_upheld',
    use: EITHER,
    rights: ['complaint'],
    regimes: SG,
    source: 'PDPA 2012 (SG) s. 12(b)',
    requiresNote: true
  }
]

function accessExceptions(
  regimes: readonly RegimeName[],
  rows: readonly (readonly [GroundCode, string])[]
): GroundRow[] {
  return rows.map(([code, source]) => ({
    code,
    use: EITHER,
    rights: ACCESS,
    regimes,
    source,
    requiresNote: true,
    requiresCitation: code === 'conflicts_with_law'
  }))
}
