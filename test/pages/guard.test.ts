// What the pages carry when they are reached over https, where browsers offer more.

import cookies from '@fastify/cookie'
import formBodies from '@fastify/formbody'
import Fastify from 'fastify'
import t from 'tap'
import { browserCookies } from '../../src/pages/browser-cookie.ts'
import { guardPages } from '../../src/pages/guard.ts'

async function serverAt(publicUrl: string) {
  const app = Fastify()
  await app.register(cookies)
  await app.register(formBodies)
  guardPages(app, publicUrl)
  const browser = browserCookies(publicUrl)
  app.post('/', async (request, reply) => browser.give(request, reply))
  app.get('/', async request => ({ secret: browser.read(request) }))
  return app
}

t.test('Over https the cookie is bound to the host, and transport stays encrypted', async t => {
  const app = await serverAt('https://privacy.example')
  const answer = await app.inject({ method: 'POST', url: '/', headers: { 'sec-fetch-site': 'same-origin' } })
  t.match(answer.cookies, [
    { name: '__Host-habeas', value: /^[\w-]{43}$/, path: '/', httpOnly: true, secure: true, sameSite: 'Strict' }
  ])
  t.notOk(answer.cookies[0]?.domain)
  t.match(answer.headers['strict-transport-security'], /max-age=31536000/)

  const value = answer.cookies[0]?.value ?? ''
  const again = await app.inject({
    method: 'POST',
    url: '/',
    headers: { 'sec-fetch-site': 'same-origin', cookie: `__Host-habeas=${value}` }
  })
  t.equal(again.cookies[0]?.value, value, 'and a browser keeps the one it has')
  const unbound = await app.inject({ method: 'GET', url: '/', headers: { cookie: `habeas=${value}` } })
  t.same(unbound.json(), { secret: null }, 'a cookie that any subdomain could have set is not it')
})

t.test('On loopback without https there is a plain cookie', async t => {
  const app = await serverAt('http://localhost:3000')
  const answer = await app.inject({ method: 'POST', url: '/', headers: { 'sec-fetch-site': 'same-origin' } })
  t.match(answer.cookies, [{ name: 'habeas', httpOnly: true, sameSite: 'Strict' }])
  t.notOk(answer.cookies[0]?.secure)
  t.notOk(answer.headers['strict-transport-security'])
  for (const forged of ['short', 'x'.repeat(44), '<script>', `${'x'.repeat(42)}%00`]) {
    t.same(
      (await app.inject({ method: 'GET', url: '/', headers: { cookie: `habeas=${forged}` } })).json(),
      { secret: null },
      forged
    )
  }
})
