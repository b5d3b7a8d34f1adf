// What every clock move does: the dates are reckoned anew and written with their entry, and alerts follow them.

import { HabeasError } from '../../domain/errors.ts'
import type { Happening } from '../../domain/events.ts'
import { isFinal, OPEN_STATES } from '../../domain/lifecycle.ts'
import type { Policy } from '../../domain/policy.ts'
import { caseVaultFor } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { type Changes, record } from '../../storage/history.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { lawsOf, lockSubjectRequest, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { followCalendar } from './follow-calendar.ts'
import { planAlerts } from './plan-alerts.ts'
import { type ClockOf, clockOf, reckonDeadlines } from './reckon-deadlines.ts'

export interface ClockMove {
  readonly ground: string
  /** The reason in words that the person will read. */
  readonly note: string
}

interface NewClock {
  readonly kind: Happening
  readonly data: Record<string, unknown>
  readonly words?: string
  /** What its dates are reckoned from now; what is left out stays. */
  readonly clock: Partial<ClockOf>
  readonly changes: Changes
}

/**
 * Reckons the dates anew, under both laws where two apply, writes them with their entry and sets the alerts that now come next.
 * @throws {HabeasError} as `computeDeadlines` does
 */
export async function moveClock(
  scope: Scope,
  policy: Policy,
  row: SubjectRequestRow,
  { kind, data, words, clock, changes }: NewClock
): Promise<SubjectRequestRow> {
  const current = await followCalendar(scope, policy, row)
  const columns = reckonDeadlines(policy, { ...clockOf(current), ...clock })
  const text = words ? { words, vault: await caseVaultFor(scope, row.caseId) } : undefined
  const laws = columns.clock.laws.map(({ regime, dueOn }) => [regime, dueOn] as const)
  const dates = {
    dueOnBefore: current.dueOn,
    dueOn: columns.dueOn,
    ...(laws.length === 0 ? {} : { laws: Object.fromEntries(laws) })
  }
  const entry = { kind, to: row.state, data: { ...data, ...dates }, text }
  const after = await record(scope, current, entry, { ...columns, ...changes })
  await planAlerts(scope, policy, after, current)
  return after
}

/** @throws {HabeasError} `not_found`; `version_stale`; `move_not_allowed` once it has ended; `right_not_confirmed` */
export async function lockClock(
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

/** The laws of a request, its own first. */
export const regimesOf = (row: SubjectRequestRow) => lawsOf(row).map(({ regime }) => regime)
