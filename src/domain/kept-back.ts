// What an answer keeps back until a day, and when it is looked at again: the letter promises that (GDPR Art. 17(3), 15(4)).

import { MORNING_HOUR } from './alerts.ts'
import { addDays, hourOfDay, type LocalDate } from './deadline/local-date.ts'
import type { Decision, Outcome } from './subject-request.ts'
import type { Withheld } from './tasks.ts'

export interface Answer {
  readonly outcome: Outcome | null
  readonly decision: Decision | null
  /** By the systems. */
  readonly withheld: readonly Withheld[]
}

/** The last days on which something is kept back, each once, in their order. */
export function daysKeptBack({ outcome, decision, withheld }: Answer): LocalDate[] {
  if (outcome !== 'partly_granted' && outcome !== 'refused') return []
  const rejected = (decision?.changes ?? []).filter(change => !change.accepted)
  const named = [...rejected, ...(decision === null ? [] : [decision])].map(
    ({ until }) => (until ?? null) as LocalDate | null
  )
  const bySystems = outcome === 'refused' ? [] : withheld.map(({ until }) => until)
  return [...new Set([...bySystems, ...named])].filter(day => day !== null).sort()
}

/** In the morning of the day after, in the tenant's zone. */
export function lookAgainAt(timeZone: string, until: LocalDate): Date {
  return hourOfDay(timeZone, addDays(until, 1), MORNING_HOUR)
}
