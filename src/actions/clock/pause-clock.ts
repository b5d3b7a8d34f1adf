// The clock stands still while the controller waits for the person, where the law lets it, and runs again.

import { dateIn } from '../../domain/deadline/local-date.ts'
import type { Regime } from '../../domain/deadline/regime.ts'
import { REGIMES } from '../../domain/deadline/regimes.ts'
import { HabeasError } from '../../domain/errors.ts'
import { groundsFor, requireGroundUnder } from '../../domain/grounds.ts'
import { portalLink } from '../../domain/links.ts'
import type { Policy } from '../../domain/policy.ts'
import { findCase } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { currentPolicy } from '../../storage/policies.ts'
import type { SubjectRequestRow } from '../../storage/subject-requests.ts'
import { tellSubject } from '../requests/tell.ts'
import { followLinkFor } from '../verification/follow-link.ts'
import { runningOn } from './also-due.ts'
import { type Arrival, arrivalData, arrivalOf, type SaidOfArrival } from './arrivals.ts'
import { type ClockMove, lockClock, moveClock, regimesOf } from './move-clock.ts'
import { pauseFor, resumedAt } from './reckon-deadlines.ts'

/**
 * Stops the clock while the controller waits for the person, on a ground for which the law lets it stand still. Where two laws
 * apply, the one that knows no such pause runs on, and the letter says so.
 *
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed`, `cannot_pause`, `ground_not_available`, `invalid`
 * @see EDPB Guidelines 01/2022, para. 159
 */
export async function pauseClock(
  scope: Scope,
  requestId: string,
  move: ClockMove & { undueDelay?: boolean }
): Promise<SubjectRequestRow> {
  const { row, policy } = await lockClock(scope, requestId, 'paused')
  const after = await pause(scope, policy, row, move)
  const ground = pauseGround(row, move)
  const theirs = await findCase(scope, row.caseId)
  await tellSubject(
    scope,
    policy,
    theirs,
    'pause_notice',
    {
      right: row.right,
      pausedOn: dateIn(policy.timeZone, scope.now),
      reason: { code: ground.code, what: null, note: move.note, citation: null, until: null },
      link: (await followLinkFor(scope, theirs)) ?? portalLink(scope.publicUrl, scope.tenant.slug),
      alsoDue: runningOn(after, ground.code)
    },
    { requestId: row.id }
  )
  return after
}

/** The pause itself, for whoever tells the person in a letter of their own. @throws {HabeasError} as `pauseClock` does */
export async function pause(
  scope: Scope,
  policy: Policy,
  row: SubjectRequestRow,
  move: ClockMove & { undueDelay?: boolean }
): Promise<SubjectRequestRow> {
  if (row.pausedAt !== null)
    throw new HabeasError('cannot_pause', 'The clock already stands.', { pausedAt: row.pausedAt.toISOString() })
  const ground = pauseGround(row, move)
  const event = {
    type: 'pause',
    reason: ground.code,
    pausedAt: scope.now.toISOString(),
    ...(move.undueDelay === undefined ? {} : { undueDelay: move.undueDelay })
  }
  return await moveClock(scope, policy, row, {
    kind: 'paused',
    data: { ground: ground.code, source: ground.source },
    words: move.note,
    clock: { events: [...row.clock.events, event] },
    changes: { pausedAt: scope.now }
  })
}

/**
 * Lets the clock run again, from when that arrived for which it stood.
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed`, `not_paused`; `forbidden`, `invalid` as `arrivalOf` does
 */
export async function resumeClock(
  scope: Scope,
  requestId: string,
  said: SaidOfArrival = {}
): Promise<SubjectRequestRow> {
  const { row, policy } = await lockClock(scope, requestId, 'resumed')
  if (row.pausedAt === null) throw new HabeasError('not_paused', 'The clock runs already.')
  const arrival = await arrivalOf(scope, row, said, null)
  const after = await resume(scope, policy, row, arrival)
  if (after.dueOn !== null) {
    const theirs = await findCase(scope, row.caseId)
    const link = await followLinkFor(scope, theirs)
    await tellSubject(
      scope,
      policy,
      theirs,
      'resumption_notice',
      { right: row.right, resumedOn: dateIn(policy.timeZone, arrival?.at ?? scope.now), dueOn: after.dueOn, link },
      { requestId: row.id }
    )
  }
  return after
}

/**
 * Ends the pause that stands, if one does.
 * @param arrival  of what was waited for; null for now. Requests of a case share it, and none was waited for before it was asked
 */
export async function resume(
  scope: Scope,
  policy: Policy,
  row: SubjectRequestRow,
  arrival: Arrival | null = null
): Promise<SubjectRequestRow> {
  const { pausedAt } = row
  if (pausedAt === null) return row
  const at = arrival?.at ?? scope.now
  return await moveClock(scope, policy, row, {
    kind: 'resumed',
    data: arrivalData(arrival),
    clock: { events: resumedAt(row.clock.events, at < pausedAt ? pausedAt : at) },
    changes: { pausedAt: null }
  })
}

/** The same where it stands for this reason. A wait for something else goes on. */
export async function resumeFrom(
  scope: Scope,
  policy: Policy,
  row: SubjectRequestRow,
  reason: 'identity' | 'clarification',
  arrival: Arrival | null
): Promise<SubjectRequestRow> {
  return pauseFor(row, reason) === null ? row : await resume(scope, policy, row, arrival)
}

/** The same for a request that is about to be answered or to end: until then it stood. */
export async function endPause(scope: Scope, row: SubjectRequestRow): Promise<SubjectRequestRow> {
  if (row.pausedAt === null) return row
  const { body: policy } = await currentPolicy(scope)
  return await resume(scope, policy, row)
}

/** @throws {HabeasError} `cannot_pause` where the law lets nothing stop its clock; `ground_not_available`, `invalid` */
function pauseGround(row: SubjectRequestRow, { ground: code, note }: ClockMove) {
  const { right } = row
  const [first, ...others] = regimesOf(row).filter(regime => groundsFor({ use: 'pause', right, regime }).length > 0)
  if (first === undefined) {
    const { law, otherPausesSource: source }: Regime = REGIMES[row.regime]
    throw new HabeasError('cannot_pause', `${law} lets nothing stop the clock of this request.`, {
      regime: row.regime,
      right,
      source
    })
  }
  return requireGroundUnder([first, ...others], { use: 'pause', right, code, note })
}
