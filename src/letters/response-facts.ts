// What the answer to a request is told: for every right what was done, and for every outcome what the law wants said with it.

import type { AutomatedDecision } from '../domain/data-map.ts'
import type { LocalDate } from '../domain/deadline/local-date.ts'
import type { Right } from '../domain/rights.ts'
import type { Outcome } from '../domain/subject-request.ts'
import type { ToPerson } from './addressee.ts'
import type {
  CategoryInformation,
  DirectTransfer,
  FieldChange,
  PackageOffer,
  PortableFile,
  RecipientInformation
} from './done-facts.ts'
import type { Reasons } from './reason.ts'
import type { Redress } from './redress.ts'

/** What a system did. Data kept back stand in the reasons. */
export interface SystemResult {
  readonly system: string
  readonly did:
    | 'provided'
    | 'corrected'
    | 'erased'
    | 'anonymised'
    | 'restricted'
    | 'stopped'
    | 'answered'
    | 'nothing_found'
  readonly categories: readonly string[]
}

/** A recipient of the data and whether it was told of the change (GDPR Art. 19). */
export type RecipientTold = { readonly name: string } & (
  | { readonly toldOn: LocalDate; readonly why: null }
  /** Telling it proved impossible or would take disproportionate effort, and why. */
  | { readonly toldOn: null; readonly why: string }
)

export interface AccessInformation {
  readonly categories: readonly CategoryInformation[]
  /** Empty: nobody has received them. */
  readonly recipients: readonly RecipientInformation[]
  /** Empty: there are none. */
  readonly automatedDecisions: readonly AutomatedDecision[]
}

/** A place that is named and was not searched: nothing in it is about anybody, or somebody else decides about it. */
export interface NotSearched {
  readonly name: string
  readonly because: 'anonymous' | 'processor'
  /** In the tenant's own words; null leaves it to ours. */
  readonly why: string | null
}

/** What was done, by right. */
export interface DoneByRight {
  readonly access: {
    readonly systems: readonly SystemResult[]
    readonly information: AccessInformation
    /** Null for a person without an address: the copy goes with the letter. */
    readonly package: PackageOffer | null
  }
  readonly rectification: {
    readonly systems: readonly SystemResult[]
    readonly changes: readonly FieldChange[]
    readonly recipients: readonly RecipientTold[]
  }
  readonly erasure: {
    readonly systems: readonly SystemResult[]
    readonly recipients: readonly RecipientTold[]
  }
  readonly restriction: {
    readonly systems: readonly SystemResult[]
    readonly startedOn: LocalDate
    readonly scope: readonly string[]
    readonly ground: 'accuracy_contested' | 'unlawful_but_keep' | 'needed_for_claims' | 'objection_pending'
    readonly recipients: readonly RecipientTold[]
  }
  readonly portability: {
    readonly systems: readonly SystemResult[]
    readonly package: PackageOffer | null
    readonly files: readonly PortableFile[]
    readonly transfer: DirectTransfer | null
  }
  readonly objection: {
    readonly systems: readonly SystemResult[]
    readonly directMarketing: boolean
    readonly purposes: readonly string[]
    readonly stoppedOn: LocalDate
  }
  readonly withdraw_consent: {
    readonly systems: readonly SystemResult[]
    readonly purposes: readonly string[]
    readonly stoppedOn: LocalDate
  }
  readonly automated_decision: {
    readonly result: 'changed' | 'upheld'
    readonly reviewedOn: LocalDate
    /** Why the person who looked at it decided so, in words for the person. */
    readonly explanation: string
  }
  readonly opt_out: {
    readonly systems: readonly SystemResult[]
    readonly stoppedOn: LocalDate
    readonly recipients: readonly RecipientTold[]
  }
  readonly limit_use: {
    readonly systems: readonly SystemResult[]
    readonly stoppedOn: LocalDate
    readonly recipients: readonly RecipientTold[]
  }
  readonly complaint: { readonly finding: string }
  readonly appeal: { readonly finding: string }
  readonly information: { readonly text: string }
}

/** What every answer says, whatever it says. Whom to complain to is told to everybody (GDPR Art. 12(4), 15(1)(f)). */
interface Answer extends ToPerson, Redress {
  readonly receivedOn: LocalDate
  readonly answeredOn: LocalDate
  /** Where the answer can be read again; null when there is no such page for it. */
  readonly link: string | null
  /** What staff add in their own words; for an objection, the weighing (GDPR Art. 21(1)). */
  readonly explanation: string | null
  /** Empty where no search is told of. */
  readonly notSearched: readonly NotSearched[]
}

interface Granted<R extends Right> extends Answer {
  readonly right: R
  readonly outcome: 'granted'
  readonly done: DoneByRight[R]
}

interface PartlyGranted<R extends Right> extends Answer {
  readonly right: R
  readonly outcome: 'partly_granted'
  readonly done: DoneByRight[R]
  /** What was kept back or left undone, and why. */
  readonly reasons: Reasons
}

interface Refused<R extends Right> extends Answer {
  readonly right: R
  readonly outcome: 'refused'
  readonly reasons: Reasons
}

interface NothingFound<R extends Right> extends Answer {
  readonly right: R
  readonly outcome: 'nothing_found'
  /** The systems that were searched. */
  readonly searched: readonly string[]
}

interface ForwardedAnswer<R extends Right> extends Answer {
  readonly right: R
  readonly outcome: 'forwarded'
  readonly controller: string
  readonly controllerContact: string | null
  readonly forwardedOn: LocalDate
}

interface AnswerByOutcome<R extends Right> {
  readonly granted: Granted<R>
  readonly partly_granted: PartlyGranted<R>
  readonly refused: Refused<R>
  readonly nothing_found: NothingFound<R>
  readonly forwarded: ForwardedAnswer<R>
}

export type ResponseFacts = { [R in Right]: AnswerByOutcome<R>[Outcome] }[Right]
