// Asks for proof of identity once the case is written.

import { askVerification } from '../actions/verification/ask-verification.ts'
import { SYSTEM } from '../domain/actor.ts'
import { HabeasError } from '../domain/errors.ts'
import type { Jobs } from '../domain/jobs.ts'
import { canMove } from '../domain/lifecycle.ts'
import { inTenant } from '../storage/database.ts'
import { requestsOfCase } from '../storage/subject-requests.ts'
import type { JobParts } from './parts.ts'

export function askVerificationJob({ db, clock }: Pick<JobParts, 'db' | 'clock'>) {
  return async ({ tenantId, caseId }: Jobs['ask_verification']): Promise<void> => {
    await inTenant(db, { tenantId, actor: SYSTEM, now: clock() }, async scope => {
      const requests = await requestsOfCase(scope, caseId)
      // Staff may have been faster, and a job that is done twice asks once: only a case that nobody asked yet is asked.
      const asked = requests.some(({ state }) => canMove(state, 'expire', 'system'))
      if (asked || !requests.some(({ state }) => canMove(state, 'ask_verification', 'system'))) return
      await askVerification(scope, caseId).catch(ignoreHopeless)
    })
  }
}

/** A guess that is not confirmed yet will be asked when it is; a person without an address never by mail. */
function ignoreHopeless(error: unknown): void {
  if (error instanceof HabeasError && (error.code === 'right_not_confirmed' || error.code === 'outcome_not_possible'))
    return
  throw error
}
