// What happens to a request that may move its dates, and how such events are read from the wire.

import { type Fault, invalid } from '../errors.ts'
import { isLocalDate, type LocalDate } from './local-date.ts'

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

export type ClockEvent =
  | PauseEvent
  | FeeEvent
  | { readonly type: 'extension'; readonly workingDays?: number | undefined }
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

export type PauseReason = (typeof PAUSE_REASONS)[number]

interface Field {
  readonly required: boolean
  /** @returns undefined when the value is not of this kind */
  readonly read: (value: unknown) => unknown
  readonly rule: string
  readonly fix: string
}

const instant: Field = {
  required: true,
  read: readInstant,
  rule: 'instant',
  fix: 'Send an RFC 3339 instant with its offset.'
}
const when: Field = {
  required: true,
  read: value => (typeof value === 'string' && isLocalDate(value) ? value : readInstant(value)),
  rule: 'instantOrDate',
  fix: 'Send an RFC 3339 instant with its offset, or a day as YYYY-MM-DD.'
}
const reason: Field = {
  required: true,
  read: value => PAUSE_REASONS.find(known => known === value),
  rule: 'enum',
  fix: `Send one of ${PAUSE_REASONS.join(', ')}.`
}
const flag: Field = {
  required: false,
  read: value => (typeof value === 'boolean' ? value : undefined),
  rule: 'type',
  fix: 'Send true or false.'
}
const word: Field = {
  required: true,
  read: value => (typeof value === 'string' && /^[a-z_]{1,40}$/.test(value) ? value : undefined),
  rule: 'pattern',
  fix: 'Send one word of lower-case letters and underscores.'
}
const workingDays: Field = {
  required: false,
  read: value => (isWhole(value) && value >= 1 && value <= 260 ? value : undefined),
  rule: 'range',
  fix: 'Send a whole number of working days from 1 to 260.'
}

const FIELDS: Readonly<Record<ClockEvent['type'], Readonly<Record<string, Field>>>> = {
  pause: { reason, pausedAt: instant, resumedAt: { ...instant, required: false }, undueDelay: flag },
  extension: { workingDays },
  fee: { requestedAt: when, paidAt: { ...when, required: false } },
  controller_kind: { kind: word },
  request_dated: { at: when },
  transfer_needed: {}
}

/**
 * Reads clock events as they come over the wire: instants as RFC 3339 text with an offset.
 * @throws {HabeasError} `invalid` with one fault for each wrong shape, unknown event, and resumption before its pause
 */
export function parseClockEvents(raw: unknown): ClockEvent[] {
  if (!Array.isArray(raw))
    throw invalid('The events could not be read.', fault('/events', 'type', 'Send a list of events.'))
  const faults: Fault[] = []
  const events = raw.map((event: unknown, index) => readEvent(event, `/events/${index}`, faults))
  if (faults.length === 0) faults.push(...orderFaults(events))
  if (faults.length > 0) throw invalid('Some events could not be read.', ...faults)
  return events
}

/** @returns one fault for each wait that ends before it begins */
export function orderFaults(events: readonly ClockEvent[]): Fault[] {
  const fix = 'Send an end that does not lie before the beginning.'
  return events.flatMap((event, index) => {
    if (event.type === 'pause' && event.resumedAt !== undefined && event.resumedAt < event.pausedAt) {
      return [fault(`/events/${index}/resumedAt`, 'notBeforePause', fix)]
    }
    if (event.type === 'fee' && event.paidAt !== undefined && isSurelyBefore(event.paidAt, event.requestedAt)) {
      return [fault(`/events/${index}/paidAt`, 'notBeforeRequest', fix)]
    }
    return []
  })
}

/** A day and an instant can only be compared in a zone, and none is known here. */
function isSurelyBefore(a: When, b: When): boolean {
  return typeof a === typeof b && a < b
}

function readEvent(raw: unknown, pointer: string, faults: Fault[]): ClockEvent {
  const given: Record<string, unknown> = typeof raw === 'object' && raw !== null ? { ...raw } : {}
  const { type, ...rest } = given
  const fields = typeof type === 'string' && Object.hasOwn(FIELDS, type) ? FIELDS[type as ClockEvent['type']] : null
  const event: Record<string, unknown> = { type }
  if (fields === null) {
    faults.push(fault(`${pointer}/type`, 'enum', `Send one of ${Object.keys(FIELDS).join(', ')}.`))
    return event as ClockEvent
  }
  for (const name of Object.keys(rest)) {
    if (!Object.hasOwn(fields, name))
      faults.push(fault(`${pointer}/${escapeName(name)}`, 'notAllowed', `Leave it out of a ${type}.`))
  }
  for (const [name, field] of Object.entries(fields)) {
    const value = rest[name] ?? undefined
    const read = value === undefined ? undefined : field.read(value)
    if (read !== undefined) event[name] = read
    else if (value !== undefined) faults.push(fault(`${pointer}/${name}`, field.rule, field.fix))
    else if (field.required) faults.push(fault(`${pointer}/${name}`, 'required', field.fix))
  }
  return event as ClockEvent
}

function readInstant(value: unknown): Date | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value
  if (typeof value !== 'string') return undefined
  const match = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/.exec(value)
  if (match === null || !isLocalDate(match[1]!)) return undefined
  const read = new Date(value)
  return Number.isNaN(read.getTime()) ? undefined : read
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value)
}

/** RFC 6901: a name from outside may hold the two characters a pointer gives a meaning. */
function escapeName(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

function fault(pointer: string, rule: string, fix: string): Fault {
  return { pointer, rule, fix }
}
