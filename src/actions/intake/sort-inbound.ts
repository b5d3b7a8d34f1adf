// Staff sort what could not be sorted by itself: it becomes a case, or is put aside.

import { HabeasError } from '../../domain/errors.ts'
import type { Right } from '../../domain/rights.ts'
import type { Details, Identifier, Subject } from '../../domain/subject-request.ts'
import { findCase } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import {
  contentsOfInbound,
  type InboundRow,
  lockInbound,
  moveInboundIntoCase,
  settleInbound
} from '../../storage/inbound.ts'
import type { Kept } from '../../storage/inbound-contents.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { addIdentifiers } from '../requests/set-identifiers.ts'
import { openRequestsIn } from './open-requests.ts'
import { wordsOfMail } from './words-of-mail.ts'

export interface Sorted {
  readonly rights: readonly Right[]
  /** What staff read out of it; a right without any gets the words of the mail, or those of the form. */
  readonly details: Readonly<Partial<Record<Right, Details>>>
  /** By which names systems know the person, as staff found them. */
  readonly identifiers: readonly Identifier[]
}

/**
 * Opens a case from a mail or form, received when that arrived. The rights are staff's word and no guess, so the person is
 * asked for proof at once; one without a readable address waits until staff convince themselves in another way.
 *
 * @throws {HabeasError} `not_found`; `conflict` when it belongs to a case already; `right_not_offered`; `invalid`
 */
export async function openFromInbound(scope: Scope, inboundId: string, sorted: Sorted): Promise<{ caseId: string }> {
  const row = await lockInbound(scope, inboundId)
  if (row.state !== 'to_sort' && row.state !== 'dismissed') {
    throw new HabeasError('conflict', 'This has its place already.', { state: row.state, caseId: row.caseId })
  }
  const contents = contentsOfInbound(scope, row, null)
  const { subject, requester } = await peopleOf(scope, contents)
  const { caseId } = await openRequestsIn(scope, {
    rights: sorted.rights,
    details: detailsFrom(contents, sorted),
    subject,
    requester,
    channel: row.kind === 'email' ? 'email' : 'portal',
    receivedAt: row.receivedAt,
    isReceiptSaid: false,
    datedOn: null,
    regime: null,
    verification: { method: subject.email === null ? 'none' : 'email', proven: false },
    externalId: null,
    metadata: {},
    guessed: false
  })
  await addIdentifiers(scope, caseId, sorted.identifiers)
  await moveInboundIntoCase(scope, inboundId, await findCase(scope, caseId), {
    state: 'opened',
    why: 'by_staff',
    contents
  })
  return { caseId }
}

/** Puts it aside; it stays, and can still be made a case. @throws {HabeasError} `not_found`, `conflict` */
export async function dismissInbound(scope: Scope, inboundId: string): Promise<void> {
  const row: InboundRow = await lockInbound(scope, inboundId)
  if (row.state !== 'to_sort')
    throw new HabeasError('conflict', 'Only what waits to be sorted can be put aside.', { state: row.state })
  await settleInbound(scope, inboundId, 'dismissed', 'by_staff')
}

async function peopleOf(scope: Scope, contents: Kept) {
  if (contents.kind === 'form') return { subject: contents.subject, requester: contents.requester }
  const { body: policy } = await currentPolicy(scope)
  const locale =
    contents.language !== null && policy.locales.includes(contents.language) ? contents.language : policy.defaultLocale
  const { name, address } = contents.from
  const subject: Subject = { name, email: address, locale, country: null, region: null, identifiers: [] }
  return { subject, requester: null }
}

function detailsFrom(contents: Kept, { rights, details }: Sorted): Partial<Record<Right, Details>> {
  const theirs = (right: Right): Details =>
    contents.kind === 'form' ? (contents.details[right] ?? {}) : { text: wordsOfMail(contents) }
  return Object.fromEntries(rights.map(right => [right, details[right] ?? theirs(right)]))
}
