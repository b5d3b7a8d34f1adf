// Raises the alerts that are due: into the history of each request, and onto the list of what staff are still to be told.

import { alertAfter, type Threshold, thresholdOf } from '../../domain/alerts.ts'
import { dateIn, daysBetween, type LocalDate } from '../../domain/deadline/local-date.ts'
import { OPEN_STATES } from '../../domain/lifecycle.ts'
import { isAlert } from '../../domain/timers.ts'
import type { LetterKind } from '../../letters/facts.ts'
import { keepAlerts, type NewAlert } from '../../storage/alerts.ts'
import type { Scope } from '../../storage/database.ts'
import { noteAll } from '../../storage/history.ts'
import { casesWithSentLetter } from '../../storage/letters.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { lockFreeSubjectRequests, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { setDigest, setTimersOfRequests, type TimerRow, takeTimers } from '../../storage/timers.ts'
import { alertedDays, thresholdsOf } from './plan-alerts.ts'

/** Letters from which a person learns that their request has arrived, and what comes next. */
export const CONFIRMS_RECEIPT: readonly LetterKind[] = [
  'verification',
  'verification_reminder',
  'acknowledgement',
  'verified',
  'response'
]

interface Reached {
  readonly row: SubjectRequestRow
  readonly threshold: Threshold
  readonly alert: NewAlert
}

/**
 * Raises alerts and sets the one that follows each. After an outage every threshold that was passed is raised once, in order, for
 * the one that follows is due at once. A request that was answered or has ended raises none, one whose receipt was confirmed none
 * about that. What somebody holds at this moment is left for the next round.
 *
 * @returns how many timers fired
 */
export async function raiseAlerts(
  scope: Scope,
  due: readonly { readonly id: string; readonly requestId: string }[]
): Promise<number> {
  const ids = new Set(due.map(({ requestId }) => requestId))
  const rows = new Map((await lockFreeSubjectRequests(scope, [...ids])).map(row => [row.id, row]))
  const free = due.filter(({ requestId }) => rows.has(requestId))
  const taken = await takeTimers(
    scope,
    free.map(({ id }) => id)
  )
  if (taken.length === 0) return 0

  const { body: policy } = await currentPolicy(scope)
  const reached = await withoutConfirmed(
    scope,
    inOrder(taken).flatMap(timer => {
      const row = rows.get(timer.requestId ?? '')
      if (row === undefined || !isAlert(timer.kind) || !OPEN_STATES.includes(row.state)) return []
      const threshold = thresholdOf(timer.kind)
      const aboutOn = alertedDays(row)[threshold.about]
      return aboutOn === null ? [] : { row, threshold, alert: { requestId: row.id, kind: timer.kind, aboutOn } }
    })
  )
  await setTimersOfRequests(
    scope,
    reached.flatMap(({ threshold, alert }) => {
      const next = alertAfter(thresholdsOf(policy), alert.aboutOn, threshold)
      return next === null ? [] : { ...next, requestId: alert.requestId }
    })
  )
  await raise(scope, reached, dateIn(policy.timeZone, scope.now))
  return taken.length
}

async function raise(scope: Scope, reached: readonly Reached[], today: LocalDate): Promise<void> {
  const kept = await keepAlerts(
    scope,
    reached.map(({ alert }) => alert)
  )
  if (kept.length === 0) return
  const fresh = new Set(kept.map(keyOf))
  await noteAll(
    scope,
    reached
      .filter(({ alert }) => fresh.has(keyOf(alert)))
      .map(({ row, threshold: { about, days }, alert: { aboutOn } }) => ({
        row,
        kind: 'alerted',
        data: {
          about,
          threshold: days,
          ...(about === 'answer' ? { dueOn: aboutOn } : { acknowledgeBy: aboutOn }),
          days: daysBetween(today, aboutOn)
        }
      }))
  )
  await setDigest(scope)
}

async function withoutConfirmed(scope: Scope, reached: readonly Reached[]): Promise<readonly Reached[]> {
  const asked = reached.filter(({ threshold }) => threshold.about === 'acknowledgement').map(({ row }) => row.caseId)
  const confirmed = await casesWithSentLetter(scope, asked, CONFIRMS_RECEIPT)
  return reached.filter(({ row, threshold }) => threshold.about === 'answer' || !confirmed.has(row.caseId))
}

function inOrder(timers: readonly TimerRow[]): TimerRow[] {
  return timers.toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || (a.id < b.id ? -1 : 1))
}

const keyOf = ({ requestId, kind, aboutOn }: NewAlert) => `${requestId} ${kind} ${aboutOn}`
