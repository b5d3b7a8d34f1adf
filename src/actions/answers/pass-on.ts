// Passes a request on to the company that decides about the data.

import { dateIn } from '../../domain/deadline/local-date.ts'
import { forwardedLink } from '../../domain/links.ts'
import { inDays } from '../../domain/timers.ts'
import type { FactsByKind } from '../../letters/facts.ts'
import type { Scope } from '../../storage/database.ts'
import { queueLetter } from '../../storage/letters.ts'
import { createToken } from '../../storage/tokens.ts'
import type { AnswerInputs } from './compose-answer.ts'

/**
 * Writes to the controller that a request waits for it, in the tenant's language. What was asked, and by whom, stands behind the
 * link. Where staff gave no address they have sent it themselves.
 * @see GDPR Art. 28(3)(e)
 */
export async function passOn(scope: Scope, { policy, row, theirs, decision }: AnswerInputs): Promise<void> {
  const controller = decision?.forwardedTo
  if (controller == null || controller.email === null) return
  const expiresAt = inDays(scope.now, policy.closesAfterDays)
  const { token } = await createToken(scope, {
    caseId: theirs.id,
    requestId: row.id,
    purpose: 'forwarded',
    expiresAt
  })
  const facts: FactsByKind['forwarding'] = {
    tenant: { name: policy.organisation.name, contact: policy.organisation.email },
    controller: controller.name,
    reference: theirs.reference,
    rights: [row.right],
    receivedOn: row.receivedOn,
    link: forwardedLink(scope.publicUrl, scope.tenant.slug, token),
    openUntilOn: dateIn(policy.timeZone, expiresAt)
  }
  await queueLetter(scope, {
    contents: {
      to: { name: controller.name, address: controller.email },
      locale: policy.defaultLocale,
      kind: 'forwarding',
      facts
    },
    audience: 'controller',
    about: { case: theirs, requestId: row.id }
  })
}
