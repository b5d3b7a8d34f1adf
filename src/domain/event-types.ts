// Every kind of entry in the history under the name that others know it by: a noun, and what became of it.

import type { EventKind } from './events.ts'

/** The compiler refuses a kind left out, a test two of one name. */
export const TYPE_OF_KIND = {
  opened: 'request.opened',
  receipt_corrected: 'request.receipt_corrected',
  right_confirmed: 'request.right_confirmed',
  regime_corrected: 'request.regime_corrected',
  ask_verification: 'verification.asked',
  verification_reminded: 'verification.reminded',
  code_locked: 'verification.locked',
  verify: 'request.verified',
  expire: 'request.expired',
  ask_clarification: 'clarification.asked',
  clarify: 'clarification.answered',
  start: 'fulfilment.started',
  finish: 'fulfilment.finished',
  rework: 'fulfilment.reopened',
  refuse: 'request.refused',
  forward: 'request.forwarded',
  decided: 'request.decided',
  approval_given: 'request.approved',
  respond: 'request.responded',
  reopen: 'request.reopened',
  close: 'request.closed',
  withdraw: 'request.withdrawn',
  cancel: 'request.cancelled',
  extended: 'clock.extended',
  paused: 'clock.paused',
  resumed: 'clock.resumed',
  clock_recomputed: 'clock.recomputed',
  alerted: 'request.alerted',
  assigned: 'request.assigned',
  edited: 'request.edited',
  details_set: 'request.details_set',
  identifiers_set: 'request.identifiers_set',
  task_planned: 'task.planned',
  task_claimed: 'task.claimed',
  task_released: 'task.released',
  task_failed: 'task.failed',
  task_ended: 'task.ended',
  register_entered: 'register.entered',
  register_lifted: 'register.lifted',
  package_built: 'package.built',
  package_failed: 'package.failed',
  package_retried: 'package.retried',
  package_downloaded: 'package.downloaded',
  package_expired: 'package.expired',
  letter_queued: 'letter.queued',
  letter_sent: 'letter.sent',
  letter_undeliverable: 'letter.undelivered',
  message_received: 'message.received',
  message_sent: 'message.sent',
  note_added: 'note.added',
  personal_data_erased: 'personal_data.erased'
} as const satisfies Readonly<Record<EventKind, `${string}.${string}`>>

export type EventType = (typeof TYPE_OF_KIND)[EventKind]
export const EVENT_TYPES = Object.values(TYPE_OF_KIND) as EventType[]

/** What a webhook is sent to try it out; no request has it in its history. */
export const PING = 'webhook.ping'

const KINDS = new Map<string, EventKind>(
  Object.entries(TYPE_OF_KIND).map(([kind, type]) => [type, kind as EventKind] as const)
)

export function kindOfType(type: EventType): EventKind {
  return KINDS.get(type)!
}
