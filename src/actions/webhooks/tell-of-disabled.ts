// Tells staff that a webhook was switched off.

import { dateIn } from '../../domain/deadline/local-date.ts'
import { webhookLink } from '../../domain/links.ts'
import type { DisabledReason } from '../../domain/webhooks.ts'
import type { Scope } from '../../storage/database.ts'
import { queueLetter } from '../../storage/letters.ts'
import { currentPolicy } from '../../storage/policies.ts'

/** Promises the alert. It does not name the address: that may be a secret. */
export async function tellOfDisabled(
  scope: Scope,
  webhookId: string,
  reason: Exclude<DisabledReason, 'staff'>,
  failingSince: Date | null
): Promise<void> {
  const { body: policy } = await currentPolicy(scope)
  await queueLetter(scope, {
    contents: {
      to: { name: policy.organisation.name, address: policy.alertsTo },
      locale: policy.defaultLocale,
      kind: 'alert_webhook_disabled',
      facts: {
        tenant: { name: policy.organisation.name, contact: policy.organisation.email },
        reference: webhookReference(webhookId),
        link: webhookLink(scope.publicUrl, webhookId),
        reason,
        failingSinceOn: dateIn(policy.timeZone, failingSince ?? scope.now)
      }
    },
    audience: 'staff',
    about: null
  })
}

/** Short enough for a subject line. The end of the id, because its beginning is the time and alike for neighbours. */
function webhookReference(id: string): string {
  return `W-${id.slice(-8).toUpperCase()}`
}
