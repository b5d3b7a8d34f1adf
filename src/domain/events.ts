// What may stand in the history of a request, and what each entry may say openly.

import type { MoveName } from './lifecycle.ts'

/** Happenings that leave the state as it is. Moves of the lifecycle are events under their own name. */
export const HAPPENINGS = [
  'opened',
  'receipt_corrected',
  'right_confirmed',
  'regime_corrected',
  'verification_reminded',
  'code_locked',
  'extended',
  'paused',
  'resumed',
  'clock_recomputed',
  'assigned',
  'edited',
  'details_set',
  'identifiers_set',
  'decided',
  'task_planned',
  'task_claimed',
  'task_released',
  'task_failed',
  'task_ended',
  'register_entered',
  'register_lifted',
  'package_built',
  'package_failed',
  'package_retried',
  'package_downloaded',
  'package_expired',
  'letter_queued',
  'letter_sent',
  'letter_undeliverable',
  'message_received',
  'message_sent',
  'note_added',
  'alerted',
  'approval_given',
  'personal_data_erased'
] as const
export type Happening = (typeof HAPPENINGS)[number]

export type EventKind = Happening | MoveName
