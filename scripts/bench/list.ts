// `npm run bench -- list`: a page of fifty requests, of ten thousand and of a million.

import { randomBytes } from 'node:crypto'
import { openCursors } from '../../src/http/cursors.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { keyOf, type RootKeys } from '../../src/storage/sealing.ts'
import { asOwner } from '../../test/support/cluster.ts'
import { type BenchCluster, openBenchCluster } from './databases.ts'
import { type Filled, fillRequests, sealForReading } from './fill-requests.ts'
import { planOfEachFilter } from './list-plans.ts'
import type { Load } from './load.ts'
import { alternate, median, type Options, printTable, ratioByRound, readOptions, twoPlaces, whole } from './measure.ts'
import type { ServiceReady } from './our-service.ts'
import { type Program, putLoad, startProgram } from './programs.ts'

const DEFAULTS: Options = { rounds: 5, seconds: 2, connections: 8, rows: 1_000_000 }
const FEW = 10_000
const PAGE = 50
const POOL_SIZE = 10

/** A service on a database with so many requests. */
interface House {
  readonly filled: Filled
  readonly appUrl: string
  readonly service: Program<ServiceReady>
}

export async function bench(): Promise<void> {
  const options = readOptions(DEFAULTS)
  const cluster = await openBenchCluster()
  try {
    await measureOn(cluster, options)
  } finally {
    await cluster.close()
  }
}

async function measureOn(cluster: BenchCluster, { rounds, seconds, connections, rows }: Options): Promise<void> {
  const houses: House[] = []
  const open = async (name: string, count: number) => {
    const house = await openHouse(cluster, name, count, opened => houses.push(opened))
    const first = await pageAt(house, 'first')
    const deep = await pageAt(house, 'deep')
    const intake = intakeInto(house)
    const round = (load: Load) => async () => (await putLoad({ ...load, connections, seconds })).perSecond
    for (const load of [first, deep, intake]) await putLoad({ ...load, connections, seconds: 1 })
    return { house, first: round(first), deep: round(deep), intake: round(intake) }
  }
  try {
    const few = await open('list_few', FEW)
    const many = await open('list_many', rows)
    console.log(`${cluster.name}; ${connections} connections, ${rounds} rounds of ${seconds} s in turns, medians`)
    await planOfEachFilter([few.house, many.house])

    const pages = await alternate(rounds, {
      firstOfFew: few.first,
      firstOfMany: many.first,
      deepInFew: few.deep,
      deepInMany: many.deep
    })
    const intakes = await alternate(rounds, { few: few.intake, many: many.intake })
    const row = (what: string, ofMany: readonly number[], ofFew: readonly number[]) => [
      what,
      whole(median(ofFew)),
      whole(median(ofMany)),
      twoPlaces(ratioByRound(ofMany, ofFew))
    ]
    printTable('a second, with so many requests of one tenant stored', [
      ['', whole(FEW), whole(rows), 'ratio'],
      row(`first page of ${PAGE}`, pages.firstOfMany, pages.firstOfFew),
      row('page in the middle, by cursor', pages.deepInMany, pages.deepInFew),
      row('intake', intakes.many, intakes.few)
    ])
  } finally {
    await Promise.all(houses.map(({ service }) => service.stop()))
  }
}

async function openHouse(
  cluster: BenchCluster,
  name: string,
  rows: number,
  opened: (house: House) => void
): Promise<House> {
  const { ownerUrl, logins } = await cluster.migrated(name)
  const rootKey = randomBytes(32)
  const roots: RootKeys = { current: keyOf(rootKey), retired: [] }
  const given = { appUrl: logins.appUrl, rootKey: rootKey.toString('base64'), poolSize: POOL_SIZE }
  const service = await startProgram<ServiceReady>('our-service.ts', given)
  const filled = { ownerUrl, tenantId: service.ready.tenantId, roots, rows }
  const house = { filled, appUrl: logins.appUrl, service }
  opened(house)
  await takeOneIn(house)
  await fillRequests(filled)
  return house
}

/** The pattern for all others. */
async function takeOneIn({ service }: House): Promise<void> {
  const { headers, url, bodies } = intakeOf(service.ready)
  const answer = await fetch(url, { method: 'POST', headers, body: bodies[0] ?? '' })
  if (answer.status !== 201) throw new Error(`The first request was answered with ${answer.status}.`)
}

const intakeInto = ({ service }: House): Load => intakeOf(service.ready)

function intakeOf({ url, apiKey }: ServiceReady): Load {
  const subject = (n: number) => ({ name: 'Mia Holm', email: `mia.${n}@example.com`, locale: 'da', country: 'DK' })
  return {
    url: `${url}/v1/requests`,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
    bodies: Array.from({ length: 1_000 }, (_, n) => JSON.stringify({ rights: ['access'], subject: subject(n) })),
    connections: 1,
    seconds: 1
  }
}

/** A page of the newest, or one in the middle as it would be reached by its cursor; what it shows can be opened. */
async function pageAt({ filled, appUrl, service }: House, where: 'first' | 'deep'): Promise<Load> {
  const query = { limit: PAGE, sort: '-createdAt' }
  const skipped = where === 'first' ? 0 : Math.floor(filled.rows / 2)
  const rows = await asOwner(filled.ownerUrl, sql =>
    sql<{ id: string; createdAt: Date }[]>`
      select id, created_at as "createdAt" from subject_requests order by created_at desc, id desc offset ${skipped} limit ${2 * PAGE + 1}`.then(
      found => [...found]
    )
  )
  await sealForReading(
    filled,
    rows.map(row => row.id)
  )

  const db = openDatabase({ url: appUrl, roots: filled.roots, publicUrl: '', poolSize: 1 })
  const { nextCursor } = openCursors(db).page(filled.tenantId, 'requests', query, rows.slice(0, PAGE + 1), {
    positionOf: row => [row.createdAt.toISOString(), row.id],
    render: row => row
  })
  await db.close()
  const { url, staffToken } = service.ready
  const cursor = where === 'first' || nextCursor === null ? '' : `&cursor=${encodeURIComponent(nextCursor)}`
  return {
    url: `${url}/v1/requests?limit=${PAGE}${cursor}`,
    method: 'GET',
    headers: { authorization: `Bearer ${staffToken}` },
    bodies: [],
    connections: 1,
    seconds: 1
  }
}
