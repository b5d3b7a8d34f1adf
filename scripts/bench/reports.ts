// `npm run bench -- reports`: the figures of ten thousand requests, and of a million.

import { randomBytes } from 'node:crypto'
import { type Asked, openRequestsIn } from '../../src/actions/intake/open-requests.ts'
import { readCalifornia, readOverview } from '../../src/actions/reports/read-report.ts'
import { createTenant } from '../../src/actions/tenancy/create-tenant.ts'
import { SYSTEM } from '../../src/domain/actor.ts'
import { addDays, dateIn } from '../../src/domain/deadline/local-date.ts'
import { type Database, inTenant, openDatabase, type Scope } from '../../src/storage/database.ts'
import { readInTenant } from '../../src/storage/read-only.ts'
import { keyOf, type RootKeys } from '../../src/storage/sealing.ts'
import { type BenchCluster, openBenchCluster } from './databases.ts'
import { fillRequests } from './fill-requests.ts'
import { alternate, median, type Options, printTable, readOptions, twoPlaces, whole } from './measure.ts'
import { BENCH_POLICY } from './our-service.ts'

const DEFAULTS: Options = { rounds: 5, seconds: 1, connections: 1, rows: 1_000_000 }
const FEW = 10_000

const ASKED: Asked = {
  rights: ['access'],
  subject: { name: 'Mia Holm', email: 'mia@example.com', locale: 'da', country: 'DK', region: null, identifiers: [] },
  requester: null,
  details: {},
  channel: 'api',
  receivedAt: new Date(),
  isReceiptSaid: false,
  datedOn: null,
  regime: null,
  verification: { method: 'none', proven: false },
  externalId: null,
  metadata: {},
  guessed: false
}

export async function bench(): Promise<void> {
  const { rounds, rows } = readOptions(DEFAULTS)
  const cluster = await openBenchCluster()
  const opened: Database[] = []
  try {
    const few = await openFilled(cluster, 'reports_few', FEW, opened)
    const many = await openFilled(cluster, 'reports_many', rows, opened)
    console.log(`${cluster.name}; ${rounds} rounds in turns, medians, milliseconds`)
    const table = [['', whole(FEW), whole(rows)]]
    for (const [name, read] of Object.entries(reports())) {
      const taken = await alternate(rounds, { few: () => few(read), many: () => many(read) })
      table.push([name, twoPlaces(median(taken.few)), twoPlaces(median(taken.many))])
    }
    printTable('a report, with so many requests of one tenant stored', table)
  } finally {
    await Promise.all(opened.map(db => db.close()))
    await cluster.close()
  }
}

type Read = (scope: Scope) => Promise<unknown>

function reports(): Record<string, Read> {
  const today = dateIn(BENCH_POLICY.timeZone, new Date())
  const since = (days: number) => (scope: Scope) => readOverview(scope, { from: addDays(today, -days), to: today })
  return {
    'overview of a week': since(6),
    'overview of a month': since(30),
    'overview of a year': since(364),
    'California, all people': scope => readCalifornia(scope, { year: Number(today.slice(0, 4)), people: 'everyone' })
  }
}

/** @returns runs a report there, and says how many milliseconds it took */
async function openFilled(
  cluster: BenchCluster,
  name: string,
  rows: number,
  opened: Database[]
): Promise<(read: Read) => Promise<number>> {
  const { ownerUrl, logins } = await cluster.migrated(name)
  const roots: RootKeys = { current: keyOf(randomBytes(32)), retired: [] }
  const db = openDatabase({ url: logins.appUrl, roots, publicUrl: 'http://bench.localhost', poolSize: 1 })
  opened.push(db)
  const now = new Date()
  const { tenantId } = await createTenant(db, { slug: 'bench', name: 'Bench ApS', policy: BENCH_POLICY }, now)
  const who = { tenantId, actor: SYSTEM, now }
  // The pattern for all others.
  await inTenant(db, who, scope => openRequestsIn(scope, ASKED))
  await fillRequests({ ownerUrl, tenantId, roots, rows })
  return async read => {
    const start = performance.now()
    await readInTenant(db, who, read)
    return performance.now() - start
  }
}
