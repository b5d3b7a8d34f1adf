// Corrects the law under which a request is answered, and its dates with it.

import type { RegimeName } from '../../domain/deadline/regimes.ts'
import { HabeasError } from '../../domain/errors.ts'
import { OPEN_STATES } from '../../domain/lifecycle.ts'
import { lawBeside } from '../../domain/policy.ts'
import { changeCase, lockCase, openCaseVault, peopleOf, placeOfPeople } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { lockSubjectRequest, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { moveClock } from '../clock/move-clock.ts'

export interface CorrectedRegime {
  readonly regime: RegimeName
  /** Where the person lives, as it was learned: letters name the authority of that place. Null keeps what is known. */
  readonly place: Place | null
  /** Why, sealed. */
  readonly words: string
}

export interface Place {
  readonly country: string
  readonly region: string | null
}

/**
 * Corrects the law of one request, and the place of the person for all of the case.
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed` once answered or ended; `right_not_offered`,
 *   `extension_not_available` or `extension_too_late` when the other law does not know what was asked or done
 */
export async function correctRegime(
  scope: Scope,
  requestId: string,
  { regime, place, words }: CorrectedRegime
): Promise<SubjectRequestRow> {
  const row = await lockSubjectRequest(scope, requestId)
  if (!OPEN_STATES.includes(row.state)) {
    throw new HabeasError('move_not_allowed', `The law of a request that is ${row.state} stays as it is.`, {
      state: row.state
    })
  }
  if (place !== null) await correctPlace(scope, row.caseId, place)
  const { body: policy } = await currentPolicy(scope)
  return await moveClock(scope, policy, row, {
    kind: 'regime_corrected',
    data: { from: row.regime, to: regime },
    words,
    clock: { regime, also: lawBeside(policy, regime, row.right), events: row.clock.events.map(asUndecided) },
    changes: { regime }
  })
}

/** Whether an extension was announced in time is for the other law to say. */
function asUndecided({ under, ...event }: Record<string, unknown>): Record<string, unknown> {
  return event
}

async function correctPlace(scope: Scope, caseId: string, place: Place): Promise<void> {
  const theirs = await lockCase(scope, caseId)
  const { subject, requester } = peopleOf(scope, theirs)
  const people = { subject: { ...subject, ...place }, requester }
  const sealed = openCaseVault(scope, theirs).sealJson(placeOfPeople(caseId), people)
  await changeCase(scope, caseId, { ...place, sealed })
}
