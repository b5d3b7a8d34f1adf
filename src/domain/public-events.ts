// What a tenant's programs hear of the history, through a webhook or the feed: what kind of thing happened, to which request and
// when. Ids, states and days, and never a word about a person: whoever wants more asks the API, where credentials decide.

import { type EventType, PING, TYPE_OF_KIND } from './event-types.ts'
import type { EventKind } from './events.ts'
import type { State } from './lifecycle.ts'

/** A place in the feed: where an entry stands among all of its tenant's. */
export interface Place {
  /** Grows with the transactions that ended; entries written together share it. */
  readonly position: bigint
  readonly requestId: string
  readonly seq: number
}

const EVENT_ID =
  /^evt_([1-9a-f][0-9a-f]{0,15})_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_([1-9]\d{0,8})$/
/** The database counts no further. */
const POSITIONS = 2n ** 63n

/** The same for a webhook, for each of its attempts and for the feed, so that whoever hears it twice knows. It is its own cursor. */
export function eventId({ position, requestId, seq }: Place): string {
  return `evt_${position.toString(16)}_${requestId.replaceAll('-', '')}_${seq}`
}

/** @returns null for what is no id of an event */
export function placeOfEvent(id: string): Place | null {
  const [, digits, a, b, c, d, e, seq] = EVENT_ID.exec(id) ?? []
  const position = digits === undefined ? POSITIONS : BigInt(`0x${digits}`)
  if (position >= POSITIONS) return null
  return { position, requestId: [a, b, c, d, e].join('-'), seq: Number(seq) }
}

/** An entry of the history with its place. */
export interface PlacedEntry extends Place {
  readonly caseId: string
  readonly kind: EventKind
  readonly fromState: State
  readonly toState: State
  readonly at: Date
  readonly data: Readonly<Record<string, unknown>>
}

/** What the entry is about beside the request. Named one by one, so that nothing new gets out unnoticed. */
const IDS = ['taskId', 'letterId', 'packageId', 'messageId', 'noteId', 'entryId'] as const
const DAYS = ['dueOn'] as const
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const DAY = /^\d{4}-\d{2}-\d{2}$/

export interface PublicEvent {
  readonly id: string
  readonly type: EventType
  /** RFC 3339, UTC. */
  readonly timestamp: string
  readonly data: {
    readonly requestId: string
    readonly caseId: string
    /** The place in the request's own history: what arrives out of order is put in order by it. */
    readonly sequence: number
    readonly state: State
    readonly previousState: State
  } & Partial<Record<(typeof IDS)[number] | (typeof DAYS)[number], string>>
}

export function publicEvent(entry: PlacedEntry): PublicEvent {
  return {
    id: eventId(entry),
    type: TYPE_OF_KIND[entry.kind],
    timestamp: entry.at.toISOString(),
    data: {
      requestId: entry.requestId,
      caseId: entry.caseId,
      sequence: entry.seq,
      state: entry.toState,
      previousState: entry.fromState,
      ...pick(entry.data, IDS, UUID),
      ...pick(entry.data, DAYS, DAY)
    }
  }
}

/** @param deliveryId  it is what tells one ping from another */
export const pingId = (deliveryId: string): string => `evt_ping_${deliveryId.replaceAll('-', '')}`

export function ping(deliveryId: string, webhookId: string, at: Date) {
  return { id: pingId(deliveryId), type: PING, timestamp: at.toISOString(), data: { webhookId } }
}

function pick<Name extends string>(
  from: Readonly<Record<string, unknown>>,
  names: readonly Name[],
  shape: RegExp
): Partial<Record<Name, string>> {
  const found = names.flatMap(name => {
    const value = from[name]
    return typeof value === 'string' && shape.test(value) ? [[name, value] as const] : []
  })
  return Object.fromEntries(found) as Partial<Record<Name, string>>
}
