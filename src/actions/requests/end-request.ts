// How a request ends without an answer, ends after one, or begins again.

import { dateIn } from '../../domain/deadline/local-date.ts'
import { HabeasError } from '../../domain/errors.ts'
import { canMove, nextState } from '../../domain/lifecycle.ts'
import { portalLink } from '../../domain/links.ts'
import { findCase } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { suppressWaitingLetters } from '../../storage/letters.ts'
import { currentPolicy } from '../../storage/policies.ts'
import {
  lockInCase,
  lockRequestsOfCase,
  lockSubjectRequest,
  type SubjectRequestRow
} from '../../storage/subject-requests.ts'
import { stopTimers } from '../../storage/timers.ts'
import { supersede } from '../../storage/tokens.ts'
import { withoutWords } from '../answers/refuse-request.ts'
import { planAlerts } from '../clock/plan-alerts.ts'
import { mayWriteAgain } from '../intake/spare-inboxes.ts'
import { guardAtOnce } from '../register/enter-register.ts'
import { keepRestricted, liftWithdrawn } from '../register/lift-register.ts'
import { endWaiting } from '../verification/end-waiting.ts'
import { followLinkFor } from '../verification/follow-link.ts'
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
  const row = await lockInCase(scope, requestId)
  const after = await liftWithdrawn(scope, await moveRequest(scope, row, 'withdraw', { words }))
  const theirs = await findCase(scope, row.caseId)
  const { body: policy } = await currentPolicy(scope)
  await endWaiting(scope, row)
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
  // Whom staff told of the last work is not who is told of the next.
  const { sealed } = await withoutWords(scope, row, { recipients: [] })
  const reopened = await moveRequest(scope, row, 'reopen', {
    words,
    changes: { outcome: null, ground: null, respondedAt: null, preparedBy: null, sealed }
  })
  // A restriction that the last answer was to end holds on, and one that it has ended holds again.
  await keepRestricted(scope, requestId)
  const after = await guardAtOnce(scope, reopened)
  await stopTimers(scope, 'close', { requestId })
  await stopTimers(scope, 'look_again', { requestId })
  await suppressWaitingLetters(scope, requestId)
  await planAlerts(scope, policy, after)
  if (after.dueOn !== null) {
    const theirs = await findCase(scope, row.caseId)
    const link = await followLinkFor(scope, theirs)
    const facts = { right: row.right, reopenedOn: dateIn(policy.timeZone, scope.now), dueOn: after.dueOn, link }
    await tellSubject(scope, policy, theirs, 'reopened', facts, { requestId })
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
  if (expired.length === 0 || !(await mayWriteAgain(scope, caseId))) return expired
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

async function lockExpirable(scope: Scope, caseId: string): Promise<SubjectRequestRow[]> {
  return (await lockRequestsOfCase(scope, caseId)).filter(row => canMove(row.state, 'expire', scope.actor.mover))
}
