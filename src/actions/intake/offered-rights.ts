// Which of the rights somebody names can be taken: the tenant has to offer them and the law has to know them.

import { REGIMES, type RegimeName } from '../../domain/deadline/regimes.ts'
import type { Policy } from '../../domain/policy.ts'
import type { Right } from '../../domain/rights.ts'

/** Those of `rights` that a request can be opened for under this law, each once. */
export function offeredRights(policy: Policy, regime: RegimeName, rights: readonly Right[]): Right[] {
  const known = REGIMES[regime].rights
  return [...new Set(rights)].filter(right => policy.rights.includes(right) && known[right] !== undefined)
}
