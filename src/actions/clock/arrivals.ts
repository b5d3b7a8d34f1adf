// When that arrived for which a person was waited: staff say so, or name the message that brought it. Else it is now.

import { HabeasError, invalid } from '../../domain/errors.ts'
import { findCase } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { findMessage } from '../../storage/messages.ts'
import type { SubjectRequestRow } from '../../storage/subject-requests.ts'
import { pauseFor } from './reckon-deadlines.ts'

/** One of the two at most. */
export interface SaidOfArrival {
  /** RFC 3339. */
  readonly receivedAt?: string | undefined
  readonly messageId?: string | undefined
}

export interface Arrival {
  readonly at: Date
  readonly message: { readonly id: string; readonly text: string } | null
}

/**
 * @param reason  what was waited for; null for whatever it is
 * @returns null where nobody said
 * @throws {HabeasError} `forbidden` for anybody but staff; `not_found` for a message of another case; `invalid` where it cannot be
 */
export async function arrivalOf(
  scope: Scope,
  row: SubjectRequestRow,
  { receivedAt, messageId }: SaidOfArrival,
  reason: string | null
): Promise<Arrival | null> {
  if (receivedAt === undefined && messageId === undefined) return null
  if (scope.actor.mover !== 'agent') {
    throw new HabeasError('forbidden', 'Only staff may say that something arrived earlier than now.')
  }
  if (messageId === undefined) {
    const at = new Date(String(receivedAt))
    refuseImpossible(scope, row, at, reason, '/receivedAt')
    return { at, message: null }
  }
  if (receivedAt !== undefined) {
    throw invalid('The message says by itself when it arrived.', {
      pointer: '/receivedAt',
      rule: 'notAllowed',
      fix: 'Send one of receivedAt and messageId.'
    })
  }
  const { row: message, contents } = await findMessage(scope, await findCase(scope, row.caseId), messageId)
  if (message.direction !== 'in') {
    throw invalid('This message is not from the person.', {
      pointer: '/messageId',
      rule: 'direction',
      fix: 'Send the id of one that came in.'
    })
  }
  const at = message.receivedAt ?? message.createdAt
  refuseImpossible(scope, row, at, reason, '/messageId')
  return { at, message: { id: messageId, text: contents?.text ?? '' } }
}

/** What the history says of it. */
export function arrivalData(arrival: Arrival | null): Record<string, unknown> {
  if (arrival === null) return {}
  const { at, message } = arrival
  return { receivedAt: at.toISOString(), ...(message === null ? {} : { messageId: message.id }) }
}

function refuseImpossible(
  scope: Scope,
  row: SubjectRequestRow,
  at: Date,
  reason: string | null,
  pointer: string
): void {
  if (at > scope.now) {
    const fix = 'Send the instant at which it arrived, or leave it out for now.'
    throw invalid('It cannot have arrived in the future.', { pointer, rule: 'notInFuture', fix })
  }
  const pause = pauseFor(row, reason)
  if (pause !== null && at < pause) {
    const fix = `Send an instant that does not lie before ${pause.toISOString()}.`
    throw invalid('It cannot have arrived before it was asked for.', { pointer, rule: 'notBeforePause', fix })
  }
  if (at < row.receivedAt) {
    const fix = `Send an instant that does not lie before ${row.receivedAt.toISOString()}.`
    throw invalid('It cannot have arrived before the request.', { pointer, rule: 'notBeforeReceipt', fix })
  }
}
