// The shape of a law as data. Everything the clock does differently from one law to the next is a field here;
// a new law is a new row, never a new branch in the code.

import type { Right } from '../rights.ts'
import type { RestDays } from './holidays.ts'

/** A stretch of time. Months are calendar months; working days carry which days do not count. */
export type Span =
  | { readonly months: number }
  | { readonly days: number }
  | { readonly workingDays: number; readonly except: RestDays }

/** What happens when the last day is a rest day: it moves past these, or stays (null). The source says why either way. */
export interface RollRule {
  readonly past: RestDays | null
  readonly source: string
}

export interface Period {
  readonly span: Span
  readonly source: string
  readonly roll: RollRule
}

/** By when receipt has to be confirmed. */
export interface Acknowledgement extends Period {
  /** The first day, `YYYY-MM-DD`, on which something received has to be confirmed; left out where the law is older than the service. */
  readonly inForceOn?: string
}

/** A day from which something is counted: the start of the clock, or the date the request itself bears. */
export type CountedFrom = 'start' | 'request_dated'

/**
 * More time, once. Either the law fixes how much is added, counted again from the start of the clock, or the controller
 * states a reasonable number of working days, which are added to the first deadline.
 */
export interface Extension {
  readonly span: { readonly further: Span } | { readonly statedInWorkingDaysExcept: RestDays }
  readonly source: string
  /** The notice is due at the end of the answer's own period, counted from here. */
  readonly noticeCountedFrom: CountedFrom
  readonly noticeSource: string
}

/** How the safe date is made: from the answer's period without any pause, then back to a working day on the broadest list. */
export interface TargetRule {
  readonly countedFrom: CountedFrom
  /** Days taken off the period because the law can be read as counting the day of receipt. */
  readonly daysEarlier: number
  /** A shorter reading of the answer's period, where working days can be counted differently. */
  readonly span?: Span
}

/** What one law says about one right. */
export interface DeadlineRule {
  /** Null where the law sets no period for the answer itself. */
  readonly answer: Period | null
  readonly extension: Extension | null
  /** Where a refusal has a limit of its own, it is the end of the answer's period, which no extension moves. */
  readonly refusalSource: string | null
  readonly acknowledgement: Acknowledgement | null
  readonly target: TargetRule
}

/** The safe date of most laws: the whole period, from the start of the clock. */
export const FROM_RECEIPT: TargetRule = { countedFrom: 'start', daysEarlier: 0 }

/** A right without a period of its own in the law: only a promise gives it a date. */
export const NO_PERIOD: DeadlineRule = {
  answer: null,
  extension: null,
  refusalSource: null,
  acknowledgement: null,
  target: FROM_RECEIPT
}

export type RulesByRight = Readonly<Partial<Record<Right, DeadlineRule>>>

/**
 * What waiting for somebody does to the clock.
 * `credit`: the days from the question to the answer are added. `credit_inclusive`: both of those days count as well.
 * `restart`: the period begins anew on the day of the answer.
 */
export interface PauseRule {
  readonly effect: 'credit' | 'credit_inclusive' | 'restart'
  /** The rights for which it counts; null for all. */
  readonly rights: readonly Right[] | null
  /** Whether the controller must have asked without undue delay. */
  readonly askedPromptly: boolean
  readonly source: string
}

/** What asking for a fee does: nothing, add the days until it is paid, or begin anew when it is paid or after days to think. */
export type FeeRule =
  | { readonly effect: 'none' | 'credit' | 'restart'; readonly source: string }
  | { readonly effect: 'restart_after_asking'; readonly days: number; readonly source: string }

/**
 * Whose public holidays count. A controller established within the reach of the law, in one of these places or a part of one,
 * goes by the calendar of its own place.
 */
export interface HolidaysOf {
  readonly within: readonly string[]
  /** The calendar for whoever is established elsewhere; null where then only weekends count. */
  readonly elsewhere: string | null
  readonly source: string
}

export interface Regime {
  /** The law by the name its readers use. */
  readonly law: string
  readonly holidays: HolidaysOf
  /** What starts the clock, and that the day itself is not counted. */
  readonly startSource: string
  readonly rights: RulesByRight
  /** Kinds of controller that the law treats differently, by the word used in the event `controller_kind`. */
  readonly controllerKinds: Readonly<Record<string, RulesByRight>>
  /** The rules once it is clear that another controller has to answer; null where the law knows no transfer. */
  readonly transfer: RulesByRight | null
  /** By the reason of the pause. */
  readonly pauses: Readonly<Record<string, PauseRule>>
  /** Why a pause for any other reason moves nothing. */
  readonly otherPausesSource: string
  readonly fee: FeeRule | null
  /** Why the date on the request matters beside its receipt; null where it does not. */
  readonly requestDatedSource: string | null
}

/** The same rule for several rights. */
export function forRights(rights: readonly Right[], rule: DeadlineRule): RulesByRight {
  return Object.fromEntries(rights.map(right => [right, rule]))
}
