// What a tenant promises and chooses. Versioned: each change is a new row, and a request's clock says which it used.

import type { LocalDate } from './deadline/local-date.ts'
import type { Regime } from './deadline/regime.ts'
import { REGIMES, type RegimeName } from './deadline/regimes.ts'
import type { Right } from './rights.ts'
import type { Locale } from './subject-request.ts'

export interface Policy {
  readonly organisation: {
    readonly name: string
    /** One line a line, as on an envelope. */
    readonly postalAddress: readonly string[]
    readonly email: string
    readonly website?: string
    readonly privacyPolicyUrl?: string
    readonly dataProtectionOfficer?: string
  }
  /** Where staff alerts go when nobody is assigned. */
  readonly alertsTo: string
  readonly locales: readonly Locale[]
  readonly defaultLocale: Locale
  /** IANA zone of the controller's establishment: legal days are its days. */
  readonly timeZone: string
  /** Public holidays of the establishment: `DK`, `GR`, `AU-NSW`. */
  readonly holidays: string
  /**
   * Public holidays that the place has declared and the calendar does not know yet, such as a day of mourning. Deadlines move
   * past them. A day on which only the organisation is closed is none: no law waits for it.
   */
  readonly ownHolidays: readonly OwnHoliday[]
  /** The supervisory authority named in letters unless the person's country has its own, by ISO code. */
  readonly authority: string
  readonly regimes: {
    readonly default: RegimeName
    /** By ISO country, or country and state (`US-CA`). */
    readonly byPlace: Readonly<Record<string, RegimeName>>
    /** A law the tenant keeps for everybody beside the person's own: where two apply, the earlier date rules. */
    readonly baseline?: RegimeName
    /** Whose public holidays count under a law that does not reach the establishment: those of the representative's place. */
    readonly holidays?: Readonly<Partial<Record<RegimeName, string>>>
  }
  /** What the tenant is, where a law treats kinds of controller differently: `agency` in Australia, `small_agent` in Brazil. */
  readonly controllerKind?: string
  readonly rights: readonly Right[]
  /** Days from receipt in which the tenant promises an answer, for all rights or for one. */
  readonly promiseDays: Readonly<Partial<Record<Right | 'all', number>>>
  readonly verification: {
    /** Days until an unproven request expires. */
    readonly windowDays: number
    readonly reminderAfterHours: number
  }
  /** Whether fulfilment begins by itself once identity is proven. */
  readonly startsByItself: boolean
  readonly fourEyes: { readonly rights: readonly Right[]; readonly refusals: boolean }
  /** Days after the answer in which it may be reopened; then it closes. */
  readonly closesAfterDays: number
  /** Days in which a package may be fetched. */
  readonly packageDays: number
  /** How long the personal data of what has ended is kept, as proof of how it was answered. Its history stays. */
  readonly retention: {
    /** Months after a case that was proven or answered has ended. */
    readonly answeredMonths: number
    /** Days after the end of a case that nobody proved and that was not answered. */
    readonly unprovenDays: number
    /** Days after it arrived, for a mail or form that became no case. */
    readonly unsortedDays: number
  }
  readonly alerts: {
    /** Days before the due day on which staff are reminded. */
    readonly daysBefore: readonly number[]
    /** Days between alerts once overdue. */
    readonly everyDaysOverdue: number
    /** Working days before the last day for confirming receipt, where the law sets one and nothing has confirmed it yet. */
    readonly workingDaysBeforeAcknowledgement: readonly number[]
  }
  /** Words of this kind in the subject line mark a mail as a request: "Privacy Inquiry". */
  readonly inboundSubjectWords: readonly string[]
}

export interface OwnHoliday {
  readonly on: LocalDate
  readonly name: string
}

/** What a tenant that chose nothing gets: the conservative reading. */
export const POLICY_DEFAULTS = {
  ownHolidays: [],
  promiseDays: {},
  verification: { windowDays: 7, reminderAfterHours: 24 },
  startsByItself: false,
  fourEyes: { rights: ['erasure'], refusals: true },
  closesAfterDays: 30,
  packageDays: 7,
  retention: { answeredMonths: 24, unprovenDays: 30, unsortedDays: 90 },
  alerts: { daysBefore: [14, 7, 3, 1, 0], everyDaysOverdue: 7, workingDaysBeforeAcknowledgement: [2] },
  inboundSubjectWords: []
} as const satisfies Partial<Policy>

/** The regime a request is answered under: that of the person's state, else of their country, else the tenant's own. */
export function regimeFor(policy: Policy, place: { country: string | null; region: string | null }): RegimeName {
  const byState = place.country && place.region ? policy.regimes.byPlace[`${place.country}-${place.region}`] : undefined
  const byCountry = place.country ? policy.regimes.byPlace[place.country] : undefined
  return byState ?? byCountry ?? policy.regimes.default
}

/** The law that answers for the right: this one, or the baseline where this one does not know the right. */
export function lawFor(policy: Policy, regime: RegimeName, right: Right): RegimeName {
  const { baseline } = policy.regimes
  return baseline !== undefined && !knows(regime, right) && knows(baseline, right) ? baseline : regime
}

/** The law that applies beside this one; null where there is none, or it does not know the right. */
export function lawBeside(policy: Policy, regime: RegimeName, right: Right): RegimeName | null {
  const { baseline } = policy.regimes
  return baseline !== undefined && baseline !== regime && knows(baseline, right) ? baseline : null
}

function knows(name: RegimeName, right: Right): boolean {
  const regime: Regime = REGIMES[name]
  return regime.rights[right] !== undefined
}

/** Days the tenant promises for this right, if it promises any. */
export function promiseFor(policy: Policy, right: Right): number | undefined {
  return policy.promiseDays[right] ?? policy.promiseDays.all
}

/** Whether a second person has to send this answer. */
export function needsSecondPerson(policy: Policy, right: Right, refusesAnything: boolean): boolean {
  return policy.fourEyes.rights.includes(right) || (refusesAnything && policy.fourEyes.refusals)
}
