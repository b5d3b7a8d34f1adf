import { createHmac } from 'node:crypto'
import { eq } from 'drizzle-orm'
import t from 'tap'
import { SYSTEM } from '../../src/domain/actor.ts'
import { inTenant } from '../../src/storage/database.ts'
import { addStaff } from '../../src/storage/staff.ts'
import { staff as staffTable } from '../../src/storage/tables.ts'
import { openHouse } from '../support/house.ts'
import { claimsFor, encoded, epochSeconds, signToken, TOKEN_AUDIENCE, TOKEN_ISSUER } from '../support/tokens.ts'

const SECRET = 'f7Gq0mXc2Lr9Zt4Wb8Yk1Hs6Dv3Pn5Ja'
const ISSUED_AT = new Date('2026-02-20T10:00:00Z')
const IAT = epochSeconds(ISSUED_AT)
const claimsOf = (slug: string, changes: object = {}) => claimsFor(slug, ISSUED_AT, changes)

t.test('A staff token signed with the shared secret', async t => {
  const house = await openHouse(t, { staffTokens: { keys: { secret: SECRET } } })
  const { slug } = await house.tenant()
  const call = (token: string) => house.stranger.get('/v1/policy', { authorization: `Bearer ${token}` })

  t.equal((await call(signToken(SECRET, claimsOf(slug)))).statusCode, 200, 'lets its owner in')
  t.equal(
    (await call(signToken(SECRET, claimsOf(slug, { aud: ['other', TOKEN_AUDIENCE] })))).statusCode,
    200,
    'also with several audiences'
  )
  t.equal(
    (await call(signToken(SECRET, claimsOf(slug), { alg: 'HS256', typ: 'at+jwt' }))).statusCode,
    200,
    'also as an access token by name'
  )

  const good = signToken(SECRET, claimsOf(slug))
  const [header, payload, signature] = good.split('.') as [string, string, string]
  const unsigned = encoded({ alg: 'none' })
  const withAlgorithm = (alg: string, digest: string) => {
    const input = `${encoded({ alg })}.${payload}`
    return `${input}.${createHmac(digest, SECRET).update(input).digest('base64url')}`
  }
  const refused = {
    'is not signed at all': `${unsigned}.${payload}.`,
    'says that none would do, with a signature': `${unsigned}.${payload}.${signature}`,
    'says None': `${encoded({ alg: 'None' })}.${payload}.`,
    'has lost its signature': `${header}.${payload}.`,
    'was signed with another secret': signToken('another', claimsOf(slug)),
    'was signed with another algorithm': withAlgorithm('HS512', 'sha512'),
    'names a critical extension': signToken(SECRET, claimsOf(slug), { alg: 'HS256', crit: ['exp'], exp: 1 }),
    'names no critical extension': signToken(SECRET, claimsOf(slug), { alg: 'HS256', crit: null }),
    'is of another type': signToken(SECRET, claimsOf(slug), { alg: 'HS256', typ: 'dpop+jwt' }),
    'has expired': signToken(SECRET, claimsOf(slug, { iat: IAT - 1000, exp: IAT - 31 })),
    'never expires': signToken(SECRET, claimsOf(slug, { exp: undefined })),
    'expires in words': signToken(SECRET, claimsOf(slug, { exp: 'tomorrow' })),
    'lives for a year': signToken(SECRET, claimsOf(slug, { exp: IAT + 31_536_000 })),
    'lives for a year and hides when it was made': signToken(
      SECRET,
      claimsOf(slug, { iat: undefined, exp: IAT + 31_536_000 })
    ),
    'is not good yet': signToken(SECRET, claimsOf(slug, { nbf: IAT + 60 })),
    'comes from the future': signToken(SECRET, claimsOf(slug, { iat: IAT + 60 })),
    'has another issuer': signToken(SECRET, claimsOf(slug, { iss: 'https://evil.example/' })),
    'has a list of issuers': signToken(SECRET, claimsOf(slug, { iss: [TOKEN_ISSUER] })),
    'is for another audience': signToken(SECRET, claimsOf(slug, { aud: 'shop' })),
    'has no subject': signToken(SECRET, claimsOf(slug, { sub: undefined })),
    'has a number for a subject': signToken(SECRET, claimsOf(slug, { sub: 7 })),
    'names no tenant': signToken(SECRET, claimsOf(slug, { tenant: undefined })),
    'names a tenant that does not exist': signToken(SECRET, claimsOf('nobody')),
    'was altered': good.replace(/.(?=.{9}$)/, one => (one === 'A' ? 'B' : 'A')),
    'is no token': 'good-morning'
  }
  for (const [why, token] of Object.entries(refused)) {
    const answer = await call(token)
    t.equal(answer.statusCode, 401, `is refused when it ${why}`)
    t.equal(answer.headers['www-authenticate'], 'Bearer realm="habeas", error="invalid_token"')
    t.match(answer.json().code, 'unauthenticated')
  }

  const bare = await house.stranger.get('/v1/policy')
  t.match(
    [bare.statusCode, bare.headers['www-authenticate']],
    [401, 'Bearer realm="habeas"'],
    'and without any nothing is said about tokens'
  )

  house.pass({ minutes: 10, seconds: 29 })
  t.equal((await call(good)).statusCode, 200, 'is good for half a minute after it expired, for clocks differ')
  house.pass({ seconds: 2 })
  t.equal((await call(good)).statusCode, 401, 'and then no more')
})

t.test('Roles and tenants are found where the issuer puts them', async t => {
  const staffTokens = {
    keys: { secret: SECRET },
    tenantClaim: 'https://habeas.example/tenant',
    rolesClaim: 'realm_access.roles'
  }
  const house = await openHouse(t, { staffTokens })
  const { slug } = await house.tenant()
  const call = (roles: unknown) => {
    const claims = claimsOf('nobody', { 'https://habeas.example/tenant': slug, realm_access: { roles } })
    return house.stranger.get('/v1/api-keys', { authorization: `Bearer ${signToken(SECRET, claims)}` })
  }
  t.equal((await call(['offline_access', 'admin'])).statusCode, 200)
  t.equal((await call('agent auditor')).statusCode, 200, 'also as one text')
  t.equal((await call(['agent'])).statusCode, 403)
  t.equal((await call(['superuser'])).statusCode, 403, 'roles of other services are passed over')
  t.equal((await call(undefined)).statusCode, 403)
})

t.test('Somebody who was shut out of the tenant', async t => {
  const house = await openHouse(t)
  const { id, slug, staff } = await house.tenant()
  const anna = staff('anna', 'admin')
  t.equal((await anna.get('/v1/policy')).statusCode, 200)

  await inTenant(house.db, { tenantId: id, actor: SYSTEM, now: house.now() }, async scope => {
    await addStaff(scope, { subject: 'anna', roles: ['admin'], name: 'Anna', address: 'anna@house.example' })
    await scope.tx.update(staffTable).set({ active: false }).where(eq(staffTable.subject, 'anna'))
  })
  house.pass({ seconds: 1 })
  t.equal((await anna.get('/v1/policy')).statusCode, 401, 'is out a second later, whatever the token says')
  t.equal(
    (await (await house.tenant({ slug: `${slug}-2` })).staff('anna', 'admin').get('/v1/policy')).statusCode,
    200,
    'but not out of another tenant'
  )
})
