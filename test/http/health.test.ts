import t from 'tap'
import { asOwner } from '../support/cluster.ts'
import { openHouse } from '../support/house.ts'

t.test('A process that is about to stop', async t => {
  const house = await openHouse(t)
  const { agent } = await house.tenant()
  t.match((await house.stranger.get('/health/ready')).json(), { status: 'ready' })
  house.drain()
  const answer = await house.stranger.get('/health/ready')
  t.match([answer.statusCode, answer.json().reason], [503, 'draining'], 'asks for no more calls')
  const call = await agent.get('/v1/policy')
  t.match([call.statusCode, call.headers.connection], [200, 'close'], 'answers those that come, and keeps no line open')
})

t.test('A database that misses a migration', async t => {
  const house = await openHouse(t)
  await asOwner(house.ownerUrl, async sql => {
    await sql`grant usage on schema drizzle to habeas_app`
    await sql`grant select on drizzle.__drizzle_migrations to habeas_app`
    await sql`delete from drizzle.__drizzle_migrations where created_at = (select max(created_at) from drizzle.__drizzle_migrations)`
  })
  t.match((await house.stranger.get('/health/ready')).json(), { status: 'not_ready', reason: 'migrations' })
})

t.test('The figures', async t => {
  const house = await openHouse(t)
  const { agent, slug, id } = await house.tenant()
  await agent.get('/v1/policy')
  await agent.get('/v1/requests/b7134a7d-cccf-4c65-af82-831a0a4bb617?none=1')
  const { body } = await house.stranger.get('/metrics')
  t.match(body, 'habeas_http_request_duration_seconds_count{method="GET",route="/v1/policy",status="200"} 1')
  t.match(body, 'route="/v1/requests/:id",status="422"', 'count by route, not by address')
  t.match(body, /habeas_database_connections\{state="\w+"\} [1-9]/)
  t.notMatch(body, slug)
  t.notMatch(body, id)

  t.equal(
    (await house.stranger.get('/metrics', { 'x-forwarded-for': '203.0.113.7' })).statusCode,
    403,
    'are not for those who come through a proxy'
  )
  const elsewhere = await house.app.inject({ url: '/metrics', remoteAddress: '203.0.113.7' })
  t.equal(elsewhere.statusCode, 403, 'nor from another machine')
})

t.test('The figures with a token', async t => {
  const house = await openHouse(t, { metricsToken: 'kq3-Zt8-mW1-pX6-vB9' })
  t.equal((await house.stranger.get('/metrics')).statusCode, 401)
  t.equal((await house.stranger.get('/metrics', { authorization: 'Bearer kq3-Zt8-mW1-pX6-vB8' })).statusCode, 401)
  t.equal((await house.stranger.get('/metrics', { authorization: 'Bearer kq3-Zt8-mW1-pX6-vB9' })).statusCode, 200)
})

t.test('Every answer', async t => {
  const house = await openHouse(t)
  const { agent } = await house.tenant()
  const answers = [
    await agent.get('/v1/policy'),
    await agent.get('/v1/nothing'),
    await house.stranger.get('/v1/policy'),
    await house.stranger.get('/problems/invalid'),
    await house.stranger.get('/openapi.json'),
    await house.stranger.get('/docs'),
    await house.stranger.get('/health/live')
  ]
  for (const { headers, raw } of answers) {
    t.equal(headers['cache-control'], 'no-store', `${raw.req.url} is kept by no cache`)
    t.match(headers['request-id'], /^[\da-f-]{36}$/, 'and has a name of its own')
  }
  const named = await agent.get('/v1/policy', { 'request-id': 'mine', 'x-request-id': 'mine' })
  t.not(named.headers['request-id'], 'mine', 'which no client chooses')
  t.match(answers[0]!.headers, {
    'content-security-policy': "default-src 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY'
  })
})

t.test('The log', async t => {
  const house = await openHouse(t)
  const { admin, id } = await house.tenant()
  const canary = 'canary-7f3a'
  await admin.get(`/v1/systems?limit=5&${canary}=1`)
  await admin.get(`/v1/systems/${canary}`, { 'x-canary': canary, 'user-agent': canary })
  await admin.post('/v1/systems', {
    slug: canary,
    name: canary,
    location: canary,
    personalData: 'none',
    [canary]: canary
  })
  await admin.post('/v1/systems', `{"${canary}"`, { 'content-type': 'application/json' })
  await house.stranger.get('/v1/systems', { authorization: `Bearer ${canary}` })

  const lines = house.log.map(line => JSON.parse(line))
  t.match(lines[0], { level: 'info', message: 'call', method: 'GET', route: '/v1/systems', status: 422, tenantId: id })
  t.ok(
    lines.every(line =>
      Object.keys(line).every(name =>
        ['level', 'time', 'requestId', 'method', 'route', 'status', 'ms', 'tenantId', 'message'].includes(name)
      )
    )
  )
  t.notMatch(house.log.join('\n'), canary, 'holds nothing of what was sent')
})
