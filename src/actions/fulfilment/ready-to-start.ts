// Whether a request says enough for the work to start, and what setting it going decides.

import { missingDetails } from '../../domain/details.ts'
import { undecidedChanges, withTheRestAccepted } from '../../domain/proposed-changes.ts'
import { caseVaultFor } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import type { Changes } from '../../storage/history.ts'
import { contentsOf, type SubjectRequestRow, sealContents } from '../../storage/subject-requests.ts'
import { NO_DECISION } from '../answers/refuse-request.ts'

/**
 * Whether a person has to look before the work starts, also where the tenant lets it start by itself: something is missing, or
 * a correction is proposed that nobody has accepted (GDPR Art. 16).
 */
export async function waitsForStaff(scope: Scope, row: SubjectRequestRow): Promise<boolean> {
  const { details, decision } = contentsOf(await caseVaultFor(scope, row.caseId), row)
  return missingDetails(row.right, details).length > 0 || undecidedChanges(details, decision).length > 0
}

/** A staff member who sets the work going accepts every proposed correction that was not rejected. Nobody else accepts one. */
export async function acceptedByHand(scope: Scope, row: SubjectRequestRow): Promise<Pick<Changes, 'sealed'>> {
  if (scope.actor.mover !== 'agent') return {}
  const vault = await caseVaultFor(scope, row.caseId)
  const contents = contentsOf(vault, row)
  const { details, decision } = contents
  if (undecidedChanges(details, decision).length === 0) return {}
  const changes = withTheRestAccepted(details, decision)
  return { sealed: sealContents(vault, row.id, { ...contents, decision: { ...NO_DECISION, ...decision, changes } }) }
}
