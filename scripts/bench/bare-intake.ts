// The intake that most people would write: three statements between BEGIN and COMMIT, one after the other. No credentials, no
// checks of the input, nothing sealed, no tenant kept from another, no deadline, and indexes only where a key needs one.

import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import pg from 'pg'
import { beMeasured, settingsGiven } from './program.ts'

export interface BareGiven {
  readonly databaseUrl: string
  readonly poolSize: number
}

export interface BareReady {
  readonly url: string
}

interface Body {
  readonly rights: readonly string[]
  readonly subject: { readonly name: string; readonly email: string }
}

const { databaseUrl, poolSize } = settingsGiven<BareGiven>()
const pool = new pg.Pool({ connectionString: databaseUrl, max: poolSize, idleTimeoutMillis: 0 })
await pool.query(`
  create table requests (
    id uuid primary key, tenant_id uuid not null, subject_right text not null, state text not null, name text not null,
    email text not null, received_at timestamptz not null, due_on date not null);
  create table history (
    id bigint generated always as identity primary key, request_id uuid not null, kind text not null, at timestamptz not null,
    data jsonb not null);
  create table jobs (
    id bigint generated always as identity primary key, kind text not null, payload jsonb not null, run_at timestamptz not null);`)

/** Prepared once a connection. */
const INSERT_REQUEST = {
  name: 'request',
  text: `insert into requests (id, tenant_id, subject_right, state, name, email, received_at, due_on)
    values ($1, $2, $3, 'received', $4, $5, $6, $7)`
}
const INSERT_HISTORY = {
  name: 'history',
  text: "insert into history (request_id, kind, at, data) values ($1, 'opened', $2, $3)"
}
const INSERT_JOB = {
  name: 'job',
  text: "insert into jobs (kind, payload, run_at) values ('ask_verification', $1, $2)"
}
const TENANT = randomUUID()
const DAY_MS = 86_400_000

const app = Fastify()
app.post<{ Body: Body }>('/requests', async (request, reply) => {
  const { rights, subject } = request.body
  const { name, email } = subject
  const id = randomUUID()
  const receivedAt = new Date()
  const dueOn = new Date(receivedAt.getTime() + 30 * DAY_MS).toISOString().slice(0, 10)
  const right = rights[0] ?? 'access'
  await inTransaction([
    { ...INSERT_REQUEST, values: [id, TENANT, right, name, email, receivedAt, dueOn] },
    { ...INSERT_HISTORY, values: [id, receivedAt, JSON.stringify({ right })] },
    { ...INSERT_JOB, values: [JSON.stringify({ id }), receivedAt] }
  ])
  reply.code(201)
  return { id, right, state: 'received', subject: { name, email }, receivedAt, dueOn }
})
await app.listen({ host: '127.0.0.1', port: 0, listenTextResolver: () => '' })

const ready: BareReady = { url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}` }
beMeasured(ready, async () => {
  await app.close()
  await pool.end()
})

async function inTransaction(statements: readonly pg.QueryConfig[]): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('begin')
    for (const statement of statements) await client.query(statement)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}
