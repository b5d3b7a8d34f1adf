// Tells staff that a due day comes near, is here or has passed.

import { dateIn, daysBetween } from '../../domain/deadline/local-date.ts'
import { OPEN_STATES } from '../../domain/lifecycle.ts'
import { type AlertKind, daysOfAlert, nextAlert } from '../../domain/timers.ts'
import type { Scope } from '../../storage/database.ts'
import { note } from '../../storage/history.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { lockSubjectRequest } from '../../storage/subject-requests.ts'
import { setTimer } from '../../storage/timers.ts'
import { tellStaff } from '../requests/tell.ts'

/**
 * Raises one alert and sets the next one. After an outage each threshold that was passed is raised once, in order.
 * A request that was answered or ended meanwhile raises none.
 */
export async function raiseAlert(scope: Scope, requestId: string, kind: AlertKind): Promise<void> {
  const row = await lockSubjectRequest(scope, requestId)
  if (!OPEN_STATES.includes(row.state) || row.dueOn === null) return
  const { body: policy } = await currentPolicy(scope)
  const threshold = daysOfAlert(kind)
  const days = daysBetween(dateIn(policy.timeZone, scope.now), row.dueOn)
  const letter = days > 0 ? 'alert_due_soon' : days === 0 ? 'alert_due' : 'alert_overdue'
  const after = await note(scope, row, 'alerted', { threshold, dueOn: row.dueOn, days })
  await tellStaff(scope, policy, after, letter, { dueOn: row.dueOn, days: Math.abs(days) })
  await setTimer(scope, nextAlert(policy, row.dueOn, threshold), { requestId })
}
