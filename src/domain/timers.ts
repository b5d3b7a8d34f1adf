// What is to happen at a time, and when. Each is a row that fires once.

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/**
 * `alert:-7` is seven days before the due day, `alert:14` fourteen days after it; `alert:acknowledge:-2` is two working days
 * before the last day on which receipt may be confirmed.
 */
export type AlertKind = `alert:${number}` | `alert:acknowledge:${number}`
/**
 * Beside the alerts: `digest` tells staff of those that were raised; `webhook` has one looked at again, `look_again` what an answer
 * keeps back.
 */
export type TimerKind =
  | 'verification_reminder'
  | 'verification_expiry'
  | 'package_expiry'
  | 'close'
  | 'look_again'
  | 'retention'
  | 'digest'
  | 'webhook'
  | AlertKind

export interface NextTimer {
  readonly kind: TimerKind
  readonly dueAt: Date
}

export const isAlert = (kind: string): kind is AlertKind => kind.startsWith('alert:')

export function inDays(now: Date, days: number): Date {
  return new Date(now.getTime() + days * DAY_MS)
}

export function inHours(now: Date, hours: number): Date {
  return new Date(now.getTime() + hours * HOUR_MS)
}

export function inSeconds(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1_000)
}

export function inMinutes(now: Date, minutes: number): Date {
  return new Date(now.getTime() + minutes * MINUTE_MS)
}
