// The one extension that a law may give.

import { dateIn } from '../../domain/deadline/local-date.ts'
import { REGIMES, type RegimeName } from '../../domain/deadline/regimes.ts'
import { HabeasError } from '../../domain/errors.ts'
import type { GroundCode } from '../../domain/grounds/ground.ts'
import { requireGroundUnder } from '../../domain/grounds.ts'
import type { Policy } from '../../domain/policy.ts'
import { findCase } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { lawsOf, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { authorityOf } from '../requests/authority-of.ts'
import { tellSubject } from '../requests/tell.ts'
import { followLinkFor } from '../verification/follow-link.ts'
import { alsoDue } from './also-due.ts'
import { type ClockMove, lockClock, moveClock } from './move-clock.ts'
import { asIfResumed, reckonAgain } from './reckon-deadlines.ts'

/**
 * Takes the one extension the law allows, while the first deadline still stands, and promises the letter that says why. Where
 * two laws apply, it moves the date of those that give it; the other's stays, and the letter says so.
 *
 * @param workingDays  only where the law lets the controller state a reasonable period (NZ Privacy Act 2020, s. 48)
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed`, `already_extended`, `extension_not_available`,
 *   `extension_too_late` with the last day, `ground_not_available`, `invalid`
 * @see GDPR Art. 12(3): within one month of receipt, together with the reasons
 */
export async function extendDeadline(
  scope: Scope,
  requestId: string,
  move: ClockMove & { workingDays?: number }
): Promise<SubjectRequestRow> {
  const { row, policy } = await lockClock(scope, requestId, 'extended')
  if (row.extendedAt !== null) {
    throw new HabeasError('already_extended', 'The deadline can be extended once only.', { dueOn: row.dueOn })
  }
  // A pause that stands has moved the last day for it, as far as it has lasted.
  const standing = asIfResumed(policy, row, scope.now)
  const regimes = lawsThatGiveIt(standing, scope.now)
  const ground = requireGroundUnder(regimes, { use: 'extend', right: row.right, code: move.ground, note: move.note })
  const extension = {
    type: 'extension',
    announcedAt: scope.now.toISOString(),
    ...(move.workingDays === undefined ? {} : { workingDays: move.workingDays })
  }
  const { clock } = reckonAgain(policy, standing, [...standing.clock.events, extension])
  const after = await moveClock(scope, policy, row, {
    kind: 'extended',
    data: { ground: ground.code, source: ground.source },
    words: move.note,
    clock: { events: [...row.clock.events, ...clock.events.slice(-1)] },
    changes: { extendedAt: scope.now }
  })

  await tellOfExtension(scope, policy, {
    before: standing,
    after: asIfResumed(policy, after, scope.now),
    regime: ground.regime,
    reason: { code: ground.code, note: move.note }
  })
  return after
}

/** @throws {HabeasError} `extension_not_available` when no law of the request gives it; `extension_too_late` when it is too late for all */
function lawsThatGiveIt(row: SubjectRequestRow, now: Date): readonly [RegimeName, ...RegimeName[]] {
  const giving = lawsOf(row).flatMap(({ regime, extensionNoticeBy: by }) => (by === null ? [] : [{ regime, by }]))
  const last = giving
    .map(({ by }) => by)
    .sort()
    .at(-1)
  if (last === undefined) {
    throw new HabeasError('extension_not_available', `${REGIMES[row.regime].law} has no extension for this request.`, {
      regime: row.regime,
      right: row.right
    })
  }
  const today = dateIn(row.clock.timeZone, now)
  const [first, ...others] = giving.filter(({ by }) => today <= by).map(({ regime }) => regime)
  if (first === undefined) {
    throw new HabeasError('extension_too_late', `The extension had to be announced by ${last}.`, {
      extensionNoticeBy: last
    })
  }
  return [first, ...others]
}

interface Extended {
  readonly before: SubjectRequestRow
  readonly after: SubjectRequestRow
  /** The law on whose ground the time was taken. */
  readonly regime: RegimeName
  readonly reason: { readonly code: GroundCode; readonly note: string }
}

async function tellOfExtension(
  scope: Scope,
  policy: Policy,
  { before, after, regime, reason }: Extended
): Promise<void> {
  const theirs = await findCase(scope, before.caseId)
  const ofLaw = (row: SubjectRequestRow) => lawsOf(row).find(law => law.regime === regime)?.dueOn ?? null
  const firstDueOn = lawsOf(before).length === 1 ? before.dueOn : ofLaw(before)
  const dueOn = ofLaw(after)
  if (firstDueOn === null || dueOn === null) throw new Error('A request with an extension has a due day.')
  const facts = {
    right: before.right,
    receivedOn: before.receivedOn,
    firstDueOn,
    dueOn,
    alsoDue: alsoDue(after, law => law.dueOn !== null && law.dueOn < dueOn),
    reasons: [{ ...reason, what: null, citation: null, until: null }] as const,
    link: await followLinkFor(scope, theirs),
    ...authorityOf(policy, theirs, before.regime)
  }
  await tellSubject(scope, policy, theirs, 'extension', facts, { requestId: before.id })
}
