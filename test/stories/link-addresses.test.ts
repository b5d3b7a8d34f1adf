// A link from a mail is a key, and an address is read over shoulders, kept in histories and copied: a browser does not keep it there.

import t from 'tap'
import { answerWithPackage } from '../support/answered.ts'
import { asOwner } from '../support/cluster.ts'
import { type House, openHouse, type TenantInHouse } from '../support/house.ts'
import { formsOf, linkIn, textIn, visitorTo } from '../support/visitor.ts'

const MIA = 'mia@example.com'
/** What every browser of these years says when a person follows a link. */
const FOLLOWED = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', 'sec-fetch-site': 'cross-site' }

t.test('A browser that follows the link of a mail', async t => {
  const { house, tenant, id } = await asked(t)
  const { path, code } = linkIn(house, MIA, 'verify')
  const secret = path.split('/').at(-1) ?? ''
  const before = await tokensIn(house)
  const led = await house.app.inject({ url: path, headers: FOLLOWED })
  const address = String(led.headers.location)
  const [cookie] = led.cookies

  await t.test('is led to an address without the key, which it gets as a cookie', async t => {
    t.equal(led.statusCode, 303)
    t.match(address, new RegExp(`^/privacy/${tenant.slug}/verify/[\\w-]{16}$`))
    t.notMatch(led.body + address, secret)
    t.match(cookie, { value: secret, path: '/', httpOnly: true, sameSite: 'Lax', maxAge: 86_400 })
    t.match(led.headers['cache-control'], 'no-store')
    t.same(await tokensIn(house), before, 'and nothing changed')
  })

  const cookies = { [cookie?.name ?? '']: secret }
  const page = await house.app.inject({ url: address, headers: FOLLOWED, cookies })

  await t.test('finds the page there, and no key in it', async t => {
    t.equal(page.statusCode, 200)
    t.match(textIn(page.body), 'Yes, this was me')
    t.notMatch(page.body, secret)
    for (const { action } of formsOf(page.body)) t.ok(action.startsWith(address), action)
  })

  await t.test('finds nothing there without the cookie, nor with another', async t => {
    const wrong = [
      {},
      { [cookie?.name ?? '']: 'x'.repeat(43) },
      { [cookie?.name ?? '']: `${secret}\0` },
      { link: secret }
    ]
    for (const kept of wrong) {
      const answer = await house.app.inject({ url: address, headers: FOLLOWED, cookies: kept })
      t.equal(answer.statusCode, 404)
      t.match(textIn(answer.body), 'Please open the link in our mail again')
    }
    const pressed = { method: 'POST' as const, url: `${address}/confirmation`, payload: { code } }
    t.equal((await house.app.inject(form(pressed))).statusCode, 404)
    const danish = await house.app.inject({ url: address, headers: { 'accept-language': 'da' } })
    t.match(textIn(danish.body), 'Åbn venligst linket i vores e-mail igen')
  })

  await t.test('confirms there', async t => {
    const confirmed = await house.app.inject({
      ...form({ url: `${address}/confirmation`, payload: { code } }),
      cookies
    })
    t.match([confirmed.statusCode, confirmed.headers.location], [303, address])
    t.equal((await tenant.agent.get(`/v1/requests/${id}`)).json().state, 'verified')
    const standing = await house.app.inject({ url: address, cookies })
    t.match(textIn(standing.body), /You have confirmed this request/, 'and an old link is never an error')
  })
})

t.test('Two links in one browser are not taken for each other', async t => {
  const { house, tenant } = await asked(t)
  await tenant.agent.post('/v1/requests', { rights: ['erasure'], subject: { name: 'Jens', email: 'jens@example.com' } })
  await house.doPromisedWork()
  const mine = await opened(house, linkIn(house, MIA, 'verify').path)
  const his = await opened(house, linkIn(house, 'jens@example.com', 'verify').path)
  t.not(mine.address, his.address)
  const cookies = { ...mine.cookies, ...his.cookies }
  t.match(textIn((await house.app.inject({ url: mine.address, cookies })).body), 'm•••@example.com')
  t.match(textIn((await house.app.inject({ url: his.address, cookies })).body), 'j•••@example.com')
})

t.test('The pages for following and for the package are reached in the same way', async t => {
  const { house, tenant, id } = await asked(t)
  await proven(house)
  await answerWithPackage(tenant, id)
  await house.doPromisedWork()
  for (const [kind, says] of [
    ['status', 'Where your request stands'],
    ['package', 'Download']
  ] as const) {
    const { path } = linkIn(house, MIA, kind)
    const { address, cookies } = await opened(house, path)
    const page = await house.app.inject({ url: address, cookies })
    t.equal(page.statusCode, 200, kind)
    t.match(textIn(page.body), says)
    t.notMatch(page.body, path.split('/').at(-1) ?? '')
  }
})

t.test('What does not say that it is a browser is shown the page at once', async t => {
  const { house } = await asked(t)
  const { path } = linkIn(house, MIA, 'verify')
  const programs = [{}, { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }, { 'user-agent': 'curl/8.5.0' }]
  for (const headers of programs) {
    const page = await house.app.inject({ url: path, headers })
    t.match([page.statusCode, page.cookies], [200, []])
    t.ok(formsOf(page.body).every(({ action }) => action.startsWith(path)))
  }
  t.equal((await visitorTo(house.app).open(path)).statusCode, 200)
})

async function asked(t: Parameters<typeof openHouse>[0]) {
  const house = await openHouse(t)
  const tenant: TenantInHouse = await house.tenant()
  const body = { rights: ['access'], subject: { name: 'Mia Holm', email: MIA } }
  const { requests } = (await tenant.agent.post('/v1/requests', body)).json()
  await house.doPromisedWork()
  return { house, tenant, id: String(requests[0].id) }
}

async function proven(house: House): Promise<void> {
  const { path, code } = linkIn(house, MIA, 'verify')
  await visitorTo(house.app).send(`${path}/confirmation`, { code })
  await house.doPromisedWork()
}

/** Where a browser ends up that follows a link, and what it then keeps. */
async function opened({ app }: House, path: string) {
  const led = await app.inject({ url: path, headers: FOLLOWED })
  return {
    address: String(led.headers.location),
    cookies: Object.fromEntries(led.cookies.map(({ name, value }) => [name, value]))
  }
}

function form({ url, payload }: { url: string; payload: Record<string, string> }) {
  return {
    method: 'POST' as const,
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    payload: new URLSearchParams(payload).toString()
  }
}

async function tokensIn({ ownerUrl }: House) {
  return await asOwner(ownerUrl, async sql => [...(await sql`select t::text from tokens t order by id`)])
}
