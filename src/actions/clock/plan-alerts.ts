// Sets the alerts that come next, when the days of a request were reckoned anew or its tenant wants to be told on others.

import { holidaysAtHome } from '../../calendars/holidays-under.ts'
import { type AlertedDays, alertsFrom, CONCERNS, concernOf, type Thresholds } from '../../domain/alerts.ts'
import { dateIn } from '../../domain/deadline/local-date.ts'
import type { Policy } from '../../domain/policy.ts'
import { inDays } from '../../domain/timers.ts'
import type { Scope } from '../../storage/database.ts'
import type { SubjectRequestRow } from '../../storage/subject-requests.ts'
import { setTimersOfRequests, stopTimersOfRequests, takeTimers, unfiredTimers } from '../../storage/timers.ts'
import { reckonAgain, resumedAt } from './reckon-deadlines.ts'

const ALERTS = 'alert:%'
/** Longer than anybody is waited for. */
const LONGEST_PAUSE_DAYS = 3650

export function thresholdsOf(policy: Policy): Thresholds {
  return { policy, holidays: holidaysAtHome(policy) }
}

/**
 * The days of a request from which its alerts are counted now. While the clock stands there is no day for the answer, unless one
 * stays however long that lasts: a promise that is not moved, or a question that was asked too late to stop anything.
 */
export function alertedDays(policy: Policy, row: SubjectRequestRow): AlertedDays {
  return { answer: dayForAnswer(policy, row), acknowledgement: row.acknowledgeBy }
}

/**
 * Sets the next alerts of a request where its days have moved, and drops those of the days it had. A day that has stayed keeps
 * its alerts, also one that is due and not raised yet.
 * @param row     open, and locked
 * @param before  as it was; left out when it was not open
 */
export async function planAlerts(
  scope: Scope,
  policy: Policy,
  row: SubjectRequestRow,
  before?: SubjectRequestRow
): Promise<void> {
  const days = alertedDays(policy, row)
  const had = before === undefined ? null : alertedDays(policy, before)
  const hasMoved = (kind: string) => CONCERNS.some(about => about === concernOf(kind) && days[about] !== had?.[about])
  const dropped = (await unfiredTimers(scope, ALERTS, [row.id])).filter(({ kind }) => hasMoved(kind))
  await takeTimers(
    scope,
    dropped.map(({ id }) => id)
  )
  const next = alertsFrom(thresholdsOf(policy), days, scope.now).filter(({ kind }) => hasMoved(kind))
  await setTimersOfRequests(
    scope,
    next.map(timer => ({ ...timer, requestId: row.id }))
  )
}

/**
 * Sets the next alerts of requests by the thresholds of a new policy. What was due before it came is raised all the same.
 * @param rows  open, and locked
 */
export async function planAlertsAnew(scope: Scope, policy: Policy, rows: readonly SubjectRequestRow[]): Promise<void> {
  if (rows.length === 0) return
  const ids = rows.map(row => row.id)
  await stopTimersOfRequests(scope, ALERTS, ids, scope.now)
  const due = new Set((await unfiredTimers(scope, ALERTS, ids)).map(({ requestId, kind }) => chainOf(requestId, kind)))
  const thresholds = thresholdsOf(policy)
  const next = rows.flatMap(row =>
    alertsFrom(thresholds, alertedDays(policy, row), scope.now).map(timer => ({ ...timer, requestId: row.id }))
  )
  await setTimersOfRequests(
    scope,
    next.filter(({ requestId, kind }) => !due.has(chainOf(requestId, kind)))
  )
}

function dayForAnswer(policy: Policy, row: SubjectRequestRow): AlertedDays['answer'] {
  if (row.pausedAt === null) return row.dueOn
  const end = inDays(row.pausedAt, LONGEST_PAUSE_DAYS)
  const { dueOn } = reckonAgain(policy, row, resumedAt(row.clock.events, end))
  return dueOn !== null && dueOn < dateIn(policy.timeZone, end) ? dueOn : null
}

/** Alerts follow each other in one chain for each concern of a request. */
const chainOf = (requestId: string | null, kind: string) => `${requestId} ${concernOf(kind)}`
