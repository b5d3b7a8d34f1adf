// A mail came in: it is kept, and then it is an answer to one of our letters, a request, a machine's, or staff's to sort.

import { uuidv7 } from 'uuidv7'
import { HabeasError, invalid } from '../../domain/errors.ts'
import { guessRights } from '../../domain/guess-rights.ts'
import { type Policy, regimeFor } from '../../domain/policy.ts'
import type { Right } from '../../domain/rights.ts'
import { findCase } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { findInboundByFingerprint, keepInbound, moveInboundIntoCase, settleInbound } from '../../storage/inbound.ts'
import type { InboundReason, KeptMail } from '../../storage/inbound-contents.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { requestsOfCase } from '../../storage/subject-requests.ts'
import { recordBounce } from '../requests/record-undeliverable.ts'
import { tellStaff } from '../requests/tell.ts'
import { setInboundRetention } from '../retention/retain-inbound.ts'
import { fileMailReply, letterAnswered } from './file-mail-reply.ts'
import { type Automatic, fingerprintOf, type IncomingMail, keptOf } from './incoming-mail.ts'
import { offeredRights } from './offered-rights.ts'
import { openRequestsIn } from './open-requests.ts'
import { tellOfInbound } from './tell-of-inbound.ts'
import { wordsOfMail } from './words-of-mail.ts'

/**
 * Takes one mail in. The same mail handed in twice is one mail, told by its Message-ID and sender.
 *
 * @param receivedAt  when it arrived, where staff say so; null is now
 * @returns the id of what is kept, of the first of two that are the same
 * @throws {HabeasError} `forbidden` when somebody else than staff says when it arrived; `invalid` when that is in the future
 */
export async function receiveEmail(
  scope: Scope,
  mail: IncomingMail,
  receivedAt: Date | null
): Promise<{ inboundId: string; isNew: boolean }> {
  if (receivedAt !== null && scope.actor.mover !== 'agent') {
    throw new HabeasError('forbidden', 'Only staff may say that a mail arrived earlier than now.')
  }
  if (receivedAt !== null && receivedAt > scope.now) {
    throw invalid('A mail cannot be received in the future.', {
      pointer: '/query/receivedAt',
      rule: 'notInFuture',
      fix: 'Send the instant at which it arrived, or leave it out for now.'
    })
  }
  const id = uuidv7()
  const fingerprint = fingerprintOf(mail)
  const arrived = {
    id,
    contents: keptOf(mail),
    fingerprint,
    browserHash: null,
    addressKey: null,
    receivedAt: receivedAt ?? scope.now
  }
  if (!(await keepInbound(scope, arrived)))
    return { inboundId: (await findInboundByFingerprint(scope, fingerprint)).id, isNew: false }

  const { body: policy } = await currentPolicy(scope)
  await setInboundRetention(scope, policy, id)
  const why = await deliver(scope, policy, mail, arrived)
  if (why !== null) {
    await settleInbound(scope, id, 'to_sort', why)
    await tellOfInbound(scope, arrived)
  }
  return { inboundId: id, isNew: true }
}

interface Arrived {
  readonly id: string
  readonly contents: KeptMail
  readonly receivedAt: Date
}

/** @returns why a person has to sort it, or null when it found its place */
async function deliver(
  scope: Scope,
  policy: Policy,
  mail: IncomingMail,
  arrived: Arrived
): Promise<InboundReason | null> {
  const read = guessRights({
    subject: withoutMarks(policy, mail.subject),
    text: mail.text,
    ...(mail.language === null ? {} : { language: mail.language })
  })
  const isRequest = read.isRequest || isMarked(policy, mail.subject)
  if (mail.autoReply !== null) return await putAside(scope, mail.autoReply, arrived, isRequest)

  const answered = await letterAnswered(scope, mail)
  if (answered !== undefined) return (await fileMailReply(scope, mail, answered, arrived)) ? null : 'reply'

  if (!isRequest) return 'no_request_seen'
  if (mail.from === null) return 'sender_not_readable'
  const guessed = read.rights.map(({ right }) => right)
  const rights = offeredRights(policy, regimeFor(policy, { country: null, region: null }), guessed)
  if (rights.length === 0) return guessed.length === 0 ? 'right_not_seen' : 'right_not_offered'
  await openGuessed(scope, policy, { ...mail, from: mail.from }, arrived, rights)
  return null
}

/**
 * A machine's mail opens nothing and is answered to nobody. A mailing list may still carry a person's words (a shared
 * mailbox is often one): where it reads like a request, staff look at it.
 */
async function putAside(
  scope: Scope,
  { kind, about }: Automatic,
  { id }: Arrived,
  isRequest: boolean
): Promise<InboundReason | null> {
  if (kind === 'list' && isRequest) return 'list'
  await settleInbound(scope, id, 'dismissed', kind)
  if (kind === 'bounce' && about?.originalMessageId != null && about.action !== 'delayed')
    await recordBounce(scope, about.originalMessageId)
  return null
}

/** Opens one case with a request for each right that was read from the words; nothing follows before staff confirm them. */
async function openGuessed(
  scope: Scope,
  policy: Policy,
  mail: IncomingMail & { readonly from: NonNullable<IncomingMail['from']> },
  { id, contents, receivedAt }: Arrived,
  rights: readonly Right[]
): Promise<void> {
  const locale = mail.language !== null && policy.locales.includes(mail.language) ? mail.language : policy.defaultLocale
  const text = wordsOfMail(contents)
  const { caseId } = await openRequestsIn(scope, {
    rights,
    details: Object.fromEntries(rights.map(right => [right, { text }])),
    subject: { name: mail.from.name, email: mail.from.address, locale, country: null, region: null, identifiers: [] },
    requester: null,
    channel: 'email',
    receivedAt,
    isReceiptSaid: receivedAt < scope.now,
    datedOn: null,
    regime: null,
    verification: { method: 'email', proven: false },
    externalId: null,
    metadata: {},
    guessed: true
  })
  await moveInboundIntoCase(scope, id, await findCase(scope, caseId), { state: 'opened', why: null, contents })
  const [first] = await requestsOfCase(scope, caseId)
  if (first !== undefined) await tellStaff(scope, policy, first, 'alert_new_request', {})
}

/** The tenant asked people to write certain words into the subject line, and this one has them. */
function isMarked(policy: Policy, subject: string): boolean {
  return marksOf(policy).some(words => plain(subject).includes(words))
}

/** Words that everybody is asked to write say that it is a request, and nothing of which. */
function withoutMarks(policy: Policy, subject: string): string {
  if (!isMarked(policy, subject)) return subject
  return marksOf(policy).reduce((rest, words) => rest.replaceAll(words, ' '), plain(subject))
}

const marksOf = ({ inboundSubjectWords }: Policy) => inboundSubjectWords.map(plain).filter(Boolean)
const plain = (text: string) => text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
