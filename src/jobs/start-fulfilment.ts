// Starts fulfilment by itself where the tenant chose so.

import { waitsForStaff } from '../actions/fulfilment/ready-to-start.ts'
import { startFulfilment } from '../actions/fulfilment/start-fulfilment.ts'
import { SYSTEM } from '../domain/actor.ts'
import { HabeasError } from '../domain/errors.ts'
import type { Jobs } from '../domain/jobs.ts'
import { canMove } from '../domain/lifecycle.ts'
import { inTenant } from '../storage/database.ts'
import { findSubjectRequest } from '../storage/subject-requests.ts'
import type { JobParts } from './parts.ts'

export function startFulfilmentJob({ db, clock }: Pick<JobParts, 'db' | 'clock'>) {
  return async ({ tenantId, requestId }: Jobs['start_fulfilment']): Promise<void> => {
    const who = { tenantId, actor: SYSTEM, now: clock() }
    await inTenant(db, who, async scope => {
      const row = await findSubjectRequest(scope, requestId)
      if (!canMove(row.state, 'start', 'system') || (await waitsForStaff(scope, row))) return
      await startFulfilment(scope, requestId)
    }).catch(ignoreWaiting)
  }
}

/** An erasure that waits for the copy asked for is looked at again once that is answered. */
function ignoreWaiting(error: unknown): void {
  if (error instanceof HabeasError && error.code === 'waits_for_other_request') return
  throw error
}
