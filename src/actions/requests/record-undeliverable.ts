// A letter that does not reach the person: staff have to find another way.

import { dateIn } from '../../domain/deadline/local-date.ts'
import { OPEN_STATES } from '../../domain/lifecycle.ts'
import { LETTER_KINDS } from '../../letters/facts.ts'
import type { Scope } from '../../storage/database.ts'
import { note } from '../../storage/history.ts'
import { findLetter, findLetterByMessageId, type LetterRow, markFailure } from '../../storage/letters.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { lockRequestsOfCase, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { tellStaff } from './tell.ts'

/** One of our letters came back. */
export async function recordBounce(scope: Scope, messageId: string): Promise<void> {
  const letter = await findLetterByMessageId(scope, messageId)
  if (letter !== undefined && letter.state !== 'undeliverable') await recordUndeliverable(scope, letter, 'bounced')
}

/**
 * Marks the letter undeliverable and says so in the history and to staff. The period for the answer goes on.
 * An alert to staff is only marked: an alert about it would fail as well.
 * @param failure  its class, never a mail server's words
 */
export async function recordUndeliverable(scope: Scope, letter: LetterRow, failure: string): Promise<void> {
  // The requests come first: whoever locks a request and a letter does so in this order.
  const requests = letter.caseId === null ? [] : await lockRequestsOfCase(scope, letter.caseId)
  // Meanwhile it may have gone by post.
  if ((await findLetter(scope, letter.id)).postedOn !== null) return
  await markFailure(scope, letter.id, failure, true)
  if (letter.audience === 'staff') return

  const about = concerned(requests, letter)
  for (const request of about)
    await note(scope, request, 'letter_undeliverable', { letterId: letter.id, kind: letter.kind, failure })
  const [first] = about
  const kind = LETTER_KINDS.find(known => known === letter.kind)
  if (first === undefined || kind === undefined) return
  const { body: policy } = await currentPolicy(scope)
  await tellStaff(scope, policy, first, 'alert_undeliverable', {
    letter: kind,
    failedOn: dateIn(policy.timeZone, scope.now)
  })
}

function concerned(requests: readonly SubjectRequestRow[], letter: LetterRow): readonly SubjectRequestRow[] {
  if (letter.requestId !== null) return requests.filter(request => request.id === letter.requestId)
  const open = requests.filter(request => OPEN_STATES.includes(request.state))
  return open.length > 0 ? open : requests
}
