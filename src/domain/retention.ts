// What is kept of a case that has ended, and until when. Its key goes; its dates, outcomes and history stay.

import { addDays, addMonths, dateIn, type LocalDate, startOfDay } from './deadline/local-date.ts'
import type { RegimeName } from './deadline/regimes.ts'
import type { Policy } from './policy.ts'

/** Why personal data was erased. `retention` is the tenant's period; the others are the word of an admin. */
export const ERASURE_REASONS = ['person_asked', 'no_longer_needed', 'entered_by_mistake'] as const
export type ErasureReason = (typeof ERASURE_REASONS)[number] | 'retention'

/** Months for which a law wants to see how its requests were answered: 11 CCR 7101(a), whatever the tenant chose. */
const LEAST_MONTHS: Readonly<Partial<Record<RegimeName, number>>> = { 'us-ca': 24 }

/** For whoever looks again at what was kept back: the month that GDPR Art. 12(3) gives for an answer. */
const MONTHS_TO_LOOK_AGAIN = 1

export interface EndedCase {
  /** When the last of its requests ended. */
  readonly endedAt: Date
  /** Whether the person proved who they are, or got an answer without it: a refusal may be contested as well. */
  readonly wasAnswered: boolean
  readonly regimes: readonly RegimeName[]
  /** The last day on which one of the answers keeps something back: then it is looked at again. */
  readonly keptBackUntil: LocalDate | null
}

/**
 * When the personal data of a case is erased: as the last day on which it is kept has ended in the tenant's zone.
 * @see GDPR Art. 5(1)(e), 5(2): no longer than its purpose needs, and that is to show that the answer was right
 */
export function caseKeptUntil({ timeZone, retention }: Policy, ended: EndedCase): Date {
  const { endedAt, wasAnswered, regimes, keptBackUntil } = ended
  const endedOn = dateIn(timeZone, endedAt)
  if (!wasAnswered) return endOf(timeZone, addDays(endedOn, retention.unprovenDays))
  const months = Math.max(retention.answeredMonths, ...regimes.map(regime => LEAST_MONTHS[regime] ?? 0))
  const keptOn = addMonths(endedOn, months)
  const lookedOn = keptBackUntil === null ? keptOn : addMonths(keptBackUntil, MONTHS_TO_LOOK_AGAIN)
  return endOf(timeZone, lookedOn > keptOn ? lookedOn : keptOn)
}

/** When a mail or form is erased that became no case. */
export function inboundKeptUntil({ timeZone, retention }: Policy, receivedAt: Date): Date {
  return endOf(timeZone, addDays(dateIn(timeZone, receivedAt), retention.unsortedDays))
}

/** By how many days at most something is kept less long than before. */
export function daysShorter(before: Policy['retention'], after: Policy['retention']): number {
  return Math.max(
    0,
    (before.answeredMonths - after.answeredMonths) * LONGEST_MONTH,
    before.unprovenDays - after.unprovenDays,
    before.unsortedDays - after.unsortedDays
  )
}

const LONGEST_MONTH = 31

function endOf(timeZone: string, day: LocalDate): Date {
  return startOfDay(timeZone, addDays(day, 1))
}
