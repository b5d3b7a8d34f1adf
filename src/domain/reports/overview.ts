// How a tenant's requests stand and went: what the database counted, put together. The same figures make the JSON, the
// table for spreadsheets and the page.

import type { LocalDate } from '../deadline/local-date.ts'
import { REGIME_NAMES, type RegimeName } from '../deadline/regimes.ts'
import { OPEN_STATES, type State } from '../lifecycle.ts'
import { RIGHTS, type Right } from '../rights.ts'
import { OUTCOMES, type Outcome } from '../subject-request.ts'
import type { Period } from './period.ts'

/** The requests of one state that wait for their answer, as they stand. */
export interface OpenCount {
  readonly state: State
  readonly count: number
  /** Due from today until the Sunday of this week. */
  readonly dueThisWeek: number
  readonly overdue: number
  readonly paused: number
}

/** Of one right under one regime; both null for the sum of all. */
export interface Kind {
  readonly right: Right | null
  readonly regime: RegimeName | null
}

export interface Counted extends Kind {
  readonly count: number
}

/** The answers of a period. Days are legal days from receipt to answer, pauses included. */
export interface AnswersCounted extends Kind {
  readonly answered: number
  /** Those that had a day to be answered by: where the law sets none and nothing was promised, none can be late. */
  readonly dated: number
  readonly onTime: number
  /** The middle of all; of an even number the mean of the two in the middle. */
  readonly medianDays: number | null
  /** The number of days within which at least nine of ten were answered: a number that occurred. */
  readonly p90Days: number | null
  readonly meanDays: number | null
}

export interface OutcomeCount {
  readonly outcome: Outcome
  readonly ground: string | null
  readonly count: number
}

/** What the database counted. */
export interface OverviewCounts {
  readonly open: readonly OpenCount[]
  readonly received: readonly Counted[]
  readonly answers: readonly AnswersCounted[]
  readonly extensions: readonly Counted[]
  readonly outcomes: readonly OutcomeCount[]
}

export interface OverviewRow extends AnswersCounted {
  /** Came in within the period, whatever became of it. */
  readonly received: number
  /** Of those that had a day, the part that was answered by it, from 0 to 1; null where none had one. */
  readonly onTimeShare: number | null
  /** Extensions taken within the period. */
  readonly extensions: number
}

export interface Overview {
  readonly period: Period
  /** IANA zone in which its days are counted. */
  readonly timeZone: string
  /** The day on which what is open was looked at. */
  readonly today: LocalDate
  readonly weekEndsOn: LocalDate
  readonly open: {
    readonly total: number
    readonly dueThisWeek: number
    readonly overdue: number
    readonly paused: number
    /** Every open state, also those in which nothing stands. */
    readonly byState: readonly { readonly state: State; readonly count: number }[]
  }
  readonly total: OverviewRow
  /** Each right and regime of which anything happened in the period, in the order of the laws. */
  readonly rows: readonly OverviewRow[]
  readonly outcomes: readonly OutcomeCount[]
}

export function composeOverview(
  counts: OverviewCounts,
  when: Pick<Overview, 'period' | 'timeZone' | 'today' | 'weekEndsOn'>
): Overview {
  const { open, outcomes } = counts
  const sumOf = (name: 'count' | 'dueThisWeek' | 'overdue' | 'paused') =>
    open.reduce((sum, counted) => sum + counted[name], 0)
  return {
    ...when,
    open: {
      total: sumOf('count'),
      dueThisWeek: sumOf('dueThisWeek'),
      overdue: sumOf('overdue'),
      paused: sumOf('paused'),
      byState: OPEN_STATES.map(state => ({ state, count: open.find(counted => counted.state === state)?.count ?? 0 }))
    },
    total: rowOf({ right: null, regime: null }, counts),
    rows: kindsIn(counts).map(kind => rowOf(kind, counts)),
    outcomes: [...outcomes].sort(
      (a, b) =>
        OUTCOMES.indexOf(a.outcome) - OUTCOMES.indexOf(b.outcome) ||
        b.count - a.count ||
        ((a.ground ?? '') < (b.ground ?? '') ? -1 : 1)
    )
  }
}

function kindsIn({ received, answers, extensions }: OverviewCounts): Kind[] {
  const seen = [...received, ...answers, ...extensions]
  return RIGHTS.flatMap(right =>
    REGIME_NAMES.filter(regime => seen.some(isOf({ right, regime }))).map(regime => ({ right, regime }))
  )
}

function rowOf(kind: Kind, { received, answers, extensions }: OverviewCounts): OverviewRow {
  const { dated, onTime, meanDays, ...answered } = { ...NO_ANSWERS, ...answers.find(isOf(kind)), ...kind }
  return {
    ...answered,
    received: received.find(isOf(kind))?.count ?? 0,
    dated,
    onTime,
    onTimeShare: dated === 0 ? null : rounded(onTime / dated, 4),
    meanDays: meanDays === null ? null : rounded(meanDays, 1),
    extensions: extensions.find(isOf(kind))?.count ?? 0
  }
}

const NO_ANSWERS = { answered: 0, dated: 0, onTime: 0, medianDays: null, p90Days: null, meanDays: null }

const isOf = (kind: Kind) => (row: Kind) => row.right === kind.right && row.regime === kind.regime

/** The same text on every machine: what a person would write down. */
export function rounded(value: number, places: number): number {
  const factor = 10 ** places
  return Math.round(value * factor) / factor
}
