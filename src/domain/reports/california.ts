// What California asks large businesses to publish of each calendar year (11 CCR 7102, as amended on 29 March 2023).

import { type LocalDate, parseLocalDate } from '../deadline/local-date.ts'
import { REGIME_NAMES, type RegimeName } from '../deadline/regimes.ts'
import { invalid } from '../errors.ts'
import type { GroundCode } from '../grounds/ground.ts'
import type { State } from '../lifecycle.ts'
import type { Right } from '../rights.ts'
import type { Outcome } from '../subject-request.ts'
import { rounded } from './overview.ts'
import type { Period } from './period.ts'

/** The kinds of request that the regulation names, and the rights that are one. */
export const CALIFORNIA_REQUESTS = [
  { request: 'delete', rights: ['erasure'], source: '11 CCR 7102(a)(1)(A)' },
  { request: 'correct', rights: ['rectification'], source: '11 CCR 7102(a)(1)(B)' },
  // A copy to take along is part of the answer to a request to know (Cal. Civ. Code 1798.130(a)(3)(B)(iii)).
  { request: 'know', rights: ['access', 'portability'], source: '11 CCR 7102(a)(1)(C)' },
  { request: 'opt_out', rights: ['opt_out'], source: '11 CCR 7102(a)(1)(D)' },
  { request: 'limit', rights: ['limit_use'], source: '11 CCR 7102(a)(1)(E)' }
] as const satisfies readonly { request: string; rights: readonly Right[]; source: string }[]
export type CaliforniaRequest = (typeof CALIFORNIA_REQUESTS)[number]['request']

/** Whose requests are counted: those of California alone, or everybody's, which has to be said (11 CCR 7102(b)). */
export const COUNTED_PEOPLE = ['consumers', 'everyone'] as const
export type CountedPeople = (typeof COUNTED_PEOPLE)[number]

export const regimesCounted = (people: CountedPeople): readonly RegimeName[] =>
  people === 'consumers' ? ['us-ca'] : REGIME_NAMES

/** What became of a request, in the words of the regulation and what it leaves unsaid. */
export type Disposition = 'compliedInWhole' | 'compliedInPart' | 'denied' | 'withdrawn' | 'pending' | 'leftOut'

/** That nothing was found is a whole answer. What is passed on to another business was not this one's to answer. */
const BY_OUTCOME: Readonly<Record<Outcome, Disposition>> = {
  granted: 'compliedInWhole',
  nothing_found: 'compliedInWhole',
  partly_granted: 'compliedInPart',
  refused: 'denied',
  forwarded: 'leftOut'
}

/** Ended without an answer: nobody proved to be the person; they took it back; it was a duplicate, spam or a mistake. */
const BY_END: Readonly<Partial<Record<State, Disposition>>> = {
  expired: 'denied',
  withdrawn: 'withdrawn',
  cancelled: 'leftOut'
}

/** The reasons by which a business may choose to break down what it denied in whole or in part (11 CCR 7102(a)(2)). */
export const DENIAL_REASONS = ['notVerifiable', 'notByConsumer', 'exempt', 'other'] as const
export type DenialReason = (typeof DENIAL_REASONS)[number]

const REASON_OF_GROUND: Readonly<Partial<Record<GroundCode, DenialReason>>> = {
  identity_not_confirmed: 'notVerifiable',
  agent_not_authorised: 'notVerifiable',
  not_consumer: 'notByConsumer',
  exempt_by_statute: 'exempt',
  legal_obligation: 'exempt',
  trade_secret_ip: 'exempt',
  only_permitted_uses: 'exempt',
  complete_transaction: 'exempt',
  security: 'exempt',
  debugging: 'exempt',
  freedom_of_expression: 'exempt',
  electronic_communications_law: 'exempt',
  archiving_research: 'exempt',
  internal_expected_use: 'exempt',
  never_disclosed_identifier: 'exempt',
  conflicts_with_law: 'exempt'
}

/** Requests of one right that came in within the year and ended alike. */
export interface EndedAlike {
  readonly right: Right
  readonly state: State
  /** Null where no answer went out. */
  readonly outcome: Outcome | null
  readonly ground: string | null
  readonly count: number
}

/** Days from receipt to answer (11 CCR 7102(a)(1)(F)), of the requests that were complied with or denied; `null` stands for all kinds together. */
export interface DaysCounted {
  readonly request: CaliforniaRequest | null
  readonly medianDays: number
  readonly meanDays: number
}

/** What the database counted. */
export interface CaliforniaCounts {
  readonly ended: readonly EndedAlike[]
  readonly days: readonly DaysCounted[]
}

export interface CaliforniaRow {
  readonly request: CaliforniaRequest
  readonly received: number
  readonly counts: Readonly<Record<Disposition, number>>
  readonly denials: Readonly<Record<DenialReason, number>>
  readonly medianDays: number | null
  readonly meanDays: number | null
}

export interface CaliforniaReport {
  readonly year: number
  readonly period: Period
  readonly timeZone: string
  readonly people: CountedPeople
  /** Whether the year is over. */
  readonly isComplete: boolean
  /** July 1 of the year after (11 CCR 7102(a)(2)). */
  readonly publishBy: LocalDate
  readonly rows: readonly CaliforniaRow[]
  readonly medianDays: number | null
  readonly meanDays: number | null
}

/** The CCPA is in force since 1 January 2020. */
export const FIRST_YEAR = 2020

/**
 * @param asked  null for the last year that is over
 * @throws {HabeasError} `invalid` for a year before the law, or one that has not begun
 */
export function readYear(asked: number | undefined, today: LocalDate): number {
  const current = Number(today.slice(0, 4))
  const year = asked ?? current - 1
  if (year >= FIRST_YEAR && year <= current) return year
  throw invalid('There are no figures of this year.', {
    pointer: '/query/year',
    rule: 'range',
    fix: `Send a year from ${FIRST_YEAR} to ${current}.`
  })
}

/** From New Year to New Year's Eve. */
export function wholeYear(year: number): Period {
  return { from: parseLocalDate(`${year}-01-01`), to: parseLocalDate(`${year}-12-31`) }
}

export function composeCalifornia(
  year: number,
  people: CountedPeople,
  counted: CaliforniaCounts,
  when: { readonly timeZone: string; readonly today: LocalDate }
): CaliforniaReport {
  const period = wholeYear(year)
  const daysOf = (request: CaliforniaRequest | null) => {
    const days = counted.days.find(row => row.request === request)
    return { medianDays: days?.medianDays ?? null, meanDays: days === undefined ? null : rounded(days.meanDays, 1) }
  }
  return {
    year,
    period,
    timeZone: when.timeZone,
    people,
    isComplete: when.today > period.to,
    publishBy: parseLocalDate(`${year + 1}-07-01`),
    rows: CALIFORNIA_REQUESTS.map(({ request, rights }) => {
      const mine = counted.ended.filter(({ right }) => (rights as readonly Right[]).includes(right))
      return { request, ...dispositionsOf(mine), denials: denialsOf(mine), ...daysOf(request) }
    }),
    ...daysOf(null)
  }
}

function dispositionsOf(ended: readonly EndedAlike[]): Pick<CaliforniaRow, 'received' | 'counts'> {
  const counts = { compliedInWhole: 0, compliedInPart: 0, denied: 0, withdrawn: 0, pending: 0, leftOut: 0 }
  for (const row of ended) counts[dispositionOf(row)] += row.count
  const { leftOut, ...received } = counts
  return { received: Object.values(received).reduce((sum, count) => sum + count, 0), counts }
}

/** An outcome that is only prepared is none: what counts is the answer that went out. */
export function dispositionOf({ state, outcome }: Pick<EndedAlike, 'state' | 'outcome'>): Disposition {
  return outcome === null ? (BY_END[state] ?? 'pending') : BY_OUTCOME[outcome]
}

/** Of what was denied in whole or in part. */
function denialsOf(ended: readonly EndedAlike[]): Record<DenialReason, number> {
  const denials = { notVerifiable: 0, notByConsumer: 0, exempt: 0, other: 0 }
  for (const row of ended) {
    const disposition = dispositionOf(row)
    if (disposition === 'denied' || disposition === 'compliedInPart') denials[reasonOf(row)] += row.count
  }
  return denials
}

/** What nobody proved in time has no ground: it could not be verified. */
function reasonOf({ ground, outcome }: EndedAlike): DenialReason {
  if (outcome === null) return 'notVerifiable'
  return REASON_OF_GROUND[ground as GroundCode] ?? 'other'
}
