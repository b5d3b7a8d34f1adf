// Confirms that a request has arrived.

import { confirmReceipt } from '../actions/requests/confirm-receipt.ts'
import { SYSTEM } from '../domain/actor.ts'
import type { Jobs } from '../domain/jobs.ts'
import { inTenant } from '../storage/database.ts'
import type { JobParts } from './parts.ts'

export function confirmReceiptJob({ db, clock }: Pick<JobParts, 'db' | 'clock'>) {
  return async ({ tenantId, caseId }: Jobs['confirm_receipt']): Promise<void> =>
    await inTenant(db, { tenantId, actor: SYSTEM, now: clock() }, scope => confirmReceipt(scope, caseId))
}
