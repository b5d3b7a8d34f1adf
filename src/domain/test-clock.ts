// The clock of a sandbox: it runs like any other, and can be sent ahead. A live tenant has none and goes by the service's.

import { addDuration } from './deadline/local-date.ts'
import { type Fault, HabeasError, invalid } from './errors.ts'
import { inDays } from './timers.ts'

export interface TestClock {
  /** What it showed when it was set last. */
  readonly shownAt: Date
  /** The service's time at that moment, from which it runs on; null while it stands, on its way to `toAt`. */
  readonly runsSince: Date | null
  /** The advance under way, or the last one; null before the first. */
  readonly fromAt: Date | null
  readonly toAt: Date | null
  /** How many timers fired on that way. */
  readonly fired: number
}

/** How far it is to go: so much later by the wall clock of the tenant's zone (ISO 8601), or to an instant. */
export type Advance = { readonly by: string } | { readonly to: Date }

/** Each instant at which something happens is played, so the way has an end. */
export const LONGEST_ADVANCE_DAYS = 400
/** Public holidays are known until the end of 2041, and nothing is reckoned without them. */
const LAST_INSTANT = new Date('2040-12-31T00:00:00Z')

/** What a clock shows when the service's shows `serviceNow`. It never shows less than it showed. */
export function timeOn({ shownAt, runsSince }: Pick<TestClock, 'shownAt' | 'runsSince'>, serviceNow: Date): Date {
  if (runsSince === null) return shownAt
  return new Date(shownAt.getTime() + Math.max(0, serviceNow.getTime() - runsSince.getTime()))
}

/**
 * Where an advance ends that begins at `now`.
 * @throws {HabeasError} `invalid` for what is no duration, does not lie ahead, or lies too far
 */
export function endOfAdvance(advance: Advance, now: Date, timeZone: string): Date {
  const pointer = 'by' in advance ? '/by' : '/to'
  const end = 'by' in advance ? laterBy(advance.by, now, timeZone) : advance.to
  if (end <= now) {
    throw refused({
      pointer,
      rule: 'onlyForward',
      fix: `A clock never goes back: send what lies after ${now.toISOString()}.`
    })
  }
  if (end > inDays(now, LONGEST_ADVANCE_DAYS)) {
    throw refused({
      pointer,
      rule: 'maximum',
      fix: `Advance ${LONGEST_ADVANCE_DAYS} days at most, and then again.`
    })
  }
  if (end > LAST_INSTANT) {
    throw refused({
      pointer,
      rule: 'maximum',
      fix: `Stay before ${LAST_INSTANT.toISOString()}: holidays are not known for ever.`
    })
  }
  return end
}

/** @throws {HabeasError} `sandbox_only` */
export function refuseLive(tenant: { readonly sandbox: boolean }): void {
  if (!tenant.sandbox) {
    throw new HabeasError('sandbox_only', 'This tenant is live: time passes for it as it passes for everybody.')
  }
}

function laterBy(duration: string, now: Date, timeZone: string): Date {
  const end = addDuration(timeZone, now, duration)
  if (end !== null) return end
  throw refused({
    pointer: '/by',
    rule: 'duration',
    fix: `Send an ISO 8601 duration of ${LONGEST_ADVANCE_DAYS} days at most, such as P3M, P10D or PT36H.`
  })
}

const refused = (fault: Fault) => invalid('The clock cannot be advanced like that.', fault)
