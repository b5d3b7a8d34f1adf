// Staff have something sent to a webhook: a ping to try it out, or once more what it was promised before.

import { HabeasError } from '../../domain/errors.ts'
import { WELL } from '../../domain/webhooks.ts'
import type { Scope } from '../../storage/database.ts'
import { promise } from '../../storage/promises.ts'
import { findDelivery, insertPing, renewDelivery } from '../../storage/webhook-deliveries.ts'
import { lockWebhook, noteHealth } from '../../storage/webhooks.ts'

/**
 * Promises a ping.
 * @param id  of the delivery
 * @throws {HabeasError} `not_found`; `webhook_disabled`
 */
export async function sendPing(scope: Scope, webhookId: string, id: string): Promise<void> {
  await wake(scope, webhookId)
  await insertPing(scope, webhookId, id)
}

/**
 * Promises a delivery once more, under the same id: whoever took it before sees that it is the same.
 * @throws {HabeasError} `not_found`; `webhook_disabled`
 */
export async function redeliver(scope: Scope, webhookId: string, id: string): Promise<void> {
  await wake(scope, webhookId)
  const { row } = await findDelivery(scope, webhookId, id)
  await renewDelivery(scope, row.id)
}

/** A webhook that rests is believed to be well again when staff have something sent. */
async function wake(scope: Scope, webhookId: string): Promise<void> {
  const webhook = await lockWebhook(scope, webhookId)
  if (!webhook.enabled) {
    throw new HabeasError('webhook_disabled', 'Nothing is sent to a webhook that is switched off.', {
      disabledReason: webhook.disabledReason
    })
  }
  await noteHealth(scope, webhookId, { restsUntil: WELL.restsUntil })
  await promise(scope, 'deliver_webhooks', { webhookId })
}
