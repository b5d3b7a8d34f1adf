// How PostgreSQL finds a page, for each filter there is: by an index, and without passing over what it does not show.

import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { SYSTEM } from '../../src/domain/actor.ts'
import { addDays, type LocalDate, parseLocalDate } from '../../src/domain/deadline/local-date.ts'
import type { Scope } from '../../src/storage/database.ts'
import { listSubjectRequests, type RequestFilter, type Sort } from '../../src/storage/request-lists.ts'
import { TenantVault } from '../../src/storage/sealing.ts'
import { FAMILIAR_EMAIL, FAMILIAR_WORD, type Filled } from './fill-requests.ts'
import { printTable, twoPlaces, whole } from './measure.ts'

interface Asked {
  readonly filled: Filled
  readonly appUrl: string
}

interface Node {
  readonly 'Node Type': string
  readonly 'Index Name'?: string
  readonly 'Relation Name'?: string
  readonly 'Rows Removed by Filter'?: number
  readonly 'Rows Removed by Index Recheck'?: number
  readonly 'Rows Removed by Join Filter'?: number
  readonly 'Actual Loops': number
  readonly 'Shared Hit Blocks': number
  readonly 'Shared Read Blocks': number
  readonly Plans?: readonly Node[]
}

interface Explained {
  readonly Plan: Node
  readonly 'Execution Time': number
}

interface Found {
  readonly indexes: string
  readonly passedOver: number
  readonly pages: number
  readonly ms: number
  readonly scansAll: boolean
}

const LIMIT = 50

/** Prints a line for each filter, and throws when one of them reads a whole table in the larger database. */
export async function planOfEachFilter([few, many]: readonly [Asked, Asked]): Promise<void> {
  const plans = [await plansIn(few), await plansIn(many)] as const
  const scanned: string[] = []
  const rows = Object.entries(plans[1]).map(([name, found]) => {
    if (found.scansAll) scanned.push(name)
    const small = plans[0][name]
    return [
      name,
      found.scansAll ? 'WHOLE TABLE' : found.indexes,
      whole(found.passedOver),
      whole(small?.pages ?? Number.NaN),
      whole(found.pages),
      twoPlaces(small?.ms ?? Number.NaN),
      twoPlaces(found.ms)
    ]
  })
  const [small, large] = [whole(few.filled.rows), whole(many.filled.rows)]
  printTable('a page of each filter, in the database', [
    ['filter', 'by', 'passed over', `blocks of ${small}`, `of ${large}`, `ms of ${small}`, `of ${large}`],
    ...rows
  ])
  if (scanned.length > 0) throw new Error(`These read a whole table: ${scanned.join(', ')}.`)
}

async function plansIn({ filled, appUrl }: Asked): Promise<Record<string, Found>> {
  const client = new pg.Client({ connectionString: appUrl })
  await client.connect()
  try {
    await client.query('begin read only')
    await client.query("select set_config('app.tenant_id', $1, true)", [filled.tenantId])
    const { rows } = await client.query<{ id: string; caseId: string; today: string; sealedKey: Buffer }>(`
      select id, case_id as "caseId", current_date::text as today, (select sealed_key from tenants) as "sealedKey"
      from subject_requests order by tenant_id, created_at desc limit 1`)
    const { caseId, today, sealedKey } = rows[0]!
    const vault = TenantVault.open(filled.roots, filled.tenantId, sealedKey)
    const statements: { query: string; params: unknown[] }[] = []
    const tx = drizzle(client, { logger: { logQuery: (query, params) => statements.push({ query, params }) } })
    const tenant = { id: filled.tenantId, slug: 'bench', name: 'Bench', sandbox: false, vault }
    const now = new Date()
    const who = { tenantId: filled.tenantId, actor: SYSTEM, now, serviceNow: now }
    const scope: Scope = { ...who, tx, tenant, vault, publicUrl: '' }

    const found: Record<string, Found> = {}
    for (const [name, [filter, sort = '-createdAt']] of Object.entries(
      filtersOf(parseLocalDate(today), caseId, filled.rows)
    )) {
      await listSubjectRequests(scope, filter, { sort, after: null, limit: LIMIT + 1 })
      const { query, params } = statements.pop()!
      const explained = await client.query<{ 'QUERY PLAN': [Explained] }>({
        text: `explain (analyze, buffers, format json) ${query}`,
        values: params
      })
      found[name] = readPlan(explained.rows[0]!['QUERY PLAN'][0])
    }
    return found
  } finally {
    await client.end()
  }
}

function filtersOf(today: LocalDate, caseId: string, rows: number): Record<string, readonly [RequestFilter, Sort?]> {
  return {
    'none, newest first': [{}],
    'none, first due first': [{}, 'dueOn'],
    state: [{ state: 'in_review' }],
    'state, first due first': [{ state: 'in_review' }, 'dueOn'],
    right: [{ right: 'restriction' }],
    'right that nobody asked for': [{ right: 'appeal' }],
    regime: [{ regime: 'uk-gdpr' }],
    'regime under which there is none': [{ regime: 'br-lgpd' }],
    'due before a day': [{ dueBefore: addDays(today, -1) }, 'dueOn'],
    overdue: [{ overdueOn: today }, 'dueOn'],
    'overdue, newest first': [{ overdueOn: today }],
    assignee: [{ assignee: 'agent 8' }],
    'assignee who has none': [{ assignee: 'nobody' }],
    case: [{ caseId }],
    email: [{ email: FAMILIAR_EMAIL }],
    'email that is not there': [{ email: 'nobody@example.com' }],
    'external id': [{ externalId: `order ${Math.floor(rows / 2)}` }],
    'text: a name': [{ text: FAMILIAR_WORD }],
    'text: a reference': [{ text: `F-${Math.floor(rows / 2)}` }],
    'text: nothing like it': [{ text: 'nothing' }]
  }
}

function readPlan({ Plan: plan, 'Execution Time': ms }: Explained): Found {
  const nodes = [...walk(plan)]
  const indexes = nodes.map(node => node['Index Name']).filter(name => name !== undefined)
  const passedOver = nodes.reduce(
    (sum, node) =>
      sum +
      ((node['Rows Removed by Filter'] ?? 0) +
        (node['Rows Removed by Index Recheck'] ?? 0) +
        (node['Rows Removed by Join Filter'] ?? 0)) *
        node['Actual Loops'],
    0
  )
  return {
    indexes: [...new Set(indexes)].join(' + '),
    passedOver,
    pages: plan['Shared Hit Blocks'] + plan['Shared Read Blocks'],
    ms,
    scansAll: nodes.some(node => node['Node Type'].endsWith('Seq Scan'))
  }
}

function* walk(node: Node): Generator<Node> {
  yield node
  for (const child of node.Plans ?? []) yield* walk(child)
}
