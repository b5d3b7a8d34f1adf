// Looks at an erasure that may have waited for a copy.

import { resumeWaiting } from '../actions/fulfilment/resume-waiting.ts'
import { SYSTEM } from '../domain/actor.ts'
import type { Jobs } from '../domain/jobs.ts'
import { inTenant } from '../storage/database.ts'
import type { JobParts } from './parts.ts'

export function resumeWaitingJob({ db, clock }: Pick<JobParts, 'db' | 'clock'>) {
  return async ({ tenantId, requestId }: Jobs['resume_waiting']): Promise<void> => {
    await inTenant(db, { tenantId, actor: SYSTEM, now: clock() }, scope => resumeWaiting(scope, requestId))
  }
}
