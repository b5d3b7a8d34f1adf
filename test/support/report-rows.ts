// Requests by the hundred, written past the service, and the figures that a person with a pencil would make of them.

import { addDays, dateIn, daysBetween, type LocalDate } from '../../src/domain/deadline/local-date.ts'
import type { RegimeName } from '../../src/domain/deadline/regimes.ts'
import type { State } from '../../src/domain/lifecycle.ts'
import type { Right } from '../../src/domain/rights.ts'
import type { Outcome } from '../../src/domain/subject-request.ts'
import { asOwner } from './cluster.ts'

export interface ReportRow {
  readonly right: Right
  readonly regime: RegimeName
  readonly state: State
  readonly receivedAt: Date
  readonly dueOn: LocalDate | null
  readonly respondedAt: Date | null
  readonly extendedAt: Date | null
  readonly pausedAt: Date | null
  readonly outcome: Outcome | null
  readonly ground: string | null
}

/** @param timeZone  in which days are counted */
export async function insertRequests(
  ownerUrl: string,
  tenantId: string,
  timeZone: string,
  rows: readonly ReportRow[]
): Promise<void> {
  await asOwner(ownerUrl, async sql => {
    // Past triggers and foreign keys: there is no case behind these, and no history.
    await sql`set session_replication_role = replica`
    await sql`
      insert into subject_requests ${sql(
        rows.map(row => ({
          tenant_id: tenantId,
          id: crypto.randomUUID(),
          case_id: crypto.randomUUID(),
          subject_right: row.right,
          regime: row.regime,
          state: row.state,
          last_event_seq: 1,
          received_at: row.receivedAt,
          received_on: dateIn(timeZone, row.receivedAt),
          due_on: row.dueOn,
          clock: sql.json({ timeZone, events: [] }),
          sealed: Buffer.alloc(0),
          outcome: row.outcome,
          ground: row.ground,
          verified_at: row.receivedAt,
          responded_at: row.respondedAt,
          extended_at: row.extendedAt,
          paused_at: row.pausedAt,
          created_at: row.receivedAt,
          updated_at: row.receivedAt
        }))
      )}`
  })
}

export interface Asked {
  readonly from: LocalDate
  readonly to: LocalDate
  readonly timeZone: string
}

const isIn = (day: LocalDate | null, { from, to }: Asked) => day !== null && day >= from && day <= to
const dayOf = (at: Date | null, { timeZone }: Asked) => (at === null ? null : dateIn(timeZone, at))

/** The answers of a period: how many, in time, and after how many days, sorted. */
export function answersOf(rows: readonly ReportRow[], asked: Asked) {
  const answered = rows.filter(row => isIn(dayOf(row.respondedAt, asked), asked))
  const days = answered
    .map(row => daysBetween(dateIn(asked.timeZone, row.receivedAt), dayOf(row.respondedAt, asked)!))
    .sort((a, b) => a - b)
  const dated = answered.filter(({ dueOn }) => dueOn !== null)
  const onTime = dated.filter(row => dayOf(row.respondedAt, asked)! <= row.dueOn!)
  return {
    received: rows.filter(row => isIn(dateIn(asked.timeZone, row.receivedAt), asked)).length,
    answered: answered.length,
    dated: dated.length,
    onTime: onTime.length,
    onTimeShare: dated.length === 0 ? null : Number((onTime.length / dated.length).toFixed(4)),
    medianDays: medianOf(days),
    p90Days: days.length === 0 ? null : days[Math.ceil(0.9 * days.length) - 1]!,
    meanDays: days.length === 0 ? null : Number((days.reduce((sum, one) => sum + one, 0) / days.length).toFixed(1)),
    extensions: rows.filter(row => isIn(dayOf(row.extendedAt, asked), asked)).length
  }
}

export function medianOf(sorted: readonly number[]): number | null {
  if (sorted.length === 0) return null
  const half = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2
}

/** The same rows for the same seed, on any machine. @param days  how far back from `now` they may have come in */
export function manyRows(count: number, now: Date, days: number, seed: number): ReportRow[] {
  let state = seed
  // Park and Miller's minimal standard generator: chance is not what is tested.
  const next = (below: number) => {
    state = (state * 48_271) % 2_147_483_647
    return state % below
  }
  const oneOf = <T>(...values: readonly T[]): T => values[next(values.length)]!
  const later = (at: Date, minutes: number) => new Date(at.getTime() + minutes * 60_000)

  return Array.from({ length: count }, () => {
    const receivedAt = later(now, -next(days * 1_440))
    const isAnswered = next(4) > 0
    const outcome = isAnswered
      ? oneOf<Outcome>('granted', 'granted', 'partly_granted', 'refused', 'nothing_found')
      : null
    const answeredAt = later(receivedAt, next(60 * 1_440))
    const respondedAt = isAnswered && answeredAt <= now ? answeredAt : null
    const hasGround = outcome === 'refused' || outcome === 'partly_granted'
    return {
      right: oneOf<Right>('access', 'access', 'erasure', 'objection', 'portability'),
      regime: oneOf<RegimeName>('eu-gdpr', 'eu-gdpr', 'us-ca'),
      state:
        respondedAt === null
          ? oneOf<State>('received', 'awaiting_verification', 'verified', 'in_fulfilment', 'withdrawn', 'cancelled')
          : oneOf<State>('responded', 'closed'),
      receivedAt,
      dueOn: next(10) === 0 ? null : addDays(dateIn('UTC', receivedAt), 30),
      respondedAt,
      extendedAt: next(8) === 0 ? later(receivedAt, next(20 * 1_440)) : null,
      pausedAt: null,
      outcome: respondedAt === null ? null : outcome,
      ground:
        respondedAt !== null && hasGround ? oneOf('identity_not_confirmed', 'exempt_by_statute', 'security') : null
    }
  })
}
