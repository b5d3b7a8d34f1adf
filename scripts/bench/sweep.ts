// What it costs to look for what is due, and to fire it, with more and more that is not due yet. A part of `npm run bench -- deadlines`.

import { randomBytes } from 'node:crypto'
import postgres, { type Sql } from 'postgres'
import { type Asked, openRequestsIn } from '../../src/actions/intake/open-requests.ts'
import { createTenant } from '../../src/actions/tenancy/create-tenant.ts'
import { SYSTEM } from '../../src/domain/actor.ts'
import { lookForDue } from '../../src/jobs/due-timers.ts'
import { fireTimers } from '../../src/jobs/fire-timers.ts'
import { type Database, inTenant, openDatabase } from '../../src/storage/database.ts'
import { keyOf } from '../../src/storage/sealing.ts'
import { asOwner } from '../../test/support/cluster.ts'
import { HOUSE_POLICY } from '../../test/support/tenant-in-house.ts'
import { type BenchCluster, openBenchCluster } from './databases.ts'
import { alternate, median, printTable, ratioByRound, twoPlaces, whole } from './measure.ts'

export interface SweepOptions {
  readonly rounds: number
  /** Of the largest database. */
  readonly rows: number
}

const SIZES = [10_000, 1_000_000, 10_000_000]
const DUE_AT_ONCE = 500
const EMPTY_SWEEPS_A_ROUND = 50
const MINUTE_MS = 60_000
const RIGHTS = HOUSE_POLICY.rights.slice(0, 5)

/** A worker and its database, in which so many alerts wait for their morning. */
interface House {
  readonly size: number
  readonly workerUrl: string
  /** Of the worker's login. */
  readonly eyes: Sql
  readonly hands: Database
  readonly close: () => Promise<void>
}

interface Plan {
  readonly 'Node Type': string
  readonly 'Index Name'?: string
  readonly 'Shared Hit Blocks': number
  readonly 'Shared Read Blocks': number
  readonly Plans?: readonly Plan[]
}

export async function benchSweep({ rounds, rows }: SweepOptions): Promise<void> {
  const cluster = await openBenchCluster()
  const houses: House[] = []
  try {
    const begin = new Date()
    for (const size of SIZES.filter(size => size <= rows))
      houses.push(await openHouse(cluster, size, begin, rounds + 1))
    console.log(`${cluster.name}; ${rounds} rounds in turns, medians of milliseconds`)
    const at = (minute: number) => new Date(begin.getTime() + minute * MINUTE_MS)
    for (const house of houses) await fireDue(house, at(1))

    const empty = await alternate(
      rounds,
      contenders(houses, house => lookInVain(house, at(1.5)))
    )
    const minutes = new Map(houses.map(house => [house, 1]))
    const due = await alternate(
      rounds,
      contenders(houses, async house => {
        const minute = minutes.get(house)! + 1
        minutes.set(house, minute)
        return await fireDue(house, at(minute))
      })
    )
    const plans = await Promise.all(houses.map(house => planOfLook(house, at(1.5))))
    const smallest = String(SIZES[0])
    printTable(`a sweep, with so many timers waiting`, [
      ['', ...houses.map(({ size }) => whole(size))],
      ['nothing due', ...houses.map(({ size }) => twoPlaces(median(empty[size]!)))],
      [`${DUE_AT_ONCE} alerts due`, ...houses.map(({ size }) => twoPlaces(median(due[size]!)))],
      ['against the smallest', ...houses.map(({ size }) => twoPlaces(ratioByRound(due[size]!, due[smallest]!)))],
      ['found by', ...plans.map(({ by }) => by)],
      ['blocks looked at', ...plans.map(({ blocks }) => whole(blocks))]
    ])
  } finally {
    await Promise.all(houses.map(house => house.close()))
    await cluster.close()
  }
}

function contenders<T>(houses: readonly House[], work: (house: House) => Promise<T>): Record<string, () => Promise<T>> {
  return Object.fromEntries(houses.map(house => [String(house.size), () => work(house)]))
}

/** @returns milliseconds of one sweep that finds nothing */
async function lookInVain({ eyes, hands }: House, now: Date): Promise<number> {
  const started = performance.now()
  for (let n = 0; n < EMPTY_SWEEPS_A_ROUND; n += 1) await fireTimers(eyes, hands, () => now)
  return (performance.now() - started) / EMPTY_SWEEPS_A_ROUND
}

/** @returns milliseconds of a sweep that raises all alerts of that minute and tells staff of them */
async function fireDue({ eyes, hands }: House, now: Date): Promise<number> {
  const started = performance.now()
  const fired = await fireTimers(eyes, hands, () => now)
  const took = performance.now() - started
  if (fired !== DUE_AT_ONCE + 1)
    throw new Error(`${fired} timers fired, where ${DUE_AT_ONCE} alerts and a digest were due.`)
  return took
}

/** How the look is answered; it throws when that takes more than an index. */
async function planOfLook({ workerUrl, size }: House, now: Date): Promise<{ by: string; blocks: number }> {
  const asked: { query: string; parameters: unknown[] }[] = []
  const spy = postgres(workerUrl, {
    max: 1,
    debug: (_connection, query, parameters) => asked.push({ query, parameters })
  })
  try {
    await lookForDue(spy, now)
    const { query, parameters } = asked.at(-1)!
    const [row] = await spy.unsafe(`explain (analyze, buffers, format json) ${query}`, parameters as never[])
    const { Plan: plan } = row!['QUERY PLAN'][0] as { Plan: Plan }
    const nodes = [...walk(plan)]
    if (nodes.some(node => node['Node Type'] === 'Seq Scan'))
      throw new Error(`With ${size} timers a look reads all of them.`)
    const by = nodes.map(node => node['Index Name']).filter(name => name !== undefined)
    return { by: by.join(' + '), blocks: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'] }
  } finally {
    await spy.end()
  }
}

function* walk(plan: Plan): Generator<Plan> {
  yield plan
  for (const child of plan.Plans ?? []) yield* walk(child)
}

/** @param batches  how often `DUE_AT_ONCE` alerts are to be due: one batch each minute after `begin` */
async function openHouse(cluster: BenchCluster, size: number, begin: Date, batches: number): Promise<House> {
  const { ownerUrl, logins } = await cluster.migrated(`sweep_${size}`)
  const roots = { current: keyOf(randomBytes(32)), retired: [] }
  const hands = openDatabase({ url: logins.appUrl, roots, publicUrl: 'http://bench.localhost', poolSize: 2 })
  const eyes = postgres(logins.workerUrl, { max: 1, onnotice: () => {} })
  const { tenantId } = await createTenant(hands, { slug: 'bench', name: 'Bench', policy: HOUSE_POLICY }, begin)
  await inTenant(hands, { tenantId, actor: SYSTEM, now: begin }, async scope => {
    for (let n = 0; n < (batches * DUE_AT_ONCE) / RIGHTS.length; n += 1)
      await openRequestsIn(scope, { ...ASKED, receivedAt: begin })
  })
  await fill(ownerUrl, tenantId, size, begin)
  return {
    size,
    workerUrl: logins.workerUrl,
    eyes,
    hands,
    close: async () => await Promise.all([eyes.end(), hands.close()]).then(() => {})
  }
}

/** The alerts of the requests that are there come due in batches; those of all others are spread over a year, and no more is made of them. */
async function fill(ownerUrl: string, tenantId: string, size: number, begin: Date): Promise<void> {
  await asOwner(ownerUrl, async sql => {
    await sql`set session_replication_role = replica`
    await sql`set synchronous_commit = off`
    await sql`set maintenance_work_mem = '256MB'`
    await sql`
      update timers set due_at = ${begin}::timestamptz + batch * interval '1 minute'
      from (select id, 1 + (row_number() over (order by id) - 1) / ${DUE_AT_ONCE}::int as batch from timers) batches
      where timers.id = batches.id`
    const indexes = await sql<{ name: string; definition: string }[]>`
      select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index i
      where indrelid = 'timers'::regclass and not exists (select from pg_constraint where conindid = i.indexrelid)`
    for (const { name } of indexes) await sql.unsafe(`drop index ${name}`)
    await sql`
      insert into timers (tenant_id, id, request_id, kind, due_at)
      select ${tenantId}::uuid, lpad(to_hex(n), 32, '0')::uuid, gen_random_uuid(), 'alert:-14',
        date_trunc('milliseconds', ${begin}::timestamptz + interval '1 day' + random() * interval '365 days')
      from generate_series(1, ${size}::int) n`
    for (const { definition } of indexes) await sql.unsafe(definition)
    await sql`vacuum analyze`
  })
}

const ASKED: Omit<Asked, 'receivedAt'> = {
  rights: RIGHTS,
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
