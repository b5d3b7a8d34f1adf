// A link that no longer opens anything, and the person who still has it: a fresh one goes to the contact on file.

import { dateIn } from '../../domain/deadline/local-date.ts'
import { canMove } from '../../domain/lifecycle.ts'
import { inHours } from '../../domain/timers.ts'
import { findCase } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { lettersOfCase } from '../../storage/letters.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { lockRequestsOfCase } from '../../storage/subject-requests.ts'
import { newestToken } from '../../storage/token-history.ts'
import { isLive } from '../../storage/tokens.ts'
import { tellSubject } from '../requests/tell.ts'
import { askVerification, remindOfVerification } from './ask-verification.ts'
import { makeFollowLink } from './follow-link.ts'

/** In 24 hours, beside the mail that came by itself. */
const FRESH_LINKS = 3
const HOURS_COUNTED = 24
const LINK_LETTERS = ['verification', 'verification_reminder', 'fresh_link']

/**
 * Sends the link that the case needs now: to prove identity, or to follow it. While the newest link for proof still works,
 * that one is sent again instead of a new one, so that nobody who holds an old link can make the newest one useless.
 * To be called as Habeas itself: pressing a button on a dead link is no proof of anything.
 *
 * @returns `ended` when nothing is left to prove or to follow
 * @throws {HabeasError} `not_found`
 */
export async function sendFreshLink(scope: Scope, caseId: string): Promise<'sent' | 'too_many' | 'ended'> {
  const requests = await lockRequestsOfCase(scope, caseId)
  const theirs = await findCase(scope, caseId)
  const waitsForProof = requests.some(row => canMove(row.state, 'ask_verification', 'system'))
  if (theirs.erasedAt !== null || theirs.mutedAt !== null) return 'ended'
  if (!waitsForProof && theirs.verifiedAt === null) return 'ended'
  if ((await countFreshLinks(scope, caseId)) >= FRESH_LINKS) return 'too_many'

  if (!waitsForProof) {
    const { body: policy } = await currentPolicy(scope)
    const { link, expiresAt } = await makeFollowLink(scope, caseId)
    await tellSubject(scope, policy, theirs, 'fresh_link', { link, validUntilOn: dateIn(policy.timeZone, expiresAt) })
    return 'sent'
  }
  const newest = await newestToken(scope, { caseId, purpose: 'verify' })
  if (newest !== undefined && isLive(newest, scope.now)) await remindOfVerification(scope, caseId)
  else await askVerification(scope, caseId)
  return 'sent'
}

async function countFreshLinks(scope: Scope, caseId: string): Promise<number> {
  const since = inHours(scope.now, -HOURS_COUNTED)
  const [first, ...more] = (await lettersOfCase(scope, caseId)).filter(letter => LINK_LETTERS.includes(letter.kind))
  return first === undefined ? 0 : more.filter(letter => letter.queuedAt > since).length
}
