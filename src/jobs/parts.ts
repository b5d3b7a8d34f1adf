// What the door for time is given.

import type { ObjectStore } from '../archive/object-store.ts'
import type { Clock } from '../clock.ts'
import type { Mailer } from '../outbound/mailer.ts'
import type { WebhookSender } from '../outbound/webhook-sender.ts'
import type { Database } from '../storage/database.ts'

export interface JobParts {
  readonly db: Database
  readonly clock: Clock
  readonly mailer: Mailer
  /** The address that letters come from; the tenant's name stands before it. */
  readonly mailFrom: string
  readonly webhooks: WebhookSender
  readonly objects: ObjectStore
  /** Ed25519 seed of checkpoints, 32 bytes. */
  readonly signingKey: Buffer
}

/** How often a job was tried, this time included. */
export interface Attempt {
  readonly number: number
  readonly isLast: boolean
  /** The process is about to end, and does not wait much longer. */
  readonly stopping: AbortSignal | undefined
}
