// Mail gateways open links, and press what they find there. Whatever they do, the person comes after them and succeeds.

import t from 'tap'
import { answerWithPackage } from '../support/answered.ts'
import { asOwner } from '../support/cluster.ts'
import { eventsOf, kindsOf } from '../support/fulfilment.ts'
import { type House, openHouse } from '../support/house.ts'
import { formsOf, linkIn, newestCode, textIn, visitorTo } from '../support/visitor.ts'

const MIA = 'mia@example.com'
const SCANNERS = 20
/** What is counted for the rate limit tells of calls, not of people. */
const NOT_OF_PEOPLE = ['rate_limits']

t.test('Twenty scanners come before the person, at the link that asks for proof', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const { requests } = (
    await tenant.agent.post('/v1/requests', { rights: ['access'], subject: { name: 'Mia', email: MIA } })
  ).json()
  await house.doPromisedWork()
  const { path, code } = linkIn(house, MIA, 'verify')
  const before = await hashOfRows(house)

  await t.test('open it in every way', async t => {
    for (let i = 0; i < SCANNERS; i += 1) await openInEveryWay(house, path)
    t.same(await hashOfRows(house), before, 'and no row changes')
  })

  await t.test('press every button on every page they come to', async t => {
    let pressed = 0
    for (let i = 0; i < SCANNERS; i += 1) pressed += await pressEverything(house, path)
    t.ok(pressed >= SCANNERS * 3, 'yes, no, and the question after no')
    t.same(await hashOfRows(house), before, 'and no row changes')
  })

  await t.test('all at once', async t => {
    await Promise.all(Array.from({ length: SCANNERS }, () => pressEverything(house, path)))
    t.same(await hashOfRows(house), before)
  })

  await t.test('and then the person confirms', async t => {
    const mia = visitorTo(house.app)
    t.match(textIn((await mia.submit(await mia.open(path), '/confirmation', { code })).body), /You have confirmed/)
    t.equal((await tenant.agent.get(`/v1/requests/${requests[0].id}`)).json().state, 'verified')
    t.notSame(await hashOfRows(house), before, 'which the rows do show')
  })
})

t.test('Scanners at a link where the browser is known by its cookie', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const mia = visitorTo(house.app)
  await mia.send(`/privacy/${tenant.slug}`, { rights: ['access'], email: MIA })
  await house.doPromisedWork()
  const { path } = linkIn(house, MIA, 'verify')
  const before = await hashOfRows(house)
  for (let i = 0; i < SCANNERS; i += 1) await pressEverything(house, path)
  t.same(await hashOfRows(house), before, 'do not have it')
  t.match(
    textIn((await mia.submit(await mia.open(path), '/confirmation')).body),
    /You have confirmed/,
    'and the person does'
  )
})

t.test('Scanners at the link under which a case is followed', async t => {
  const { house, tenant, requestId } = await verified(t)
  await tenant.agent.post(`/v1/requests/${requestId}/clarification`, { question: 'Which account?' })
  await house.doPromisedWork()
  const { path } = linkIn(house, MIA, 'status')
  const before = await hashOfRows(house)
  for (let i = 0; i < SCANNERS; i += 1) {
    await openInEveryWay(house, path)
    await pressEverything(house, path)
  }
  t.same(await hashOfRows(house), before, 'write nothing, answer nothing and withdraw nothing')

  const mia = visitorTo(house.app)
  t.match(
    textIn((await mia.submit(await mia.open(path), '/answer', { text: 'The blue one.' })).body),
    /We have your answer/
  )
  t.equal((await tenant.agent.get(`/v1/requests/${requestId}`)).json().state, 'verified')
})

t.test('Scanners at the link under which an answer is read', async t => {
  const { house, tenant, requestId } = await withPackage(t)
  const { path } = linkIn(house, MIA, 'status')
  const before = await hashOfRows(house)
  for (let i = 0; i < SCANNERS; i += 1) {
    await openInEveryWay(house, path)
    await pressEverything(house, path)
  }
  t.same(await hashOfRows(house), before, 'write nothing and have nothing looked at again')

  const mia = visitorTo(house.app)
  await mia.submit(await mia.open(path), '/reopening', { text: 'The orders are missing.' })
  t.equal((await tenant.agent.get(`/v1/requests/${requestId}`)).json().state, 'verified', 'and the person has')
})

t.test('Scanners at an old link', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const { requests } = (await tenant.agent.post('/v1/requests', { rights: ['access'], subject: { email: MIA } })).json()
  await house.doPromisedWork()
  const old = linkIn(house, MIA, 'verify')
  await tenant.agent.post(`/v1/requests/${requests[0].id}/verification`)
  await house.doPromisedWork()
  const { path, code } = linkIn(house, MIA, 'verify')
  const count = house.letterbox.messages.length
  for (let i = 0; i < SCANNERS; i += 1) {
    await openInEveryWay(house, old.path)
    await pressEverything(house, old.path)
  }
  await house.doPromisedWork()
  t.ok(house.letterbox.messages.length - count <= 3, 'make us repeat a mail three times a day at most')
  const mia = visitorTo(house.app)
  t.match(
    textIn((await mia.submit(await mia.open(path), '/confirmation', { code })).body),
    /You have confirmed/,
    'and the newest link works as before'
  )
})

t.test('Scanners at the link to a package', async t => {
  const { house, path, requestId } = await withPackage(t)
  const before = await hashOfRows(house)
  for (let i = 0; i < SCANNERS; i += 1) await openInEveryWay(house, path)
  t.same(await hashOfRows(house), before, 'change nothing by opening it')

  for (let i = 0; i < SCANNERS; i += 1) await pressEverything(house, path)
  await house.doPromisedWork()
  t.notOk(
    kindsOf(await eventsOf(house, requestId)).includes('package_downloaded'),
    'and fetch nothing by pressing what is there'
  )

  house.pass({ days: 1, minutes: 1 })
  const mia = visitorTo(house.app)
  const page = await mia.submit(await mia.open(path), '/code')
  await house.doPromisedWork()
  t.equal(
    (await mia.submit(page, '/download', { code: newestCode(house, MIA) })).headers['content-type'],
    'application/zip'
  )
})

async function openInEveryWay(house: House, path: string): Promise<void> {
  for (const method of ['HEAD', 'GET', 'GET', 'OPTIONS'] as const) await house.app.inject({ method, url: path })
  await house.app.inject({
    method: 'GET',
    url: path,
    headers: { 'sec-fetch-site': 'cross-site', 'user-agent': 'Mozilla/5.0 (compatible; SafeLinks)' }
  })
}

/** Sends every form of the page as it stands, and those of the pages that come back. @returns how many were sent */
async function pressEverything(house: House, path: string): Promise<number> {
  const scanner = visitorTo(house.app)
  const known = new Set<string>()
  const press = async (body: string): Promise<void> => {
    for (const { action, fields } of formsOf(body)) {
      const mark = JSON.stringify([action, fields])
      if (known.has(mark)) continue
      known.add(mark)
      await press((await scanner.send(action, fields)).body)
    }
  }
  await press((await scanner.open(path)).body)
  return known.size
}

/** A fingerprint of every row of every table, and of the queue. */
async function hashOfRows({ ownerUrl }: House): Promise<Record<string, string>> {
  return await asOwner(ownerUrl, async sql => {
    const tables = await sql<{ name: string }[]>`
      select format('%I.%I', schemaname, tablename) as name from pg_tables
      where schemaname in ('public', 'graphile_worker') and tablename <> all(${NOT_OF_PEOPLE}) order by 1`
    const hashes: [string, string][] = []
    for (const { name } of tables) {
      const [row] = await sql<{ hash: string }[]>`
        select md5(coalesce(string_agg(each::text, E'\n' order by each::text), '')) as hash from ${sql.unsafe(name)} as each`
      hashes.push([name, row?.hash ?? ''])
    }
    return Object.fromEntries(hashes)
  })
}

async function verified(t: Parameters<typeof openHouse>[0]) {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const { requests } = (
    await tenant.agent.post('/v1/requests', { rights: ['access'], subject: { name: 'Mia', email: MIA } })
  ).json()
  await house.doPromisedWork()
  const { path, code } = linkIn(house, MIA, 'verify')
  await visitorTo(house.app).send(`${path}/confirmation`, { code })
  await house.doPromisedWork()
  return { house, tenant, requestId: requests[0].id as string }
}

async function withPackage(t: Parameters<typeof openHouse>[0]) {
  const { house, tenant, requestId } = await verified(t)
  await answerWithPackage(tenant, requestId)
  await house.doPromisedWork()
  await house.doPromisedWork()
  return { house, tenant, requestId, path: linkIn(house, MIA, 'package').path }
}
