// What one system must do for one request, and how it may end.

import type { LocalDate } from './deadline/local-date.ts'
import { canMove, STATES, type State } from './lifecycle.ts'
import type { Outcome } from './subject-request.ts'

export const TASK_STATES = ['open', 'claimed', 'failed', 'ended', 'dropped'] as const
/**
 * `failed`: the system gave up, and a person has to look before it is tried again. `dropped`: no longer wanted, because its
 * request ended without it.
 */
export type TaskState = (typeof TASK_STATES)[number]

/** The system still owes its answer. */
export const OWED_TASK_STATES: readonly TaskState[] = ['open', 'claimed', 'failed']

export const TASK_RESULTS = ['done', 'nothing_found', 'withheld', 'not_applicable'] as const
/** `withheld`: something stays, each with its ground. `nothing_found`: searched, and nothing was there. */
export type TaskResult = (typeof TASK_RESULTS)[number]

/** What a system keeps back, why, and until when, for then staff ask it again (GDPR Art. 17(3), 15(4), 20(4)). */
export interface Withheld {
  readonly category: string
  readonly ground: string
  readonly until: LocalDate | null
  readonly citation: string | null
}

/** One field as a system changed it, in its own words (GDPR Art. 16). */
export interface AppliedChange {
  readonly field: string
  readonly before: string | null
  readonly after: string | null
}

/** What a system answers when it ends its task. */
export interface TaskReport {
  readonly result: TaskResult
  /** With the result `withheld`: each category that is kept back, with why and until when. */
  readonly withheld: readonly Withheld[]
  /** For staff, and the facts that a ground needs; sealed. */
  readonly note: string | null
  /** Corrections as they were made (GDPR Art. 16); sealed. */
  readonly changes: readonly AppliedChange[]
  /** Erasures: the categories that were made anonymous for good instead; sealed. */
  readonly anonymised: readonly string[]
  /** Recipients of the data that were told (Art. 19); sealed. */
  readonly recipientsTold: readonly string[]
}

/** How long a claim holds, in seconds. */
export const LEASE_SECONDS = 15 * 60

/** So many failures in a row are a system that is down, and no longer a hiccup: a person looks. */
const FAILURES_UNTIL_GIVEN_UP = 3

/** States of a request in which its systems work. */
export const WORKING_STATES: readonly State[] = STATES.filter(state => canMove(state, 'finish', 'system'))

export interface Claim {
  readonly state: TaskState
  readonly claimedBy: string | null
  readonly leaseUntil: Date | null
}

/** Whether nobody works on it: never claimed, given up, or claimed by somebody who did not come back in time. */
export function isFree({ state, leaseUntil }: Claim, now: Date): boolean {
  if (state === 'claimed') return leaseUntil === null || leaseUntil <= now
  return OWED_TASK_STATES.includes(state)
}

/** Whether the claim is this actor's. One that ran out still is, as long as nobody else has taken the task. */
export function isHeldBy({ state, claimedBy }: Claim, actorId: string): boolean {
  return state === 'claimed' && claimedBy === actorId
}

/** Where a task goes when it was tried in vain: back on the list, or to people. */
export function stateAfterFailure(failures: number, retry: boolean): TaskState {
  return retry && failures < FAILURES_UNTIL_GIVEN_UP ? 'open' : 'failed'
}

/**
 * The outcome that the systems' answers amount to: what they found decides, never what they were not asked.
 * @returns null while no system has ended its task, and where none was concerned: then nobody has searched
 */
export function outcomeOf(results: readonly TaskResult[]): Outcome | null {
  if (results.includes('withheld')) return 'partly_granted'
  if (results.includes('done')) return 'granted'
  return results.includes('nothing_found') ? 'nothing_found' : null
}
