// Staff say which right a mail was about. Only then does anything else begin.

import { HabeasError } from '../../domain/errors.ts'
import { canMove, OPEN_STATES } from '../../domain/lifecycle.ts'
import { lawBeside, lawFor, promiseFor } from '../../domain/policy.ts'
import type { Right } from '../../domain/rights.ts'
import type { Details, Identifier } from '../../domain/subject-request.ts'
import { caseVaultFor, findCase } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { promise } from '../../storage/promises.ts'
import {
  contentsOf,
  findSubjectRequest,
  lockInCase,
  requestsOfCase,
  type SubjectRequestRow,
  sealContents
} from '../../storage/subject-requests.ts'
import { moveClock } from '../clock/move-clock.ts'
import { addIdentifiers } from '../requests/set-identifiers.ts'
import { offeredRights } from './offered-rights.ts'

export interface Confirmed {
  readonly right: Right
  /** What the person asks for, as staff read it beside the words of the mail; null is nothing but those. */
  readonly details: Details | null
  /** By which names systems know the person, beside those that are known. */
  readonly identifiers: readonly Identifier[]
}

/**
 * Confirms or corrects a guess. The dates are reckoned anew from the same receipt, for another right may have another clock.
 *
 * @throws {HabeasError} `not_found`, `version_stale`; `conflict` when it is no guess, or the case has a request for that right
 *   already; `move_not_allowed` when the request has ended; `right_not_offered`; `invalid` for an identifier that is none
 */
export async function confirmRight(
  scope: Scope,
  requestId: string,
  { right, details, identifiers }: Confirmed
): Promise<SubjectRequestRow> {
  // With the whole case: two who confirm its guesses at once must not both leave the asking to the other.
  const guess = await lockInCase(scope, requestId)
  const others = (await requestsOfCase(scope, guess.caseId)).filter(request => request.id !== requestId)
  const { body: policy } = await currentPolicy(scope)
  refuseImpossible(guess, others, right)
  if (offeredRights(policy, guess.regime, [right]).length === 0) {
    const offered = offeredRights(policy, guess.regime, policy.rights)
    throw new HabeasError(
      'right_not_offered',
      `This organisation does not take ${right} requests under ${guess.regime}.`,
      { right, offered }
    )
  }

  await addIdentifiers(scope, guess.caseId, identifiers)
  const row = await findSubjectRequest(scope, requestId)
  const regime = lawFor(policy, row.regime, right)
  const vault = await caseVaultFor(scope, row.caseId)
  const contents = contentsOf(vault, row)
  const { text } = contents.details
  const asked = details === null ? contents.details : { ...(text === undefined ? {} : { text }), ...details }
  const after = await moveClock(scope, policy, row, {
    kind: 'right_confirmed',
    data: { from: row.right, to: right },
    clock: { right, regime, also: lawBeside(policy, regime, right), promiseDays: promiseFor(policy, right) ?? null },
    changes: {
      right,
      regime,
      rightGuessed: false,
      directMarketing: asked.directMarketing === true,
      sealed: sealContents(vault, row.id, { ...contents, details: asked })
    }
  })
  await askOnceRightsAreKnown(scope, row.caseId)
  return after
}

/**
 * Promises the mail that asks for proof, once no open request of the case rests on a guess. To be called as well by
 * whoever ends a guessed request: the others may have waited for it only.
 */
export async function askOnceRightsAreKnown(scope: Scope, caseId: string): Promise<void> {
  const open = (await requestsOfCase(scope, caseId)).filter(row => OPEN_STATES.includes(row.state))
  if (open.some(row => row.rightGuessed) || !open.some(row => canMove(row.state, 'ask_verification', 'system'))) return
  const { verifiedAt } = await findCase(scope, caseId)
  if (verifiedAt === null) await promise(scope, 'ask_verification', { caseId }, { key: `verification:${caseId}` })
}

function refuseImpossible(row: SubjectRequestRow, others: readonly SubjectRequestRow[], right: Right): void {
  if (!OPEN_STATES.includes(row.state)) {
    throw new HabeasError('move_not_allowed', `The right of a request that is ${row.state} stays as it is.`, {
      state: row.state
    })
  }
  if (!row.rightGuessed)
    throw new HabeasError('conflict', 'The right of this request is not a guess.', { right: row.right })
  const twin = others.find(other => other.right === right && OPEN_STATES.includes(other.state))
  if (twin !== undefined) {
    throw new HabeasError('conflict', 'The case has an open request for this right already: cancel one of the two.', {
      right,
      requestId: twin.id
    })
  }
}
