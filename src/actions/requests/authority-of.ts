// Whom the person may turn to when they are not content.

import { type Authority, authorityFor } from '../../domain/authorities.ts'
import type { RegimeName } from '../../domain/deadline/regimes.ts'
import type { Policy } from '../../domain/policy.ts'
import type { Redress } from '../../letters/redress.ts'
import type { CaseRow } from '../../storage/cases.ts'

/**
 * The supervisory authority that a letter names: the tenant's own where it watches over the law of this request,
 * else that of the place where the person lives (GDPR Art. 77(1) offers both).
 */
export function authorityOf(policy: Policy, row: CaseRow, regime: RegimeName): Redress {
  const own = authorityFor({ iso: policy.authority })
  const theirs =
    row.country === null
      ? undefined
      : authorityFor({ iso: row.region === null ? row.country : `${row.country}-${row.region}` })
  const authority: Authority | undefined = [own, theirs].find(known => known?.regime === regime) ?? own
  if (authority === undefined) throw new Error(`The policy names an authority that is not known: ${policy.authority}`)
  return { regime, authority }
}
