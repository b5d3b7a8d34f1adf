// A webhook is changed, switched on or off, or removed.

import { WELL } from '../../domain/webhooks.ts'
import type { Scope } from '../../storage/database.ts'
import { endPending } from '../../storage/webhook-deliveries.ts'
import {
  contentsOfWebhook,
  lockWebhook,
  markWebhookRemoved,
  noteHealth,
  switchWebhook,
  updateWebhook,
  type WebhookRow
} from '../../storage/webhooks.ts'
import type { AskedWebhook } from './add-webhook.ts'
import { type CheckUrl, requireUrl } from './require-url.ts'

/**
 * Changes what is said about a webhook. What is promised to it goes to the new address; when it is switched off, what is promised
 * is given up.
 * @throws {HabeasError} `not_found`, `version_stale`; `invalid` for an address that nothing is sent to
 */
export async function changeWebhook(
  scope: Scope,
  id: string,
  { url, enabled, ...facts }: Partial<AskedWebhook>,
  checkUrl: CheckUrl
): Promise<void> {
  const before = await lockWebhook(scope, id)
  const contents = contentsOfWebhook(scope, before)
  const { description, kinds } = { ...before, ...facts }
  if (url !== undefined) {
    requireUrl(checkUrl, url)
    await noteHealth(scope, id, WELL)
  }
  await updateWebhook(scope, before, { description, kinds }, { ...contents, url: url ?? contents.url })
  await switchTo(scope, before, enabled ?? before.enabled)
}

/** @throws {HabeasError} `not_found`, `version_stale` */
export async function removeWebhook(scope: Scope, id: string): Promise<void> {
  const webhook = await lockWebhook(scope, id)
  await endPending(scope, id)
  await markWebhookRemoved(scope, webhook)
}

async function switchTo(scope: Scope, before: WebhookRow, enabled: boolean): Promise<void> {
  if (enabled === before.enabled) return
  await switchWebhook(scope, before.id, enabled ? { enabled } : { enabled, reason: 'staff' })
  if (!enabled) await endPending(scope, before.id)
}
