// What the GDPR and its British twin allow a controller to say. Where the article is the same the row names the GDPR's.

import type { RegimeName } from '../deadline/regimes.ts'
import type { Right } from '../rights.ts'
import { RIGHTS } from '../rights.ts'
import type { GroundRow } from './ground.ts'

const EU: readonly RegimeName[] = ['eu-gdpr']
const UK: readonly RegimeName[] = ['uk-gdpr']
const BOTH: readonly RegimeName[] = ['eu-gdpr', 'uk-gdpr']

/** Absolute: stop, whatever the controller thinks of it (Art. 7(3), 21(2)-(3)). Only doubt about who asks may stand against them. */
const ABSOLUTE: readonly Right[] = ['withdraw_consent', 'opt_out', 'limit_use']
const WEIGHABLE = RIGHTS.filter(right => !ABSOLUTE.includes(right))
const ARTICLES_15_TO_22: readonly Right[] = [
  'access',
  'rectification',
  'erasure',
  'restriction',
  'portability',
  'objection',
  'automated_decision'
]
/** Art. 11(2) frees from Articles 15 to 20 only. */
const ARTICLES_15_TO_20: readonly Right[] = ['access', 'rectification', 'erasure', 'restriction', 'portability']

const UNIVERSAL: readonly GroundRow[] = [
  {
    code: 'identity_not_confirmed',
    use: ['refuse'],
    rights: RIGHTS,
    regimes: BOTH,
    source: 'GDPR Art. 12(6)',
    requiresNote: true
  },
  {
    code: 'agent_not_authorised',
    use: ['refuse'],
    rights: WEIGHABLE,
    regimes: BOTH,
    source: 'National law on representation; EDPB Guidelines 01/2022, paras 80-81',
    requiresNote: true
  },
  {
    code: 'not_controller',
    use: ['refuse'],
    rights: WEIGHABLE,
    regimes: BOTH,
    source: 'GDPR Art. 4(7), 28(3)(e)',
    requiresNote: true
  },
  {
    code: 'not_identifiable',
    use: ['refuse'],
    rights: ARTICLES_15_TO_20,
    regimes: BOTH,
    source: 'GDPR Art. 11(2), 12(2)',
    requiresNote: true
  },
  {
    code: 'excessive_repetitive',
    use: ['refuse'],
    rights: ARTICLES_15_TO_22,
    regimes: BOTH,
    source: 'GDPR Art. 12(5)(b)',
    requiresNote: true
  },
  {
    code: 'excessive_abusive',
    use: ['refuse'],
    rights: ARTICLES_15_TO_22,
    regimes: BOTH,
    source: 'GDPR Art. 12(5)(b); CJEU C-526/24',
    requiresNote: true
  },
  {
    code: 'manifestly_unfounded',
    use: ['refuse'],
    rights: ARTICLES_15_TO_22,
    regimes: BOTH,
    source: 'GDPR Art. 12(5)(b)',
    requiresNote: true
  },
  {
    code: 'union_or_member_state_law',
    use: ['refuse', 'withhold'],
    rights: ARTICLES_15_TO_22,
    regimes: EU,
    source: 'GDPR Art. 23 with the national provision',
    requiresNote: true,
    requiresCitation: true
  },
  {
    code: 'uk_exemption',
    use: ['refuse', 'withhold'],
    rights: ARTICLES_15_TO_22,
    regimes: UK,
    source: 'DPA 2018, Schs 2-4',
    requiresNote: true,
    requiresCitation: true
  },
  {
    code: 'complaint_not_upheld',
    use: ['refuse', 'withhold'],
    rights: ['complaint'],
    regimes: BOTH,
    source: 'DPA 2018 s. 164A; GDPR Art. 24',
    requiresNote: true
  },
  {
    code: 'appeal_denied',
    use: ['refuse', 'withhold'],
    rights: ['appeal'],
    regimes: BOTH,
    source: 'GDPR Art. 12(4), 24',
    requiresNote: true
  }
]

const ACCESS_AND_PORTABILITY: readonly GroundRow[] = [
  {
    // Weigh, then redact: never a reason to hand over nothing (Recital 63).
    code: 'rights_of_others',
    use: ['withhold'],
    rights: ['access'],
    regimes: BOTH,
    source: 'GDPR Art. 15(4)',
    requiresNote: true
  },
  {
    code: 'trade_secret_ip',
    use: ['withhold'],
    rights: ['access'],
    regimes: BOTH,
    source: 'GDPR Art. 15(4), Recital 63',
    requiresNote: true
  },
  {
    code: 'legal_privilege',
    use: ['withhold'],
    rights: ['access'],
    regimes: BOTH,
    source: 'GDPR Art. 23; DPA 2018, Sch. 2 para. 19',
    requiresCitation: true
  },
  {
    code: 'rights_of_others',
    use: ['withhold'],
    rights: ['portability'],
    regimes: BOTH,
    source: 'GDPR Art. 20(4)',
    requiresNote: true
  },
  {
    code: 'not_consent_or_contract',
    use: ['refuse', 'withhold'],
    rights: ['portability'],
    regimes: BOTH,
    source: 'GDPR Art. 20(1)(a)'
  },
  {
    code: 'not_automated',
    use: ['refuse', 'withhold'],
    rights: ['portability'],
    regimes: BOTH,
    source: 'GDPR Art. 20(1)(b)'
  },
  {
    code: 'not_provided_by_subject',
    use: ['refuse', 'withhold'],
    rights: ['portability'],
    regimes: BOTH,
    source: 'GDPR Art. 20(1)'
  },
  {
    code: 'public_task',
    use: ['refuse', 'withhold'],
    rights: ['portability'],
    regimes: BOTH,
    source: 'GDPR Art. 20(3)',
    requiresCitation: true
  },
  {
    // Touches Art. 20(2) alone: the files are still handed to the person.
    code: 'direct_transfer_not_feasible',
    use: ['withhold'],
    rights: ['portability'],
    regimes: BOTH,
    source: 'GDPR Art. 20(2)',
    requiresNote: true
  }
]

const CORRECTION_AND_ERASURE: readonly GroundRow[] = [
  {
    code: 'accurate_as_recorded',
    use: ['refuse', 'withhold'],
    rights: ['rectification'],
    regimes: BOTH,
    source: 'GDPR Art. 16, 5(1)(d)',
    requiresNote: true
  },
  {
    code: 'opinion_correctly_recorded',
    use: ['refuse', 'withhold'],
    rights: ['rectification'],
    regimes: BOTH,
    source: 'GDPR Art. 16, 5(1)(d)',
    requiresNote: true
  },
  {
    code: 'no_ground_17_1',
    use: ['refuse', 'withhold'],
    rights: ['erasure'],
    regimes: BOTH,
    source: 'GDPR Art. 17(1)',
    requiresNote: true
  },
  {
    code: 'freedom_of_expression',
    use: ['refuse', 'withhold'],
    rights: ['erasure'],
    regimes: BOTH,
    source: 'GDPR Art. 17(3)(a)',
    requiresNote: true
  },
  {
    code: 'legal_obligation',
    use: ['refuse', 'withhold'],
    rights: ['erasure'],
    regimes: BOTH,
    source: 'GDPR Art. 17(3)(b)',
    requiresCitation: true,
    requiresEndDate: true
  },
  {
    code: 'public_task',
    use: ['refuse', 'withhold'],
    rights: ['erasure'],
    regimes: BOTH,
    source: 'GDPR Art. 17(3)(b)',
    requiresCitation: true,
    requiresEndDate: true
  },
  {
    code: 'public_health',
    use: ['refuse', 'withhold'],
    rights: ['erasure'],
    regimes: BOTH,
    source: 'GDPR Art. 17(3)(c)',
    requiresNote: true,
    requiresCitation: true
  },
  {
    code: 'archiving_research',
    use: ['refuse', 'withhold'],
    rights: ['erasure'],
    regimes: BOTH,
    source: 'GDPR Art. 17(3)(d)',
    requiresNote: true
  },
  {
    code: 'legal_claims',
    use: ['refuse', 'withhold'],
    rights: ['erasure'],
    regimes: BOTH,
    source: 'GDPR Art. 17(3)(e)',
    requiresNote: true,
    requiresEndDate: true
  }
]

const RESTRICTION_AND_OBJECTION: readonly GroundRow[] = [
  {
    code: 'ground_not_met',
    use: ['refuse', 'withhold'],
    rights: ['restriction'],
    regimes: BOTH,
    source: 'GDPR Art. 18(1)',
    requiresNote: true
  },
  {
    code: 'compelling_grounds',
    use: ['refuse', 'withhold'],
    rights: ['objection'],
    regimes: BOTH,
    source: 'GDPR Art. 21(1)',
    requiresNote: true
  },
  {
    code: 'legal_claims',
    use: ['refuse', 'withhold'],
    rights: ['objection'],
    regimes: BOTH,
    source: 'GDPR Art. 21(1)',
    requiresNote: true
  },
  {
    code: 'public_interest_research',
    use: ['refuse', 'withhold'],
    rights: ['objection'],
    regimes: BOTH,
    source: 'GDPR Art. 21(6)',
    requiresNote: true
  },
  {
    code: 'wrong_legal_basis',
    use: ['refuse', 'withhold'],
    rights: ['objection'],
    regimes: BOTH,
    source: 'GDPR Art. 21(1), 6(1)(e)-(f)',
    requiresNote: true
  },
  {
    code: 'not_solely_automated',
    use: ['refuse'],
    rights: ['automated_decision'],
    regimes: BOTH,
    source: 'GDPR Art. 22(1)',
    requiresNote: true
  },
  {
    code: 'no_significant_effect',
    use: ['refuse'],
    rights: ['automated_decision'],
    regimes: BOTH,
    source: 'GDPR Art. 22(1)',
    requiresNote: true
  },
  {
    code: 'authorised_by_law',
    use: ['refuse', 'withhold'],
    rights: ['automated_decision'],
    regimes: BOTH,
    source: 'GDPR Art. 22(2)(b)',
    requiresCitation: true
  },
  {
    // A human review is still owed (Art. 22(3)): only the wish to end such decisions may be kept back.
    code: 'contract_necessary',
    use: ['withhold'],
    rights: ['automated_decision'],
    regimes: BOTH,
    source: 'GDPR Art. 22(2)(a)',
    requiresNote: true
  },
  {
    code: 'explicit_consent',
    use: ['withhold'],
    rights: ['automated_decision'],
    regimes: BOTH,
    source: 'GDPR Art. 22(2)(c)',
    requiresNote: true
  }
]

export const GDPR_GROUNDS: readonly GroundRow[] = [
  ...UNIVERSAL,
  ...ACCESS_AND_PORTABILITY,
  ...CORRECTION_AND_ERASURE,
  ...RESTRICTION_AND_OBJECTION
]
