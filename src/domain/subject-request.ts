// The central nouns. `request` outside http/ and pages/ always means a subject request.

import type { LocalDate } from './deadline/local-date.ts'
import { RIGHT_RULES, type Right } from './rights.ts'

/** How a request may end. */
export const OUTCOMES = ['granted', 'partly_granted', 'refused', 'nothing_found', 'forwarded'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** Whether an answer with this outcome brings the person's data along, in a package. */
export function handsOverData(right: Right, outcome: Outcome | null): boolean {
  return RIGHT_RULES[right].handsOverData && (outcome === 'granted' || outcome === 'partly_granted')
}

export const LOCALES = ['en', 'da', 'el'] as const
export type Locale = (typeof LOCALES)[number]

/** How a request reached the tenant. */
export const CHANNELS = ['email', 'portal', 'api', 'post', 'phone', 'in_person'] as const
export type Channel = (typeof CHANNELS)[number]

/** A name by which one of the tenant's systems knows a person: `user_id`, `phone`, `customer_number`. */
export interface Identifier {
  readonly kind: string
  readonly value: string
}

/** The person whose data it is. */
export interface Subject {
  readonly name: string | null
  readonly email: string | null
  readonly locale: Locale
  readonly country: string | null
  /** State, province or canton, where the law of one decides. */
  readonly region: string | null
  readonly identifiers: readonly Identifier[]
}

/** Who asks, when it is not the subject: an authorised agent or a guardian, with what their authority rests on. */
export interface Requester {
  readonly relation: 'agent' | 'guardian'
  readonly name: string
  readonly email: string
  readonly authority: string | null
}

export interface ProposedChange {
  readonly field: string
  readonly current?: string
  readonly proposed: string
  readonly evidence?: string
}

/** What the person asked for beyond the right itself. */
export interface Details {
  readonly text?: string
  readonly categories?: readonly string[]
  /** Rectification. */
  readonly changes?: readonly ProposedChange[]
  /** Erasure: GDPR Art. 17(1); restriction: Art. 18(1). */
  readonly ground?: string
  /** Portability. */
  readonly format?: 'json' | 'csv'
  readonly transferTo?: string
  /** Objection, consent. */
  readonly purpose?: string
  readonly directMarketing?: boolean
  readonly situation?: string
}

/** What staff decided of one proposed change. */
export interface DecidedChange {
  readonly field: string
  readonly before: string | null
  readonly after: string | null
  readonly accepted: boolean
  /** Of one that was rejected, with what the law wants said of it, as the person will read it. */
  readonly ground?: string
  readonly note?: string
  readonly citation?: string
  readonly until?: string
}

export const RECIPIENT_RESULTS = ['told', 'impossible', 'disproportionate', 'not_concerned'] as const
/** `not_concerned`: it never received the data that changed. */
export type RecipientResult = (typeof RECIPIENT_RESULTS)[number]

/** What became of telling one who had received data that changed since (GDPR Art. 19). */
export interface RecipientReport {
  readonly name: string
  readonly result: RecipientResult
  /** With `told`. */
  readonly toldOn: LocalDate | null
  /** With `impossible` and `disproportionate`, for the person to read. */
  readonly why: string | null
}

/** The reasons behind an outcome, as the person will read them. */
export interface Decision {
  readonly reasons: string | null
  /** Art. 21(1): the interests weighed, in plain words. */
  readonly weighing: string | null
  readonly note: string | null
  readonly citation: string | null
  readonly until: string | null
  readonly changes: readonly DecidedChange[]
  /** For whom the tenant processes, where it only is a processor. */
  readonly forwardedTo: { readonly name: string; readonly email: string | null } | null
  /** What became of telling those who had received the data; what was recorded before 0.2.0 has none. */
  readonly recipients?: readonly RecipientReport[]
}
