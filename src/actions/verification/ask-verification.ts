// Asks the person of a case to prove who they are: a link and a code to the address they gave.

import { dateIn } from '../../domain/deadline/local-date.ts'
import { HabeasError } from '../../domain/errors.ts'
import { canMove } from '../../domain/lifecycle.ts'
import { verificationLink } from '../../domain/links.ts'
import { inDays, inHours } from '../../domain/timers.ts'
import type { VerificationFacts } from '../../letters/facts.ts'
import { findCase, openCaseVault, peopleOf } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { note } from '../../storage/history.ts'
import { contentsOfLetter, lastLetterOf } from '../../storage/letters.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { lockRequestsOfCase, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { setTimer, stopTimers } from '../../storage/timers.ts'
import { createToken } from '../../storage/tokens.ts'
import { mayWriteAgain } from '../intake/spare-inboxes.ts'
import { lockMovable, moveRequest } from '../requests/move-request.ts'
import { tellSubject } from '../requests/tell.ts'

/**
 * Sends the link, or sends it anew: an earlier link of the case then only shows where the request stands.
 * Every request of the case that waits for proof moves with it, for they share it.
 *
 * @throws {HabeasError} `not_found`; `move_not_allowed` when none of them waits for proof; `right_not_confirmed`;
 *   `outcome_not_possible` when there is no address to write to
 */
export async function askVerification(scope: Scope, caseId: string): Promise<SubjectRequestRow[]> {
  const row = await findCase(scope, caseId)
  const { subject, requester } = peopleOf(scope, row)
  if (subject.email === null)
    throw new HabeasError(
      'outcome_not_possible',
      'There is no address to send a link to; confirm identity in another way.'
    )
  const waiting = await lockMovable(scope, caseId, 'ask_verification')
  const { body: policy } = await currentPolicy(scope)
  const expiresAt = inDays(scope.now, policy.verification.windowDays)
  const { token, code } = await createToken(scope, { caseId, purpose: 'verify', expiresAt })

  const moved: SubjectRequestRow[] = []
  for (const request of waiting)
    moved.push(await moveRequest(scope, request, 'ask_verification', { data: { expiresAt: expiresAt.toISOString() } }))

  await tellSubject(
    scope,
    policy,
    row,
    'verification',
    {
      rights: waiting.map(request => request.right),
      asks: requester?.relation ?? null,
      receivedOn: dateIn(policy.timeZone, row.receivedAt),
      link: verificationLink(scope.publicUrl, scope.tenant.slug, token),
      code,
      expiresOn: dateIn(policy.timeZone, expiresAt)
    },
    { greetByName: false }
  )
  await stopTimers(scope, 'verification%', { caseId })
  await setTimer(
    scope,
    { kind: 'verification_reminder', dueAt: inHours(scope.now, policy.verification.reminderAfterHours) },
    { caseId }
  )
  await setTimer(scope, { kind: 'verification_expiry', dueAt: expiresAt }, { caseId })
  return moved
}

/** Reminds by itself, once, unless that inbox is to be spared. */
export async function remindOnce(scope: Scope, caseId: string): Promise<void> {
  if (await mayWriteAgain(scope, caseId)) await remindOfVerification(scope, caseId)
}

/** Reminds, with the link and code of the first mail: whichever of the two the person opens, it works. */
export async function remindOfVerification(scope: Scope, caseId: string): Promise<void> {
  const row = await findCase(scope, caseId)
  const first = await lastLetterOf(scope, caseId, 'verification')
  const waiting = (await lockRequestsOfCase(scope, caseId)).filter(request =>
    canMove(request.state, 'expire', 'system')
  )
  if (first === undefined || waiting.length === 0) return
  const { body: policy } = await currentPolicy(scope)
  const { facts } = contentsOfLetter(scope, first, openCaseVault(scope, row))
  const { rights, asks = null, receivedOn, link, code, expiresOn } = facts as VerificationFacts
  const letterId = await tellSubject(
    scope,
    policy,
    row,
    'verification_reminder',
    { rights, asks, receivedOn, link, code, expiresOn },
    { greetByName: false }
  )
  for (const request of waiting) await note(scope, request, 'verification_reminded', { letterId })
}
