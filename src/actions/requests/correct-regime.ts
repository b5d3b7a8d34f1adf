// Corrects the law under which a request is answered, and its dates with it.

import { parseClockEvents } from '../../domain/deadline/clock.ts'
import { statesLength } from '../../domain/deadline/laws.ts'
import type { RegimeName } from '../../domain/deadline/regimes.ts'
import { HabeasError, invalid } from '../../domain/errors.ts'
import { OPEN_STATES } from '../../domain/lifecycle.ts'
import { lawBeside } from '../../domain/policy.ts'
import { changeCase, lockCase, openCaseVault, peopleOf, placeOfPeople } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { promise } from '../../storage/promises.ts'
import { lockSubjectRequest, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { moveClock } from '../clock/move-clock.ts'
import { type ClockOf, clockOf, withExtensionDecided } from '../clock/reckon-deadlines.ts'

export interface CorrectedRegime {
  readonly regime: RegimeName
  /** Where the person lives, as it was learned: letters name the authority of that place. Null keeps what is known. */
  readonly place: Place | null
  /** Of an extension that was taken, where only the new law counts it in them. */
  readonly workingDays?: number | undefined
  /** Why, sealed. */
  readonly words: string
}

export interface Place {
  readonly country: string
  readonly region: string | null
}

/**
 * Corrects the law of one request, and the place of the person for all of the case. Of an extension that was taken each law says
 * anew whether it gives it; one that does not keeps its day.
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed` once answered or ended; `right_not_offered` when the other
 *   law does not know what was asked; `invalid` for working days that no extension is counted in
 */
export async function correctRegime(
  scope: Scope,
  requestId: string,
  { regime, place, words, workingDays }: CorrectedRegime
): Promise<SubjectRequestRow> {
  const row = await lockSubjectRequest(scope, requestId)
  if (!OPEN_STATES.includes(row.state)) {
    throw new HabeasError('move_not_allowed', `The law of a request that is ${row.state} stays as it is.`, {
      state: row.state
    })
  }
  if (place !== null) await correctPlace(scope, row.caseId, place)
  const { body: policy } = await currentPolicy(scope)
  const also = lawBeside(policy, regime, row.right)
  const clock = { ...clockOf(row), regime, also }
  const events = workingDays === undefined ? clock.events : withLength(clock, workingDays)
  const corrected = await moveClock(scope, policy, row, {
    kind: 'regime_corrected',
    data: { from: row.regime, to: regime },
    words,
    clock: { regime, also, events: withExtensionDecided(policy, { ...clock, events }, scope.now) },
    changes: { regime }
  })
  if (row.acknowledgeBy === null && corrected.acknowledgeBy !== null)
    await promise(scope, 'confirm_receipt', { caseId: row.caseId }, { key: `receipt:${row.caseId}` })
  return corrected
}

/** The extension with its length, which was said once at most. */
function withLength({ right, regime, also, events }: ClockOf, workingDays: number): ClockOf['events'] {
  const known = parseClockEvents(events)
  const taken = known.find(event => event.type === 'extension')
  const isCountedInThem = [regime, ...(also === null ? [] : [also])].some(law =>
    statesLength(law, { right, events: known })
  )
  if (!isCountedInThem || taken === undefined || (taken.workingDays ?? workingDays) !== workingDays) {
    throw invalid('There is no extension whose length is still to be stated.', {
      pointer: '/workingDays',
      rule: 'notAllowed',
      fix: 'Leave the working days out.'
    })
  }
  return events.map(event => (event.type === 'extension' ? { ...event, workingDays } : event))
}

async function correctPlace(scope: Scope, caseId: string, place: Place): Promise<void> {
  const theirs = await lockCase(scope, caseId)
  const { subject, requester } = peopleOf(scope, theirs)
  const people = { subject: { ...subject, ...place }, requester }
  const sealed = openCaseVault(scope, theirs).sealJson(placeOfPeople(caseId), people)
  await changeCase(scope, caseId, { ...place, sealed })
}
