import t from 'tap'
import { countHit } from '../../src/storage/rate-limits.ts'
import { openHouse } from '../support/house.ts'

const LIMIT = { max: 3, windowSeconds: 60 }

t.test('Credentials that are not good, again and again', async t => {
  const house = await openHouse(t, { limits: { failedCredentials: LIMIT }, trustProxyHops: 1 })
  const { agent } = await house.tenant()
  const knock = (from: string) =>
    house.stranger.get('/v1/policy', { authorization: 'Bearer nonsense', 'x-forwarded-for': from })

  const statuses = []
  for (let i = 0; i < 5; i += 1) statuses.push((await knock('203.0.113.7')).statusCode)
  t.same(statuses, [401, 401, 401, 429, 429], 'are no longer looked at')
  const refused = await knock('203.0.113.7')
  t.match(refused.json(), { code: 'rate_limited', status: 429 })
  t.equal(refused.headers['retry-after'], '60')

  t.equal((await knock('203.0.113.8')).statusCode, 401, 'from that address only')
  t.equal((await knock('198.51.100.1, 203.0.113.7')).statusCode, 429, 'whatever it says came before it')
  t.equal(
    (await agent.get('/v1/policy', { 'x-forwarded-for': '203.0.113.7' })).statusCode,
    200,
    'while good ones get in from there too'
  )

  house.pass({ seconds: 61 })
  t.equal((await knock('203.0.113.7')).statusCode, 401, 'and it may try again when the window is over')
})

t.test('IPv6 addresses of one network count as one', async t => {
  const house = await openHouse(t, { limits: { failedCredentials: LIMIT }, trustProxyHops: 1 })
  const knock = (from: string) =>
    house.stranger.get('/v1/policy', { authorization: 'Bearer nonsense', 'x-forwarded-for': from })
  for (let i = 1; i <= 3; i += 1) await knock(`2001:db8:1:2::${i}`)
  t.equal((await knock('2001:db8:1:2::99')).statusCode, 429)
  t.equal((await knock('2001:db8:1:3::1')).statusCode, 401)
})

t.test('Fifty calls at the same moment', async t => {
  const { db, now } = await openHouse(t)
  const counted = await Promise.all(Array.from({ length: 50 }, () => countHit(db, 'key', 60_000, now())))
  const hits = counted.map(({ hits }) => hits).sort((a, b) => a - b)
  t.same(
    hits,
    Array.from({ length: 50 }, (_, i) => i + 1),
    'are counted each, for the counter lies where every process counts'
  )
})

t.test('Without a trusted proxy nobody chooses their own address', async t => {
  const house = await openHouse(t, { limits: { failedCredentials: LIMIT } })
  const knock = (from: string) =>
    house.stranger.get('/v1/policy', { authorization: 'Bearer nonsense', 'x-forwarded-for': from })
  for (let i = 1; i <= 3; i += 1) t.equal((await knock(`203.0.113.${i}`)).statusCode, 401)
  t.equal((await knock('203.0.113.99')).statusCode, 429)
})

t.test('The counters hold no addresses', async t => {
  const house = await openHouse(t, { trustProxyHops: 1 })
  await house.stranger.get('/v1/policy', { 'x-forwarded-for': '203.0.113.7' })
  const rows = await house.db.raw<{ key: string }[]>`select key from rate_limits`
  t.equal(rows.length, 1)
  t.match(rows[0]?.key, /^[\w-]{43}$/)
})

t.test('Whoever has credentials is limited too', async t => {
  const house = await openHouse(t, { limits: { calls: LIMIT } })
  const [tenant, neighbour] = [await house.tenant(), await house.tenant()]
  const read = (client = tenant.auditor) => client.get('/v1/requests')

  const first = await read()
  t.equal(first.statusCode, 200)
  t.match(first.headers, { 'ratelimit-limit': '3', 'ratelimit-remaining': '2', 'ratelimit-reset': /^\d+$/ })
  const statuses = [(await read()).statusCode, (await tenant.auditor.get('/v1/policy')).statusCode]
  t.same([...statuses, (await read()).statusCode], [200, 200, 429], 'by all that they call')
  const refused = await read()
  t.match(refused.json(), { code: 'rate_limited', status: 429 })
  t.match(refused.headers, { 'retry-after': /^\d+$/, 'ratelimit-remaining': '0' })
  t.equal((await read(tenant.agent)).statusCode, 200, 'while a colleague goes on')
  t.equal((await read(neighbour.auditor)).statusCode, 200, 'and whoever has the same name elsewhere')

  const body = { rights: ['access'], subject: { name: 'Mia' } }
  const check = { purpose: 'newsletter', subjects: [{ email: 'mia@example.com' }] }
  const hot = async () => [
    await tenant.integration.post('/v1/requests', body),
    await tenant.integration.post('/v1/checks', check)
  ]
  const answers = [...(await hot()), ...(await hot()), ...(await hot())]
  t.same(
    answers.map(answer => answer.statusCode),
    [201, 200, 201, 200, 201, 200],
    'intake and checks are not counted: products call them all the time'
  )
  t.equal((await read(tenant.integration)).statusCode, 200, 'nor do they take anything from the others')
  const rows = await house.db.raw<{ key: string }[]>`select key from rate_limits`
  t.same(rows, [], 'and no call costs a round trip to the database to be counted')
})
