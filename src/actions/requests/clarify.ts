// A question to the person, and their answer.

import { findCase } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { addMessage } from '../../storage/messages.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { lockSubjectRequest, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { runningOn } from '../clock/also-due.ts'
import { pause, resume } from '../clock/pause-clock.ts'
import { makeFollowLink } from '../verification/follow-link.ts'
import { moveRequest } from './move-request.ts'
import { tellSubject } from './tell.ts'

export interface Question {
  readonly question: string
  /** Whether the clock stands still until the answer; only where the law lets it (GDPR Recital 63). */
  readonly pausesClock: boolean
}

/**
 * Asks the person to say more.
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed`, `right_not_confirmed`, `cannot_pause`, `ground_not_available`
 */
export async function askClarification(
  scope: Scope,
  requestId: string,
  { question, pausesClock }: Question
): Promise<SubjectRequestRow> {
  const row = await lockSubjectRequest(scope, requestId)
  const theirs = await findCase(scope, row.caseId)
  const { body: policy } = await currentPolicy(scope)
  const asked = await moveRequest(scope, row, 'ask_clarification', { data: { pausesClock }, words: question })
  const after = pausesClock ? await pause(scope, policy, asked, { ground: 'clarification', note: question }) : asked
  const { link } = await makeFollowLink(scope, row.caseId)
  const letterId = await tellSubject(
    scope,
    policy,
    theirs,
    'clarification_question',
    {
      right: row.right,
      question,
      link,
      clockStops: pausesClock,
      alsoDue: pausesClock ? runningOn(after, 'clarification') : null
    },
    { requestId }
  )
  await addMessage(scope, theirs, { direction: 'out', author: scope.actor.id, text: question, letterId })
  return after
}

/**
 * Takes the answer; a clock that stood for it runs again.
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed`
 */
export async function answerClarification(scope: Scope, requestId: string, words: string): Promise<SubjectRequestRow> {
  const row = await lockSubjectRequest(scope, requestId)
  const theirs = await findCase(scope, row.caseId)
  const { body: policy } = await currentPolicy(scope)
  const running = await resume(scope, policy, row)
  const after = await moveRequest(scope, running, 'clarify', { words })
  await addMessage(scope, theirs, { direction: 'in', author: scope.actor.id, text: words, letterId: null })
  return after
}
