// From a request's clock to the dates in its row. The one place where law, policy and calendar meet.

import { holidaysUnder } from '../../calendars/holidays-under.ts'
import { parseClockEvents } from '../../domain/deadline/clock.ts'
import { computeUnderLaws, type Law, type LawDeadlines, type RulingDeadlines } from '../../domain/deadline/laws.ts'
import { dateIn } from '../../domain/deadline/local-date.ts'
import type { RegimeName } from '../../domain/deadline/regimes.ts'
import { lawBeside, type Policy, promiseFor } from '../../domain/policy.ts'
import type { Right } from '../../domain/rights.ts'
import type { LawDates, SubjectRequestRow } from '../../storage/subject-requests.ts'

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

/** What the dates of a request are reckoned from, beside the law and its holidays. */
export interface ClockOf {
  readonly right: Right
  readonly regime: RegimeName
  /** The law that applies beside it. */
  readonly also: RegimeName | null
  readonly receivedAt: Date
  readonly timeZone: string
  readonly promiseDays: number | null
  /** As in the row: JSON, without personal data. */
  readonly events: readonly Record<string, unknown>[]
}

/** The clock with which a request begins under a policy. */
export function firstClock(policy: Policy, of: Pick<ClockOf, 'right' | 'regime' | 'receivedAt' | 'events'>): ClockOf {
  const { controllerKind: kind, timeZone } = policy
  return {
    ...of,
    also: lawBeside(policy, of.regime, of.right),
    timeZone,
    promiseDays: promiseFor(policy, of.right) ?? null,
    events: kind === undefined ? of.events : [{ type: 'controller_kind', kind }, ...of.events]
  }
}

/** The clock of a request as it stands. What it began with stays, whatever the tenant has promised to others since. */
export function clockOf({ right, regime, receivedAt, clock }: SubjectRequestRow): ClockOf {
  const { timeZone, promiseDays, events, laws = [] } = clock
  const also = laws.find(law => law.regime !== regime)?.regime ?? null
  return { right, regime, also, receivedAt, timeZone, promiseDays, events }
}

/**
 * Every date of a request, from what happened to it, by the public holidays as the policy has them now.
 * @throws {HabeasError} as `computeDeadlines` does
 */
export function deadlinesOf(policy: Policy, of: ClockOf): RulingDeadlines {
  const { right, receivedAt, timeZone, promiseDays } = of
  const law = (regime: RegimeName): Law => ({ regime, holidays: holidaysUnder(policy, regime) })
  return computeUnderLaws({
    own: law(of.regime),
    also: of.also === null ? null : law(of.also),
    right,
    receivedAt,
    timeZone,
    promiseDays: promiseDays ?? undefined,
    events: parseClockEvents(of.events)
  })
}

/** The same as they stand in the row. @throws {HabeasError} as `computeDeadlines` does */
export function reckonDeadlines(policy: Policy, of: ClockOf): ClockColumns {
  const { timeZone, promiseDays, receivedAt } = of
  const deadlines = deadlinesOf(policy, of)
  const under = deadlines.laws.filter(law => law.isExtended).map(({ regime }) => regime)
  const events = of.events.map(event => (event.type === 'extension' ? { ...event, under } : event))
  const [own] = deadlines.laws
  if (own === undefined) throw new Error('A request has a law.')
  return {
    receivedAt,
    receivedOn: dateIn(timeZone, receivedAt),
    dueOn: deadlines.effectiveDueOn,
    targetOn: deadlines.effectiveTargetOn,
    statutoryDueOn: deadlines.statutoryDueOn,
    promisedOn: deadlines.promisedOn,
    extendedDueOn: deadlines.isExtended ? deadlines.extendedDueOn : null,
    acknowledgeBy: deadlines.acknowledgeBy,
    extensionNoticeBy: deadlines.extensionNoticeBy,
    refusalBy: deadlines.refusalBy,
    dueEndsAt: deadlines.dueEndsAt,
    clock: {
      timeZone,
      holidays: own.holidays.id,
      holidaysVersion: own.holidays.version,
      promiseDays,
      events,
      laws: deadlines.laws.length === 1 ? [] : deadlines.laws.map(asKept)
    }
  }
}

/** The dates of a request that has more happen to its clock. */
export function reckonAgain(
  policy: Policy,
  row: SubjectRequestRow,
  events: readonly Record<string, unknown>[]
): ClockColumns {
  return reckonDeadlines(policy, { ...clockOf(row), events })
}

/** What happened to a clock, as if a pause that stands had ended at that instant. */
export function resumedAt(events: readonly Record<string, unknown>[], at: Date): readonly Record<string, unknown>[] {
  return events.map(event =>
    event.type === 'pause' && event.resumedAt === undefined ? { ...event, resumedAt: at.toISOString() } : event
  )
}

function asKept({ regime, holidays, deadlines, isExtended, endsOn }: LawDeadlines): LawDates {
  return {
    regime,
    holidays: holidays.id,
    holidaysVersion: holidays.version,
    dueOn: endsOn,
    targetOn: isExtended ? deadlines.extendedTargetOn : deadlines.targetOn,
    statutoryDueOn: deadlines.statutoryDueOn,
    extendedDueOn: isExtended ? deadlines.extendedDueOn : null,
    acknowledgeBy: deadlines.acknowledgeBy,
    extensionNoticeBy: deadlines.extensionNoticeBy,
    refusalBy: deadlines.refusalBy
  }
}
