// Which of the things a controller waited for the law lets count, each as days on the calendar of the controller.

import type { Right } from '../rights.ts'
import type { ClockEvent, FeeEvent, PauseEvent, When } from './clock-events.ts'
import { addDays, type LocalDate } from './local-date.ts'
import type { PauseRule, Regime } from './regime.ts'
import type { TraceRule, TraceStep } from './trace.ts'

/** A wait that the law lets count, once it is over. */
export interface Interruption {
  readonly reason: string
  readonly effect: PauseRule['effect']
  readonly askedOn: LocalDate
  readonly answeredOn: LocalDate
  /** The new first day where the effect is a restart. */
  readonly restartOn: LocalDate
  /** How many days after the question that is, where the law says so and the answer does not matter; else null. */
  readonly daysToThink: number | null
  readonly source: string
}

/**
 * The waits that count under the regime, in the order in which they began. For each one that does not, a step is added to
 * the trace that says why. A wait that is not over yet counts for nothing until it is.
 */
export function interruptionsOf(
  regime: Regime,
  right: Right,
  events: readonly ClockEvent[],
  dayOf: (when: When) => LocalDate,
  trace: TraceStep[]
): Interruption[] {
  const counted = events.flatMap(event => {
    if (event.type === 'pause') return fromPause(regime, right, event, dayOf, trace)
    return event.type === 'fee' ? fromFee(regime, event, dayOf, trace) : []
  })
  return counted.sort((a, b) => compare(a.askedOn, b.askedOn) || compare(a.answeredOn, b.answeredOn))
}

function fromPause(
  regime: Regime,
  right: Right,
  pause: PauseEvent,
  dayOf: (when: When) => LocalDate,
  trace: TraceStep[]
): Interruption[] {
  const askedOn = dayOf(pause.pausedAt)
  const rule = Object.hasOwn(regime.pauses, pause.reason) ? regime.pauses[pause.reason] : undefined
  const params = { reason: pause.reason, askedOn }
  const nothing = (why: TraceRule, source: string): [] => {
    trace.push({ rule: why, params: { ...params, right }, source, from: null, to: null })
    return []
  }
  if (rule === undefined) return nothing('pause_not_known', regime.otherPausesSource)
  if (rule.rights !== null && !rule.rights.includes(right)) return nothing('pause_not_for_right', rule.source)
  if (rule.askedPromptly && pause.undueDelay === true) return nothing('pause_asked_late', rule.source)
  if (pause.resumedAt === undefined) return nothing('pause_running', rule.source)
  const answeredOn = dayOf(pause.resumedAt)
  return [
    {
      reason: pause.reason,
      effect: rule.effect,
      askedOn,
      answeredOn,
      restartOn: answeredOn,
      daysToThink: null,
      source: rule.source
    }
  ]
}

function fromFee(regime: Regime, fee: FeeEvent, dayOf: (when: When) => LocalDate, trace: TraceStep[]): Interruption[] {
  const rule = regime.fee
  if (rule === null) return []
  const reason = 'fee'
  const askedOn = dayOf(fee.requestedAt)
  if (rule.effect === 'none' || fee.paidAt === undefined) {
    const why = rule.effect === 'none' ? 'pause_not_known' : 'pause_running'
    trace.push({ rule: why, params: { reason, askedOn }, source: rule.source, from: null, to: null })
    return []
  }
  const answeredOn = dayOf(fee.paidAt)
  const wait = { reason, askedOn, answeredOn, source: rule.source }
  if (rule.effect === 'restart_after_asking') {
    return [{ ...wait, effect: 'restart', restartOn: addDays(askedOn, rule.days), daysToThink: rule.days }]
  }
  return [{ ...wait, effect: rule.effect, restartOn: answeredOn, daysToThink: null }]
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
