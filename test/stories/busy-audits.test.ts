// Whoever only reads cannot take the service away from others: one walk of a history at a time, and a limit to everything.

import t from 'tap'
import { ask } from '../support/fulfilment.ts'
import { openHouse } from '../support/house.ts'

t.test('Sixty checks of a history at once', async t => {
  const house = await openHouse(t)
  const [tenant, neighbour] = [await house.tenant(), await house.tenant()]
  for (let n = 0; n < 30; n += 1) await ask(tenant, 'access', { email: `mia${n}@example.com` })

  const walks = Array.from({ length: 60 }, () => tenant.auditor.get('/v1/audit/verification'))
  const others = await Promise.all(
    Array.from({ length: 20 }, () =>
      neighbour.agent.post('/v1/requests', { rights: ['access'], subject: { name: 'Bo' } })
    )
  )
  t.same(new Set(others.map(answer => answer.statusCode)), new Set([201]), 'take no other tenant’s calls away')
  const answers = await Promise.all(walks)
  const walked = answers.filter(answer => answer.statusCode === 200)
  const refused = answers.filter(answer => answer.statusCode !== 200)
  t.ok(walked.length >= 1, 'one of them walks')
  t.ok(walked.every(answer => answer.json().verified))
  t.ok(refused.length >= 1, 'and the others are told to come back')
  t.match(refused[0]?.json(), { status: 503, code: 'unavailable', retryAfterSeconds: 5 })
  t.equal(refused[0]?.headers['retry-after'], '5')
  t.equal(new Set(refused.map(answer => answer.statusCode)).size, 1)
  t.match(
    (await tenant.auditor.get('/v1/audit/verification')).json(),
    { verified: true, requests: 30 },
    'and then they can'
  )
})

t.test('A walk in another process', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await ask(tenant, 'access')
  const lock = await house.db.pool.connect()
  await lock.query('begin')
  await lock.query(`select pg_advisory_xact_lock(hashtextextended('checkpoints of ${tenant.id}', 0))`)
  const answer = await tenant.auditor.get('/v1/audit/verification')
  await lock.query('rollback')
  lock.release()
  t.match(answer.json(), { status: 503, code: 'unavailable', retryAfterSeconds: 5 }, 'is not waited for')
  t.equal((await tenant.auditor.get('/v1/audit/verification')).statusCode, 200)
})
