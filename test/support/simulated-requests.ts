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
  /** Opened on the day on which it arrived. */
  readonly isFresh: boolean
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

const HOUR_MS = 3_600_000
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

/** Opens a case with a request for each right that the tenant takes. @param receivedAt  before that, where it lay in the post room */
export async function openAt({ scope, policy }: Simulation, at: Date, receivedAt: Date): Promise<SimulatedRequest[]> {
  const asked = { ...ASKED, rights: policy.rights, receivedAt }
  const { caseId } = await openRequestsIn({ ...scope, actor: AGENT, now: at }, asked)
  const confirmedAt: Date[] = []
  return (await requestsOfCase(scope, caseId)).map(row => ({
    id: row.id,
    caseId,
    policy,
    isFresh: receivedAt.getTime() === at.getTime(),
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
  const answer = reachedIn(
    spansOf(stretches, ({ answerOn }) => answerOn, withdrawnAt),
    wakings,
    {
      about: 'answer',
      leave: 0,
      morningsOf: day => THRESHOLDS.map(days => [days, morningOf(policy.timeZone, daysLater(day, days))])
    }
  )
  const ends = [...withdrawnAt, ...confirmedAt]
  const acknowledgement = reachedIn(
    spansOf(stretches, ({ acknowledgeBy }) => acknowledgeBy, ends),
    wakings,
    {
      about: 'acknowledgement',
      leave: HOUR_MS,
      morningsOf: day => [[-2, morningOf(policy.timeZone, twoWorkingDaysBefore(policy, day))]]
    }
  )
  return [...answer, ...acknowledgement].sort(
    (a, b) => a.raisedAt.getTime() - b.raisedAt.getTime() || a.dueAt - b.dueAt
  )
}

type Due = ExpectedAlert & { readonly dueAt: number }

interface Chain {
  readonly about: ExpectedAlert['about']
  /** For how long what has passed already is left alone. */
  readonly leave: number
  /** Each threshold of a day with its morning, in order. */
  readonly morningsOf: (day: LocalDate) => readonly (readonly [threshold: number, morning: number])[]
}

/**
 * A threshold is reached in its morning. What lies behind when a day begins to hold is over and done with, but for the last of it,
 * which is told then: of the first day, of one after a time without any, of an earlier one than before, and of a later one where
 * something of the day before it was due and had not been raised. For one day each is raised once.
 */
function reachedIn(spans: readonly Span[], wakings: readonly Date[], { about, leave, morningsOf }: Chain): Due[] {
  const expected: Due[] = []
  const told = new Set<string>()
  let leftUntold = false
  spans.forEach(({ on, from, until }, place) => {
    const before = spans[place - 1]?.on ?? null
    if (on === null) {
      leftUntold = false
      return
    }
    const begin = from.getTime()
    const next = spans[place + 1]?.from
    const mornings = morningsOf(on)
    const isNews = before === null || on < before || leftUntold
    const passed = isNews ? mornings.filter(([, morning]) => morning <= begin).slice(-1) : []
    const due = [
      ...passed.map(([threshold]) => ({ threshold, dueAt: begin + leave })),
      ...mornings.filter(([, morning]) => morning > begin).map(([threshold, dueAt]) => ({ threshold, dueAt }))
    ].map(one => ({ ...one, raisedAt: wakings[firstFrom(wakings, one.dueAt)] }))
    leftUntold = due.some(
      ({ dueAt, raisedAt }) =>
        next !== undefined && dueAt <= next.getTime() && (raisedAt === undefined || raisedAt >= next)
    )
    for (const { threshold, dueAt, raisedAt } of due) {
      const key = `${on} ${threshold}`
      if (raisedAt === undefined || until.some(end => raisedAt >= end) || told.has(key)) continue
      told.add(key)
      expected.push({ about, threshold, on, raisedAt, dueAt })
    }
  })
  return expected
}

/** As long as one day holds, or none. */
interface Span {
  readonly on: LocalDate | null
  readonly from: Date
  readonly until: readonly Date[]
}

function spansOf(
  stretches: readonly Stretch[],
  dayOf: (one: Stretch) => LocalDate | null,
  ends: readonly Date[]
): Span[] {
  const changes = stretches.filter((one, place) => place === 0 || dayOf(one) !== dayOf(stretches[place - 1]!))
  return changes.map((one, place) => {
    const next = changes[place + 1]
    return { on: dayOf(one), from: one.from, until: [...(next === undefined ? [] : [next.from]), ...ends] }
  })
}

const THRESHOLDS = [-14, -7, -3, -1, ...Array.from({ length: 80 }, (_, week) => week * 7)]

/**
 * While the clock stands only a promise still has a day, and none once the extension was taken. Of one that was stopped after its
 * last day nothing stands.
 */
function stretchOf(row: SubjectRequestRow, from: Date): Stretch {
  const { pausedAt, dueOn, statutoryDueOn, acknowledgeBy } = row
  const promisedOn = row.extendedAt === null ? row.promisedOn : null
  const endsOn = row.extendedDueOn ?? statutoryDueOn
  const runs = pausedAt === null || (endsOn !== null && dateIn(row.clock.timeZone, pausedAt) > endsOn)
  return { from, answerOn: runs ? dueOn : promisedOn, acknowledgeBy }
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
