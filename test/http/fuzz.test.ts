// Calls that nobody wrote: made from the API's own description, right, almost right and wrong altogether. Always the same ones.

import { readFile } from 'node:fs/promises'
import fc, { type Arbitrary } from 'fast-check'
import type { HTTPMethods, LightMyRequestResponse } from 'fastify'
import t from 'tap'
import { GROUND_CODES } from '../../src/domain/grounds/ground.ts'
import { groundsFor } from '../../src/domain/grounds.ts'
import { PROBLEM_CODES } from '../../src/http/problem-codes.ts'
import { asOwner } from '../support/cluster.ts'
import { almost, brokenJson, type Known, odd, type Schema, valid } from '../support/from-schema.ts'
import { addSystem, ask, askAndStart, dataCategory, onlyTaskOf, well } from '../support/fulfilment.ts'
import { type House, openHouse, type TenantInHouse } from '../support/house.ts'
import { handIn, mail } from '../support/raw-mail.ts'

/** Of each operation, in each of the two rounds. */
const CALLS = 25
const SEED = 20_260_220
const NOWHERE = 'b7134a7d-cccf-4c65-af82-831a0a4bb617'
const SETTINGS = { numRuns: CALLS, seed: SEED, endOnFailure: true } as const

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly schema: Schema
  readonly required?: boolean
}
interface Operation {
  readonly operationId: string
  readonly method: string
  readonly path: string
  readonly parameters: readonly Parameter[]
  readonly bodies: Readonly<Record<string, { readonly schema: Schema; readonly example?: unknown }>>
  readonly answers: readonly string[]
}

interface Described {
  readonly operationId: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Operation['bodies'] }
  readonly responses: Readonly<Record<string, unknown>>
}
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

const { paths, components }: Description = JSON.parse(await readFile('openapi/openapi.json', 'utf8'))
const OPERATIONS: readonly Operation[] = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { operationId, parameters = [], requestBody, responses }]) => ({
    operationId,
    method: method.toUpperCase(),
    path,
    parameters,
    bodies: requestBody?.content ?? {},
    answers: Object.keys(responses)
  }))
)
const canRehearse = ({ method, parameters }: Operation) =>
  method === 'GET' || parameters.some(({ name }) => name === 'dryRun')

t.test('Calls of every kind, rehearsed', async t => {
  const { house, tenant, known } = await furnished(t)
  const before = await contents(house)
  for (const operation of OPERATIONS.filter(canRehearse)) {
    await t.test(`${operation.operationId} answers each`, async () => {
      await fc.assert(
        fc.asyncProperty(callOf(operation, known), async call => {
          const query = operation.method === 'GET' ? call.query : { ...call.query, dryRun: 'true' }
          judge(operation, await send(house, tenant, operation, { ...call, query }))
        }),
        SETTINGS
      )
    })
  }
  t.same(await contents(house), before, 'and nothing changed in any table')
})

t.test('The same calls in earnest', async t => {
  const { house, tenant, known } = await furnished(t)
  for (const operation of OPERATIONS) {
    await t.test(`${operation.operationId} answers each`, async () => {
      await fc.assert(
        fc.asyncProperty(callOf(operation, known), async call => {
          judge(operation, await send(house, tenant, operation, call))
        }),
        SETTINGS
      )
    })
  }
  await t.test('and every change is in the history, every promise can be kept', async t => {
    await house.doPromisedWork()
    const { admin } = tenant
    t.match((await admin.get('/v1/audit/verification')).json(), { verified: true })
    const errors = house.log.filter(line => line.includes('"level":"error"'))
    t.same(errors, [], 'and nothing broke on the way')
  })
})

type Caller = 'admin' | 'agent' | 'approver' | 'auditor' | 'integration' | 'nobody'

interface Call {
  readonly path: string
  readonly query: Readonly<Record<string, unknown>>
  readonly headers: Readonly<Record<string, string>>
  readonly content: string | Buffer | undefined
  readonly caller: Caller
}

/** Three in five keep to the description in all but perhaps one place of the body; the others keep to nothing. */
function callOf(operation: Operation, known: Known): Arbitrary<Call> {
  return fc.oneof(
    { weight: 3, arbitrary: assembled(operation, PROPER, properBody(operation, known), described(operation, known)) },
    { weight: 2, arbitrary: assembled(operation, IMPROPER, improperBody(operation, known), oddText) }
  )
}

type MakeText = (parameter: Parameter) => Arbitrary<unknown>

const described =
  ({ path }: Operation, known: Known): MakeText =>
  ({ name, schema }) => {
    const fitting = known[`${path.split('/')[2]}/${name}`] ?? known[name]
    return fitting ? fc.constantFrom(...fitting) : valid(schema, components.schemas, known)
  }

function assembled(
  { path, parameters }: Operation,
  { headers, caller }: typeof PROPER,
  body: Arbitrary<Body>,
  make: MakeText
): Arbitrary<Call> {
  const inside = (place: Parameter['in']) =>
    Object.fromEntries(parameters.filter(given => given.in === place).map(given => [given.name, make(given)]))
  const { cursor: _made, ...asked } = inside('query')
  const query = fc.record(make === oddText ? inside('query') : asked, { requiredKeys: [] })
  return fc
    .tuple(fc.record(inside('path')), query, headers, body, caller)
    .map(([names, inQuery, more, { type, content }, who]) => ({
      path: path.replaceAll(/\{(\w+)\}/g, (_, name) => percent(String(names[name]))),
      query: inQuery,
      headers: { ...more, ...(type === undefined ? {} : { 'content-type': type }) },
      content,
      caller: who
    }))
}

const PROPER = {
  headers: fc.record({ 'idempotency-key': fc.constantFrom('k-1', 'k-2', 'k-3') }, { requiredKeys: [] }) as Arbitrary<
    Record<string, string>
  >,
  caller: fc.constantFrom<Caller>('admin', 'admin', 'admin', 'agent', 'integration')
}
const IMPROPER: typeof PROPER = {
  headers: fc.record(
    {
      'idempotency-key': fc.constantFrom(' ', 'k-1', 'x'.repeat(300)),
      'if-match': fc.constantFrom('"1"', '*', 'W/"1"', '"99999999999999999999"', 'no')
    },
    { requiredKeys: [] }
  ),
  caller: fc.constantFrom<Caller>('admin', 'agent', 'approver', 'auditor', 'integration', 'nobody')
}
const ODD_TEXT = odd.map(value => (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')))
const oddText: MakeText = () => ODD_TEXT

interface Body {
  readonly type: string | undefined
  readonly content: string | Buffer | undefined
}
const NO_BODY: Body = { type: undefined, content: undefined }

function properBody({ bodies }: Operation, known: Known): Arbitrary<Body> {
  const kinds = Object.entries(bodies).flatMap(([type, { schema, example }]): Arbitrary<Body>[] => {
    if (type !== 'application/json') return [BYTES.map(content => ({ type, content }))]
    const examples = [example, ...(schema.examples ?? resolved(schema).examples ?? [])].filter(one => one !== undefined)
    const right = [valid(schema, components.schemas, known), ...examples.map(one => fc.constant(one))]
    return [...right, ...right.map(almost)].map(body =>
      body.map(value => ({ type, content: JSON.stringify(value) ?? '' }))
    )
  })
  return kinds.length === 0 ? fc.constant(NO_BODY) : fc.oneof(...kinds)
}

function resolved({ $ref }: Schema): Schema {
  return components.schemas[$ref?.split('/').at(-1) ?? ''] ?? {}
}

function improperBody({ method, bodies }: Operation, known: Known): Arbitrary<Body> {
  if (method === 'GET') return fc.constant(NO_BODY)
  const right = valid(bodies['application/json']?.schema ?? { type: 'object' }, components.schemas, known)
  const text = right.map(value => JSON.stringify(value) ?? '')
  return fc.oneof<Arbitrary<Body>[]>(
    fc.constant(NO_BODY),
    brokenJson.map(content => ({ type: 'application/json', content })),
    fc.tuple(ODD_TYPE, fc.oneof(text, BYTES)).map(([type, content]) => ({ type, content }))
  )
}

const ODD_TYPE = fc.constantFrom(
  'application/json; charset=utf-16',
  'application/json garbage',
  'application/x-ndjson',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/csv',
  'text/plain',
  'message/rfc822',
  'image/png',
  '/'
)
const BYTES = fc.oneof(
  fc.uint8Array({ maxLength: 400 }).map(bytes => Buffer.from(bytes)),
  fc.string({ unit: 'binary' }).map(line => Buffer.from(`{"a":${JSON.stringify(line)}}\n{"b":1}`)),
  fc.string({ unit: 'binary' }).map(text => mail({ from: 'Mia <mia@example.com>', subject: text, text })),
  fc
    .string({ unit: 'binary-ascii' })
    .map(head => Buffer.from(`From: ${head}\r\nSubject: ${head}\r\n\r\nsend my data ${head}`, 'latin1'))
)

async function send({ app }: House, tenant: TenantInHouse, { method }: Operation, call: Call) {
  const { path, query, headers, content, caller } = call
  const credentials = caller === 'nobody' ? {} : { authorization: `Bearer ${tenant[caller].token()}` }
  const search = Object.entries(query).map(([name, value]) => `${name}=${percent(String(value))}`)
  return await app.inject({
    method: method as HTTPMethods,
    url: search.length === 0 ? path : `${path}?${search.join('&')}`,
    headers: { ...headers, ...credentials },
    ...(content === undefined ? {} : { payload: content })
  })
}

/** @throws {Error} for an answer that the description does not allow, with the whole of it */
function judge({ operationId, answers }: Operation, answer: LightMyRequestResponse): void {
  const { statusCode, body } = answer
  const type = String(answer.headers['content-type'] ?? '')
  const wrong = (what: string) => new Error(`${operationId} ${what}: ${statusCode} ${type} ${body.slice(0, 500)}`)
  if (statusCode >= 500) throw wrong('broke')
  if (statusCode < 400) {
    if (!answers.includes(String(statusCode))) throw wrong('gave an answer that is not described')
    return
  }
  if (!type.startsWith('application/problem+json')) throw wrong('refused without a problem document')
  const problem = answer.json()
  if (!PROBLEM_CODES.includes(problem.code) || problem.status !== statusCode || !problem.requestId)
    throw wrong('refused with a problem that is not whole')
  for (const fault of problem.errors ?? []) {
    if (typeof fault.pointer !== 'string' || !fault.rule || !fault.fix) throw wrong('named a fault without its fix')
  }
}

/** Also what is half a character, which `encodeURIComponent` refuses. */
function percent(text: string): string {
  return [...Buffer.from(text)].map(byte => `%${byte.toString(16).padStart(2, '0')}`).join('')
}

/** A tenant with something of everything, and what a call has to know to meet it. */
async function furnished(t: Parameters<typeof openHouse>[0]) {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const neighbour = await house.tenant()
  await addSystem(tenant, 'crm', [dataCategory('account')])
  await addSystem(tenant, 'shop', [dataCategory('orders')])
  await addSystem(neighbour, 'crm', [dataCategory('account')])

  const started = await askAndStart(tenant, 'access')
  const requests = [
    await ask(tenant, 'access', { proven: false }),
    await ask(tenant, 'erasure', { email: 'jens@example.com' }),
    await ask(tenant, 'objection', {
      email: 'eva@example.com',
      details: { purpose: 'analytics', directMarketing: false }
    }),
    await askAndStart(tenant, 'restriction', { email: 'ole@example.com', details: { ground: 'accuracy_contested' } }),
    started,
    await refused(tenant)
  ]
  await handIn(tenant, mail({ from: 'Mia <mia@example.com>', subject: 'Hello', text: 'Is the shop open on Sunday?' }))
  await house.doPromisedWork()

  const idsIn = async (path: string) =>
    (await well<{ data: { id: string }[] }>(tenant.admin.get(path))).data.map(({ id }) => id)
  const tasks = await idsIn('/v1/tasks')
  const systems = await idsIn('/v1/systems')
  const foreign = await askAndStart(neighbour, 'access')
  const theirs = [foreign, (await onlyTaskOf(neighbour.admin, foreign)).id, NOWHERE]
  const { previewHash } = await well<{ previewHash: string }>(tenant.admin.get(`/v1/requests/${requests[5]}/response`))
  const known: Known = {
    uuid: [...requests, ...tasks, ...systems, ...theirs],
    id: theirs,
    'requests/id': [...requests, ...theirs],
    'tasks/id': [...tasks, ...theirs],
    'systems/id': [...systems, ...theirs],
    'register/id': [...(await idsIn('/v1/register')), ...theirs],
    'inbound/id': [...(await idsIn('/v1/inbound')), ...theirs],
    tenant: [tenant.slug, neighbour.slug],
    ground: GROUND_CODES,
    email: ['mia@example.com', 'jens@example.com', 'ünï@exämple.com'],
    timeZone: ['Europe/Copenhagen', 'Pacific/Apia', 'Antarctica/Troll'],
    holidays: ['DK', 'GR'],
    authority: ['DK', 'GR'],
    previewHash: [previewHash],
    country: ['DK', 'US', 'XX'],
    limit: [1, 100],
    receivedAt: ['2026-02-19T09:00:00Z', '2026-01-31T23:59:59.999+14:00']
  }
  return { house, tenant, known }
}

async function refused(tenant: TenantInHouse): Promise<string> {
  const id = await ask(tenant, 'access', { email: 'ida@example.com' })
  const [ground] = groundsFor({ use: 'refuse', right: 'access', regime: 'eu-gdpr' })
  await well(tenant.agent.post(`/v1/requests/${id}/refusal`, { ground: ground?.code, reasons: 'You asked last week.' }))
  return id
}

/** What every table holds, past every wall. What calls of strangers count is none of theirs. */
async function contents({ ownerUrl }: House): Promise<Record<string, string>> {
  return await asOwner(ownerUrl, async sql => {
    const tables = await sql<{ name: string }[]>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname in ('public', 'graphile_worker') and tablename <> 'rate_limits'`
    const held: Record<string, string> = {}
    for (const { name } of tables) {
      const [row] = await sql.unsafe<{ hash: string }[]>(
        `select md5(coalesce(string_agg(t::text, e'\n' order by t::text), '')) as hash from ${name} t`
      )
      held[name] = row?.hash ?? ''
    }
    return held
  })
}
