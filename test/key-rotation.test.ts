// The root key and the signing key are replaced the way docs/deploy.md says, in processes that know their environment alone.

import { hash, randomBytes } from 'node:crypto'
import t from 'tap'
import { writeCheckpointIfNews } from '../src/actions/proof/write-checkpoint.ts'
import { SYSTEM } from '../src/domain/actor.ts'
import { checkpointSigner } from '../src/storage/checkpoint-keys.ts'
import { inTenant, openDatabase } from '../src/storage/database.ts'
import { keyOf } from '../src/storage/sealing.ts'
import { asOwner } from './support/cluster.ts'
import { freshDatabase } from './support/database.ts'
import { type Environment, runProgram, type ServiceProcess, startServiceProcess } from './support/service-process.ts'
import { openSmtpSink } from './support/smtp-sink.ts'
import { HOUSE_POLICY } from './support/tenant-in-house.ts'
import { testLogins } from './support/test-logins.ts'
import { claimsFor, signToken, TOKEN_AUDIENCE, TOKEN_ISSUER } from './support/tokens.ts'

const newKey = () => randomBytes(32).toString('base64')
const [OLD_ROOT, NEW_ROOT, OLD_SEED, NEW_SEED, JWT_SECRET] = [newKey(), newKey(), newKey(), newKey(), newKey()]
const BEFORE = { HABEAS_ROOT_KEY: OLD_ROOT, HABEAS_SIGNING_KEY: OLD_SEED }
const PUBLIC_URL = 'https://privacy.example.com'
/** The step before the exchange: every process can open what the new key will seal. */
const PREPARED = { ...BEFORE, HABEAS_RETIRED_ROOT_KEYS: NEW_ROOT }

const { ownerUrl } = await freshDatabase(t)
const { url: smtp } = await openSmtpSink(t)
const folder = t.testdir({ 'policy.json': JSON.stringify(HOUSE_POLICY), objects: {} })
const OTHERWISE = {
  DATABASE_URL: ownerUrl,
  SMTP_URL: smtp,
  MAIL_FROM: 'privacy@example.com',
  PUBLIC_URL,
  JWT_SECRET,
  JWT_ISSUER: TOKEN_ISSUER,
  JWT_AUDIENCE: TOKEN_AUDIENCE,
  DATA_FOLDER: `${folder}/objects`,
  PORT: '0',
  SHUTDOWN_LINGER_SECONDS: '0'
}
const start = (keys: Environment) => startServiceProcess(t, { ...OTHERWISE, ...keys })
const reseal = (keys: Environment) => runProgram(['scripts/reseal.ts'], { ...OTHERWISE, ...keys })

t.test('Both keys are replaced without a pause', async t => {
  const acme = await createTenant('acme', PREPARED)
  const old = await start(PREPARED)
  const mia = await open(old, 'acme', 'mia@example.com')
  await open(old, 'acme', 'noa@example.com')
  await signHistory(acme)
  const { publicKey: oldPublicKey } = await get(old, 'acme', '/v1/audit/verification')
  const { nextCursor } = await get(old, 'acme', '/v1/requests?limit=1')
  const EXCHANGED = {
    HABEAS_ROOT_KEY: NEW_ROOT,
    HABEAS_RETIRED_ROOT_KEYS: OLD_ROOT,
    HABEAS_SIGNING_KEY: NEW_SEED,
    HABEAS_RETIRED_SIGNING_KEYS: oldPublicKey
  }
  const fresh = await start(EXCHANGED)

  await t.test('processes with the old keys and with the new ones serve side by side', async t => {
    await createTenant('bolt', EXCHANGED)
    const bob = await open(fresh, 'bolt', 'bob@example.com')
    for (const service of [old, fresh]) {
      t.equal((await get(service, 'acme', `/v1/requests/${mia}`)).subject.email, 'mia@example.com')
      t.equal((await get(service, 'bolt', `/v1/requests/${bob}`)).subject.email, 'bob@example.com')
      // More at once than it has connections so far: it logs in again.
      const many = await Promise.all(Array.from({ length: 12 }, () => get(service, 'acme', '/v1/requests')))
      t.ok(many.every(({ data }) => data.length === 2))
      t.equal((await get(service, 'acme', `/v1/requests?limit=1&cursor=${nextCursor}`)).data.length, 1)
    }
    t.equal((await logins()).length, 4, 'each with logins of its own')
  })

  await t.test('the tenants are sealed under the new key', async t => {
    const stranger = await reseal({ ...EXCHANGED, HABEAS_RETIRED_ROOT_KEYS: newKey() })
    t.equal(stranger.status, 1, 'but not without the old one')
    t.match(stranger.stderr, /^Nothing was changed\. .*root key that is not configured/)
    t.notMatch(stranger.stderr, /at .*src\//)
    t.same(await rootsInUse(), [markOf(OLD_ROOT), markOf(NEW_ROOT)])

    t.match(await reseal(EXCHANGED), told({ resealed: 1, current: 1, loginsDropped: 0, loginsInUse: 2 }))
    t.same(await rootsInUse(), [markOf(NEW_ROOT)])
    t.ok(await isForced(), 'and row security holds the owner as before')
    for (const service of [old, fresh])
      t.equal((await get(service, 'acme', `/v1/requests/${mia}`)).subject.email, 'mia@example.com', 'nobody notices')
  })

  t.match(await old.stop(), { ended: [0, null], complaints: '' })

  await t.test('asked for again, it drops the logins that nobody needs any more', async t => {
    t.match(await reseal(EXCHANGED), told({ resealed: 0, current: 2, loginsDropped: 2, loginsInUse: 0 }))
    t.match(await reseal(EXCHANGED), told({ resealed: 0, current: 2, loginsDropped: 0, loginsInUse: 0 }))
    t.equal((await logins()).length, 2)
  })

  t.match(await fresh.stop(), { ended: [0, null], complaints: '' })

  await t.test('and the old keys can go', async t => {
    const { HABEAS_RETIRED_ROOT_KEYS: _, ...AFTER } = EXCHANGED
    const service = await start(AFTER)
    t.equal((await get(service, 'acme', `/v1/requests/${mia}`)).subject.email, 'mia@example.com')
    const found = await get(service, 'acme', '/v1/requests?email=mia@example.com')
    t.same(
      found.data.map(({ id }: { id: string }) => id),
      [mia],
      'people are found by their address as before'
    )
    await open(service, 'acme', 'mia@example.com')
    const verification = await get(service, 'acme', '/v1/audit/verification')
    t.match(verification, { verified: true, firstBadCheckpoint: null }, 'what the old key signed still proves it')
    t.ok(verification.checkpoints >= 1)
    t.not(verification.publicKey, oldPublicKey)
    t.match(await service.stop(), { ended: [0, null], complaints: '' })
  })
})

const told = (figures: object) => ({ status: 0, stdout: `${JSON.stringify(figures)}\n` })

/** @returns its id */
async function createTenant(slug: string, keys: Environment): Promise<string> {
  const args = ['--slug', slug, '--name', 'Example ApS', '--policy', `${folder}/policy.json`]
  const { status, stdout, stderr } = await runProgram(['scripts/create-tenant.ts', ...args], { ...OTHERWISE, ...keys })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout).tenantId
}

/** As the worker does once a day. */
async function signHistory(tenantId: string): Promise<void> {
  const { appUrl } = await testLogins(ownerUrl)
  const roots = { current: keyOf(Buffer.from(OLD_ROOT, 'base64')), retired: [] }
  const db = openDatabase({ url: appUrl, roots, publicUrl: PUBLIC_URL, poolSize: 1 })
  const signer = checkpointSigner(Buffer.from(OLD_SEED, 'base64'))
  await inTenant(db, { tenantId, actor: SYSTEM, now: new Date() }, scope => writeCheckpointIfNews(scope, signer))
  await db.close()
}

async function open(service: ServiceProcess, slug: string, email: string): Promise<string> {
  const body = { rights: ['access'], subject: { email }, verification: { method: 'none' } }
  return (await call(service, slug, '/v1/requests', body)).requests[0].id
}

const get = async (service: ServiceProcess, slug: string, path: string) => await call(service, slug, path)

// biome-ignore lint/suspicious/noExplicitAny: what it holds is what the test says.
async function call(service: ServiceProcess, slug: string, path: string, body?: object): Promise<any> {
  const token = signToken(JWT_SECRET, claimsFor(slug, new Date(), { roles: ['agent', 'auditor'] }))
  const response = await service.ask(path, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) })
  })
  if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`)
  return await response.json()
}

/** Of this deployment, among those of the cluster. */
async function logins(): Promise<string[]> {
  const deployment = hash('sha256', new URL(ownerUrl).pathname, 'hex').slice(0, 10)
  const rows = await asOwner(
    ownerUrl,
    sql => sql<{ rolname: string }[]>`
      select rolname from pg_roles where rolname ~ ${`^habeas_(app|worker)_${deployment}_`}`
  )
  return rows.map(({ rolname }) => rolname)
}

/** The marks of the root keys that tenants are sealed under, those of the older tenant first. */
async function rootsInUse(): Promise<string[]> {
  return await asOwner(ownerUrl, async sql => {
    await sql`set row_security = off`
    const rows = await sql<{ mark: string }[]>`
      select encode(substr(sealed_key, 2, 4), 'hex') as mark from tenants group by 1 order by min(slug)`
    return rows.map(({ mark }) => mark)
  })
}

const markOf = (key: string) => keyOf(Buffer.from(key, 'base64')).fingerprint.toString('hex')

async function isForced(): Promise<boolean | undefined> {
  const [tenants] = await asOwner(
    ownerUrl,
    sql => sql<{ forced: boolean }[]>`
      select relforcerowsecurity as forced from pg_class where oid = 'tenants'::regclass`
  )
  return tenants?.forced
}
