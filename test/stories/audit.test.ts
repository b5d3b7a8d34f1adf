// The proof of the history as an auditor sees it, and a checkpoint that is checked without us.

import { createPublicKey, hash, verify } from 'node:crypto'
import postgres from 'postgres'
import t from 'tap'
import { tenantIds } from '../../src/jobs/every-tenant.ts'
import { writeDueCheckpoints } from '../../src/jobs/write-checkpoint.ts'
import { openDatabase } from '../../src/storage/database.ts'
import { asOwner } from '../support/cluster.ts'
import { ask, well } from '../support/fulfilment.ts'
import { openHouse } from '../support/house.ts'
import { testLogins } from '../support/test-logins.ts'

interface Checkpoint {
  readonly seq: number
  readonly root: string
  readonly events: number
  readonly keyId: string
  readonly note: string
}
interface Audit {
  readonly verified: boolean
  readonly firstBadLink: object | null
  readonly checkpoint: Checkpoint | null
  readonly publicKey: string
}

const house = await openHouse(t)
const tenant = await house.tenant({ slug: 'acme' })
const neighbour = await house.tenant()
const audit = (client = tenant.auditor) => well<Audit>(client.get('/v1/audit/verification'))
const signDue = () =>
  writeDueCheckpoints({ db: house.db, clock: house.now, signingKey: house.signingKey }, [tenant.id, neighbour.id])

t.test('A tenant without a history has nothing wrong with it', async t => {
  t.match(await audit(), {
    verified: true,
    requests: 0,
    events: 0,
    checkpoint: null,
    checkpoints: 0,
    firstBadLink: null,
    firstBadCheckpoint: null
  })
})

t.test('A checkpoint', async t => {
  const ids = [await ask(tenant, 'access'), await ask(tenant, 'erasure', { email: 'ida@example.com' })]

  await t.test('is written once a day, where something happened', async t => {
    t.equal(await signDue(), 1, 'one for the tenant that has a history')
    t.equal(await signDue(), 0, 'and no second one the same hour')
    house.pass({ hours: 23 })
    await well(tenant.agent.patch(`/v1/requests/${ids[0]}`, { tags: ['a'] }))
    t.equal(await signDue(), 0, 'nor before the day is over')
    house.pass({ hours: 2 })
    t.equal(await signDue(), 1)
    house.pass({ days: 2 })
    t.equal(await signDue(), 0, 'a day on which nothing happened has none')
  })

  await t.test('is listed with its note, the newest first', async t => {
    const { data } = await well<{ data: Checkpoint[] }>(tenant.auditor.get('/v1/audit/checkpoints'))
    t.same(
      data.map(checkpoint => checkpoint.seq),
      [2, 1]
    )
    const lines = data[0]!.note.split('\n')
    t.same(lines.slice(0, 5), ['house.localhost/acme', '5', data[0]!.root, 'checkpoint 2', 'requests 2'])
    t.equal(lines[6], `previous ${hash('sha256', textOf(data[1]!.note), 'base64')}`)
    const first = await well<{ data: Checkpoint[]; nextCursor: string }>(
      tenant.auditor.get('/v1/audit/checkpoints?limit=1')
    )
    const second = await well<{ data: Checkpoint[] }>(
      tenant.auditor.get(`/v1/audit/checkpoints?limit=1&cursor=${encodeURIComponent(first.nextCursor)}`)
    )
    t.same([...first.data, ...second.data], data)
    t.same((await well<{ data: Checkpoint[] }>(neighbour.auditor.get('/v1/audit/checkpoints'))).data, [])
  })

  await t.test('can be checked with the public key and nothing of ours', async t => {
    const { checkpoint, publicKey } = await audit()
    const raw = Buffer.from(publicKey, 'base64')
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') }, format: 'jwk' })
    const { note } = checkpoint!
    const [, name, encoded] = /\n\n— (\S+) (\S+)\n$/.exec(note)!
    const signed = Buffer.from(encoded!, 'base64')
    t.ok(
      verify(null, Buffer.from(textOf(note)), key, signed.subarray(4)),
      'Ed25519 over the text before the empty line'
    )
    const keyId = hash('sha256', Buffer.concat([Buffer.from(`${name}\n\x01`), raw]), 'buffer').subarray(0, 4)
    t.same(signed.subarray(0, 4), keyId, 'the key id of a C2SP signed note')
    t.equal(checkpoint!.keyId, keyId.toString('hex'))
  })

  await t.test('holds the root of all heads, as anybody may compute it', async t => {
    const heads = await asOwner(house.ownerUrl, sql =>
      sql<{ line: string }[]>`
      select distinct on (request_id) request_id || ' ' || seq || ' ' || encode(hash, 'hex') || E'\n' as line
      from events where tenant_id = ${tenant.id} order by request_id, seq desc`.then(rows => [...rows])
    )
    const { checkpoint } = await audit()
    t.equal(checkpoint?.root, hash('sha256', heads.map(head => head.line).join(''), 'base64'))
  })

  await t.test('is signed also by a process that never served the tenant', async t => {
    await well(tenant.agent.patch(`/v1/requests/${ids[1]}`, { tags: ['b'] }))
    house.pass({ days: 2 })
    const { roots, publicUrl } = house.db
    const elsewhere = openDatabase({ url: house.serviceUrl, roots, publicUrl, poolSize: 1 })
    const worker = postgres((await testLogins(house.ownerUrl)).workerUrl, { max: 1, onnotice: () => {} })
    t.teardown(() => Promise.all([elsewhere.close(), worker.end({ timeout: 5 })]))
    const everybody = await tenantIds(worker)
    t.same(everybody, [tenant.id, neighbour.id].sort())
    const parts = { db: elsewhere, clock: house.now, signingKey: house.signingKey }
    t.equal(await writeDueCheckpoints(parts, everybody), 1)
  })
})

t.test('An entry that was altered', async t => {
  const id = await ask(tenant, 'access', { email: 'ola@example.com' })
  await asOwner(house.ownerUrl, async sql => {
    await sql`set session_replication_role = replica`
    await sql`update events set actor_id = 'somebody else' where request_id = ${id} and seq = 2`
  })

  await t.test('is named, with what is wrong', async t => {
    const firstBadLink = {
      requestId: id,
      seq: 2,
      why: 'hash_differs',
      detail: 'The entry was altered after it was written.'
    }
    t.match(await audit(), { verified: false, firstBadLink })
    t.match(await well(tenant.auditor.get(`/v1/requests/${id}/events/verification`)), { verified: false, firstBadLink })
  })

  await t.test('is the business of nobody else', async t => {
    t.match(await audit(neighbour.auditor), { verified: true, events: 0 })
    t.equal((await tenant.integration.get('/v1/audit/verification')).statusCode, 403)
    t.equal((await house.stranger.get('/v1/audit/checkpoints')).statusCode, 401)
  })
})

/** What is signed of a note: all before the empty line, its own line break included. */
function textOf(note: string): string {
  return note.slice(0, note.indexOf('\n\n') + 1)
}
