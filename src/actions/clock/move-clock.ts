// Clock moves change the due date and leave the state: extend, pause and resume.

import { dateIn } from '../../domain/deadline/local-date.ts'
import { HabeasError } from '../../domain/errors.ts'
import type { Happening } from '../../domain/events.ts'
import type { GroundCode } from '../../domain/grounds/ground.ts'
import { groundsFor, requireGround } from '../../domain/grounds.ts'
import { isFinal, OPEN_STATES } from '../../domain/lifecycle.ts'
import { portalLink } from '../../domain/links.ts'
import type { Policy } from '../../domain/policy.ts'
import { nextAlertFrom } from '../../domain/timers.ts'
import type { Reason } from '../../letters/reason.ts'
import { caseVaultFor, findCase } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { type Changes, record } from '../../storage/history.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { lockSubjectRequest, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { setTimer, stopTimers } from '../../storage/timers.ts'
import { authorityOf } from '../requests/authority-of.ts'
import { tellSubject } from '../requests/tell.ts'
import { reckonAgain } from './reckon-deadlines.ts'

export interface ClockMove {
  readonly ground: string
  /** The reason in words that the person will read. */
  readonly note: string
}

/**
 * Takes the one extension the law allows, while the first deadline still stands, and promises the letter that says why.
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
  const { row, policy } = await lockOpen(scope, requestId, 'extended')
  if (row.extendedAt !== null) {
    throw new HabeasError('already_extended', 'The deadline can be extended once only.', { dueOn: row.dueOn })
  }
  if (row.extensionNoticeBy === null) {
    throw new HabeasError('extension_not_available', 'The law has no extension for this request.', {
      regime: row.regime,
      right: row.right
    })
  }
  const today = dateIn(policy.timeZone, scope.now)
  if (today > row.extensionNoticeBy) {
    throw new HabeasError('extension_too_late', `The extension had to be announced by ${row.extensionNoticeBy}.`, {
      extensionNoticeBy: row.extensionNoticeBy
    })
  }
  const ground = requireGround({
    use: 'extend',
    right: row.right,
    regime: row.regime,
    code: move.ground,
    note: move.note
  })
  const events = [
    ...row.clock.events,
    { type: 'extension', ...(move.workingDays === undefined ? {} : { workingDays: move.workingDays }) }
  ]
  const after = await moveClock(scope, policy, row, {
    kind: 'extended',
    data: { ground: ground.code, source: ground.source },
    words: move.note,
    events,
    changes: { extendedAt: scope.now }
  })
  const theirs = await findCase(scope, row.caseId)
  if (row.dueOn === null || after.dueOn === null) throw new Error('A request with an extension has a due day.')
  await tellSubject(
    scope,
    policy,
    theirs,
    'extension',
    {
      right: row.right,
      receivedOn: row.receivedOn,
      firstDueOn: row.dueOn,
      dueOn: after.dueOn,
      reasons: [reasonOf(ground.code, move.note)],
      link: null,
      ...authorityOf(policy, theirs, row.regime)
    },
    { requestId: row.id }
  )
  return after
}

/**
 * Stops the clock while the controller waits for the person, on a ground for which the law lets it stand still.
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed`, `cannot_pause`, `ground_not_available`, `invalid`
 * @see EDPB Guidelines 01/2022, para. 159
 */
export async function pauseClock(
  scope: Scope,
  requestId: string,
  move: ClockMove & { undueDelay?: boolean }
): Promise<SubjectRequestRow> {
  const { row, policy } = await lockOpen(scope, requestId, 'paused')
  const after = await pause(scope, policy, row, move)
  const ground = requireGround({
    use: 'pause',
    right: row.right,
    regime: row.regime,
    code: move.ground,
    note: move.note
  })
  await tellSubject(
    scope,
    policy,
    await findCase(scope, row.caseId),
    'pause_notice',
    {
      right: row.right,
      pausedOn: dateIn(policy.timeZone, scope.now),
      reason: reasonOf(ground.code, move.note),
      link: portalLink(scope.publicUrl, scope.tenant.slug)
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
  if (groundsFor({ use: 'pause', right: row.right, regime: row.regime }).length === 0) {
    throw new HabeasError('cannot_pause', 'Nothing stops the clock of this request.', {
      regime: row.regime,
      right: row.right
    })
  }
  const ground = requireGround({
    use: 'pause',
    right: row.right,
    regime: row.regime,
    code: move.ground,
    note: move.note
  })
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
    events: [...row.clock.events, event],
    changes: { pausedAt: scope.now }
  })
}

/**
 * Lets the clock run again.
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed`, `not_paused`
 */
export async function resumeClock(scope: Scope, requestId: string): Promise<SubjectRequestRow> {
  const { row, policy } = await lockOpen(scope, requestId, 'resumed')
  if (row.pausedAt === null) throw new HabeasError('not_paused', 'The clock runs already.')
  const after = await resume(scope, policy, row)
  if (after.dueOn !== null) {
    await tellSubject(
      scope,
      policy,
      await findCase(scope, row.caseId),
      'resumption_notice',
      { right: row.right, resumedOn: dateIn(policy.timeZone, scope.now), dueOn: after.dueOn, link: null },
      { requestId: row.id }
    )
  }
  return after
}

/** Ends the pause that stands, if one does. */
export async function resume(scope: Scope, policy: Policy, row: SubjectRequestRow): Promise<SubjectRequestRow> {
  if (row.pausedAt === null) return row
  const events = row.clock.events.map(event =>
    event.type === 'pause' && event.resumedAt === undefined ? { ...event, resumedAt: scope.now.toISOString() } : event
  )
  return await moveClock(scope, policy, row, { kind: 'resumed', data: {}, events, changes: { pausedAt: null } })
}

interface NewClock {
  readonly kind: Happening
  readonly data: Record<string, unknown>
  readonly words?: string
  readonly events: readonly Record<string, unknown>[]
  readonly changes: Changes
}

/** Reckons the dates anew, writes them with their entry and sets the alert that now comes next. */
export async function moveClock(
  scope: Scope,
  policy: Policy,
  row: SubjectRequestRow,
  clock: NewClock
): Promise<SubjectRequestRow> {
  const columns = reckonAgain(policy, { ...row, ...clock.changes }, clock.events)
  const text = clock.words ? { words: clock.words, vault: await caseVaultFor(scope, row.caseId) } : undefined
  const data = { ...clock.data, dueOnBefore: row.dueOn, dueOn: columns.dueOn }
  const after = await record(
    scope,
    row,
    { kind: clock.kind, to: row.state, data, text },
    { ...columns, ...clock.changes }
  )
  await stopTimers(scope, 'alert:%', { requestId: row.id })
  if (after.dueOn !== null) await setTimer(scope, nextAlertFrom(policy, after.dueOn, scope.now), { requestId: row.id })
  return after
}

async function lockOpen(
  scope: Scope,
  requestId: string,
  move: Happening
): Promise<{ row: SubjectRequestRow; policy: Policy }> {
  const row = await lockSubjectRequest(scope, requestId)
  if (!OPEN_STATES.includes(row.state)) {
    throw new HabeasError('move_not_allowed', `The clock of a request that is ${row.state} does not move.`, {
      state: row.state,
      move,
      final: isFinal(row.state)
    })
  }
  if (row.rightGuessed)
    throw new HabeasError('right_not_confirmed', 'The right was guessed from a mail: confirm or correct it first.', {
      right: row.right
    })
  const { body } = await currentPolicy(scope)
  return { row, policy: body }
}

const reasonOf = (code: GroundCode, note: string): Reason => ({ code, what: null, note, citation: null, until: null })
