// Tells staff that something arrived which nobody but a person can sort.

import { dateIn } from '../../domain/deadline/local-date.ts'
import type { Scope } from '../../storage/database.ts'
import { queueLetter } from '../../storage/letters.ts'
import { currentPolicy } from '../../storage/policies.ts'

/** Promises the alert. It carries no word of what arrived, only where to read it and since when its period may run. */
export async function tellOfInbound(scope: Scope, { id, receivedAt }: { id: string; receivedAt: Date }): Promise<void> {
  const { body: policy } = await currentPolicy(scope)
  await queueLetter(scope, {
    contents: {
      to: { name: policy.organisation.name, address: policy.alertsTo },
      locale: policy.defaultLocale,
      kind: 'alert_mail_to_sort',
      facts: {
        tenant: { name: policy.organisation.name, contact: policy.organisation.email },
        reference: inboundReference(id),
        link: `${scope.publicUrl}/v1/inbound/${id}`,
        receivedOn: dateIn(policy.timeZone, receivedAt)
      }
    },
    audience: 'staff',
    about: null
  })
}

/** Short enough for a subject line. The end of the id, because its beginning is the time and alike for neighbours. */
function inboundReference(id: string): string {
  return `M-${id.slice(-8).toUpperCase()}`
}
