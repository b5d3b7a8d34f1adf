// Sets the alerts that come next, when the days of a request were reckoned anew or its tenant wants to be told on others.

import { holidaysAtHome } from '../../calendars/holidays-under.ts'
import {
  type AlertedDays,
  alertsFrom,
  CONCERNS,
  type Concern,
  concernOf,
  firstAlerts,
  type Thresholds
} from '../../domain/alerts.ts'
import type { LocalDate } from '../../domain/deadline/local-date.ts'
import type { Policy } from '../../domain/policy.ts'
import type { Scope } from '../../storage/database.ts'
import { owedOn } from '../../storage/owed-days.ts'
import type { SubjectRequestRow } from '../../storage/subject-requests.ts'
import { setTimersOfRequests, stopTimersOfRequests, takeTimers, unfiredTimers } from '../../storage/timers.ts'

const ALERTS = 'alert:%'

export function thresholdsOf(policy: Policy): Thresholds {
  return { policy, holidays: holidaysAtHome(policy) }
}

/** The days of a request from which its alerts are counted now. */
export function alertedDays(row: SubjectRequestRow): AlertedDays {
  return { answer: owedOn(row), acknowledgement: row.acknowledgeBy }
}

/**
 * Sets the next alerts of a request where its days have moved, and drops those of the days it had. A day that has stayed keeps
 * its alerts, also one that is due and not raised yet. A day that is new, or has come nearer, is told of at once
 * where it has passed a threshold; one that was put off only where the word of its threshold was still to come.
 * @param row     open, and locked
 * @param before  as it was; left out when it was not open
 */
export async function planAlerts(
  scope: Scope,
  policy: Policy,
  row: SubjectRequestRow,
  before?: SubjectRequestRow
): Promise<void> {
  const days = alertedDays(row)
  const had = before === undefined ? null : alertedDays(before)
  const moved = CONCERNS.filter(about => days[about] !== had?.[about])
  const isOf = (concerns: readonly Concern[]) => (timer: { readonly kind: string }) =>
    concerns.some(about => about === concernOf(timer.kind))
  const dropped = (await unfiredTimers(scope, ALERTS, [row.id])).filter(isOf(moved))
  await takeTimers(
    scope,
    dropped.map(({ id }) => id)
  )
  const untold = dropped.filter(({ dueAt }) => dueAt <= scope.now)
  const putOff = moved.filter(about => isLater(days[about], had?.[about]) && !untold.some(isOf([about])))
  const next = [
    ...alertsFrom(thresholdsOf(policy), days, scope.now).filter(isOf(putOff)),
    ...firstAlerts(thresholdsOf(policy), days, scope.now).filter(isOf(moved.filter(about => !putOff.includes(about))))
  ]
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
    alertsFrom(thresholds, alertedDays(row), scope.now).map(timer => ({ ...timer, requestId: row.id }))
  )
  await setTimersOfRequests(
    scope,
    next.filter(({ requestId, kind }) => !due.has(chainOf(requestId, kind)))
  )
}

function isLater(day: LocalDate | null, before: LocalDate | null | undefined): boolean {
  return day !== null && before !== null && before !== undefined && day > before
}

/** Alerts follow each other in one chain for each concern of a request. */
const chainOf = (requestId: string | null, kind: string) => `${requestId} ${concernOf(kind)}`
