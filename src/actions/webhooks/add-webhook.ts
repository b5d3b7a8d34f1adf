// A tenant names an address at which it wants to hear of what happens.

import { HabeasError } from '../../domain/errors.ts'
import { WEBHOOKS_AT_MOST } from '../../domain/webhooks.ts'
import type { Scope } from '../../storage/database.ts'
import { newWebhookSecret } from '../../storage/webhook-secrets.ts'
import { countWebhooks, insertWebhook, type WebhookFacts } from '../../storage/webhooks.ts'
import { type CheckUrl, requireUrl } from './require-url.ts'

export interface AskedWebhook extends WebhookFacts {
  readonly url: string
  readonly enabled: boolean
}

/**
 * Adds a webhook. Its secret is answered here and nowhere else. It hears of what happens from now on; what was before is in the feed.
 * @throws {HabeasError} `invalid` for an address that nothing is sent to; `limit_reached`
 */
export async function addWebhook(
  scope: Scope,
  id: string,
  { url, ...facts }: AskedWebhook,
  checkUrl: CheckUrl
): Promise<{ secret: string }> {
  requireUrl(checkUrl, url)
  if ((await countWebhooks(scope)) >= WEBHOOKS_AT_MOST) {
    throw new HabeasError('limit_reached', `A tenant has ${WEBHOOKS_AT_MOST} webhooks at most.`, {
      limit: WEBHOOKS_AT_MOST
    })
  }
  const key = newWebhookSecret()
  await insertWebhook(scope, id, { url, secrets: [{ key, until: null }] }, facts)
  return { secret: key }
}
