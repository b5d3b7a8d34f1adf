// The tenant decides anew what it promises.

import type { Policy } from '../../domain/policy.ts'
import { daysShorter } from '../../domain/retention.ts'
import type { Scope } from '../../storage/database.ts'
import { addPolicyVersion, currentPolicy } from '../../storage/policies.ts'
import { promise } from '../../storage/promises.ts'
import { advanceTimers } from '../../storage/timers.ts'
import { refuseStale } from '../../storage/versions.ts'
import { checkPolicy, type PolicyDraft } from './check-policy.ts'

/**
 * Adds a version of the policy. Requests that are open keep the clock they were opened with, but go by its public holidays and
 * get its thresholds for alerts. What has ended is kept no longer than the new version says.
 * @throws {HabeasError} `invalid`; `version_stale` when the caller saw another version; `conflict` when two set it at once
 */
export async function setPolicy(scope: Scope, draft: PolicyDraft): Promise<void> {
  const policy = checkPolicy(draft)
  const { version, body: before } = await currentPolicy(scope)
  refuseStale(scope, 'policy', version)
  await addPolicyVersion(scope, version + 1, policy)
  const earlier = daysShorter(before.retention, policy.retention)
  if (earlier > 0) await advanceTimers(scope, 'retention', earlier)
  if (calendars(policy) !== calendars(before)) {
    await promise(scope, 'follow_calendar', {}, { key: `calendar:${scope.tenantId}` })
  }
  if (mornings(policy) !== mornings(before)) await promise(scope, 'plan_alerts', {})
}

function calendars({ holidays, ownHolidays, regimes }: Policy): string {
  return JSON.stringify([holidays, ownHolidays.map(({ on }) => on).sort(), regimes.holidays])
}

/** On what the mornings depend in which staff are alerted. */
function mornings({ alerts, timeZone, holidays, ownHolidays }: Policy): string {
  const { daysBefore, everyDaysOverdue, workingDaysBeforeAcknowledgement } = alerts
  return JSON.stringify([
    daysBefore,
    everyDaysOverdue,
    workingDaysBeforeAcknowledgement,
    timeZone,
    holidays,
    ownHolidays
  ])
}
