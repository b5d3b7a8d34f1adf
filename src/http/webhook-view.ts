// Webhooks and their deliveries as the API shows them. A secret is shown where it is made and nowhere else.

import { PING, TYPE_OF_KIND } from '../domain/event-types.ts'
import { eventId, pingId } from '../domain/public-events.ts'
import type { Scope } from '../storage/database.ts'
import { type Delivery, findDelivery } from '../storage/webhook-deliveries.ts'
import { contentsOfWebhook, findWebhook, type WebhookRow } from '../storage/webhooks.ts'
import type { Webhook, WebhookDelivery } from './schemas/webhooks.ts'

export async function showWebhook(scope: Scope, id: string): Promise<Webhook> {
  return webhookOnTheWire(scope, await findWebhook(scope, id))
}

export function webhookOnTheWire(scope: Scope, row: WebhookRow): Webhook {
  const { url, secrets } = contentsOfWebhook(scope, row)
  const former = secrets.find(({ until }) => until !== null && new Date(until) > scope.now)
  return {
    id: row.id,
    url,
    events: row.kinds?.map(kind => TYPE_OF_KIND[kind]) ?? null,
    description: row.description,
    enabled: row.enabled,
    disabledReason: row.disabledReason,
    disabledAt: row.disabledAt?.toISOString() ?? null,
    failingSince: row.failingSince?.toISOString() ?? null,
    formerSecretUntil: former?.until ?? null,
    version: row.version,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString()
  }
}

export async function showDelivery(scope: Scope, webhookId: string, id: string): Promise<WebhookDelivery> {
  return deliveryOnTheWire(await findDelivery(scope, webhookId, id))
}

export function deliveryOnTheWire({ row, entry }: Delivery): WebhookDelivery {
  return {
    id: row.id,
    webhookId: row.webhookId,
    eventId: entry === null ? pingId(row.id) : eventId(entry),
    type: entry === null ? PING : TYPE_OF_KIND[entry.kind],
    requestId: row.requestId,
    status: row.state,
    attempts: row.attempts,
    nextTryAt: row.nextTryAt?.toISOString() ?? null,
    lastTriedAt: row.lastTriedAt?.toISOString() ?? null,
    lastHttpStatus: row.lastStatus,
    lastFailure: row.lastFailure,
    createdAt: row.createdAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null
  }
}
