// Which row of the regime governs a request, once its right and its events are known.

import { HabeasError, invalid } from '../errors.ts'
import { RIGHTS, type Right } from '../rights.ts'
import type { ClockEvent, When } from './clock-events.ts'
import type { LocalDate } from './local-date.ts'
import type { DeadlineRule, Regime } from './regime.ts'
import type { TraceStep } from './trace.ts'

/**
 * The rule for the right, under the kind of controller and the transfer that the events tell of.
 * @throws {HabeasError} `right_not_offered` when the regime does not know the right, `invalid` for an event it does not know
 */
export function governingRule(
  regime: Regime,
  right: Right,
  events: readonly ClockEvent[],
  trace: TraceStep[]
): DeadlineRule {
  let rules = regime.rights
  for (const [index, event] of events.entries()) {
    if (event.type === 'controller_kind') {
      const known = Object.hasOwn(regime.controllerKinds, event.kind) ? regime.controllerKinds[event.kind] : undefined
      rules = known ?? refuseEvent(regime, index, `the controller kind ${event.kind}`)
      trace.push(step('controller_kind', { kind: event.kind }))
    }
    if (event.type === 'fee' && regime.fee === null) refuseEvent(regime, index, 'a fee')
    if (event.type === 'request_dated' && regime.requestDatedSource === null) {
      refuseEvent(regime, index, 'the date on a request')
    }
  }
  const transfer = events.findIndex(event => event.type === 'transfer_needed')
  if (transfer >= 0) {
    rules = regime.transfer ?? refuseEvent(regime, transfer, 'a transfer')
    trace.push(step('transfer_needed', {}))
  }
  const rule = rules[right]
  if (rule === undefined) {
    throw new HabeasError('right_not_offered', `${regime.law} does not give this right.`, {
      right,
      offered: RIGHTS.filter(known => rules[known] !== undefined)
    })
  }
  return rule
}

/**
 * Those of the events that this law knows, for what happened under another law, or before anybody knew which law it is. Waits
 * stay: a law has its reasons why one moves nothing, and the trace gives them.
 */
export function eventsKnownTo(regime: Regime, events: readonly ClockEvent[]): ClockEvent[] {
  return events.filter(event => {
    if (event.type === 'controller_kind') return Object.hasOwn(regime.controllerKinds, event.kind)
    if (event.type === 'fee') return regime.fee !== null
    if (event.type === 'request_dated') return regime.requestDatedSource !== null
    return event.type !== 'transfer_needed' || regime.transfer !== null
  })
}

/**
 * The day the request itself bears, where the regime counts something from it; otherwise the day of receipt.
 * @throws {HabeasError} `invalid` when the request is dated after its receipt
 */
export function requestDateOf(
  regime: Regime,
  receivedOn: LocalDate,
  events: readonly ClockEvent[],
  dayOf: (when: When) => LocalDate,
  trace: TraceStep[]
): LocalDate {
  let datedOn = receivedOn
  for (const [index, event] of events.entries()) {
    if (event.type !== 'request_dated') continue
    const day = dayOf(event.at)
    if (day > receivedOn) {
      const fix = 'Send the date the request bears: it cannot lie after its receipt.'
      const pointer = `/events/${index}/at`
      throw invalid('A request is dated after its receipt.', { pointer, rule: 'notAfterReceipt', fix })
    }
    if (day < datedOn) datedOn = day
    const source = regime.requestDatedSource ?? ''
    trace.push({ rule: 'request_dated', params: {}, source, from: receivedOn, to: day })
  }
  return datedOn
}

function refuseEvent(regime: Regime, index: number, what: string): never {
  const fix = 'Leave this event out: it moves nothing under this law.'
  throw invalid(`${regime.law} does not know ${what}.`, { pointer: `/events/${index}`, rule: 'notKnown', fix })
}

function step(rule: 'controller_kind' | 'transfer_needed', params: Readonly<Record<string, string>>): TraceStep {
  return { rule, params, source: '', from: null, to: null }
}
