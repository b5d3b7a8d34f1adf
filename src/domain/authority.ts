// What is known of a supervisory authority.

import type { RegimeName } from './deadline/regimes.ts'

/**
 * How far an address was checked. `dataset`: listed by a maintained public data set; `dataset-contact`, `dataset-web`: that data
 * set names only the contact page or the home page; `stored-page`: read on the page itself; `recalled`: from memory.
 */
export type Confidence = 'dataset' | 'dataset-contact' | 'dataset-web' | 'stored-page' | 'recalled'

export interface Authority {
  /** ISO 3166 country, or country and region: `GR`, `DE-HH`, `US-CA`. */
  readonly iso: string
  readonly country: string
  /** The law it watches over; null where it hears no complaints about companies. */
  readonly regime: RegimeName | null
  readonly nameEn: string
  readonly nameLocal: string
  /** As on an envelope from abroad, one line a line. */
  readonly postalAddress: readonly string[]
  /** The same in the country's own script and without the country, where that differs. */
  readonly postalAddressLocal: readonly string[] | null
  readonly web: string
  readonly complaintUrl: string
  readonly complaintEmail: string | null
  readonly phone: string | null
  /** ISO 639 language in which it takes complaints, where it names one. */
  readonly language: string | null
  readonly confidence: { readonly complaintUrl: Confidence; readonly postalAddress: Confidence }
  readonly note: string | null
}
