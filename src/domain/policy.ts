// What a tenant promises and chooses. Versioned: each change is a new row, and a request's clock says which it used.

import type { RegimeName } from './deadline/regimes.ts'
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
  /** The supervisory authority named in letters unless the person's country has its own, by ISO code. */
  readonly authority: string
  readonly regimes: {
    readonly default: RegimeName
    /** By ISO country, or country and state (`US-CA`); where two apply the earlier date rules. */
    readonly byPlace: Readonly<Record<string, RegimeName>>
  }
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
  readonly alerts: {
    /** Days before the due day on which staff are reminded. */
    readonly daysBefore: readonly number[]
    /** Days between alerts once overdue. */
    readonly everyDaysOverdue: number
  }
  /** Words of this kind in the subject line mark a mail as a request: "Privacy Inquiry". */
  readonly inboundSubjectWords: readonly string[]
}

/** What a tenant that chose nothing gets: the conservative reading. */
export const POLICY_DEFAULTS = {
  promiseDays: {},
  verification: { windowDays: 7, reminderAfterHours: 24 },
  startsByItself: false,
  fourEyes: { rights: ['erasure'], refusals: true },
  closesAfterDays: 30,
  packageDays: 7,
  alerts: { daysBefore: [14, 7, 3, 1, 0], everyDaysOverdue: 7 },
  inboundSubjectWords: []
} as const satisfies Partial<Policy>

/** The regime a request is answered under: that of the person's state, else of their country, else the tenant's own. */
export function regimeFor(policy: Policy, place: { country: string | null; region: string | null }): RegimeName {
  const byState = place.country && place.region ? policy.regimes.byPlace[`${place.country}-${place.region}`] : undefined
  const byCountry = place.country ? policy.regimes.byPlace[place.country] : undefined
  return byState ?? byCountry ?? policy.regimes.default
}

/** Days the tenant promises for this right, if it promises any. */
export function promiseFor(policy: Policy, right: Right): number | undefined {
  return policy.promiseDays[right] ?? policy.promiseDays.all
}

/** Whether a second person has to send this answer. */
export function needsSecondPerson(policy: Policy, right: Right, refusesAnything: boolean): boolean {
  return policy.fourEyes.rights.includes(right) || (refusesAnything && policy.fourEyes.refusals)
}
