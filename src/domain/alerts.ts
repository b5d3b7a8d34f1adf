// On which days staff are told that a date comes near, is here or has passed: the thresholds of a tenant, as timers.

import { type HolidayCalendar, stepBack } from './deadline/holidays.ts'
import { addDays, hourOfDay, type LocalDate } from './deadline/local-date.ts'
import { WEEKENDS_AND_HOLIDAYS } from './deadline/rest-days.ts'
import type { Policy } from './policy.ts'
import { type AlertKind, inHours, isAlert, type NextTimer } from './timers.ts'

/** Alerts are raised in the morning of a day, in the tenant's zone. */
export const MORNING_HOUR = 8
/** What confirms receipt is written when a request comes in: whoever had it confirmed within this is not reminded of it. */
const HOURS_TO_CONFIRM = 1

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

type NextAlert = NextTimer & { readonly kind: AlertKind }

/**
 * The first alert of each concern whose morning is still to come: of a day that was put off nobody is told what was said of the
 * earlier one.
 */
export function alertsFrom(of: Thresholds, days: AlertedDays, now: Date): NextAlert[] {
  return CONCERNS.flatMap(about => aroundNow(of, days[about], about, now).next ?? [])
}

/**
 * The same for days that nobody was told of: what is late already, or nearer than the tenant wanted to know of it, begins with the
 * last threshold that lies behind, and that is told now.
 */
export function firstAlerts(of: Thresholds, days: AlertedDays, now: Date): NextAlert[] {
  return CONCERNS.flatMap(about => {
    const { passed, next } = aroundNow(of, days[about], about, now)
    if (passed === null) return next ?? []
    return { kind: passed.kind, dueAt: about === 'answer' ? now : inHours(now, HOURS_TO_CONFIRM) }
  })
}

/** The last alert whose morning was there, and the first whose is still to come. */
function aroundNow(
  of: Thresholds,
  on: LocalDate | null,
  about: Concern,
  now: Date
): { readonly passed: NextAlert | null; readonly next: NextAlert | null } {
  let passed: NextAlert | null = null
  let next = on === null ? null : alertAfter(of, on, { about, days: Number.NEGATIVE_INFINITY })
  while (on !== null && next !== null && next.dueAt <= now) {
    passed = next
    next = alertAfter(of, on, thresholdOf(next.kind))
  }
  return { passed, next }
}

/**
 * The alert that follows a threshold: the next one before the day, then, for the answer, one every so many days.
 * @param on  the day it is about
 * @returns null when none follows
 */
export function alertAfter(of: Thresholds, on: LocalDate, { about, days: passed }: Threshold): NextAlert | null {
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
