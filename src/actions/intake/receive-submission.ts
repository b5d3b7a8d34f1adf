// What the public form was sent: kept at once and read by a job, so that the answer tells nothing about anybody.

import { hash } from 'node:crypto'
import { detailsByRight } from '../../domain/details.ts'
import { HabeasError } from '../../domain/errors.ts'
import { parseMailbox } from '../../domain/mailbox-address.ts'
import { type Policy, regimeFor } from '../../domain/policy.ts'
import type { Right } from '../../domain/rights.ts'
import type { Locale, Requester } from '../../domain/subject-request.ts'
import type { Scope } from '../../storage/database.ts'
import { keepInbound } from '../../storage/inbound.ts'
import type { KeptForm } from '../../storage/inbound-contents.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { promise } from '../../storage/promises.ts'
import { setInboundRetention } from '../retention/retain-inbound.ts'
import { offeredRights } from './offered-rights.ts'
import { inboxKeyOf } from './spare-inboxes.ts'

/** As a stranger typed it. There is no identifier in it: an address can be proven by mail, and a customer number by nothing. */
export interface Submission {
  readonly rights: readonly Right[]
  readonly subject: {
    readonly name: string | null
    readonly email: string
    readonly locale: Locale | null
    readonly country: string | null
    readonly region: string | null
  }
  readonly requester: Requester | null
  readonly details: Record<string, unknown> | undefined
}

/**
 * Keeps what was sent and promises to read it. What is refused here depends on the words sent and the tenant's policy alone,
 * and the statements are the same for everybody: nobody learns who is known.
 *
 * @param browserSecret  the cookie that the page gives to the browser; null for a call without a page
 * @throws {HabeasError} `invalid`; `right_not_offered`
 */
export async function receiveSubmission(
  scope: Scope,
  id: string,
  submission: Submission,
  browserSecret: string | null
): Promise<void> {
  const { body: policy } = await currentPolicy(scope)
  const contents = checked(policy, submission)
  await keepInbound(scope, {
    id,
    contents,
    fingerprint: hash('sha256', id, 'buffer'),
    browserHash: browserSecret === null ? null : hashOfBrowser(browserSecret),
    addressKey: inboxKeyOf(scope, contents.subject),
    receivedAt: scope.now
  })
  await setInboundRetention(scope, policy, id)
  await promise(scope, 'open_submission', { inboundId: id }, { key: `submission:${id}` })
}

/** What is kept of the browser that sent a form: it need not type the code. */
export function hashOfBrowser(secret: string): Buffer {
  return hash('sha256', `browser\0${secret}`, 'buffer')
}

function checked(policy: Policy, { rights, subject, requester, details }: Submission): KeptForm {
  const email = parseMailbox(subject.email, '/subject/email').address
  const agent =
    requester === null ? null : { ...requester, email: parseMailbox(requester.email, '/requester/email').address }
  const offered = offeredRights(policy, regimeFor(policy, subject), policy.rights)
  const missing = rights.find(right => !offered.includes(right))
  if (missing !== undefined)
    throw new HabeasError('right_not_offered', `This organisation does not take ${missing} requests.`, {
      right: missing,
      offered
    })
  return {
    kind: 'form',
    rights,
    details: detailsByRight(rights, details, false),
    subject: { ...subject, email, locale: subject.locale ?? policy.defaultLocale, identifiers: [] },
    requester: agent
  }
}
