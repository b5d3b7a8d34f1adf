// The ground on which a request is refused or something of it kept back.

import { requireStartable } from '../../domain/details.ts'
import type { Ground } from '../../domain/grounds/ground.ts'
import { type ChosenGround, groundsFor, requireGround } from '../../domain/grounds.ts'
import { caseVaultFor } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { contentsOf, type SubjectRequestRow } from '../../storage/subject-requests.ts'

/**
 * The ground with this code, as the law offers it for this request. What is no ground against direct marketing is none while
 * nobody has said whether an objection is about that (GDPR Art. 21(2)-(3)).
 *
 * @throws {HabeasError} `ground_not_available`, `invalid`; `details_missing`
 */
export async function requireGroundFor(
  scope: Scope,
  row: SubjectRequestRow,
  chosen: Omit<ChosenGround, 'right' | 'regime' | 'directMarketing'>
): Promise<Ground> {
  const { right, regime, directMarketing } = row
  const ground = requireGround({ ...chosen, right, regime, directMarketing })
  const evenThen = groundsFor({ use: chosen.use, right, regime, directMarketing: true })
  if (!evenThen.some(({ code }) => code === ground.code)) {
    requireStartable(right, contentsOf(await caseVaultFor(scope, row.caseId), row).details)
  }
  return ground
}
