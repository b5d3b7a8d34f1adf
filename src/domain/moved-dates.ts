// Which of the dates of a request are no longer what they were.

import type { LocalDate } from './deadline/local-date.ts'

/** The dates that staff go by, in the order in which a move matters to them. */
export const MOVABLE_DATES = [
  'dueOn',
  'acknowledgeBy',
  'targetOn',
  'extensionNoticeBy',
  'refusalBy',
  'statutoryDueOn',
  'extendedDueOn'
] as const
export type MovableDate = (typeof MOVABLE_DATES)[number]

type Dates = Readonly<Record<MovableDate, LocalDate | null>>

export interface MovedDate {
  readonly date: MovableDate
  readonly from: LocalDate
  readonly to: LocalDate
}

/** Those that differ, what matters most first. One that was none, or is none now, is no move. */
export function movedDates(before: Dates, after: Dates): MovedDate[] {
  return MOVABLE_DATES.flatMap(date => {
    const [from, to] = [before[date], after[date]]
    return from === null || to === null || from === to ? [] : [{ date, from, to }]
  })
}
