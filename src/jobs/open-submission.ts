// Reads what the public form was sent.

import { openSubmission as open } from '../actions/intake/open-submission.ts'
import { SYSTEM } from '../domain/actor.ts'
import type { Jobs } from '../domain/jobs.ts'
import { inTenant } from '../storage/database.ts'
import type { JobParts } from './parts.ts'

export function openSubmission({ db, clock }: Pick<JobParts, 'db' | 'clock'>) {
  return async ({ tenantId, inboundId }: Jobs['open_submission']): Promise<void> => {
    await inTenant(db, { tenantId, actor: SYSTEM, now: clock() }, scope => open(scope, inboundId))
  }
}
