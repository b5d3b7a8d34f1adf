// Telling a tenant's programs what happened: how often it is tried, when an address is given up, and for how long its former
// secret still signs. Numbers with their sources; the time and the luck come in as arguments.

import { inSeconds } from './timers.ts'

export const DELIVERY_STATES = ['pending', 'delivered', 'failed'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

/** Why nothing more goes to an address: staff switched it off, it said that it is gone, or it failed for too long. */
export const DISABLED_REASONS = ['staff', 'gone', 'failing'] as const
export type DisabledReason = (typeof DISABLED_REASONS)[number]

/**
 * Why an attempt failed, as a class; the words of the other side are kept nowhere. `not_taken` was answered with a status that is
 * no success, `disabled` was given up together with its address.
 */
export const FAILURES = [
  'not_taken',
  'redirected',
  'timed_out',
  'not_resolved',
  'address_refused',
  'tls_failed',
  'not_connected',
  'disabled'
] as const
export type Failure = (typeof FAILURES)[number]

/** What became of one attempt. */
export interface Attempted {
  /** Null when it was taken. */
  readonly failure: Failure | null
  /** Of the answer, where there was one. */
  readonly status: number | null
  /** What the answer asked for in `Retry-After`. */
  readonly retryAfterSeconds: number | null
}

const MINUTE = 60
const HOUR = 60 * MINUTE

/**
 * Seconds between an attempt that failed and the next: a little more than three days in all.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md "Deliverability and reliability"
 */
export const RETRY_AFTER_SECONDS = [
  5,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR
] as const

/** Each wait grows by up to this share of itself, so that what failed together does not come again together. */
export const JITTER = 0.2
/** A `Retry-After` beyond the longest wait of our own is not waited for. RFC 9110 section 10.2.3 sets no limit. */
export const LONGEST_RETRY_AFTER_SECONDS = 24 * HOUR

/**
 * Seconds for which an address rests after its first, second, ... round of nothing but failures, and the last one ever after:
 * what comes meanwhile waits, and then goes one by one until one is taken. So an address that answers nothing costs one attempt
 * every five minutes, however much is promised to it.
 */
export const REST_SECONDS = [5, 30, MINUTE, 5 * MINUTE] as const

/** An address that took nothing for so long is switched off, and staff are told. As Standard Webhooks recommends. */
export const FAILING_DAYS = 5
/** Failures further apart than this are two troubles and not one: nothing was sent between them. */
const QUIET_HOURS = 48

/** So many go to one address at once. */
export const TOGETHER = 4
/** Addresses of one tenant: each takes a place among those that are served at once. */
export const WEBHOOKS_AT_MOST = 10
/** What became of a delivery is kept for so long. The history, and with it the feed, stays. */
export const DELIVERIES_KEPT_DAYS = 30

/** The former secret signs for so long beside the new one, unless staff say otherwise. */
export const OVERLAP_HOURS = 24
export const LONGEST_OVERLAP_HOURS = 7 * 24

/** How a delivery stands after an attempt. */
export type Standing =
  | { readonly state: 'delivered' | 'failed'; readonly nextTryAt: null }
  | { readonly state: 'pending'; readonly nextTryAt: Date }

/**
 * @param step  how many waits of the schedule are behind it
 * @param luck  from 0 to 1
 */
export function afterAttempt(step: number, attempted: Attempted, now: Date, luck: number): Standing {
  if (attempted.failure === null) return { state: 'delivered', nextTryAt: null }
  const wait = RETRY_AFTER_SECONDS[step]
  if (wait === undefined || isGone(attempted)) return { state: 'failed', nextTryAt: null }
  const seconds = Math.max(wait * (1 + JITTER * luck), askedToWait(attempted))
  return { state: 'pending', nextTryAt: inSeconds(now, seconds) }
}

/** How an address has fared of late. */
export interface Health {
  /** Rounds of nothing but failures since something was taken. */
  readonly failures: number
  readonly failingSince: Date | null
  readonly lastFailureAt: Date | null
  readonly restsUntil: Date | null
}

export const WELL: Health = { failures: 0, failingSince: null, lastFailureAt: null, restsUntil: null }

/** @returns how the address stands after a round, and why it is switched off where it is */
export function afterRound(
  before: Health,
  round: readonly Attempted[],
  now: Date,
  luck: number
): { readonly health: Health; readonly disabled: Exclude<DisabledReason, 'staff'> | null } {
  const disabled = round.some(isGone) ? 'gone' : null
  if (round.some(({ failure }) => failure === null)) return { health: WELL, disabled }
  const isNewTrouble =
    before.failingSince === null ||
    before.lastFailureAt === null ||
    inSeconds(before.lastFailureAt, QUIET_HOURS * HOUR) < now
  const failingSince = isNewTrouble ? now : before.failingSince!
  const rest = REST_SECONDS[Math.min(before.failures, REST_SECONDS.length - 1)]!
  const seconds = Math.max(rest * (1 + JITTER * luck), ...round.map(askedToWait))
  return {
    health: { failures: before.failures + 1, failingSince, lastFailureAt: now, restsUntil: inSeconds(now, seconds) },
    disabled: disabled ?? (inSeconds(failingSince, FAILING_DAYS * 24 * HOUR) <= now ? 'failing' : null)
  }
}

/** A secret of an address, as Standard Webhooks writes it, and until when it signs. */
export interface Secret {
  readonly key: string
  /** RFC 3339; null for the one that is current. */
  readonly until: string | null
}

/** Puts a new secret in force. The one before it signs until the overlap ends; any older one ends now. */
export function rotated(secrets: readonly Secret[], key: string, overlapHours: number, now: Date): Secret[] {
  const former = secrets.find(({ until }) => until === null)
  const until = inSeconds(now, overlapHours * HOUR).toISOString()
  return [{ key, until: null }, ...(former === undefined || overlapHours === 0 ? [] : [{ key: former.key, until }])]
}

/** The secrets that sign at a moment, the current one first: two at most. */
export function secretsInForce(secrets: readonly Secret[], now: Date): string[] {
  return secrets.filter(({ until }) => until === null || new Date(until) > now).map(({ key }) => key)
}

/** 410 is the one answer that says "never again". RFC 9110 section 15.5.11. */
const isGone = ({ status }: Attempted): boolean => status === 410

const askedToWait = ({ retryAfterSeconds }: Attempted): number =>
  Math.min(retryAfterSeconds ?? 0, LONGEST_RETRY_AFTER_SECONDS)
