// What is to be sent to a webhook now, and what became of it. Between the two the job sends; nothing is sent here.

import { ping, publicEvent } from '../../domain/public-events.ts'
import { inSeconds } from '../../domain/timers.ts'
import { type Attempted, afterAttempt, afterRound, secretsInForce, TOGETHER } from '../../domain/webhooks.ts'
import type { Scope } from '../../storage/database.ts'
import { promise } from '../../storage/promises.ts'
import { setWebhookTimer } from '../../storage/timers.ts'
import {
  type Delivery,
  type DeliveryRow,
  endPending,
  nextTryOf,
  recordAttempt,
  takeDue
} from '../../storage/webhook-deliveries.ts'
import {
  contentsOfWebhook,
  lockIfStanding,
  noteHealth,
  switchWebhook,
  type WebhookRow
} from '../../storage/webhooks.ts'
import { tellOfDisabled } from './tell-of-disabled.ts'

/** Longer than a round takes: whoever serves a webhook and dies lets go of it after this. */
const HELD_SECONDS = 60

export interface Round {
  readonly url: string
  /** The current one first. */
  readonly secrets: readonly string[]
  readonly messages: readonly Message[]
  /** By which the job that took this round is known when it comes for the next. */
  readonly heldUntil: Date
}

export interface Message {
  readonly row: DeliveryRow
  /** The same however often it is sent. */
  readonly id: string
  /** JSON, the same to the byte however often it is sent. */
  readonly body: string
}

/**
 * Takes what is due of a webhook and holds the webhook, so that nobody else serves it meanwhile. A webhook that fails is tried with
 * one at a time.
 * @param held  of the round before, by the same job
 * @returns null when there is nothing to do now; whatever is to be done later has its timer
 */
export async function takeRound(scope: Scope, webhookId: string, held: Date | null): Promise<Round | null> {
  const webhook = await lockIfStanding(scope, webhookId)
  if (webhook === undefined || isHeldByAnother(webhook, held, scope.now)) return null
  const rests = webhook.restsUntil !== null && webhook.restsUntil > scope.now
  const due = rests || !webhook.enabled ? [] : await takeDue(scope, webhookId, webhook.failures > 0 ? 1 : TOGETHER)
  if (due.length === 0) {
    await letGo(scope, webhook)
    return null
  }
  const heldUntil = inSeconds(scope.now, HELD_SECONDS)
  await noteHealth(scope, webhookId, { busyUntil: heldUntil })
  await setWebhookTimer(scope, webhookId, heldUntil)
  const { url, secrets } = contentsOfWebhook(scope, webhook)
  return { url, secrets: secretsInForce(secrets, scope.now), messages: due.map(messageOf), heldUntil }
}

/** Lets another job go on with the webhook: this one has had its turn. */
export async function passOn(scope: Scope, webhookId: string, held: Date | null): Promise<void> {
  const webhook = await lockIfStanding(scope, webhookId)
  if (webhook === undefined || isHeldByAnother(webhook, held, scope.now)) return
  await noteHealth(scope, webhookId, { busyUntil: null })
  await promise(scope, 'deliver_webhooks', { webhookId })
}

/**
 * Records what became of a round: each delivery is done, tried again or given up, and the webhook is well, rests, or is switched off
 * and its tenant told. What was given up meanwhile, because staff switched it off or removed it, stays given up.
 * @param luck  from 0 to 1
 */
export async function recordRound(
  scope: Scope,
  webhookId: string,
  outcomes: readonly { readonly row: DeliveryRow; readonly attempted: Attempted }[],
  luck: number
): Promise<void> {
  const webhook = await lockIfStanding(scope, webhookId)
  for (const { row, attempted } of outcomes) {
    await recordAttempt(scope, row, attempted, afterAttempt(row.step, attempted, scope.now, luck))
  }
  if (webhook === undefined || !webhook.enabled) return
  const round = outcomes.map(({ attempted }) => attempted)
  const { health, disabled } = afterRound(webhook, round, scope.now, luck)
  await noteHealth(scope, webhookId, health)
  if (disabled === null) return
  await switchWebhook(scope, webhookId, { enabled: false, reason: disabled })
  await endPending(scope, webhookId)
  await tellOfDisabled(scope, webhookId, disabled, health.failingSince)
}

const isHeldByAnother = ({ busyUntil }: WebhookRow, held: Date | null, now: Date): boolean =>
  busyUntil !== null && busyUntil > now && busyUntil.getTime() !== held?.getTime()

/** Sets the timer for what comes next. Whoever promises something from here on wakes the webhook by a job of their own. */
async function letGo(scope: Scope, { id, restsUntil }: WebhookRow): Promise<void> {
  await noteHealth(scope, id, { busyUntil: null })
  const next = await nextTryOf(scope, id)
  if (next === null) return
  await setWebhookTimer(scope, id, restsUntil !== null && restsUntil > next ? restsUntil : next)
}

function messageOf({ row, entry }: Delivery): Message {
  const event = entry === null ? ping(row.id, row.webhookId, row.createdAt) : publicEvent(entry)
  return { row, id: event.id, body: JSON.stringify(event) }
}
