// What the letters are told that end a request without an answer, send it elsewhere, or end a restriction.

import type { LocalDate } from '../domain/deadline/local-date.ts'
import type { Right } from '../domain/rights.ts'
import type { Sender, ToPerson } from './addressee.ts'
import type { Redress } from './redress.ts'

/** To the controller, whose processor the tenant is: nothing of the request itself, only where to read it. */
export interface ForwardingFacts {
  readonly tenant: Sender
  readonly controller: string
  readonly reference: string
  readonly rights: readonly Right[]
  readonly receivedOn: LocalDate
  readonly link: string
  readonly openUntilOn: LocalDate
}

export interface WithdrawnFacts extends ToPerson {
  readonly rights: readonly Right[]
  readonly withdrawnOn: LocalDate
}

export interface CancelledFacts extends ToPerson {
  readonly rights: readonly Right[]
  readonly cancelledOn: LocalDate
  /** `duplicate` names the request that goes on; a mistake has none. */
  readonly because: { readonly reason: 'duplicate'; readonly otherReference: string } | { readonly reason: 'mistake' }
}

export interface RestrictionLiftFacts extends ToPerson, Redress {
  readonly restrictedOn: LocalDate
  readonly liftsOn: LocalDate
  /** What was restricted, by category. */
  readonly scope: readonly string[]
  /** Why it ends, in words for the person. */
  readonly note: string
  readonly link: string | null
}
