// Which days of a request stand in a calendar. What Habeas has seen to itself, and what can no longer be done, does not.

import type { LocalDate } from './deadline/local-date.ts'

export const CALENDAR_DATES = ['dueOn', 'targetOn', 'acknowledgeBy', 'extensionNoticeBy'] as const
/** As the request calls them. */
export type CalendarDate = (typeof CALENDAR_DATES)[number]

/** What a calendar shows of which nobody said more: the days that are missed at a price. */
export const USUAL_CALENDAR_DATES: readonly CalendarDate[] = ['dueOn', 'acknowledgeBy', 'extensionNoticeBy']

export interface DatedRequest extends Readonly<Record<CalendarDate, LocalDate | null>> {
  /** Whether the person was told that it has arrived. */
  readonly isConfirmed: boolean
  readonly extendedAt: Date | null
}

/**
 * The days to show of an open request, each with what it is. Receipt is confirmed once, an extension taken once; and what falls
 * on the due day is said in the entry of that day.
 */
export function entriesOf(
  request: DatedRequest,
  wanted: readonly CalendarDate[]
): { readonly date: CalendarDate; readonly on: LocalDate }[] {
  const { dueOn, isConfirmed, extendedAt } = request
  const isOver: Readonly<Record<CalendarDate, boolean>> = {
    dueOn: false,
    targetOn: request.targetOn === dueOn,
    acknowledgeBy: isConfirmed,
    extensionNoticeBy: extendedAt !== null || request.extensionNoticeBy === dueOn
  }
  return CALENDAR_DATES.flatMap(date => {
    const on = request[date]
    return on === null || isOver[date] || !wanted.includes(date) ? [] : [{ date, on }]
  })
}
