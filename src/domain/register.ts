// Who may not be processed, and for what. The register is asked by products before they process, so where two readings
// are possible it takes the one that protects the person: two spellings are one person, an unclear purpose is every purpose.

import { parseMailbox } from './mailbox-address.ts'
import { RIGHT_RULES, type Right } from './rights.ts'
import type { Details, Identifier } from './subject-request.ts'

export const REGISTER_KINDS = ['restricted', 'objected', 'erased'] as const
export type RegisterKind = (typeof REGISTER_KINDS)[number]

/** Why an entry may end. A restriction ends besides only after the person was told (GDPR Art. 18(3)). */
export const LIFT_REASONS = {
  restricted: ['accuracy_verified', 'objection_decided', 'claims_ended', 'person_asked', 'entered_by_mistake'],
  objected: ['consent_given', 'person_asked', 'entered_by_mistake'],
  erased: ['person_returned', 'entered_by_mistake']
} as const satisfies Record<RegisterKind, readonly string[]>
export type LiftReason = (typeof LIFT_REASONS)[RegisterKind][number]
/** Why Habeas itself ends an entry: its request did not last. */
export const OWN_END_REASONS = [
  'request_withdrawn',
  'request_cancelled',
  'request_refused',
  'request_forwarded'
] as const
export type EndReason = LiftReason | (typeof OWN_END_REASONS)[number]

export const ALL_LIFT_REASONS = [...new Set(REGISTER_KINDS.flatMap(kind => LIFT_REASONS[kind]))]

/**
 * Whether an entry ends when the person takes back the request it was made for. A restriction was theirs to ask for, and so was
 * an objection. Consent that was withdrawn is not given by taking that back (GDPR Art. 4(11)), nor is an opt-out ended by it
 * (11 CCR 7028): such an entry is lifted by staff, with the consent.
 */
export function endsWhenWithdrawn(kind: RegisterKind, right: Right): boolean {
  return kind === 'restricted' || (kind === 'objected' && right === 'objection')
}

/** One standing entry about a person, or one that is to stand. */
export interface StandingEntry {
  readonly kind: RegisterKind
  /** Null is every purpose. */
  readonly purpose: string | null
}

/** What stays allowed with restricted data: GDPR Art. 18(2), "with the exception of storage". */
const STORAGE = 'storage'

/** Entered for every objection to direct marketing: it ends all of it, profiling included (GDPR Art. 21(2)-(3)). */
export const DIRECT_MARKETING = 'direct_marketing'
/** Entered for every opt-out: it ends whatever the data map says that people may opt out of (Cal. Civ. Code 1798.120). */
export const SALE_OR_SHARING = 'sale_or_sharing'

/** What a right is about by its own words, whatever the person calls it: Cal. Civ. Code 1798.120 and 1798.121. */
const PURPOSES_OF_RIGHT: Readonly<Partial<Record<Right, readonly string[]>>> = {
  opt_out: [SALE_OR_SHARING, DIRECT_MARKETING, 'analytics'],
  limit_use: ['sensitive_data']
}

/**
 * What a request enters from the moment in which identity is proven, before anybody looks at it: a restriction (GDPR Art. 18), the
 * end of what nobody weighs (Art. 7(3), 21(3); 11 CCR 7026), and the pause that any other objection brings until it is weighed
 * (Art. 18(1)(d)). What is erased is entered once it is.
 */
export function entriesAtOnce(right: Right, details: Details): StandingEntry[] {
  const { register } = RIGHT_RULES[right]
  if (register === null || register === 'erased') return []
  const isWeighed = right === 'objection' && !details.directMarketing
  return entriesOf(isWeighed ? 'restricted' : register, right, details)
}

/** What a request enters as one kind, by all purposes that it is about. */
export function entriesOf(kind: RegisterKind, right: Right, details: Details): StandingEntry[] {
  return purposesOf(kind, right, details).map(purpose => ({ kind, purpose }))
}

/** What many do and everybody calls so: said by these names a purpose is one, whether or not the data map has it. */
const ORDINARY_PURPOSES: readonly string[] = [
  DIRECT_MARKETING,
  SALE_OR_SHARING,
  'advertising',
  'analytics',
  'automated_decisions',
  'marketing',
  'newsletter',
  'personalisation',
  'profiling',
  'research',
  'sensitive_data',
  'statistics'
]

/**
 * The entries, with no purpose in a person's own words: the register and the history outlive the person's data, and such words
 * may hold a name or a number. What they meant is every purpose, as with a sentence, unless the request is about known ones too.
 * @param known  what the data map names, in `purposeForm`
 */
export function inKnownWords(entries: readonly StandingEntry[], known: ReadonlySet<string>): StandingEntry[] {
  const isKnown = ({ purpose }: StandingEntry) =>
    purpose === null || ORDINARY_PURPOSES.includes(purpose) || known.has(purpose)
  const kept = entries.filter(isKnown)
  const lost = entries.filter(entry => !isKnown(entry) && !kept.some(({ kind }) => kind === entry.kind))
  return [...kept, ...lost.map(({ kind }) => ({ kind, purpose: null }))]
}

/** Letters, digits and `_`, so that a purpose never carries a sentence in which somebody is named. */
export const PURPOSE_SHAPE = '^[a-z0-9][a-z0-9_]{0,63}$'

/**
 * The name of a purpose as the register compares it: `Usage analytics` and `usage-analytics` are `usage_analytics`.
 * @returns null for what is no name of a purpose but a sentence
 */
export function purposeForm(text: string): string | null {
  const form = text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '_')
  return new RegExp(PURPOSE_SHAPE).test(form) ? form : null
}

/** What the tenant's data map says of a purpose. */
export interface PurposeFacts {
  readonly marketing: boolean
  /** Whether an opt-out ends it. */
  readonly optOut: boolean
}

/**
 * Whether an entry forbids a purpose.
 *
 * - `restricted`: everything but storage, or everything done for the entry's purpose (GDPR Art. 18(2)). What that article
 *   lets through besides (consent, legal claims, the rights of another, an important public interest) is for a person to
 *   decide and to record with its ground; the register never lets it through by itself.
 * - `objected`: the entry's purpose, and whatever the data map counts to it where that is direct marketing or an opt-out;
 *   without a purpose, everything.
 * - `erased`: everything, storage too: data that turn up again came from a backup or an import. Somebody who came back as
 *   a customer is processed again once staff have lifted the entry; the register does not guess at consent.
 *
 * @param asked  in `purposeForm`
 */
export function forbids(entry: StandingEntry, asked: string, { marketing, optOut }: PurposeFacts): boolean {
  if (entry.kind === 'erased') return true
  if (entry.kind === 'restricted' && asked === STORAGE) return false
  if (entry.purpose === null || entry.purpose === asked) return true
  return (marketing && entry.purpose === DIRECT_MARKETING) || (optOut && entry.purpose === SALE_OR_SHARING)
}

/** Null is every purpose: a sentence names none, and what is unclear protects the person. */
function purposesOf(
  kind: RegisterKind,
  right: Right,
  { purpose, directMarketing = false }: Details
): (string | null)[] {
  if (kind === 'erased') return [null]
  const named = purpose === undefined ? null : purposeForm(purpose)
  const own = kind !== 'objected' ? undefined : directMarketing ? [DIRECT_MARKETING] : PURPOSES_OF_RIGHT[right]
  if (own === undefined) return [named]
  return [...new Set([...(named === null ? [] : [named]), ...own])]
}

/**
 * An identifier in the spelling-blind form the register looks it up by, or null when its spelling says all there is.
 * The kind is another one, so that it never meets an exact identifier.
 *
 * @throws {HabeasError} `invalid` for an address that is none: it could not have been entered, and "not in the register"
 *   would be said of somebody whose address was only mistyped
 */
export function foldedIdentifier({ kind, value }: Identifier, pointer = ''): Identifier | null {
  if (kind === 'email') return { kind: 'email_folded', value: foldedAddress(value, pointer) }
  if (kind === 'phone') return { kind: 'phone_folded', value: value.replace(/[^0-9+]/g, '').replace(/^00/, '+') }
  return null
}

/** Most addresses there are. Two hyphens in a row may be an encoded domain, which only the full reading tells. */
const PLAIN_ADDRESS = /^[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}$/i
const PLAIN_MAX = 64

/** As `parseMailbox` folds it; checks come by the thousand, and the full reading costs as much as all the rest of one. */
function foldedAddress(text: string, pointer: string): string {
  const isPlain = text.length <= PLAIN_MAX && !text.includes('--') && PLAIN_ADDRESS.test(text)
  return isPlain ? text.toLowerCase() : parseMailbox(text, pointer).foldedForm
}
