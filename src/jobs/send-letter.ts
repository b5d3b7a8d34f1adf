// Sends one queued letter. Read first, then send: no transaction is open while the mail server makes up its mind.

import { liftAfterNotice } from '../actions/register/lift-register.ts'
import { recordUndeliverable } from '../actions/requests/record-undeliverable.ts'
import { SYSTEM } from '../domain/actor.ts'
import type { Jobs } from '../domain/jobs.ts'
import { parseMailbox } from '../domain/mailbox-address.ts'
import type { FactsByKind, LetterKind } from '../letters/facts.ts'
import { renderLetter } from '../letters/letter.ts'
import type { Mail } from '../outbound/mailer.ts'
import { findCase, openCaseVault } from '../storage/cases.ts'
import { inTenant, type Scope } from '../storage/database.ts'
import { note } from '../storage/history.ts'
import { contentsOfLetter, findLetter, markFailure, markSent } from '../storage/letters.ts'
import { currentPolicy } from '../storage/policies.ts'
import { lockSubjectRequest } from '../storage/subject-requests.ts'
import type { Attempt, JobParts } from './parts.ts'

/** A mail server that could not take the letter now: the queue tries again. */
export class TriedInVain extends Error {
  override readonly name = 'TriedInVain'
}

export function sendLetter({ db, clock, mailer, mailFrom }: JobParts) {
  return async ({ tenantId, letterId }: Jobs['send_letter'], { isLast }: Attempt): Promise<void> => {
    const who = () => ({ tenantId, actor: SYSTEM, now: clock() })
    const mail = await inTenant(db, who(), scope => composeMail(scope, letterId, mailFrom))
    if (mail === 'nothing_to_send') return
    if (mail === 'no_address') return await inTenant(db, who(), scope => giveUp(scope, letterId, mail))
    const delivery = await mailer.send(mail)
    if (delivery.result === 'accepted') {
      await inTenant(db, who(), scope => recordSent(scope, letterId))
      return
    }
    // A letter is never given up silently: when the queue tries no more, staff are told.
    if (delivery.result === 'refused' || isLast)
      return await inTenant(db, who(), scope => giveUp(scope, letterId, delivery.failure))
    await inTenant(db, who(), scope => markFailure(scope, letterId, delivery.failure, false))
    throw new TriedInVain(delivery.failure)
  }
}

/**
 * @returns `nothing_to_send` for a letter that was sent before or held back, or still waits for its package; `no_address` for a
 *   person who has none: staff send it by post
 */
async function composeMail(
  scope: Scope,
  letterId: string,
  mailFrom: string
): Promise<Mail | 'nothing_to_send' | 'no_address'> {
  const row = await findLetter(scope, letterId)
  if (row.state !== 'queued' || row.waitsForPackage) return 'nothing_to_send'
  const vault = row.caseId === null ? null : openCaseVault(scope, await findCase(scope, row.caseId))
  const { to, locale, kind, facts } = contentsOfLetter(scope, row, vault)
  if (to.address === '') return 'no_address'
  const { body: policy } = await currentPolicy(scope)
  // The kind in the row chose the facts when the letter was queued.
  const { sandbox } = scope.tenant
  const rendered = renderLetter(kind as LetterKind, locale, facts as FactsByKind[LetterKind], { sandbox })
  return {
    ...rendered,
    messageId: row.messageId,
    from: { name: policy.organisation.name, address: mailFrom },
    replyTo: { name: policy.organisation.name, address: policy.organisation.email },
    to: { name: to.name, address: parseMailbox(to.address).address },
    language: locale,
    sandboxAt: sandbox ? scope.now : null
  }
}

async function recordSent(scope: Scope, letterId: string): Promise<void> {
  const row = await findLetter(scope, letterId)
  // The request comes first: whoever locks a request and a letter does so in this order.
  const request = row.requestId === null ? null : await lockSubjectRequest(scope, row.requestId)
  if (!(await markSent(scope, letterId))) return
  if (request === null) return
  const noted = await note(scope, request, 'letter_sent', { letterId, kind: row.kind })
  await liftAfterNotice(scope, noted, letterId)
}

/** An address that nobody proved and that takes no mail is not worth an alert: it may not be anybody's. */
async function giveUp(scope: Scope, letterId: string, failure: string): Promise<void> {
  const row = await findLetter(scope, letterId)
  const isProven = row.caseId !== null && (await findCase(scope, row.caseId)).verifiedAt !== null
  if (row.requestId === null && !isProven) await markFailure(scope, letterId, failure, true)
  else await recordUndeliverable(scope, row, failure)
}
