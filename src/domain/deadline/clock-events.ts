// What happens to a request that may move its dates, and in which order it can have happened.

import type { Fault } from '../errors.ts'
import type { LocalDate } from './local-date.ts'
import type { RegimeName } from './regimes.ts'

/** An instant, or the day alone where no hour is known: letters bear dates. */
export type When = Date | LocalDate

export interface PauseEvent {
  readonly type: 'pause'
  readonly reason: string
  readonly pausedAt: Date
  readonly resumedAt?: Date | undefined
  /** The controller waited before it asked: some laws then give nothing for the wait. */
  readonly undueDelay?: boolean | undefined
}

export interface FeeEvent {
  readonly type: 'fee'
  readonly requestedAt: When
  readonly paidAt?: When | undefined
}

export interface ExtensionEvent {
  readonly type: 'extension'
  /** Only where the law leaves its length to the controller. */
  readonly workingDays?: number | undefined
  /** When the person was told, with the reasons. Where it is not known, it counts as told in time. */
  readonly announcedAt?: When | undefined
  /** The laws for which that was found to be in time. Where it is said, a holiday that is declared later changes it no more. */
  readonly under?: readonly RegimeName[] | undefined
}

export type ClockEvent =
  | PauseEvent
  | FeeEvent
  | ExtensionEvent
  | { readonly type: 'controller_kind'; readonly kind: string }
  | { readonly type: 'request_dated'; readonly at: When }
  | { readonly type: 'transfer_needed' }

/** Reasons for which a controller says it waits. Which of them stop the clock is for each law to say; most stop none. */
export const PAUSE_REASONS = [
  'identity',
  'clarification',
  'representative_authority',
  'fee_negotiation',
  'internal_backlog',
  'legal_review',
  'processor_delay',
  'holiday_closure'
] as const

/** When a request arrived, and which day an instant is in the zone of the controller. */
export interface Received {
  readonly at: Date
  readonly dayOf: (when: When) => LocalDate
}

/**
 * What cannot have happened in this order: a wait that ends before it begins, and anything that begins before the request
 * has arrived. The date that a request bears is no such thing: letters are written before they arrive.
 * @param received  left out where neither it nor the zone is known: a day and an instant are then not compared
 */
export function orderFaults(events: readonly ClockEvent[], received?: Received): Fault[] {
  const arrivedAt = received?.at
  const isBefore = (when: When | undefined, limit: When | undefined, pointer: string, rule: OrderRule) => {
    if (when === undefined || limit === undefined || !isEarlier(when, limit, received?.dayOf)) return []
    return [{ pointer, rule, fix: ORDER_FIXES[rule] }]
  }
  return events.flatMap((event, index) => {
    const at = `/events/${index}`
    if (event.type === 'pause') {
      const { pausedAt, resumedAt } = event
      return [
        ...isBefore(resumedAt, pausedAt, `${at}/resumedAt`, 'notBeforePause'),
        ...isBefore(pausedAt, arrivedAt, `${at}/pausedAt`, 'notBeforeReceipt')
      ]
    }
    if (event.type === 'fee') {
      const { requestedAt, paidAt } = event
      return [
        ...isBefore(paidAt, requestedAt, `${at}/paidAt`, 'notBeforeRequest'),
        ...isBefore(requestedAt, arrivedAt, `${at}/requestedAt`, 'notBeforeReceipt')
      ]
    }
    if (event.type === 'extension') {
      return isBefore(event.announcedAt, arrivedAt, `${at}/announcedAt`, 'notBeforeReceipt')
    }
    return []
  })
}

/** Where the hour of one of them is not known, their days are compared. */
function isEarlier(when: When, limit: When, dayOf: Received['dayOf'] | undefined): boolean {
  if (typeof when === typeof limit) return when < limit
  return dayOf !== undefined && dayOf(when) < dayOf(limit)
}

const ORDER_FIXES = {
  notBeforePause: 'Send an end that does not lie before the beginning.',
  notBeforeRequest: 'Send an end that does not lie before the beginning.',
  notBeforeReceipt: 'Send what happened after the request had arrived.'
} as const
type OrderRule = keyof typeof ORDER_FIXES
