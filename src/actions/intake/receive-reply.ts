// The person wrote to us about their case: it joins the conversation, and staff are told.

import { OPEN_STATES } from '../../domain/lifecycle.ts'
import { withoutProofs } from '../../domain/quoted-proofs.ts'
import { findCase } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { note } from '../../storage/history.ts'
import { addMessage, type Sender } from '../../storage/messages.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { lockRequestsOfCase, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { answerClarification } from '../requests/clarify.ts'
import { reopenRequest } from '../requests/end-request.ts'
import { tellStaff } from '../requests/tell.ts'

export interface Reply {
  readonly text: string
  /** The request it is about, where that is known; else it is about all that are open. */
  readonly requestId: string | null
  readonly via: 'email' | 'page'
  /** Only of a mail. */
  readonly sender?: Sender
  /** Where that was before now. */
  readonly receivedAt?: Date
}

/**
 * Files what the person wrote. It moves no request: a mail that follows a question may be its answer or anything else, and
 * staff say which.
 * @throws {HabeasError} `not_found`
 */
export async function receiveReply(
  scope: Scope,
  caseId: string,
  { text, requestId, via, sender, receivedAt = scope.now }: Reply
): Promise<void> {
  const requests = await lockRequestsOfCase(scope, caseId)
  const theirs = await findCase(scope, caseId)
  const message = {
    direction: 'in' as const,
    author: null,
    text: withoutProofs(text),
    letterId: null,
    receivedAt,
    ...(sender === undefined ? {} : { sender })
  }
  const messageId = await addMessage(scope, theirs, message)
  const about = concerned(requests, requestId)
  for (const request of about) await note(scope, request, 'message_received', { messageId, via })
  await tellOfMessage(scope, about[0])
}

/**
 * The person answered a question on the page that asked it: the request goes on.
 * @throws {HabeasError} `not_found`; `move_not_allowed` when the question no longer waits
 */
export async function receiveAnswer(scope: Scope, requestId: string, words: string): Promise<void> {
  await tellOfMessage(scope, await answerClarification(scope, requestId, { text: withoutProofs(words) }))
}

/**
 * The person says on the page what is missing from their answer, and the request is taken up again.
 * @throws {HabeasError} `not_found`; `move_not_allowed` when it no longer can be
 */
export async function reopenOnWord(scope: Scope, { id, caseId }: SubjectRequestRow, text: string): Promise<void> {
  await receiveReply(scope, caseId, { text, requestId: id, via: 'page' })
  await reopenRequest(scope, id, null)
}

/** Nothing personal in it: the alert leads to the request, and the words stand there. */
async function tellOfMessage(scope: Scope, request: SubjectRequestRow | undefined): Promise<void> {
  if (request === undefined) return
  const { body: policy } = await currentPolicy(scope)
  await tellStaff(scope, policy, request, 'alert_message_received', {})
}

function concerned(requests: readonly SubjectRequestRow[], requestId: string | null): readonly SubjectRequestRow[] {
  const named = requests.filter(request => request.id === requestId)
  if (named.length > 0) return named
  const open = requests.filter(request => OPEN_STATES.includes(request.state))
  return open.length > 0 ? open : requests
}
