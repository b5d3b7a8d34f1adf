// What a person of the demo asks for and what happens then, as data: each deed is done by the service's own actions, at a
// time in the past weeks, so that histories, due dates and alerts are genuine.

import type { Decided } from '../../src/actions/answers/decide-outcome.ts'
import type { Refusal } from '../../src/actions/answers/refuse-request.ts'
import type { ClockMove } from '../../src/actions/clock/move-clock.ts'
import type { Place } from '../../src/actions/requests/correct-regime.ts'
import type { StaffRole } from '../../src/domain/actor.ts'
import type { RegimeName } from '../../src/domain/deadline/regimes.ts'
import type { StaffMethod } from '../../src/domain/identity-proof.ts'
import type { Right } from '../../src/domain/rights.ts'
import type { Channel, Details, Subject } from '../../src/domain/subject-request.ts'
import type { AppliedChange, TaskResult } from '../../src/domain/tasks.ts'

export interface DemoCase {
  /** Days before the first start on which it arrives. */
  readonly daysAgo: number
  readonly arrives: ByMail | ByHand
  readonly steps: readonly Step[]
}

/** A mail as it came over the wire: RFC 5322, its lines joined later. */
export interface ByMail {
  readonly mail: readonly string[]
}

/** The public form, a product or staff opened it. */
export interface ByHand {
  readonly rights: readonly Right[]
  readonly subject: Pick<Subject, 'name' | 'email' | 'locale' | 'country'> & Partial<Subject>
  readonly details?: Readonly<Partial<Record<Right, Details>>>
  readonly channel: Channel
}

export type Step = Deed & {
  /** Hours after the arrival. */
  readonly afterHours: number
  /** The staff member who does it: the agent unless said otherwise. */
  readonly by?: StaffRole
  /** Which request of the case; the first unless said otherwise. */
  readonly of?: Right
}

/** Something that happens to a request. */
export type Deed =
  | { readonly do: 'confirm_right'; readonly right: Right; readonly details: Details | null }
  | { readonly do: 'correct_regime'; readonly regime: RegimeName; readonly place: Place | null; readonly note: string }
  /** The person types the code of the mail. */
  | { readonly do: 'prove' }
  | { readonly do: 'confirm_identity'; readonly method: StaffMethod; readonly note: string }
  | { readonly do: 'ask'; readonly question: string; readonly pausesClock: boolean }
  | { readonly do: 'reply'; readonly text: string }
  | { readonly do: 'assign' }
  | { readonly do: 'note'; readonly text: string }
  | { readonly do: 'start' }
  | ({ readonly do: 'report' } & SystemReport)
  | ({ readonly do: 'extend' } & ClockMove)
  | ({ readonly do: 'refuse' } & Refusal)
  | { readonly do: 'forward'; readonly name: string; readonly email: string; readonly note: string }
  | ({ readonly do: 'decide' } & Pick<Decided, 'outcome'> & Partial<Decided>)
  /** Reads the preview and sends it. */
  | { readonly do: 'respond' }
  | { readonly do: 'withdraw'; readonly note: string }

/** What one system did for a request, under its slug. */
export interface SystemReport {
  readonly system: string
  readonly result: TaskResult
  /** Handed in before, by the name of the dataset. */
  readonly records?: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>
  readonly withheld?: readonly KeptBack[]
  readonly changes?: readonly AppliedChange[]
  readonly anonymised?: readonly string[]
  readonly recipientsTold?: readonly string[]
  readonly note?: string
}

interface KeptBack {
  readonly category: string
  readonly ground: string
  readonly citation: string | null
  /** `YYYY-MM-DD`, the last day on which it stays; null where the law wants none. */
  readonly until: string | null
}
