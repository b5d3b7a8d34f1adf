// What is to happen at a time, and when. Each is a row that fires once.

import { addDays, type LocalDate, startOfDay } from './deadline/local-date.ts'
import type { Policy } from './policy.ts'

/** Staff are alerted in the morning of a day, in the tenant's zone. */
const ALERT_HOUR = 8
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** `alert:-7` is seven days before the due day, `alert:14` fourteen days after it. */
export type AlertKind = `alert:${number}`
export type TimerKind = 'verification_reminder' | 'verification_expiry' | 'package_expiry' | 'close' | AlertKind

export interface NextTimer {
  readonly kind: TimerKind
  readonly dueAt: Date
}

/**
 * The alert that follows the one at `afterDays`: the next threshold before the due day, then one every so many days.
 * Thresholds are counted in days of the tenant's calendar, so that a summer-time change moves none.
 *
 * @param afterDays  days relative to the due day of the last alert; null for the first one of all
 */
export function nextAlert(policy: Policy, dueOn: LocalDate, afterDays: number | null): NextTimer {
  const before = [...policy.alerts.daysBefore].map(days => -days).sort((a, b) => a - b)
  const next = before.find(days => afterDays === null || days > afterDays) ?? nextOverdue(policy, afterDays)
  return { kind: `alert:${next}`, dueAt: alertInstant(policy, dueOn, next) }
}

/**
 * The first alert that is not already past: a request whose dates moved is not reminded of thresholds it never had.
 */
export function nextAlertFrom(policy: Policy, dueOn: LocalDate, now: Date): NextTimer {
  let timer = nextAlert(policy, dueOn, null)
  while (timer.dueAt <= now) timer = nextAlert(policy, dueOn, daysOfAlert(timer.kind as AlertKind))
  return timer
}

export const isAlert = (kind: string): kind is AlertKind => kind.startsWith('alert:')
export const daysOfAlert = (kind: AlertKind): number => Number(kind.slice('alert:'.length))

export function inDays(now: Date, days: number): Date {
  return new Date(now.getTime() + days * DAY_MS)
}

export function inHours(now: Date, hours: number): Date {
  return new Date(now.getTime() + hours * HOUR_MS)
}

function nextOverdue(policy: Policy, afterDays: number | null): number {
  const every = policy.alerts.everyDaysOverdue
  return (Math.floor(Math.max(afterDays ?? 0, 0) / every) + 1) * every
}

function alertInstant(policy: Policy, dueOn: LocalDate, days: number): Date {
  return inHours(startOfDay(policy.timeZone, addDays(dueOn, days)), ALERT_HOUR)
}
