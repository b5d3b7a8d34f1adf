// What the letters are told that move the day of the answer.

import type { LocalDate } from '../domain/deadline/local-date.ts'
import type { Right } from '../domain/rights.ts'
import type { ToPerson } from './addressee.ts'
import type { Reason, Reasons } from './reason.ts'
import type { Redress } from './redress.ts'

export interface ExtensionFacts extends ToPerson, Redress {
  readonly right: Right
  readonly receivedOn: LocalDate
  readonly firstDueOn: LocalDate
  readonly dueOn: LocalDate
  readonly reasons: Reasons
  readonly link: string | null
}

export interface PauseFacts extends ToPerson {
  readonly right: Right
  readonly pausedOn: LocalDate
  readonly reason: Reason
  readonly link: string
}

export interface ResumptionFacts extends ToPerson {
  readonly right: Right
  readonly resumedOn: LocalDate
  readonly dueOn: LocalDate
  readonly link: string | null
}
