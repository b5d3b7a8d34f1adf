// A question to the person, and their answer.

import { invalid } from '../../domain/errors.ts'
import { nextState } from '../../domain/lifecycle.ts'
import { findCase } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { addMessage } from '../../storage/messages.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { lockSubjectRequest, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { runningOn } from '../clock/also-due.ts'
import { arrivalData, arrivalOf, type SaidOfArrival } from '../clock/arrivals.ts'
import { pause, resumeFrom } from '../clock/pause-clock.ts'
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

/** In words, or as the message that brought it. */
export interface Answer extends SaidOfArrival {
  readonly text?: string | undefined
}

/**
 * Takes the answer; a clock that stood for it runs again, from when the answer arrived. One that stands for something else stands on.
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed`; `forbidden`, `invalid` as `arrivalOf` does
 */
export async function answerClarification(
  scope: Scope,
  requestId: string,
  { text, ...said }: Answer
): Promise<SubjectRequestRow> {
  const row = await lockSubjectRequest(scope, requestId)
  nextState(row.state, 'clarify', scope.actor.mover)
  const words = wordsIn(text, said)
  const arrival = await arrivalOf(scope, row, said, 'clarification')
  const theirs = await findCase(scope, row.caseId)
  const { body: policy } = await currentPolicy(scope)
  const running = await resumeFrom(scope, policy, row, 'clarification', arrival)
  const after = await moveRequest(scope, running, 'clarify', {
    data: arrivalData(arrival),
    words: words ?? arrival?.message?.text
  })
  if (words !== null) {
    const message = { direction: 'in' as const, author: scope.actor.id, text: words, letterId: null }
    await addMessage(scope, theirs, { ...message, ...(arrival === null ? {} : { receivedAt: arrival.at }) })
  }
  return after
}

/** @returns null where a message holds them */
function wordsIn(text: string | undefined, { messageId }: SaidOfArrival): string | null {
  if (text === undefined && messageId === undefined) {
    const fix = 'Write what the person answered, or send the id of their message.'
    throw invalid('There is no answer in it.', { pointer: '/text', rule: 'required', fix })
  }
  if (text !== undefined && messageId !== undefined) {
    const fix = 'Send one of text and messageId.'
    throw invalid('The message holds the answer already.', { pointer: '/text', rule: 'notAllowed', fix })
  }
  return text ?? null
}
