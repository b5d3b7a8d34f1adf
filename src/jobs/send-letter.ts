// Sends one queued letter. Read first, then send: no transaction is open while the mail server makes up its mind.

import { liftAfterNotice } from '../actions/register/lift-register-entry.ts'
import { tellStaff } from '../actions/requests/tell.ts'
import { SYSTEM } from '../domain/actor.ts'
import { dateIn } from '../domain/deadline/local-date.ts'
import type { Jobs } from '../domain/jobs.ts'
import { parseMailbox } from '../domain/mailbox-address.ts'
import type { FactsByKind, LetterKind } from '../letters/facts.ts'
import { renderLetter } from '../letters/letter.ts'
import type { Mail } from '../outbound/mailer.ts'
import { findCase, openCaseVault } from '../storage/cases.ts'
import { inTenant, type Scope } from '../storage/database.ts'
import { note } from '../storage/history.ts'
import { contentsOfLetter, findLetter, type LetterRow, markFailure, markSent } from '../storage/letters.ts'
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
    if (mail === null) return
    const delivery = await mailer.send(mail)
    if (delivery.result === 'accepted') {
      await inTenant(db, who(), scope => recordSent(scope, letterId))
      return
    }
    // A letter is never given up silently: when the queue tries no more, staff are told.
    const isFinal = delivery.result === 'refused' || isLast
    await inTenant(db, who(), scope => recordFailure(scope, letterId, delivery.failure, isFinal))
    if (!isFinal) throw new TriedInVain(delivery.failure)
  }
}

/** @returns null when there is nothing to send: sent before, withdrawn, or still waiting for its package */
async function composeMail(scope: Scope, letterId: string, mailFrom: string): Promise<Mail | null> {
  const row = await findLetter(scope, letterId)
  if (row.state !== 'queued' || row.waitsForPackage) return null
  const vault = row.caseId === null ? null : openCaseVault(scope, await findCase(scope, row.caseId))
  const { to, locale, kind, facts } = contentsOfLetter(scope, row, vault)
  if (to.address === '') return null
  const { body: policy } = await currentPolicy(scope)
  // The kind in the row chose the facts when the letter was queued.
  const rendered = renderLetter(kind as LetterKind, locale, facts as FactsByKind[LetterKind])
  return {
    ...rendered,
    messageId: row.messageId,
    from: { name: policy.organisation.name, address: mailFrom },
    replyTo: { name: policy.organisation.name, address: policy.organisation.email },
    to: { name: to.name, address: parseMailbox(to.address).address },
    language: locale
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

async function recordFailure(scope: Scope, letterId: string, failure: string, final: boolean): Promise<void> {
  const row = await findLetter(scope, letterId)
  const request = row.requestId === null ? null : await lockSubjectRequest(scope, row.requestId)
  await markFailure(scope, letterId, failure, final)
  if (final && request !== null) await tellUndeliverable(scope, row, request)
}

async function tellUndeliverable(
  scope: Scope,
  row: LetterRow,
  request: Awaited<ReturnType<typeof lockSubjectRequest>>
): Promise<void> {
  const { body: policy } = await currentPolicy(scope)
  const after = await note(scope, request, 'letter_undeliverable', { letterId: row.id, kind: row.kind })
  if (row.audience === 'staff') return
  await tellStaff(scope, policy, after, 'alert_undeliverable', {
    letter: row.kind as LetterKind,
    failedOn: dateIn(policy.timeZone, scope.now)
  })
}
