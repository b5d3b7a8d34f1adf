// Takes up a case that was proven when it came in.

import { beginWork } from '../actions/verification/verify-identity.ts'
import { SYSTEM } from '../domain/actor.ts'
import type { Jobs } from '../domain/jobs.ts'
import { canMove } from '../domain/lifecycle.ts'
import { inTenant } from '../storage/database.ts'
import { lastLetterOf } from '../storage/letters.ts'
import { requestsOfCase } from '../storage/subject-requests.ts'
import type { JobParts } from './parts.ts'

export function beginWorkJob({ db, clock }: Pick<JobParts, 'db' | 'clock'>) {
  return async ({ tenantId, caseId }: Jobs['begin_work']): Promise<void> => {
    await inTenant(db, { tenantId, actor: SYSTEM, now: clock() }, async scope => {
      if ((await lastLetterOf(scope, caseId, 'verified')) !== undefined) return
      const verified = (await requestsOfCase(scope, caseId)).filter(({ state }) => canMove(state, 'start', 'system'))
      if (verified.length > 0) await beginWork(scope, caseId, verified)
    })
  }
}
