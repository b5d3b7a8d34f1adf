// A request ended: whoever waited for it waits no longer.

import { canMove } from '../../domain/lifecycle.ts'
import type { Scope } from '../../storage/database.ts'
import { requestsOfCase, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { stopTimers } from '../../storage/timers.ts'
import { supersede } from '../../storage/tokens.ts'
import { askOnceRightsAreKnown } from '../intake/confirm-right.ts'

/**
 * Ends the waiting for one that has ended: a link proves nothing any more when no request of the case waits for it,
 * and the others are asked for proof when they only waited for this one's right to be confirmed.
 */
export async function endWaiting(scope: Scope, { caseId, rightGuessed }: SubjectRequestRow): Promise<void> {
  const waiting = (await requestsOfCase(scope, caseId)).filter(row => canMove(row.state, 'verify', 'subject'))
  if (waiting.length > 0) return rightGuessed ? await askOnceRightsAreKnown(scope, caseId) : undefined
  await supersede(scope, caseId, 'verify')
  await stopTimers(scope, 'verification%', { caseId })
}
