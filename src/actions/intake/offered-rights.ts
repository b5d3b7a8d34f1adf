// Which of the rights somebody names can be taken: the tenant has to offer them and the law has to know them.

import type { Regime } from '../../domain/deadline/regime.ts'
import { REGIMES, type RegimeName } from '../../domain/deadline/regimes.ts'
import { lawFor, type Policy } from '../../domain/policy.ts'
import type { Right } from '../../domain/rights.ts'

/** Those of `rights` that a request can be opened for under this law or the tenant's baseline, each once. */
export function offeredRights(policy: Policy, regime: RegimeName, rights: readonly Right[]): Right[] {
  return [...new Set(rights)].filter(right => policy.rights.includes(right) && isKnown(policy, regime, right))
}

function isKnown(policy: Policy, regime: RegimeName, right: Right): boolean {
  const law: Regime = REGIMES[lawFor(policy, regime, right)]
  return law.rights[right] !== undefined
}
