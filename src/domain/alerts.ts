// On which days staff are told that a date comes near, is here or has passed: the thresholds of a tenant, as timers.

import { type HolidayCalendar, stepBack } from './deadline/holidays.ts'
import { addDays, hourOfDay, type LocalDate } from './deadline/local-date.ts'
import { WEEKENDS_AND_HOLIDAYS } from './deadline/rest-days.ts'
import type { Policy } from './policy.ts'
import { type AlertKind, isAlert, type NextTimer } from './timers.ts'

/** Alerts are raised in the morning of a day, in the tenant's zone. */
const MORNING_HOUR = 8

/** What an alert is about: the answer, or the word that the request has arrived. */
export const CONCERNS = ['answer', 'acknowledgement'] as const
export type Concern = (typeof CONCERNS)[number]

/** The days of a request from which thresholds are counted; null where the law and the tenant set none. */
export type AlertedDays = Readonly<Record<Concern, LocalDate | null>>

/** Whose thresholds, and on which days its staff work. */
export interface Thresholds {
  readonly policy: Pick<Policy, 'timeZone' | 'alerts'>
  readonly holidays: HolidayCalendar
}

/** Counted from the day it is about: -7 is seven days before it. Of an acknowledgement the days are working days. */
export interface Threshold {
  readonly about: Concern
  readonly days: number
}

/**
 * The first alert of each concern whose morning is still to come: a request whose dates moved is not reminded of thresholds
 * that it never had.
 */
export function alertsFrom(of: Thresholds, days: AlertedDays, now: Date): (NextTimer & { readonly kind: AlertKind })[] {
  return CONCERNS.flatMap(about => {
    const on = days[about]
    let next = on === null ? null : alertAfter(of, on, { about, days: Number.NEGATIVE_INFINITY })
    while (on !== null && next !== null && next.dueAt <= now) next = alertAfter(of, on, thresholdOf(next.kind))
    return next ?? []
  })
}

/**
 * The alert that follows a threshold: the next one before the day, then, for the answer, one every so many days.
 * @param on  the day it is about
 * @returns null when none follows
 */
export function alertAfter(
  of: Thresholds,
  on: LocalDate,
  { about, days: passed }: Threshold
): (NextTimer & { readonly kind: AlertKind }) | null {
  const { daysBefore, workingDaysBeforeAcknowledgement } = of.policy.alerts
  const ahead = about === 'answer' ? daysBefore : workingDaysBeforeAcknowledgement
  const nearest = Math.min(...ahead.map(days => -days).filter(days => days > passed))
  const days = Number.isFinite(nearest) ? nearest : about === 'answer' ? nextOverdue(of.policy, passed) : null
  if (days === null) return null
  const kind = about === 'answer' ? (`alert:${days}` as const) : (`alert:acknowledge:${days}` as const)
  return { kind, dueAt: hourOfDay(of.policy.timeZone, dayOfAlert(of, on, { about, days }), MORNING_HOUR) }
}

/** The day on which a threshold is reached. */
export function dayOfAlert(
  { holidays }: Pick<Thresholds, 'holidays'>,
  on: LocalDate,
  { about, days }: Threshold
): LocalDate {
  if (about === 'answer') return addDays(on, days)
  let day = on
  for (let left = -days; left > 0; left -= 1) day = stepBack(addDays(day, -1), WEEKENDS_AND_HOLIDAYS, holidays)
  return day
}

export function thresholdOf(kind: AlertKind): Threshold {
  const [, ...rest] = kind.split(':')
  const about = rest.length === 2 ? 'acknowledgement' : 'answer'
  return { about, days: Number(rest.at(-1)) }
}

/** @param kind  as it stands in a row */
export function concernOf(kind: string): Concern | null {
  return isAlert(kind) ? thresholdOf(kind).about : null
}

function nextOverdue({ alerts: { everyDaysOverdue: every } }: Thresholds['policy'], passed: number): number {
  return (Math.floor(Math.max(passed, 0) / every) + 1) * every
}
