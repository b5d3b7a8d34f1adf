// How a request ends without an answer, ends after one, or begins again.

import type { CancelReason } from '../../domain/cancel-reasons.ts'
import { dateIn } from '../../domain/deadline/local-date.ts'
import { HabeasError } from '../../domain/errors.ts'
import { canMove, nextState } from '../../domain/lifecycle.ts'
import { portalLink } from '../../domain/links.ts'
import { nextAlertFrom } from '../../domain/timers.ts'
import { findCase } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { currentPolicy } from '../../storage/policies.ts'
import {
  findSubjectRequest,
  lockRequestsOfCase,
  lockSubjectRequest,
  requestsOfCase,
  type SubjectRequestRow
} from '../../storage/subject-requests.ts'
import { setTimer, stopTimers } from '../../storage/timers.ts'
import { supersede } from '../../storage/tokens.ts'
import { moveRequest } from './move-request.ts'
import { tellSubject } from './tell.ts'

/**
 * Ends a request because the person no longer wants it, by their own hand or on their word.
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed`
 */
export async function withdrawRequest(
  scope: Scope,
  requestId: string,
  words: string | null
): Promise<SubjectRequestRow> {
  const row = await lockSubjectRequest(scope, requestId)
  const after = await moveRequest(scope, row, 'withdraw', { words })
  const theirs = await findCase(scope, row.caseId)
  const { body: policy } = await currentPolicy(scope)
  await endVerification(scope, row.caseId)
  await tellSubject(
    scope,
    policy,
    theirs,
    'withdrawn',
    { rights: [row.right], withdrawnOn: dateIn(policy.timeZone, scope.now) },
    { requestId, greetByName: row.verifiedAt !== null }
  )
  return after
}

/**
 * Ends a request that was a duplicate, spam or a mistake. A person who proved who they are is told; spam is not answered.
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed`
 */
export async function cancelRequest(
  scope: Scope,
  requestId: string,
  { reason, note, duplicateOf }: { reason: CancelReason; note: string | null; duplicateOf: string | null }
): Promise<SubjectRequestRow> {
  const row = await lockSubjectRequest(scope, requestId)
  const other = duplicateOf === null ? null : await referenceOf(scope, duplicateOf)
  const after = await moveRequest(scope, row, 'cancel', { data: { reason, duplicateOf }, words: note })
  await endVerification(scope, row.caseId)
  if (row.verifiedAt !== null && reason !== 'spam') {
    const { body: policy } = await currentPolicy(scope)
    const because =
      reason === 'duplicate' && other !== null
        ? ({ reason, otherReference: other } as const)
        : ({ reason: 'mistake' } as const)
    const cancelledOn = dateIn(policy.timeZone, scope.now)
    await tellSubject(
      scope,
      policy,
      await findCase(scope, row.caseId),
      'cancelled_notice',
      { rights: [row.right], cancelledOn, because },
      { requestId }
    )
  }
  return after
}

/**
 * Closes what was answered: nothing can follow.
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed`
 */
export async function closeRequest(scope: Scope, requestId: string): Promise<SubjectRequestRow> {
  const row = await lockSubjectRequest(scope, requestId)
  await stopTimers(scope, 'close', { requestId })
  return await moveRequest(scope, row, 'close', { changes: { closedAt: scope.now } })
}

/**
 * Takes an answered request up again. The clock does not begin anew: it still counts from receipt.
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed`, `identity_not_proven` for one that was refused unproven
 */
export async function reopenRequest(scope: Scope, requestId: string, words: string | null): Promise<SubjectRequestRow> {
  const row = await lockSubjectRequest(scope, requestId)
  nextState(row.state, 'reopen', scope.actor.mover)
  if (row.verifiedAt === null) {
    throw new HabeasError('identity_not_proven', 'It was refused before identity was proven; open a new request.')
  }
  const { body: policy } = await currentPolicy(scope)
  const after = await moveRequest(scope, row, 'reopen', {
    words,
    changes: { outcome: null, ground: null, respondedAt: null, preparedBy: null }
  })
  await stopTimers(scope, 'close', { requestId })
  if (after.dueOn !== null) {
    await setTimer(scope, nextAlertFrom(policy, after.dueOn, scope.now), { requestId })
    const facts = { right: row.right, reopenedOn: dateIn(policy.timeZone, scope.now), dueOn: after.dueOn, link: null }
    await tellSubject(scope, policy, await findCase(scope, row.caseId), 'reopened', facts, { requestId })
  }
  return after
}

/** Expires what nobody proved in time. Called when the tenant's window ends. */
export async function expireCase(scope: Scope, caseId: string): Promise<SubjectRequestRow[]> {
  const theirs = await findCase(scope, caseId)
  const { body: policy } = await currentPolicy(scope)
  const expired: SubjectRequestRow[] = []
  for (const row of await lockExpirable(scope, caseId)) expired.push(await moveRequest(scope, row, 'expire'))
  await supersede(scope, caseId, 'verify')
  if (expired.length === 0) return expired
  await tellSubject(
    scope,
    policy,
    theirs,
    'verification_expired',
    {
      rights: expired.map(row => row.right),
      receivedOn: dateIn(policy.timeZone, theirs.receivedAt),
      expiredOn: dateIn(policy.timeZone, scope.now),
      link: portalLink(scope.publicUrl, scope.tenant.slug)
    },
    { greetByName: false }
  )
  return expired
}

/** A link proves nothing any more once no request of the case waits for it. */
async function endVerification(scope: Scope, caseId: string): Promise<void> {
  const waiting = (await requestsOfCase(scope, caseId)).filter(row => canMove(row.state, 'verify', 'subject'))
  if (waiting.length > 0) return
  await supersede(scope, caseId, 'verify')
  await stopTimers(scope, 'verification%', { caseId })
}

async function referenceOf(scope: Scope, requestId: string): Promise<string> {
  const { caseId } = await findSubjectRequest(scope, requestId)
  return (await findCase(scope, caseId)).reference
}

async function lockExpirable(scope: Scope, caseId: string): Promise<SubjectRequestRow[]> {
  return (await lockRequestsOfCase(scope, caseId)).filter(row => canMove(row.state, 'expire', scope.actor.mover))
}
