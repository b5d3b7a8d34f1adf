import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { openHouse } from '../support/house.ts'
import { claimsFor, encoded, epochSeconds, signToken } from '../support/tokens.ts'

const SECRET = 'f7Gq0mXc2Lr9Zt4Wb8Yk1Hs6Dv3Pn5Ja'
const ISSUED_AT = new Date('2026-02-20T10:00:00Z')
const IAT = epochSeconds(ISSUED_AT)
const claimsOf = (slug: string, changes: object = {}) => claimsFor(slug, ISSUED_AT, changes)

t.test('A staff token signed by an issuer with published keys', async t => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const ed = generateKeyPairSync('ed25519')
  const later = generateKeyPairSync('ed25519')
  const jwk = (key: KeyObject, kid: string, more = {}) => ({ ...key.export({ format: 'jwk' }), kid, ...more })
  let keys: unknown[] = [
    jwk(rsa.publicKey, 'rsa', { alg: 'RS256', use: 'sig' }),
    jwk(ec.publicKey, 'ec'),
    jwk(ed.publicKey, 'ed'),
    jwk(rsa.publicKey, 'for-encryption', { use: 'enc' }),
    { kty: 'oct', kid: 'oct', k: Buffer.from(SECRET).toString('base64url') },
    'no key'
  ]
  let asked = 0
  let isAway = false
  const issuer = createServer((_request, response) => {
    asked += 1
    if (isAway) response.writeHead(500).end()
    else response.end(JSON.stringify({ keys }))
  })
  await new Promise<void>(listening => issuer.listen(0, '127.0.0.1', listening))
  t.teardown(() => void issuer.close())
  const jwksUrl = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/jwks`

  const house = await openHouse(t, { staffTokens: { keys: { jwksUrl } } })
  const { slug } = await house.tenant()
  const token = (key: KeyObject, header: { alg: string; [name: string]: unknown }, changes: object = {}) => {
    const input = `${encoded(header)}.${encoded(claimsOf(slug, changes))}`
    const digest = header.alg === 'EdDSA' ? null : 'sha256'
    return `${input}.${sign(digest, Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
  }
  const call = (token: string) => house.stranger.get('/v1/policy', { authorization: `Bearer ${token}` })

  t.equal((await call(token(rsa.privateKey, { alg: 'RS256', kid: 'rsa' }))).statusCode, 200, 'is good with RSA')
  t.equal((await call(token(ec.privateKey, { alg: 'ES256', kid: 'ec' }))).statusCode, 200, 'with an elliptic curve')
  t.equal((await call(token(ed.privateKey, { alg: 'EdDSA', kid: 'ed' }))).statusCode, 200, 'and with Edwards')
  t.equal(asked, 1, 'and the keys were fetched once')

  const spki = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  const refused = {
    'the public key was used as a secret': signToken(spki, claimsOf(slug), { alg: 'HS256', kid: 'rsa' }),
    'it was, with a space before it': signToken(` ${spki}`, claimsOf(slug), { alg: 'HS256', kid: 'rsa' }),
    'a symmetric key was published': signToken(SECRET, claimsOf(slug), { alg: 'HS256', kid: 'oct' }),
    'the key is for something else': token(rsa.privateKey, { alg: 'RS256', kid: 'for-encryption' }),
    'the algorithm is not that of the key': token(ed.privateKey, { alg: 'EdDSA', kid: 'rsa' }),
    'no key is named': token(rsa.privateKey, { alg: 'RS256' }),
    'the key is named by a path': token(rsa.privateKey, { alg: 'RS256', kid: '../../dev/null' }),
    'the key comes along': token(later.privateKey, {
      alg: 'EdDSA',
      kid: 'new',
      jwk: later.publicKey.export({ format: 'jwk' })
    }),
    'the keys are said to be elsewhere': token(later.privateKey, {
      alg: 'EdDSA',
      kid: 'new',
      jku: 'http://127.0.0.1:1/'
    }),
    'it expired': token(ed.privateKey, { alg: 'EdDSA', kid: 'ed' }, { iat: IAT - 900, exp: IAT - 300 }),
    'the signature is all zeros': `${token(ec.privateKey, { alg: 'ES256', kid: 'ec' }).split('.').slice(0, 2).join('.')}.${Buffer.alloc(64).toString('base64url')}`
  }
  for (const [why, forged] of Object.entries(refused))
    t.equal((await call(forged)).statusCode, 401, `is refused when ${why}`)
  t.equal(asked, 1, 'and no unknown key makes the issuer be asked again so soon')

  keys = [...keys, jwk(later.publicKey, 'new')]
  const renewed = () =>
    call(
      token(
        later.privateKey,
        { alg: 'EdDSA', kid: 'new' },
        { iat: epochSeconds(house.now()), exp: epochSeconds(house.now()) + 600 }
      )
    )
  t.equal((await renewed()).statusCode, 401)
  house.pass({ seconds: 31 })
  t.equal((await renewed()).statusCode, 200, 'a key that the issuer added is found half a minute later')

  isAway = true
  house.pass({ minutes: 11 })
  t.equal((await renewed()).statusCode, 200, 'and known keys stay good while the issuer is away')
})

t.test('While the issuer was never reached nobody can be told apart', async t => {
  const house = await openHouse(t, { staffTokens: { keys: { jwksUrl: 'http://127.0.0.1:1/jwks' } } })
  const { slug } = await house.tenant()
  const answer = await house.stranger.get('/v1/policy', {
    authorization: `Bearer ${signToken(SECRET, claimsOf(slug), { alg: 'RS256', kid: 'a' })}`
  })
  t.match([answer.statusCode, answer.headers['retry-after']], [503, '2'])
})
