// The one way by which a request changes its state.

import { HabeasError } from '../../domain/errors.ts'
import { canMove, isFinal, MOVES_ON_A_GUESS, type MoveName, nextState, OPEN_STATES } from '../../domain/lifecycle.ts'
import type { Outcome } from '../../domain/subject-request.ts'
import { caseVaultFor } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { type Changes, record } from '../../storage/history.ts'
import { lockRequestsOfCase, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { dropOpenTasks } from '../../storage/tasks.ts'
import { stopTimers } from '../../storage/timers.ts'
import { endPause } from '../clock/pause-clock.ts'
import { promiseToWaiting } from '../fulfilment/wait-for-copies.ts'
import { setRetention } from '../retention/retain-case.ts'

export interface MoveFacts {
  /** Without personal data. */
  readonly data?: Record<string, unknown>
  /** A person's own words, sealed. */
  readonly words?: string | null | undefined
  readonly changes?: Changes
}

/** Who refuses, or is only a processor, needs no system to answer. */
const ANSWERED_UNSEARCHED: readonly (Outcome | null)[] = ['refused', 'forwarded']

/**
 * Makes a move of the lifecycle: the row, its history, and an end to what no longer applies.
 * @param row  as locked by this transaction
 * @throws {HabeasError} `move_not_allowed` when the lifecycle has no such move; `right_not_confirmed` while the right is a guess
 */
export async function moveRequest(
  scope: Scope,
  row: SubjectRequestRow,
  move: MoveName,
  { data = {}, words, changes = {} }: MoveFacts = {}
): Promise<SubjectRequestRow> {
  const to = nextState(row.state, move, scope.actor.mover)
  if (row.rightGuessed && !MOVES_ON_A_GUESS.includes(move)) {
    throw new HabeasError('right_not_confirmed', 'The right was guessed from a mail: confirm or correct it first.', {
      right: row.right
    })
  }
  const stillOpen = OPEN_STATES.includes(to)
  const text = words ? { words, vault: await caseVaultFor(scope, row.caseId) } : undefined
  const running = stillOpen ? row : await endPause(scope, row)
  const after = await record(scope, running, { kind: move, to, data, text }, changes)
  if (!stillOpen) await stopTimers(scope, 'alert:%', { requestId: row.id })
  if (!stillOpen || ANSWERED_UNSEARCHED.includes(after.outcome)) await dropOpenTasks(scope, row.id)
  if (!stillOpen) await promiseToWaiting(scope, after)
  if (isFinal(to)) await setRetention(scope, after)
  return after
}

/**
 * Those requests of a case for which a move is open, locked: they share the proof of identity, and move together.
 * @throws {HabeasError} `move_not_allowed` when it is open for none of them
 */
export async function lockMovable(scope: Scope, caseId: string, move: MoveName): Promise<SubjectRequestRow[]> {
  const requests = await lockRequestsOfCase(scope, caseId)
  const movable = requests.filter(request => canMove(request.state, move, scope.actor.mover))
  const [first] = requests
  if (movable.length === 0 && first !== undefined) nextState(first.state, move, scope.actor.mover)
  return movable
}
