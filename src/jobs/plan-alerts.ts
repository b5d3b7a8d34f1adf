// Sets the alerts of all open requests anew, once the tenant has chosen other thresholds.

import { planAlertsAnew } from '../actions/clock/plan-alerts.ts'
import { SYSTEM } from '../domain/actor.ts'
import type { Jobs } from '../domain/jobs.ts'
import { inTenant } from '../storage/database.ts'
import { currentPolicy } from '../storage/policies.ts'
import { lockOpenRequests } from '../storage/subject-requests.ts'
import type { JobParts } from './parts.ts'

/** Nobody waits long for a request that is held meanwhile. */
const AT_ONCE = 200

export function planAlertsJob({ db, clock }: Pick<JobParts, 'db' | 'clock'>) {
  return async ({ tenantId }: Jobs['plan_alerts']): Promise<void> => {
    for (let last: string | null | undefined = null; last !== undefined; ) {
      const after: string | null = last
      last = await inTenant(db, { tenantId, actor: SYSTEM, now: clock() }, async scope => {
        const rows = await lockOpenRequests(scope, after, AT_ONCE)
        await planAlertsAnew(scope, (await currentPolicy(scope)).body, rows)
        return rows.at(-1)?.id
      })
    }
  }
}
