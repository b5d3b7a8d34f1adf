// From a request's clock to the dates in its row. The one place where law, policy and calendar meet.

import { holidaysUnder } from '../../calendars/holidays-under.ts'
import { parseClockEvents } from '../../domain/deadline/clock.ts'
import {
  computeUnderLaws,
  type Law,
  type LawDeadlines,
  type LawsInput,
  lawsThatExtend,
  type RulingDeadlines
} from '../../domain/deadline/laws.ts'
import { dateIn, earliest, type LocalDate } from '../../domain/deadline/local-date.ts'
import type { RegimeName } from '../../domain/deadline/regimes.ts'
import { lawBeside, type Policy, promiseFor } from '../../domain/policy.ts'
import type { Right } from '../../domain/rights.ts'
import { inDays } from '../../domain/timers.ts'
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
  | 'dueOnWhilePaused'
  | 'clock'
>

/** What happened to a clock, as it stands in the row: JSON, without personal data. */
type KeptEvents = readonly Record<string, unknown>[]

/** Longer than anybody is waited for. */
const LONGEST_PAUSE_DAYS = 3650

/** What the dates of a request are reckoned from, beside the law and its holidays. */
export interface ClockOf {
  readonly right: Right
  readonly regime: RegimeName
  /** The law that applies beside it. */
  readonly also: RegimeName | null
  readonly receivedAt: Date
  readonly timeZone: string
  readonly promiseDays: number | null
  readonly events: KeptEvents
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
  return computeUnderLaws(inputOf(policy, of))
}

function inputOf(policy: Policy, of: ClockOf): LawsInput {
  const { right, receivedAt, timeZone, promiseDays } = of
  const law = (regime: RegimeName): Law => ({ regime, holidays: holidaysUnder(policy, regime) })
  return {
    own: law(of.regime),
    also: of.also === null ? null : law(of.also),
    right,
    receivedAt,
    timeZone,
    promiseDays: promiseDays ?? undefined,
    events: parseClockEvents(of.events)
  }
}

/** The same as they stand in the row. @throws {HabeasError} as `computeDeadlines` does */
export function reckonDeadlines(policy: Policy, of: ClockOf): ClockColumns {
  const { timeZone, promiseDays, receivedAt } = of
  const deadlines = deadlinesOf(policy, of)
  const under = deadlines.laws.filter(law => law.isExtended).map(({ regime }) => regime)
  const events = withExtensionUnder(of.events, under)
  const { standing, dueOnWhilePaused } = meanwhile(policy, { ...of, events }, deadlines)
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
    dueOnWhilePaused,
    clock: {
      timeZone,
      holidays: own.holidays.id,
      holidaysVersion: own.holidays.version,
      promiseDays,
      events,
      laws: deadlines.laws.length === 1 ? [] : deadlines.laws.map(asKept),
      ...(standing.length === 0 ? {} : { standing })
    }
  }
}

/** The dates of a request that has more happen to its clock. */
export function reckonAgain(policy: Policy, row: SubjectRequestRow, events: KeptEvents): ClockColumns {
  return reckonDeadlines(policy, { ...clockOf(row), events })
}

/** The pause that stands, if one does. A clock of before may hold others that were never ended. */
function runningPause(events: KeptEvents): Record<string, unknown> | undefined {
  return events.findLast(event => event.type === 'pause' && event.resumedAt === undefined)
}

/** When the pause began that stands for this reason, or for any; null where none does. */
export function pauseFor({ pausedAt, clock }: SubjectRequestRow, reason: string | null): Date | null {
  return reason === null || runningPause(clock.events)?.reason === reason ? pausedAt : null
}

/** What happened to a clock, as if the pause that stands had ended at that instant. */
export function resumedAt(events: KeptEvents, at: Date): KeptEvents {
  const running = runningPause(events)
  return events.map(event => (event === running ? { ...event, resumedAt: at.toISOString() } : event))
}

/** The row with its dates as they would be if the pause that stands ended at that instant. */
export function asIfResumed(policy: Policy, row: SubjectRequestRow, at: Date): SubjectRequestRow {
  return row.pausedAt === null ? row : { ...row, ...reckonAgain(policy, row, resumedAt(row.clock.events, at)) }
}

/**
 * What happened, with the extension decided anew under the laws of the clock: from then on one that does not give it keeps its
 * day. A pause that stands counts until that instant.
 */
export function withExtensionDecided(policy: Policy, of: ClockOf, at: Date): KeptEvents {
  return withExtensionUnder(of.events, lawsThatExtend(inputOf(policy, { ...of, events: resumedAt(of.events, at) })))
}

function withExtensionUnder(events: KeptEvents, under: readonly RegimeName[]): KeptEvents {
  return events.map(event => (event.type === 'extension' ? { ...event, under } : event))
}

/** Under which laws the clock stands, and the day that goes on however long it does: what a wait without end moves stands. */
function meanwhile(
  policy: Policy,
  of: ClockOf,
  now: RulingDeadlines
): { standing: readonly RegimeName[]; dueOnWhilePaused: LocalDate | null } {
  const running = runningPause(of.events)
  if (running === undefined) return { standing: [], dueOnWhilePaused: null }
  const end = inDays(new Date(String(running.pausedAt)), LONGEST_PAUSE_DAYS)
  const { laws } = deadlinesOf(policy, { ...of, events: resumedAt(of.events, end) })
  const standing = now.laws.filter((law, index) => law.endsOn !== laws[index]?.endsOn)
  const going = now.laws.filter(law => !standing.includes(law))
  return {
    standing: standing.map(({ regime }) => regime),
    dueOnWhilePaused: earliest(now.isExtended ? null : now.promisedOn, ...going.map(({ endsOn }) => endsOn))
  }
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
