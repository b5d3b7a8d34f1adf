// `npm run bench -- intake`: a request taken in with everything on, against three bare inserts in a transaction.

import { randomBytes } from 'node:crypto'
import type { BareReady } from './bare-intake.ts'
import { type BenchCluster, cpuOfConnections, learnSizes, openBenchCluster } from './databases.ts'
import type { Load } from './load.ts'
import { alternate, median, type Options, printTable, ratioByRound, readOptions, twoPlaces, whole } from './measure.ts'
import type { ServiceReady } from './our-service.ts'
import { type Program, putLoad, startProgram } from './programs.ts'

const DEFAULTS: Options = { rounds: 5, seconds: 4, connections: 32, rows: 1_000 }
const POOL_SIZE = 10
const PEOPLE = 2_000
const WARM_UP_SECONDS = 2

/** What one round of one contender gave. */
interface Figures {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  /** Microseconds of processor time for one request. */
  readonly ofNode: number
  readonly ofPostgres: number | null
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

async function measureOn(cluster: BenchCluster, { rounds, seconds, connections }: Options): Promise<void> {
  const ours = await cluster.migrated('intake')
  const bareUrl = await cluster.empty('intake_bare')
  const programs: Program<unknown>[] = []
  try {
    const given = { appUrl: ours.logins.appUrl, rootKey: randomBytes(32).toString('base64'), poolSize: POOL_SIZE }
    const service = await startProgram<ServiceReady>('our-service.ts', given)
    programs.push(service)
    const bare = await startProgram<BareReady>('bare-intake.ts', { databaseUrl: bareUrl, poolSize: POOL_SIZE })
    programs.push(bare)

    const loadOn = (url: string, token?: string): Load => ({
      url,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` })
      },
      bodies: newRequests(),
      connections,
      seconds
    })
    const contender = (program: Program<unknown>, ownerUrl: string, load: Load) => async (): Promise<Figures> => {
      const before = { node: await program.cpu(), postgres: await cpuOfConnections(ownerUrl) }
      const { answered, perSecond, p50, p99 } = await putLoad(load)
      const after = { node: await program.cpu(), postgres: await cpuOfConnections(ownerUrl) }
      return {
        perSecond,
        p50,
        p99,
        ofNode: ((after.node - before.node) * 1_000) / answered,
        ofPostgres:
          before.postgres === null || after.postgres === null
            ? null
            : ((after.postgres - before.postgres) * 1_000) / answered
      }
    }
    const { url, staffToken, apiKey } = service.ready
    const loads = {
      staff: loadOn(`${url}/v1/requests`, staffToken),
      key: loadOn(`${url}/v1/requests`, apiKey),
      bare: loadOn(`${bare.ready.url}/requests`)
    }
    for (const load of Object.values(loads)) await putLoad({ ...load, seconds: WARM_UP_SECONDS })
    await Promise.all([ours.ownerUrl, bareUrl].map(learnSizes))

    const figures = await alternate(rounds, {
      staff: contender(service, ours.ownerUrl, loads.staff),
      bare: contender(bare, bareUrl, loads.bare),
      key: contender(service, ours.ownerUrl, loads.key)
    })
    console.log(
      `${cluster.name}; pool of ${POOL_SIZE}, ${connections} connections, ${rounds} rounds of ${seconds} s in turns, medians`
    )
    print('intake, staff token', figures.staff, figures.bare)
    print('intake, API key', figures.key, figures.bare)
  } finally {
    await Promise.all(programs.map(program => program.stop()))
  }
}

function print(title: string, ours: readonly Figures[], bare: readonly Figures[]): void {
  const row = (what: string, of: (figures: Figures) => number | null, show: (figure: number) => string): string[] => {
    const [mine, theirs] = [ours, bare].map(all => all.map(of).filter(figure => figure !== null)) as [
      number[],
      number[]
    ]
    if (mine.length === 0 || theirs.length === 0) return [what, 'unknown', 'unknown', '']
    return [what, show(median(mine)), show(median(theirs)), twoPlaces(ratioByRound(mine, theirs))]
  }
  printTable(title, [
    ['', 'ours', 'bare', 'ratio'],
    row('requests a second', figures => figures.perSecond, whole),
    row('CPU µs, Node', figures => figures.ofNode, whole),
    row('CPU µs, PostgreSQL', figures => figures.ofPostgres, whole),
    row('median, ms', figures => figures.p50, whole),
    row('99 in 100, ms', figures => figures.p99, whole)
  ])
}

/** Different people, so that every index grows as it would. */
function newRequests(): string[] {
  return Array.from({ length: PEOPLE }, (_, number) =>
    JSON.stringify({
      rights: ['access'],
      subject: {
        name: `Mia ${SURNAMES[number % SURNAMES.length]}`,
        email: `mia.${number}@example.com`,
        locale: 'da',
        country: 'DK',
        identifiers: [{ kind: 'user_id', value: `u_${number}` }]
      }
    })
  )
}

const SURNAMES = ['Holm', 'Jensen', 'Nielsen', 'Lund', 'Friis', 'Krogh', 'Vang', 'Bech', 'Skov', 'Dahl']
