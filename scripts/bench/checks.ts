// `npm run bench -- checks`: may these people be processed? One by one against a bare hello, and many in a call.

import { randomBytes } from 'node:crypto'
import { asOwner } from '../../test/support/cluster.ts'
import type { HelloReady } from './bare-hello.ts'
import { type BenchCluster, openBenchCluster } from './databases.ts'
import type { Load } from './load.ts'
import { alternate, median, type Options, printTable, ratioByRound, readOptions, twoPlaces, whole } from './measure.ts'
import type { ServiceReady } from './our-service.ts'
import { type Program, putLoad, startProgram } from './programs.ts'

const DEFAULTS: Options = { rounds: 5, seconds: 4, connections: 64, rows: 100_000 }
const POOL_SIZE = 10
/** Of the people asked about, one in a hundred is restricted. */
const PEOPLE = 1_000
const RESTRICTED = 10
const MANY = [10, 100, 1_000] as const
/** Enough to keep both sides busy while each call carries many people. */
const CONNECTIONS_FOR_MANY = 4
const WARM_UP_SECONDS = 2

interface Figures {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  /** Microseconds of processor time for one call. */
  readonly ofNode: number
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
  const database = await cluster.migrated('checks')
  const programs: Program<unknown>[] = []
  try {
    const given = { appUrl: database.logins.appUrl, rootKey: randomBytes(32).toString('base64'), poolSize: POOL_SIZE }
    const service = await startProgram<ServiceReady>('our-service.ts', given)
    programs.push(service)
    const hello = await startProgram<HelloReady>('bare-hello.ts', {})
    programs.push(hello)
    await fillRegister(service.ready, database.ownerUrl, rows)

    const contender = (program: Program<unknown>, load: Load) => async (): Promise<Figures> => {
      const before = await program.cpu()
      const { answered, perSecond, p50, p99 } = await putLoad(load)
      return { perSecond, p50, p99, ofNode: (((await program.cpu()) - before) * 1_000) / answered }
    }
    const helloLoad: Load = { url: hello.ready.url, method: 'GET', headers: {}, bodies: [], connections, seconds }
    const one = (token: string) => checkLoad(service.ready.url, token, 1, connections, seconds)
    const many = (people: number) =>
      checkLoad(service.ready.url, service.ready.apiKey, people, CONNECTIONS_FOR_MANY, seconds)
    for (const load of [helloLoad, one(service.ready.apiKey), many(1_000)])
      await putLoad({ ...load, seconds: WARM_UP_SECONDS })

    const single = await alternate(rounds, {
      hello: contender(hello, helloLoad),
      key: contender(service, one(service.ready.apiKey)),
      staff: contender(service, one(service.ready.staffToken))
    })
    const several = await alternate(
      rounds,
      Object.fromEntries(MANY.map(people => [people, contender(service, many(people))]))
    )

    console.log(
      `${cluster.name}; ${whole(rows)} other entries in the register, pool of ${POOL_SIZE}, ${rounds} rounds of ${seconds} s in turns, medians`
    )
    printSingle(connections, single)
    printSeveral(several)
  } finally {
    await Promise.all(programs.map(program => program.stop()))
  }
}

function printSingle(connections: number, { hello, key, staff }: Record<'hello' | 'key' | 'staff', Figures[]>): void {
  const row = (what: string, of: (figures: Figures) => number): string[] => {
    const [bare, byKey, byStaff] = [hello, key, staff].map(figures => figures.map(of)) as [number[], number[], number[]]
    const share = (ours: number[]) => twoPlaces(ratioByRound(ours, bare))
    return [what, whole(median(bare)), whole(median(byKey)), share(byKey), whole(median(byStaff)), share(byStaff)]
  }
  printTable(`one check a call, ${connections} connections`, [
    ['', 'bare hello', 'API key', 'ratio', 'staff token', 'ratio'],
    row('calls a second', figures => figures.perSecond),
    row('CPU µs, Node', figures => figures.ofNode),
    row('median, ms', figures => figures.p50),
    row('99 in 100, ms', figures => figures.p99)
  ])
}

function printSeveral(several: Record<string, Figures[]>): void {
  const rows = MANY.map(people => {
    const figures = several[people] ?? []
    const perSecond = median(figures.map(each => each.perSecond))
    return [
      whole(people),
      whole(perSecond),
      whole(perSecond * people),
      twoPlaces(median(figures.map(each => each.ofNode)) / people),
      whole(median(figures.map(each => each.p50)))
    ]
  })
  printTable(`many checks a call, ${CONNECTIONS_FOR_MANY} connections, API key`, [
    ['people a call', 'calls a second', 'checks a second', 'CPU µs a check, Node', 'median, ms'],
    ...rows
  ])
}

function checkLoad(url: string, token: string, people: number, connections: number, seconds: number): Load {
  const body = (from: number) => {
    const subjects = Array.from({ length: people }, (_, n) => ({
      ref: `line ${n}`,
      email: addressOf((from + n) % PEOPLE)
    }))
    return JSON.stringify({ purpose: 'newsletter', subjects })
  }
  const bodies = Array.from({ length: people === 1 ? PEOPLE : 10 }, (_, n) => body(n * (people === 1 ? 1 : 100)))
  return {
    url: `${url}/v1/checks`,
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    bodies,
    connections,
    seconds
  }
}

const addressOf = (person: number): string => `mia.${person}@example.com`

/** Some of those who will be asked about, as the service enters them, and many others, whom nobody asks about. */
async function fillRegister(
  { url, tenantId, apiKey, staffToken }: ServiceReady,
  ownerUrl: string,
  rows: number
): Promise<void> {
  const call = async (path: string, token: string, body: object): Promise<{ requests: { id: string }[] }> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
    const answer = await fetch(`${url}/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as { requests: { id: string }[] }
  }
  let requestId = ''
  for (let n = 0; n < RESTRICTED; n += 1) {
    const subject = { name: 'Mia Holm', email: addressOf(n * (PEOPLE / RESTRICTED)) }
    const asked = {
      rights: ['restriction'],
      details: { ground: 'accuracy_contested' },
      subject,
      verification: { method: 'session' }
    }
    requestId = (await call('/requests', apiKey, asked)).requests[0]!.id
    await call(`/requests/${requestId}/fulfilment`, staffToken, {})
  }
  await asOwner(ownerUrl, async sql => {
    await sql`
      insert into register_entries (tenant_id, id, request_id, subject_key, kind, since_at)
      select ${tenantId}, gen_random_uuid(), ${requestId}, sha256(convert_to('other ' || n, 'UTF8')), 'erased', now() from generate_series(1, ${rows}) n`
    await sql`analyze register_entries`
  })
}
