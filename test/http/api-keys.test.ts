import t from 'tap'
import { asOwner } from '../support/cluster.ts'
import { openHouse } from '../support/house.ts'

t.test('An API key', async t => {
  const house = await openHouse(t)
  const { admin, slug } = await house.tenant()
  const { admin: neighbour } = await house.tenant()
  const issued = await admin.post('/v1/api-keys', { name: 'Shop', scopes: ['policy:read'] })
  const { id, secret, prefix } = issued.json()
  const call = (key: string) => house.stranger.get('/v1/policy', { authorization: `Bearer ${key}` })

  t.match(secret, /^hab_live_[0-9A-Za-z]{38}$/)
  t.ok(secret.startsWith(prefix))
  t.equal((await call(secret)).statusCode, 200, 'lets the integration in')
  t.equal((await house.stranger.get('/v1/systems', { authorization: `bearer ${secret}` })).statusCode, 200)
  t.equal(
    (await house.stranger.post('/v1/api-keys', {}, { authorization: `Bearer ${secret}` })).statusCode,
    403,
    'but mints no other keys'
  )

  await t.test('is shown once', async t => {
    const { data } = (await admin.get('/v1/api-keys')).json()
    const mine = data.find((key: { id: string }) => key.id === id)
    t.strictSame(Object.keys(mine).sort(), [
      'createdAt',
      'createdBy',
      'expiresAt',
      'id',
      'name',
      'prefix',
      'revokedAt',
      'scopes',
      'version'
    ])
    t.equal(mine.createdBy, 'admin')
    await asOwner(house.ownerUrl, async sql => {
      await sql`alter table api_keys no force row level security`
      const [row] = await sql`select * from api_keys where id = ${id}`
      t.notMatch(JSON.stringify(row), secret.slice(prefix.length), 'and kept as a hash only')
    })
  })

  await t.test('is refused when a letter is wrong, without asking the database', async t => {
    const wrong = secret.replace(/.$/, (last: string) => (last === 'a' ? 'b' : 'a'))
    t.match((await call(wrong)).json(), { status: 401, detail: 'The API key is not complete.' })
    t.equal((await call('hab_live_nothing')).statusCode, 401)
  })

  await t.test('ends when it was to end', async t => {
    const soon = new Date(house.now().getTime() + 60_000).toISOString()
    const { secret: short } = (
      await admin.post('/v1/api-keys', { name: 'Short', scopes: ['policy:read'], expiresAt: soon })
    ).json()
    t.equal((await call(short)).statusCode, 200)
    house.pass({ seconds: 60 })
    t.match((await call(short)).json(), { status: 401, detail: 'The API key has expired.' })
    const late = await admin.post('/v1/api-keys', { name: 'Late', scopes: ['policy:read'], expiresAt: soon })
    t.match(late.json(), { status: 422, errors: [{ pointer: '/expiresAt', rule: 'inFuture' }] })
  })

  await t.test('is not for neighbours to revoke', async t => {
    t.equal((await neighbour.delete(`/v1/api-keys/${id}`)).statusCode, 404)
    t.equal((await neighbour.get('/v1/api-keys')).json().data.length, 1, 'who see their own only')
  })

  await t.test('is revoked by whoever has seen it as it stands', async t => {
    const stale = await admin.delete(`/v1/api-keys/${id}`, undefined, { 'if-match': '"9"' })
    t.match(stale.json(), { status: 412, code: 'version_stale', version: 1 })
    t.equal((await call(secret)).statusCode, 200, 'and by nobody else')
    t.equal(issued.headers.etag, '"1"')
  })

  await t.test('is over five seconds after it was revoked', async t => {
    t.equal((await call(secret)).statusCode, 200)
    t.equal((await admin.delete(`/v1/api-keys/${id}`)).statusCode, 204)
    house.pass({ seconds: 5 })
    t.equal((await call(secret)).statusCode, 401)
    t.equal((await admin.delete(`/v1/api-keys/${id}`)).statusCode, 204, 'and can be revoked twice')
  })

  t.notMatch(house.log.join('\n'), secret.slice(prefix.length), 'and never stands in the log')
  t.notMatch(house.log.join('\n'), slug)
})
