// Clock events as they come over the wire.

import { type Fault, invalid } from '../errors.ts'
import { type ClockEvent, orderFaults, PAUSE_REASONS } from './clock-events.ts'
import { isLocalDate } from './local-date.ts'
import { REGIME_NAMES } from './regimes.ts'

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
  fix: 'Send an RFC 3339 instant with its offset, of this century.'
}
const when: Field = {
  required: true,
  read: value => (typeof value === 'string' && isLocalDate(value) && isThisCentury(value) ? value : readInstant(value)),
  rule: 'instantOrDate',
  fix: 'Send an RFC 3339 instant with its offset, or a day as YYYY-MM-DD, of this century.'
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

const laws: Field = {
  required: false,
  read: value => (Array.isArray(value) && value.every(isRegimeName) ? value : undefined),
  rule: 'enum',
  fix: `Send a list of ${REGIME_NAMES.join(', ')}.`
}

const FIELDS: Readonly<Record<ClockEvent['type'], Readonly<Record<string, Field>>>> = {
  pause: { reason, pausedAt: instant, resumedAt: { ...instant, required: false }, undueDelay: flag },
  extension: { workingDays, announcedAt: { ...when, required: false }, under: laws },
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
  if (match === null || !isLocalDate(match[1]!) || !isThisCentury(match[1]!)) return undefined
  const read = new Date(value)
  return Number.isNaN(read.getTime()) ? undefined : read
}

/** A wait of thousands of years is no wait, and ends on no day that four digits could name. */
function isThisCentury(day: string): boolean {
  return day.startsWith('20')
}

function isRegimeName(value: unknown): boolean {
  return REGIME_NAMES.some(name => name === value)
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
