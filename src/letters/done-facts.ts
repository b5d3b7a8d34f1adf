// The single things that an answer tells of: a category of data, a recipient, a changed field, a file.

import type { LegalBasis } from '../domain/data-map.ts'
import type { LocalDate } from '../domain/deadline/local-date.ts'

/** The archive behind the link. */
export interface PackageOffer {
  readonly link: string
  readonly availableUntilOn: LocalDate
}

/** GDPR Art. 15(1)(a), (b), (d), (g) for one category of data. */
export interface CategoryInformation {
  readonly name: string
  readonly purposes: readonly string[]
  readonly legalBasis: LegalBasis | null
  readonly retention: string
  /** Null when the person gave the data. */
  readonly source: string | null
}

/** GDPR Art. 15(1)(c) and 15(2): by name wherever it is known (CJEU C-154/21). */
export interface RecipientInformation {
  readonly name: string
  readonly location: string | null
  /** The safeguard of Art. 46 that covers a transfer to a third country. */
  readonly safeguard: string | null
}

/**
 * One corrected field. The values are personal data: give them where the answer is shown behind the person's
 * link or put into a package, and leave them out (null) where it travels by mail.
 */
export interface FieldChange {
  readonly field: string
  readonly before: string | null
  readonly after: string | null
}

/** A file of a portability answer. */
export interface PortableFile {
  readonly name: string
  readonly format: string
  readonly contains: string
}

export interface DirectTransfer {
  readonly receiver: string
  readonly sentOn: LocalDate
  readonly receipt: string | null
}
