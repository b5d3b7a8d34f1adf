// Every page that a person may meet, in every language, as it leaves the service: well-formed, guarded, and harmless
// whatever people and tenants call themselves.

import { HtmlValidate } from 'html-validate'
import t from 'tap'
import { SYSTEM } from '../../src/domain/actor.ts'
import { LOCALES, type Locale } from '../../src/domain/subject-request.ts'
import { inTenant } from '../../src/storage/database.ts'
import { beginPackage } from '../../src/storage/packages.ts'
import { answerWithPackage } from '../support/answered.ts'
import { well } from '../support/fulfilment.ts'
import { type House, openHouse } from '../support/house.ts'
import { HOUSE_POLICY } from '../support/tenant-in-house.ts'
import { linkIn, newestCode, type Page, visitorTo } from '../support/visitor.ts'

const HOSTILE = `<script>alert(1)</script><img src=x onerror=alert(1)>" onfocus="alert(1)' {{7*7}} \${7*7} <%= 7*7 %> & Sons`
const POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  // Ticked boxes share a name; and the text of a title counts here with its escapes.
  rules: { 'form-dup-name': ['error', { shared: ['checkbox'] }], 'long-title': ['error', { maxlength: 150 }] }
})

for (const locale of LOCALES) {
  t.test(`Every page in ${locale}`, async t => {
    const house = await openHouse(t)
    const pages = await collectPages(house, locale)
    t.ok(Object.keys(pages).length > 25)

    for (const [name, page] of Object.entries(pages)) {
      await t.test(name, async t => {
        const { results } = validator.validateStringSync(page.body)
        t.same(
          results.flatMap(result =>
            result.messages.map(({ ruleId, message, line }) => `${line}: ${ruleId}: ${message}`)
          ),
          [],
          'is well-formed'
        )
        t.match(page.body, new RegExp(`^<!DOCTYPE html>\n<html lang="${locale}">`))
        t.notMatch(
          tagsOf(page.body),
          /<(?:script|img|style|iframe|object|embed|base|svg)|\s(?:on\w+|style|srcdoc|http-equiv|action="(?!\/privacy\/))/i,
          'runs nothing, loads nothing and sends nothing away'
        )
        t.notMatch(page.body, /javascript:/i)
        t.same(
          [...page.body.matchAll(/<link [^>]*>/g)].map(([tag]) => tag),
          ['<link rel="stylesheet" href="/privacy/style.css">']
        )
        t.notMatch(page.body, /\b49\b/, 'and what people wrote is not computed')
        t.notMatch(page.body, /\bundefined\b|\bnull\b|\[object|\bNaN\b/, 'nor is anything missing')
        t.match(page.headers, {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': POLICY,
          'cross-origin-opener-policy': 'same-origin',
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
          'cache-control': 'no-store',
          'x-frame-options': 'DENY'
        })
        t.notOk('server' in page.headers || 'x-powered-by' in page.headers)
      })
    }
  })
}

t.test('The stylesheet', async t => {
  const house = await openHouse(t)
  const style = await house.stranger.get('/privacy/style.css')
  t.equal(style.statusCode, 200)
  t.match(style.headers, {
    'content-type': 'text/css; charset=utf-8',
    'x-content-type-options': 'nosniff',
    'content-security-policy': POLICY
  })
  t.notMatch(style.body, /url\(|@import|expression/, 'fetches nothing')
})

t.test('A form that was filled in elsewhere', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const path = `/privacy/${tenant.slug}`
  const send = (headers: Record<string, string>) =>
    house.app.inject({
      method: 'POST',
      url: path,
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: 'rights=access&email=mia%40example.com'
    })

  for (const site of ['cross-site', 'same-site', 'none'])
    t.equal((await send({ 'sec-fetch-site': site })).statusCode, 403, `sent from ${site}`)
  t.equal(
    (await send({ 'sec-fetch-site': 'cross-site', origin: 'http://house.localhost' })).statusCode,
    403,
    'whatever the origin says'
  )
  t.equal((await send({ origin: 'https://evil.example' })).statusCode, 403, 'by an older browser')
  t.equal((await send({ origin: 'http://house.localhost.evil.example' })).statusCode, 403)
  await house.doPromisedWork()
  t.same(house.letterbox.messages, [], 'does nothing')

  t.equal(
    (await send({ 'sec-fetch-site': 'same-origin', origin: 'null' })).statusCode,
    202,
    'ours sends no referrer, so its origin is null'
  )
  t.equal((await send({ origin: 'http://house.localhost' })).statusCode, 202)
  t.equal((await send({})).statusCode, 202, 'and what is no browser carries nobody else along')
})

t.test('Bodies that are no form', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const send = (type: string, payload: string) =>
    house.app.inject({ method: 'POST', url: `/privacy/${tenant.slug}`, headers: { 'content-type': type }, payload })
  for (const type of [
    'application/json',
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded\tx'
  ]) {
    t.equal((await send(type, '{"rights":["access"]}')).statusCode, 403, type)
  }
  const form = 'application/x-www-form-urlencoded'
  t.equal((await send(form, `details=${'x'.repeat(70_000)}`)).statusCode, 413)
  for (const hostile of [
    '__proto__=x&rights=access',
    'rights[]=access&email[a]=b',
    'email=a%40b.example&email=c%40d.example&rights=access',
    'rights=constructor&email=a%40b.example',
    '%ff%fe=%00',
    'rights=access&email=a%40b.example%0d%0aBcc:evil@example.com'
  ]) {
    t.equal((await send(form, hostile)).statusCode, 422, hostile)
  }
  t.equal((Object.prototype as Record<string, unknown>).x, undefined)
  t.equal((await house.app.inject({ method: 'DELETE', url: `/privacy/${tenant.slug}` })).statusCode, 404)
})

t.test('A database that is gone', async t => {
  const house = await openHouse(t, { gate: true })
  const tenant = await house.tenant()
  const path = `/privacy/${tenant.slug}`
  await house.gate?.shut()
  const answer = await house.stranger.get(path)
  t.equal(answer.statusCode, 503)
  t.match(answer.headers['retry-after'], /\d/)
  t.match(answer.headers['content-security-policy'], POLICY)
  t.match(answer.body, /Not available at the moment/, 'is said in words for people')
  t.notMatch(answer.body, /postgres|CONNECTION|select/i)
  await house.gate?.open()
  t.equal((await house.stranger.get(path)).statusCode, 200, 'and the page is back with it')
})

/** The tags of a page; of their values only addresses. */
function tagsOf(body: string): string {
  return (body.match(/<[^>]*>/g) ?? [])
    .map(tag => tag.replaceAll(/((?:href|src|action)=)?"[^"]*"/g, (value, name) => (name === undefined ? '""' : value)))
    .join('\n')
}

/** One of each, by name, as a person with a hostile name at a hostile organisation comes by them. */
async function collectPages(house: House, locale: Locale): Promise<Record<string, Page>> {
  const pages: Record<string, Page> = {}
  const organisation = {
    ...HOUSE_POLICY.organisation,
    name: HOSTILE,
    website: 'https://house.example',
    privacyPolicyUrl: 'https://house.example/privacy?a=1&b=2'
  }
  const tenant = await house.tenant({
    policy: {
      organisation,
      locales: LOCALES,
      defaultLocale: locale,
      promiseDays: { all: 30 },
      regimes: { default: 'eu-gdpr', byPlace: { DK: 'eu-gdpr', 'US-CA': 'us-ca' } }
    }
  })
  const home = `/privacy/${tenant.slug}?language=${locale}`
  const visitor = visitorTo(house.app)

  pages.portal = await visitor.open(home)
  pages['portal with faults'] = await visitor.send(home, {
    rights: 'nothing',
    name: HOSTILE,
    email: HOSTILE,
    details: HOSTILE
  })
  pages.accepted = await visitor.send(home, {
    rights: 'access',
    name: HOSTILE,
    email: 'form@example.com',
    details: HOSTILE,
    language: locale
  })

  const ask = async (email: string, rights = ['access']) => {
    const body = {
      rights,
      subject: { name: HOSTILE, email, locale },
      ...(rights.length === 1 ? { details: { text: HOSTILE } } : {})
    }
    const { requests } = await well<{ requests: { id: string }[] }>(tenant.agent.post('/v1/requests', body))
    await house.doPromisedWork()
    return { id: requests[0]!.id, ...linkIn(house, email, 'verify') }
  }

  const denied = await ask('denied@example.com')
  pages.verify = await visitor.open(denied.path)
  pages['code missing'] = await visitor.send(`${denied.path}/confirmation`, { code: HOSTILE })
  pages['code wrong'] = await visitor.send(`${denied.path}/confirmation`, { code: 'BBBBBBBB' })
  pages.deny = await visitor.submit(pages.verify, '/denial')
  pages['deny again'] = await visitor.submit(pages.deny, '/denial', { word: HOSTILE })
  pages.denied = await visitor.submit(pages.deny, '/denial', { word: 'STOP' })

  const locked = await ask('locked@example.com')
  for (let i = 0; i < 5; i += 1)
    pages['code locked'] = await visitor.send(`${locked.path}/confirmation`, { code: 'BBBBBBBB' })
  for (let i = 0; i < 3; i += 1) pages['fresh link'] = await visitor.send(`${locked.path}/fresh-link`, {})
  pages['link superseded'] = await visitor.open(locked.path)
  pages['too many links'] = await visitor.send(`${locked.path}/fresh-link`, {})

  const asked = await ask('mia@example.com')
  pages.confirmed = await visitor.send(`${asked.path}/confirmation`, { code: asked.code })
  await tenant.agent.post(`/v1/requests/${asked.id}/clarification`, { question: HOSTILE })
  await house.doPromisedWork()
  const status = linkIn(house, 'mia@example.com', 'status').path
  pages.status = await visitor.open(status)
  pages['message blank'] = await visitor.submit(pages.status, '/message')
  pages['message sent'] = await visitor.submit(pages.status, '/message', { text: HOSTILE })
  pages['answer sent'] = await visitor.submit(pages.status, '/answer', { text: HOSTILE })
  pages.withdraw = await visitor.submit(pages.status, '/withdrawal')
  pages['withdraw again'] = await visitor.submit(pages.withdraw, '/withdrawal', { word: HOSTILE })

  await answerWithPackage(tenant, asked.id)
  await house.doPromisedWork()
  pages['status answered'] = await visitor.open(status)
  const parcel = linkIn(house, 'mia@example.com', 'package').path
  pages.package = await visitor.open(parcel)
  pages['download code sent'] = await visitor.submit(pages.package, '/code')
  pages['download code missing'] = await visitor.submit(pages.package, '/download', { code: HOSTILE })
  pages['download code wrong'] = await visitor.submit(pages.package, '/download', { code: 'BBBBBBBB' })
  await house.doPromisedWork()
  await visitor.submit(pages.package, '/download', { code: newestCode(house, 'mia@example.com') })
  pages['download code used'] = await visitor.submit(pages.package, '/download', { code: 'BBBBBBBB' })
  for (let i = 0; i < 11; i += 1) pages['too many codes'] = await visitor.submit(pages.package, '/code')
  await inTenant(house.db, { tenantId: tenant.id, actor: SYSTEM, now: house.now() }, scope =>
    beginPackage(scope, asked.id)
  )
  pages['package building'] = await visitor.open(parcel)
  pages['reopening blank'] = await visitor.submit(pages['status answered'], '/reopening')
  pages.reopened = await visitor.submit(pages['status answered'], '/reopening', { text: HOSTILE })

  const passedOn = await ask('passed-on@example.com')
  await visitor.send(`${passedOn.path}/confirmation`, { code: passedOn.code })
  const controller = { name: HOSTILE, email: 'company@example.com' }
  await well(tenant.agent.post(`/v1/requests/${passedOn.id}/forwarding`, { controller }))
  const answer = `/v1/requests/${passedOn.id}/response`
  const { previewHash } = await well<{ previewHash: string }>(tenant.agent.get(answer))
  await well(tenant.approver.post(answer, { previewHash }))
  await house.doPromisedWork()
  pages.forwarded = await visitor.open(linkIn(house, 'company@example.com', 'forwarded').path)

  const leaving = await ask('leaving@example.com', ['erasure', 'objection'])
  await visitor.send(`${leaving.path}/confirmation`, { code: leaving.code })
  await house.doPromisedWork()
  const follow = await visitor.open(linkIn(house, 'leaving@example.com', 'status').path)
  pages.withdrawn = await visitor.submit(await visitor.submit(follow, '/withdrawal'), '/withdrawal', {
    word: 'STOP'
  })

  const lapsing = await ask('lapsing@example.com')
  house.pass({ days: 8 })
  pages['link run out'] = await visitor.open(lapsing.path)
  await house.doPromisedWork()
  pages.lapsed = await visitor.open(lapsing.path)
  pages['package gone'] = await visitor.open(parcel)

  const language = { 'accept-language': `${locale}-XX, en;q=0.1` }
  pages['not found'] = await house.app.inject({
    method: 'GET',
    url: `/privacy/nobody/verify/${'x'.repeat(43)}`,
    headers: language
  })
  pages['no such page'] = await house.app.inject({
    method: 'GET',
    url: `/privacy/${tenant.slug}/nothing/here/at/all`,
    headers: language
  })
  pages['from elsewhere'] = await visitor.send(home, {}, { 'sec-fetch-site': 'cross-site', ...language })
  pages['too large'] = await visitor.send(home, { details: 'x'.repeat(70_000) }, language)
  return pages
}
