// A webhook gets a new secret, while its receiver learns to know it.

import { rotated } from '../../domain/webhooks.ts'
import type { Scope } from '../../storage/database.ts'
import { newWebhookSecret } from '../../storage/webhook-secrets.ts'
import { contentsOfWebhook, lockWebhook, updateWebhook } from '../../storage/webhooks.ts'

/**
 * Puts a new secret in force, answered here and nowhere else. The former one signs beside it until the overlap ends; with an
 * overlap of 0 it ends now, for a secret that got into the wrong hands.
 * @throws {HabeasError} `not_found`, `version_stale`
 */
export async function rotateSecret(scope: Scope, id: string, overlapHours: number): Promise<{ secret: string }> {
  const webhook = await lockWebhook(scope, id)
  const { description, kinds } = webhook
  const { url, secrets } = contentsOfWebhook(scope, webhook)
  const secret = newWebhookSecret()
  const contents = { url, secrets: rotated(secrets, secret, overlapHours, scope.now) }
  await updateWebhook(scope, webhook, { description, kinds }, contents)
  return { secret }
}
