import t from 'tap'
import { retryConflicts } from '../../src/storage/failures.ts'
import { asOwner } from '../support/cluster.ts'
import { openHouse } from '../support/house.ts'

const SYSTEM = { slug: 'crm', name: 'CRM', location: 'Vejle', personalData: 'none' }
const numbered = (n: number) => ({ ...SYSTEM, slug: `crm-${n}` })

t.test('A call with an Idempotency-Key', async t => {
  const house = await openHouse(t)
  const { admin, staff } = await house.tenant()
  const { admin: neighbour } = await house.tenant()
  const key = { 'idempotency-key': 'k-1' }
  const first = await admin.post('/v1/systems', SYSTEM, key)

  await t.test('is done once however often it is sent', async t => {
    const again = await admin.post('/v1/systems', SYSTEM, key)
    t.match([again.statusCode, again.headers['idempotency-replayed'], again.json()], [201, 'true', first.json()])
    t.equal((await admin.get('/v1/systems')).json().data.length, 1)
  })

  await t.test('answers with the resource as it stands now', async t => {
    const { id } = first.json()
    await admin.patch(`/v1/systems/${id}`, { name: 'Customers' })
    const again = await admin.post('/v1/systems', SYSTEM, key)
    t.match(again.json(), { id, name: 'Customers', version: 2 }, 'for nothing of the first answer was stored')
  })

  await t.test('is refused when it is another call', async t => {
    const other = await admin.post('/v1/systems', numbered(2), key)
    t.match(other.json(), { status: 422, code: 'idempotency_key_reused' })
  })

  await t.test('belongs to its tenant, its credential and its route', async t => {
    const body = { ...SYSTEM, slug: 'own' }
    t.notOk((await neighbour.post('/v1/systems', SYSTEM, key)).headers['idempotency-replayed'])
    t.equal((await staff('berta', 'admin').post('/v1/systems', body, key)).statusCode, 201)
    t.equal((await admin.post('/v1/api-keys', { name: 'Shop', scopes: ['policy:read'] }, key)).statusCode, 201)
  })

  await t.test('gives the secret of an API key away only once', async t => {
    const asked = { name: 'Shop', scopes: ['policy:read'] }
    const again = await admin.post('/v1/api-keys', asked, key)
    t.match(again.json(), { name: 'Shop', secret: null })
  })

  await t.test('leaves the key free when it was refused', async t => {
    const free = { 'idempotency-key': 'k-2' }
    t.equal((await admin.post('/v1/systems', SYSTEM, free)).statusCode, 409)
    t.equal((await admin.post('/v1/systems', numbered(3), free)).statusCode, 201)
  })

  await t.test('makes one thing of thirty-two that are sent at once', async t => {
    const answers = await Promise.all(
      Array.from({ length: 32 }, () => admin.post('/v1/systems', numbered(4), { 'idempotency-key': 'k-3' }))
    )
    t.same([...new Set(answers.map(answer => answer.statusCode))], [201])
    t.equal(new Set(answers.map(answer => answer.json().id)).size, 1)
    t.equal(
      answers.filter(answer => answer.headers['idempotency-replayed'] === undefined).length,
      1,
      'one of them did it'
    )
  })

  await t.test('without it thirty-two at once make one thing and thirty-one refusals', async t => {
    const answers = await Promise.all(Array.from({ length: 32 }, () => admin.post('/v1/systems', numbered(5))))
    t.equal(answers.filter(answer => answer.statusCode === 201).length, 1)
    t.equal(answers.filter(answer => answer.statusCode === 409).length, 31)
  })

  await t.test('is new again after three days', async t => {
    house.pass({ hours: 72, seconds: 1 })
    t.equal((await admin.post('/v1/systems', numbered(6), key)).statusCode, 201)
  })

  await t.test('cannot be read when it holds anything but plain characters', async t => {
    for (const bad of ['with space', 'æøå', 'x'.repeat(256)]) {
      const answer = await admin.post('/v1/systems', numbered(7), { 'idempotency-key': bad })
      t.match(answer.json(), { status: 400, code: 'malformed' })
    }
  })
})

t.test('A change of what somebody saw', async t => {
  const house = await openHouse(t)
  const { admin } = await house.tenant()
  const made = await admin.post('/v1/systems', SYSTEM)
  const path = `/v1/systems/${made.json().id}`
  t.equal(made.headers.etag, '"1"')

  const changed = await admin.patch(path, { name: 'Customers' }, { 'if-match': '"1"' })
  t.match([changed.statusCode, changed.headers.etag], [200, '"2"'], 'is done while it is still so')
  t.equal((await admin.get(path)).headers.etag, '"2"')

  const stale = await admin.patch(path, { name: 'Clients' }, { 'if-match': '"1"' })
  t.match(stale.json(), { status: 412, code: 'version_stale', version: 2 }, 'is refused when it is not')
  t.equal(
    (await admin.patch(path, { name: 'Clients' }, { 'if-match': '*' })).statusCode,
    200,
    'is done whatever it is, if they say so'
  )
  t.equal((await admin.delete(path, undefined, { 'if-match': '"1"' })).statusCode, 412)
  t.equal((await admin.delete(path, undefined, { 'if-match': '"3"' })).statusCode, 204)
  t.equal((await admin.get(path)).statusCode, 404)

  const contested = await admin.post('/v1/systems', numbered(1))
  const race = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      admin.patch(`/v1/systems/${contested.json().id}`, { name: `${n}` }, { 'if-match': '"1"' })
    )
  )
  t.equal(race.filter(answer => answer.statusCode === 200).length, 1, 'and of twenty who saw the same, one wins')
  t.equal(race.filter(answer => answer.statusCode === 412).length, 19)

  const policy = (await admin.get('/v1/policy')).json().policy
  const setting = await Promise.all(
    Array.from({ length: 10 }, () => admin.put('/v1/policy', policy, { 'if-match': '"1"' }))
  )
  t.equal(setting.filter(answer => answer.statusCode === 200).length, 1)
  t.ok(
    setting.every(answer => [200, 409, 412].includes(answer.statusCode)),
    'and the others are told'
  )
})

t.test('A rehearsal', async t => {
  const house = await openHouse(t)
  const { admin } = await house.tenant()
  const rehearsed = await admin.post('/v1/systems?dryRun=true', SYSTEM, { 'idempotency-key': 'k' })
  t.match([rehearsed.statusCode, rehearsed.headers['dry-run']], [201, 'true'])
  t.match(rehearsed.json(), { slug: 'crm', version: 1 }, 'answers what would have been')
  t.same((await admin.get('/v1/systems')).json().data, [], 'and changes nothing')
  t.equal(
    (await admin.post('/v1/systems', SYSTEM, { 'idempotency-key': 'k' })).headers['idempotency-replayed'],
    undefined,
    'not even the key'
  )
  t.equal((await admin.post('/v1/systems?dryRun=true', SYSTEM)).statusCode, 409, 'but runs every check')
  t.equal((await admin.post('/v1/systems?dryRun=perhaps', SYSTEM)).statusCode, 422)
})

t.test('A database that goes away', async t => {
  const house = await openHouse(t, { gate: true })
  const { admin } = await house.tenant()
  t.equal((await admin.get('/v1/policy')).statusCode, 200)
  t.equal((await house.stranger.get('/health/ready')).statusCode, 200)

  await house.gate!.shut()
  const answers = [await admin.get('/v1/policy'), await admin.post('/v1/systems', SYSTEM, { 'idempotency-key': 'k' })]
  for (const answer of answers) {
    t.match(answer.json(), { status: 503, code: 'unavailable' }, 'is told as such')
    t.ok(answer.headers['retry-after'])
  }
  t.match((await house.stranger.get('/health/ready')).json(), { status: 'not_ready', reason: 'database' })
  t.equal((await house.stranger.get('/health/live')).statusCode, 200, 'while the process lives')

  await house.gate!.open()
  t.equal(
    (await admin.post('/v1/systems', SYSTEM, { 'idempotency-key': 'k' })).statusCode,
    201,
    'and is worked with again by itself'
  )
  t.equal((await house.stranger.get('/health/ready')).statusCode, 200)

  await asOwner(
    house.ownerUrl,
    sql =>
      sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'habeas' and datname = current_database()`
  )
  const after = await Promise.all(Array.from({ length: 10 }, () => admin.get('/v1/policy')))
  t.ok(
    after.every(answer => answer.statusCode === 200 || answer.statusCode === 503),
    'also when it ends every session'
  )
  t.equal((await admin.get('/v1/policy')).statusCode, 200)
})

t.test('Two transactions that wait for each other', async t => {
  let attempts = 0
  const deadlocked = (times: number) => async () => {
    attempts += 1
    if (attempts <= times) throw Object.assign(new Error('query'), { cause: { code: '40P01' } })
    return 'done'
  }
  t.equal(await retryConflicts(deadlocked(4)), 'done', 'are tried again, whole')
  t.equal(attempts, 5)
  attempts = 0
  await t.rejects(retryConflicts(deadlocked(9)), { code: 'unavailable' }, 'five times at most')
  t.equal(attempts, 5)
  attempts = 0
  await t.rejects(
    retryConflicts(async () => Promise.reject(new Error('bug'))),
    /bug/,
    'and nothing else is'
  )
})
