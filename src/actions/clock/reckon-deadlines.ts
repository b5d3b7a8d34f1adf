// From a request's clock to the dates in its row. The one place where law, policy and calendar meet.

import { calendarFor } from '../../calendars/calendar.ts'
import { computeDeadlines, type Deadlines, parseClockEvents } from '../../domain/deadline/clock.ts'
import { dateIn } from '../../domain/deadline/local-date.ts'
import type { RegimeName } from '../../domain/deadline/regimes.ts'
import { type Policy, promiseFor } from '../../domain/policy.ts'
import type { Right } from '../../domain/rights.ts'
import type { SubjectRequestRow } from '../../storage/subject-requests.ts'

export type ClockColumns = Pick<
  SubjectRequestRow,
  | 'receivedAt'
  | 'receivedOn'
  | 'dueOn'
  | 'targetOn'
  | 'statutoryDueOn'
  | 'promisedOn'
  | 'extendedDueOn'
  | 'acknowledgeBy'
  | 'extensionNoticeBy'
  | 'refusalBy'
  | 'dueEndsAt'
  | 'clock'
>

interface ClockOf {
  readonly right: Right
  readonly regime: RegimeName
  readonly receivedAt: Date
  /** As in the row: JSON, without personal data. */
  readonly events: readonly Record<string, unknown>[]
}

/**
 * Every date of a request, from what happened to it.
 * @throws {HabeasError} as `computeDeadlines` does
 */
export function reckonDeadlines(policy: Policy, of: ClockOf): { columns: ClockColumns; deadlines: Deadlines } {
  const holidays = calendarFor(policy.holidays)
  const promiseDays = promiseFor(policy, of.right)
  const events = parseClockEvents(of.events)
  const input = {
    regime: of.regime,
    right: of.right,
    receivedAt: of.receivedAt,
    timeZone: policy.timeZone,
    events,
    holidays,
    promiseDays
  }
  const deadlines = computeDeadlines(input)
  return {
    deadlines,
    columns: {
      receivedAt: of.receivedAt,
      receivedOn: dateIn(policy.timeZone, of.receivedAt),
      dueOn: deadlines.effectiveDueOn,
      targetOn: isExtended(of.events) ? deadlines.extendedTargetOn : deadlines.targetOn,
      statutoryDueOn: deadlines.statutoryDueOn,
      promisedOn: deadlines.promisedOn,
      extendedDueOn: isExtended(of.events) ? deadlines.extendedDueOn : null,
      acknowledgeBy: deadlines.acknowledgeBy,
      extensionNoticeBy: deadlines.extensionNoticeBy,
      refusalBy: deadlines.refusalBy,
      dueEndsAt: deadlines.dueEndsAt,
      clock: {
        timeZone: policy.timeZone,
        holidays: policy.holidays,
        holidaysVersion: holidays.version,
        promiseDays: promiseDays ?? null,
        events: of.events
      }
    }
  }
}

/** The dates of a request that has more happen to its clock. */
export function reckonAgain(
  policy: Policy,
  row: SubjectRequestRow,
  events: readonly Record<string, unknown>[]
): ClockColumns {
  return reckonDeadlines(policy, { right: row.right, regime: row.regime, receivedAt: row.receivedAt, events }).columns
}

const isExtended = (events: readonly Record<string, unknown>[]) => events.some(event => event.type === 'extension')
