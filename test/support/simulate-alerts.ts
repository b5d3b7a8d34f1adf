// Four hundred days of a thousand requests in each of some zones, with a worker that is often away and now and then dies at its work.

import { randomInt } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import postgres from 'postgres'
import type { Test } from 'tap'
import { SYSTEM } from '../../src/domain/actor.ts'
import type { LocalDate } from '../../src/domain/deadline/local-date.ts'
import type { RegimeName } from '../../src/domain/deadline/regimes.ts'
import type { Policy } from '../../src/domain/policy.ts'
import type { Right } from '../../src/domain/rights.ts'
import { fireTimers } from '../../src/jobs/fire-timers.ts'
import { inTenant, openDatabase } from '../../src/storage/database.ts'
import { asOwner } from './cluster.ts'
import { openGate } from './gate.ts'
import { openHouse } from './house.ts'
import {
  alertsOf,
  type Deed,
  type ExpectedAlert,
  happen,
  openAt,
  type SimulatedRequest,
  type Simulation
} from './simulated-requests.ts'
import { HOUSE_POLICY } from './tenant-in-house.ts'
import { testLogins } from './test-logins.ts'

const REQUESTS_A_ZONE = 1_000
const DAYS = 400
const BEGIN = Date.UTC(2026, 0, 5)
const DAY_MS = 86_400_000
/** Longer than the simulation: what is erased raises no alerts, and is another story. */
const KEPT = { answeredMonths: 120, unprovenDays: 365, unsortedDays: 365 }

export interface Zone {
  readonly timeZone: string
  readonly holidays: string
  readonly regime: RegimeName
  readonly promiseDays: Policy['promiseDays']
  readonly rights: readonly Right[]
}

let random = Math.random
const within = (low: number, high: number) => low + random() * (high - low)
const chance = (share: number) => random() < share

/** Lets the tenants of these zones live through `DAYS` days, and compares what was raised with what is computed. */
export async function simulateAlerts(t: Test, zones: readonly Zone[]): Promise<void> {
  const seed = randomInt(2 ** 31)
  random = numbersFrom(seed)
  const house = await openHouse(t, { at: new Date(BEGIN).toISOString() })
  const tenants = []
  for (const { regime, ...chosen } of zones) {
    const policy = { ...HOUSE_POLICY, ...chosen, regimes: { default: regime, byPlace: {} }, retention: KEPT }
    const { id: tenantId } = await house.tenant({ policy })
    const act = (work: (simulation: Simulation) => Promise<void>) =>
      inTenant(house.db, { tenantId, actor: SYSTEM, now: house.now() }, scope => work({ scope, policy }))
    const requests: SimulatedRequest[] = []
    await act(async simulation => {
      while (requests.length < REQUESTS_A_ZONE) {
        const at = BEGIN + Math.floor(within(0, 330) * DAY_MS)
        const receivedAt = chance(0.2) ? at - Math.floor(within(0, 60) * DAY_MS) : at
        requests.push(...(await openAt(simulation, new Date(at), new Date(receivedAt))))
      }
    })
    const deeds = requests.flatMap(deedsOf).sort((a, b) => a.at.getTime() - b.at.getTime())
    tenants.push({ act, requests, deeds })
  }

  const worker = await openWorker()
  const wakings = wakingsOfWorker()
  for (const waking of wakings) {
    const happening = tenants.map(({ act, deeds }) =>
      act(async simulation => {
        while (deeds[0] !== undefined && deeds[0].at < waking) {
          const { request, deed, at } = deeds.shift()!
          await happen(simulation, request, deed, at)
        }
      })
    )
    await Promise.all(happening)
    if (chance(0.2)) await worker.dieAtWork(waking)
    await worker.work(waking)
  }

  const raised = await raisedAlerts()
  const expected = tenants.flatMap(({ requests }) =>
    requests.flatMap(request => alertsOf(request, wakings).map(alert => lineOf(request.id, alert)))
  )
  t.comment(`${raised.length} alerts, ${wakings.length} wakings, ${worker.deaths()} of them deadly, seed ${seed}`)
  t.ok(expected.length > zones.length * REQUESTS_A_ZONE && worker.deaths() > 0)
  t.same(without(raised, expected), [], 'none is missing')
  t.same(without(expected, raised), [], 'none is too many')
  t.equal(new Set(raised).size, raised.length, 'none came twice')
  t.same(outOfOrder(raised), [], 'and those of a request came in the order in which they were due')

  await t.test('and of each staff are told, in one digest a morning and five mails besides at most', async t => {
    const told = await mailsOfOneMorning()
    t.match(told, { untold: 0, digests: 1 })
    t.ok(told.singles > 0 && told.singles <= 5, `${told.singles}`)
  })

  /** A process of its own, with one line to the database that can be cut. */
  async function openWorker() {
    const { workerUrl } = await testLogins(house.ownerUrl)
    const eyes = postgres(workerUrl, { max: 1, onnotice: () => {} })
    const gate = await openGate(t, house.serviceUrl)
    const doomed = openDatabase({ url: gate.url, roots: house.db.roots, publicUrl: house.db.publicUrl, poolSize: 1 })
    t.teardown(() => Promise.all([eyes.end({ timeout: 5 }), doomed.close()]))
    let deaths = 0
    return {
      deaths: () => deaths,
      work: async (waking: Date) => {
        await fireTimers(eyes, house.db, () => waking)
      },
      /** What it has begun is cut off in the middle, perhaps between a commit and the word of it. */
      dieAtWork: async (waking: Date) => {
        const working = fireTimers(eyes, doomed, () => waking)
        const [{ status }] = await Promise.allSettled([working, setTimeout(within(0, 30)).then(gate.shut)])
        if (status === 'rejected') deaths += 1
        await letGo()
        await gate.open()
      }
    }
  }

  /** The server may notice later than the worker that it is dead, and what it holds until then others leave for the next round. */
  async function letGo(): Promise<void> {
    await asOwner(house.ownerUrl, async sql => {
      await sql.begin(async waiting => await waiting`lock table subject_requests in exclusive mode`)
    })
  }

  async function raisedAlerts(): Promise<string[]> {
    return await asOwner(house.ownerUrl, async sql => {
      const rows = await sql<{ requestId: string; at: Date; data: Told }[]>`
        select request_id as "requestId", at, data from events where kind = 'alerted' order by request_id, seq`
      return rows.map(({ requestId, at, data: { about, threshold, dueOn, acknowledgeBy } }) =>
        lineOf(requestId, { about, threshold, on: (dueOn ?? acknowledgeBy)!, raisedAt: at })
      )
    })
  }
  /** The most that ever went out at once to the mailbox of one tenant. */
  async function mailsOfOneMorning(): Promise<{ untold: number; digests: number; singles: number }> {
    return await asOwner(house.ownerUrl, async sql => {
      const [row] = await sql<{ untold: number; digests: number; singles: number }[]>`
        select (select count(*)::int from alerts where told_at is null) as untold, max(digests) as digests, max(singles) as singles
        from (
          select count(*) filter (where kind = 'alert_digest')::int as digests, count(*) filter (where kind <> 'alert_digest')::int as singles
          from letters where kind like 'alert_%' group by tenant_id, queued_at) mornings`
      return row!
    })
  }
}

interface Told extends Pick<ExpectedAlert, 'about' | 'threshold'> {
  readonly dueOn?: LocalDate
  readonly acknowledgeBy?: LocalDate
}

interface Planned {
  readonly request: SimulatedRequest
  readonly deed: Deed
  readonly at: Date
}

/** What happens to a request: most end in time, some late, some never; some have their clock moved before. */
function deedsOf(request: SimulatedRequest): Planned[] {
  const opened = request.stretches[0]!.from.getTime()
  const after = (days: number) => new Date(opened + Math.floor(days * DAY_MS))
  const end = chance(0.1) ? null : chance(0.7) ? within(1, 45) : within(45, 200)
  const deeds: [Deed, number][] = end === null ? [] : [['withdraw', end]]
  const regime = request.policy.regimes.default
  if (regime === 'us-ca' && chance(0.3)) deeds.push(['confirm_receipt', within(0, 15)])
  if (regime === 'eu-gdpr' && request.isFresh && chance(0.1)) deeds.push(['extend', within(20, 25)])
  if (regime === 'au-privacy' && chance(0.1)) deeds.push(['correct_regime', within(1, 25)])
  if (regime === 'eu-gdpr' && chance(0.2)) {
    const paused = within(1, 20)
    deeds.push(['pause', paused], ['resume', paused + within(0.1, 60)])
  }
  const ending = end ?? Number.POSITIVE_INFINITY
  return deeds.filter(([, days]) => days <= ending).map(([deed, days]) => ({ request, deed, at: after(days) }))
}

/** At odd times of most days; now and then not for weeks. */
function wakingsOfWorker(): Date[] {
  const wakings: Date[] = []
  for (let at = BEGIN; at < BEGIN + DAYS * DAY_MS; ) {
    at += Math.ceil((chance(0.04) ? within(5, 30) : within(0.1, 3.5)) * DAY_MS)
    wakings.push(new Date(at))
  }
  return wakings
}

const lineOf = (requestId: string, { about, threshold, on, raisedAt }: ExpectedAlert) =>
  `${requestId} ${raisedAt.toISOString()} ${about} ${on} ${threshold}`

/** The first of `all` that are not among `some`. */
function without(some: readonly string[], all: readonly string[]): string[] {
  const known = new Set(some)
  return all.filter(line => !known.has(line)).slice(0, 10)
}

/** Of each request in turn, those that follow a later one. */
function outOfOrder(lines: readonly string[]): string[] {
  return lines.filter((line, place) => {
    const [request, at] = line.split(' ')
    const [before, earlier] = lines[place - 1]?.split(' ') ?? []
    return request === before && at! < earlier!
  })
}

/** mulberry32: small, and the same from the same seed. */
function numbersFrom(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
