// What the letters are told that move the day of the answer.

import type { LocalDate } from '../domain/deadline/local-date.ts'
import type { RegimeName } from '../domain/deadline/regimes.ts'
import type { Right } from '../domain/rights.ts'
import type { ToPerson } from './addressee.ts'
import type { Reason, Reasons } from './reason.ts'
import type { Redress } from './redress.ts'

/** A second law that applies to the request, and the day it sets. */
export interface AlsoDue {
  readonly regime: RegimeName
  readonly dueOn: LocalDate
}

export interface ExtensionFacts extends ToPerson, Redress {
  readonly right: Right
  readonly receivedOn: LocalDate
  readonly firstDueOn: LocalDate
  readonly dueOn: LocalDate
  /** A law that gives no such extension: its day stays, and comes first. */
  readonly alsoDue: AlsoDue | null
  readonly reasons: Reasons
  readonly link: string | null
}

export interface PauseFacts extends ToPerson {
  readonly right: Right
  readonly pausedOn: LocalDate
  readonly reason: Reason
  readonly link: string
  /** A law whose period goes on meanwhile. */
  readonly alsoDue: AlsoDue | null
}

export interface ResumptionFacts extends ToPerson {
  readonly right: Right
  readonly resumedOn: LocalDate
  readonly dueOn: LocalDate
  readonly link: string | null
}
