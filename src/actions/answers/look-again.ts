// Looks again at what an answer keeps back, once the day that its letter named has passed.

import { dateIn, type LocalDate } from '../../domain/deadline/local-date.ts'
import { daysKeptBack, lookAgainAt } from '../../domain/kept-back.ts'
import type { Policy } from '../../domain/policy.ts'
import { caseVaultFor } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { note } from '../../storage/history.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { contentsOf, lockSubjectRequest, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { tasksOfRequest } from '../../storage/tasks.ts'
import { setTimer } from '../../storage/timers.ts'
import { tellStaff } from '../requests/tell.ts'

/** The last days on which the answer to a request keeps something back, in their order. */
export async function daysKeptBackBy(scope: Scope, row: SubjectRequestRow): Promise<LocalDate[]> {
  const { decision } = contentsOf(await caseVaultFor(scope, row.caseId), row)
  const withheld = (await tasksOfRequest(scope, row.id)).flatMap(task => task.withheld)
  return daysKeptBack({ outcome: row.outcome, decision, withheld })
}

/** Sets the timer for the first of those days that has not passed. @param row  as it is answered */
export async function planToLookAgain(scope: Scope, policy: Policy, row: SubjectRequestRow): Promise<void> {
  const { timeZone } = policy
  const today = dateIn(timeZone, scope.now)
  const next = (await daysKeptBackBy(scope, row)).find(day => day >= today)
  if (next === undefined) return
  await setTimer(scope, { kind: 'look_again', dueAt: lookAgainAt(timeZone, next) }, { requestId: row.id })
}

/**
 * Tells staff that a day has passed until which something was kept back. They ask the system again, and open a request for what no
 * longer has a ground: the answer of this one stands.
 */
export async function lookAgain(scope: Scope, requestId: string): Promise<void> {
  const row = await lockSubjectRequest(scope, requestId)
  const { body: policy } = await currentPolicy(scope)
  const today = dateIn(policy.timeZone, scope.now)
  const until = (await daysKeptBackBy(scope, row)).findLast(day => day < today)
  if (until !== undefined) {
    const alerted = await note(scope, row, 'alerted', { because: 'withheld_until', until })
    await tellStaff(scope, policy, alerted, 'alert_look_again', { until })
  }
  await planToLookAgain(scope, policy, row)
}
