// Requests that live through simulated months: what happens to each and when, and which alerts that amounts to.

import { Temporal } from 'temporal-polyfill'
import { extendDeadline } from '../../src/actions/clock/extend-deadline.ts'
import { pause, resume } from '../../src/actions/clock/pause-clock.ts'
import { type Asked, openRequestsIn } from '../../src/actions/intake/open-requests.ts'
import { correctRegime } from '../../src/actions/requests/correct-regime.ts'
import { moveRequest } from '../../src/actions/requests/move-request.ts'
import { tellSubject } from '../../src/actions/requests/tell.ts'
import { calendarFor } from '../../src/calendars/calendar.ts'
import type { Actor } from '../../src/domain/actor.ts'
import { dateIn, type LocalDate, parseLocalDate } from '../../src/domain/deadline/local-date.ts'
import type { Policy } from '../../src/domain/policy.ts'
import { findCase } from '../../src/storage/cases.ts'
import type { Scope } from '../../src/storage/database.ts'
import { markSent } from '../../src/storage/letters.ts'
import { lockSubjectRequest, requestsOfCase, type SubjectRequestRow } from '../../src/storage/subject-requests.ts'

/** What may happen to a request after it was opened. */
export type Deed = 'confirm_receipt' | 'pause' | 'resume' | 'extend' | 'correct_regime' | 'withdraw'

/** A stretch of a request's life in which its days stay what they are. */
interface Stretch {
  readonly from: Date
  readonly answerOn: LocalDate | null
  readonly acknowledgeBy: LocalDate | null
}

export interface SimulatedRequest {
  readonly id: string
  readonly caseId: string
  readonly policy: Policy
  readonly stretches: Stretch[]
  /** When the person was told that their case has arrived: the same for all of it. */
  readonly confirmedAt: Date[]
  readonly withdrawnAt: Date[]
}

export interface ExpectedAlert {
  readonly about: 'answer' | 'acknowledgement'
  readonly threshold: number
  readonly on: LocalDate
  readonly raisedAt: Date
}

/** A transaction of a tenant in which time is as it is said to be. */
export interface Simulation {
  readonly scope: Scope
  readonly policy: Policy
}

const AGENT: Actor = { mover: 'agent', id: 'agent', roles: ['agent'], scopes: [] }

const ASKED: Omit<Asked, 'rights' | 'receivedAt'> = {
  details: {},
  subject: { name: 'Mia Holm', email: 'mia@example.com', locale: 'en', country: null, region: null, identifiers: [] },
  requester: null,
  channel: 'phone',
  datedOn: null,
  isReceiptSaid: false,
  regime: null,
  verification: { method: 'none', proven: false },
  externalId: null,
  metadata: {},
  guessed: false
}

/** Opens a case with a request for each right that the tenant takes. */
export async function openAt({ scope, policy }: Simulation, at: Date): Promise<SimulatedRequest[]> {
  const asked = { ...ASKED, rights: policy.rights, receivedAt: at }
  const { caseId } = await openRequestsIn({ ...scope, actor: AGENT, now: at }, asked)
  const confirmedAt: Date[] = []
  return (await requestsOfCase(scope, caseId)).map(row => ({
    id: row.id,
    caseId,
    policy,
    stretches: [stretchOf(row, at)],
    confirmedAt,
    withdrawnAt: []
  }))
}

/** Does it as staff would; letters that play no part here are left out. */
export async function happen(
  { scope, policy }: Simulation,
  request: SimulatedRequest,
  deed: Deed,
  at: Date
): Promise<void> {
  const then = { ...scope, actor: AGENT, now: at }
  const { id, caseId } = request
  const lock = () => lockSubjectRequest(then, id)
  const moves: Readonly<Record<Exclude<Deed, 'withdraw' | 'confirm_receipt'>, () => Promise<SubjectRequestRow>>> = {
    pause: async () => await pause(then, policy, await lock(), { ground: 'identity', note: 'Two accounts.' }),
    resume: async () => await resume(then, policy, await lock()),
    extend: () => extendDeadline(then, id, { ground: 'complexity', note: 'Nine systems have to be searched.' }),
    correct_regime: () => correctRegime(then, id, { regime: 'eu-gdpr', place: null, words: 'They live in Athens.' })
  }
  if (deed === 'withdraw') {
    await moveRequest(then, await lock(), 'withdraw')
    request.withdrawnAt.push(at)
  } else if (deed === 'confirm_receipt') {
    const facts = { receivedOn: dateIn(policy.timeZone, at), periods: [], link: null }
    await markSent(then, await tellSubject(then, policy, await findCase(then, caseId), 'acknowledgement', facts))
    request.confirmedAt.push(at)
  } else request.stretches.push(stretchOf(await moves[deed](), at))
}

/**
 * The alerts of a request, computed from its days alone.
 * @param wakings  when the worker was there, in order: it raises what has come due since it was there last
 */
export function alertsOf(request: SimulatedRequest, wakings: readonly Date[]): ExpectedAlert[] {
  const { policy, stretches, withdrawnAt, confirmedAt } = request
  const expected: (ExpectedAlert & { readonly dueAt: number })[] = []
  const reach = (about: ExpectedAlert['about'], { on, from, until }: Span, threshold: number, day: string) => {
    const dueAt = morningOf(policy.timeZone, day)
    const raisedAt = wakings[firstFrom(wakings, dueAt)]
    if (dueAt > from.getTime() && raisedAt !== undefined && until.every(end => raisedAt < end))
      expected.push({ about, threshold, on, raisedAt, dueAt })
  }
  for (const span of spansOf(stretches, ({ answerOn }) => answerOn, withdrawnAt))
    for (const days of THRESHOLDS) reach('answer', span, days, daysLater(span.on, days))
  for (const span of spansOf(stretches, ({ acknowledgeBy }) => acknowledgeBy, [...withdrawnAt, ...confirmedAt]))
    reach('acknowledgement', span, -2, twoWorkingDaysBefore(policy, span.on))
  return expected.sort((a, b) => a.raisedAt.getTime() - b.raisedAt.getTime() || a.dueAt - b.dueAt)
}

/** As long as one day holds. */
interface Span {
  readonly on: LocalDate
  readonly from: Date
  readonly until: readonly Date[]
}

function spansOf(
  stretches: readonly Stretch[],
  dayOf: (one: Stretch) => LocalDate | null,
  ends: readonly Date[]
): Span[] {
  const changes = stretches.filter((one, place) => place === 0 || dayOf(one) !== dayOf(stretches[place - 1]!))
  return changes.flatMap((one, place) => {
    const next = changes[place + 1]
    const on = dayOf(one)
    return on === null ? [] : { on, from: one.from, until: [...(next === undefined ? [] : [next.from]), ...ends] }
  })
}

const THRESHOLDS = [-14, -7, -3, -1, ...Array.from({ length: 60 }, (_, week) => week * 7)]

/** While the clock stands only a promise still has a day, and none once the extension was taken. */
function stretchOf(row: SubjectRequestRow, from: Date): Stretch {
  const promisedOn = row.extendedAt === null ? row.promisedOn : null
  return { from, answerOn: row.pausedAt === null ? row.dueOn : promisedOn, acknowledgeBy: row.acknowledgeBy }
}

function morningOf(timeZone: string, day: string): number {
  return Temporal.PlainDate.from(day).toZonedDateTime({ timeZone, plainTime: '08:00' }).epochMilliseconds
}

const daysLater = (day: string, days: number) => Temporal.PlainDate.from(day).add({ days }).toString()

function twoWorkingDaysBefore({ holidays }: Policy, day: LocalDate): string {
  const calendar = calendarFor(holidays)
  let date = Temporal.PlainDate.from(day)
  for (let left = 2; left > 0; ) {
    date = date.subtract({ days: 1 })
    if (date.dayOfWeek < 6 && !calendar.isPublicHoliday(parseLocalDate(date.toString()))) left -= 1
  }
  return date.toString()
}

/** The place of the first one that is not before `at`. */
function firstFrom(sorted: readonly Date[], at: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]!.getTime() < at) low = middle + 1
    else high = middle
  }
  return low
}
