// The worked cases of the laws: official examples, decisions of authorities and courts, and what follows from them.

import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { calendarFor } from '../../src/calendars/calendar.ts'
import { type ClockInput, parseClockEvents } from '../../src/domain/deadline/clock.ts'
import { REGIME_NAMES } from '../../src/domain/deadline/regimes.ts'
import { RIGHTS } from '../../src/domain/rights.ts'

export type DeadlineCase = Readonly<Record<string, string>>

/** The columns that say what has to come out; an empty one says that there is no such date. */
export const EXPECTED = [
  'dueOn',
  'extendedDueOn',
  'acknowledgeBy',
  'targetOn',
  'extendedTargetOn',
  'extensionNoticeBy',
  'refusalBy',
  'dueEndsAt'
] as const

export function deadlineCases(): DeadlineCase[] {
  return parse(readFileSync(new URL('../data/deadlines.csv', import.meta.url), 'utf8'), { columns: true })
}

export function questionOf(row: DeadlineCase): ClockInput {
  return {
    regime: oneOf(REGIME_NAMES, row.regime),
    right: oneOf(RIGHTS, row.right),
    receivedAt: new Date(row.receivedAt!),
    timeZone: row.timeZone!,
    events: parseClockEvents(JSON.parse(row.events!)),
    holidays: calendarFor(row.holidays!)
  }
}

/** As the cases write instants. */
export const written = (at: string | null): string | null => at?.replace('.000Z', 'Z') ?? null

function oneOf<T extends string>(known: readonly T[], text: string | undefined): T {
  const found = known.find(name => name === text)
  if (found === undefined) throw new Error(`The case names ${text}, which is not known.`)
  return found
}
