// What may not wait for anybody to look at the request holds from the moment in which identity is proven, however it is proven.

import type { LightMyRequestResponse } from 'fastify'
import t from 'tap'
import { addSystem, ask, dataCategory, eventsOf, kindsOf, requestOf, well } from '../support/fulfilment.ts'
import { type House, openHouse, type TenantInHouse } from '../support/house.ts'
import { check, entriesOf, mayProcess } from '../support/register.ts'
import { lastLetterTo } from '../support/seeded-tenant.ts'
import { linkIn, visitorTo } from '../support/visitor.ts'

const GROUND = { ground: 'accuracy_contested' } as const
const MARKETING = { purpose: 'newsletter', directMarketing: true } as const
const ANALYTICS = { purpose: 'analytics', directMarketing: false } as const

t.test('A restriction holds from the moment in which identity is proven', async t => {
  const { house, tenant } = await furnished(t)

  await t.test('by the link and the code', async t => {
    const email = 'code@example.com'
    const id = await askByMail(house, tenant, 'restriction', GROUND, email)
    t.equal(await mayProcess(tenant, 'statistics', email), true, 'anybody could have asked so far')
    house.pass({ minutes: 7 })
    const provenAt = house.now().toISOString()
    const { path, code } = linkIn(house, email, 'verify')
    const person = visitorTo(house.app)
    await person.submit(await person.open(path), '/confirmation', { code })
    t.match(await check(tenant, 'statistics', { email }), {
      mayProcess: false,
      because: [{ kind: 'restricted', purpose: null, since: provenAt }]
    })
    t.match(await requestOf(tenant, id), { state: 'verified' }, 'while nobody has begun')
    t.match((await eventsOf(house, id)).slice(-2), [
      { kind: 'verify', mover: 'subject' },
      { kind: 'register_entered', mover: 'subject', data: { kind: 'restricted', purpose: null } }
    ])
  })

  await t.test('by the browser that filed the request', async t => {
    const email = 'browser@example.com'
    const person = visitorTo(house.app)
    await person.send(`/privacy/${tenant.slug}`, { rights: ['restriction'], email, details: 'It is wrong.' })
    await house.doPromisedWork()
    await person.submit(await person.open(linkIn(house, email, 'verify').path), '/confirmation')
    t.equal(await mayProcess(tenant, 'statistics', email), false)
  })

  await t.test('by staff', async t => {
    const email = 'staff@example.com'
    const id = await ask(tenant, 'restriction', { email, details: GROUND, proven: false })
    const proof = { method: 'phone_callback', note: 'Called the number on file.' }
    await well(tenant.agent.post(`/v1/requests/${id}/verification/confirmation?dryRun=true`, proof))
    t.equal(await mayProcess(tenant, 'statistics', email), true, 'not by a rehearsal')
    await well(tenant.agent.post(`/v1/requests/${id}/verification/confirmation`, proof))
    t.equal(await mayProcess(tenant, 'statistics', email), false)
  })

  await t.test('by a session that an integration vouches for, also when the request comes in with it', async t => {
    const email = 'session@example.com'
    const key = { 'idempotency-key': 'in-the-app' }
    const body = {
      rights: ['access', 'restriction', 'objection'],
      subject: { email, identifiers: [{ kind: 'user_id', value: 'u-1' }] },
      details: { restriction: GROUND, objection: MARKETING },
      verification: { method: 'session' }
    }
    const { requests } = await well<{ requests: { id: string; right: string; version: number }[] }>(
      tenant.integration.post('/v1/requests', body, key)
    )
    t.match(await check(tenant, 'statistics', { identifiers: [{ kind: 'user_id', value: 'u-1' }] }), {
      mayProcess: false,
      because: [{ kind: 'restricted', purpose: null, since: house.now().toISOString() }]
    })
    t.equal(await mayProcess(tenant, 'statistics', 'Session@EXAMPLE.com'), false, 'under every name')
    const entries = (await entriesOf(tenant, 'email=session%40example.com')).map(({ kind, purpose }) => [kind, purpose])
    t.same(
      entries.sort(),
      [
        ['objected', 'direct_marketing'],
        ['objected', 'newsletter'],
        ['restricted', null]
      ].sort()
    )

    const idOf = (right: string) => requests.find(request => request.right === right)?.id ?? ''
    t.same(kindsOf(await eventsOf(house, idOf('access'))), ['opened', 'verify'])
    t.match(await eventsOf(house, idOf('restriction')), [
      { kind: 'opened' },
      { kind: 'verify', mover: 'integration' },
      { kind: 'register_entered', mover: 'integration', data: { kind: 'restricted', purpose: null, names: 3 } }
    ])
    await well(tenant.integration.post('/v1/requests', body, key))
    await house.doPromisedWork()
    await well(tenant.agent.post(`/v1/requests/${idOf('restriction')}/fulfilment`))
    t.equal((await entriesOf(tenant, 'email=session%40example.com')).length, 3, 'once, whatever follows')
    const { verified } = await well<{ verified: boolean }>(tenant.auditor.get('/v1/audit/verification'))
    t.equal(verified, true, 'and the history verifies')
  })
})

t.test('Nobody is entered because a request came in that nobody has proven', async t => {
  const { house, tenant } = await furnished(t)
  const rehearsed = {
    rights: ['restriction'],
    subject: { email: 'mia@example.com' },
    details: GROUND,
    verification: { method: 'session' }
  }
  t.equal((await tenant.integration.post('/v1/requests?dryRun=true', rehearsed)).statusCode, 201)
  await ask(tenant, 'restriction', { details: GROUND, proven: false })
  await askByMail(house, tenant, 'objection', MARKETING, 'mia@example.com')
  t.same(await entriesOf(tenant), [])
})

t.test('An objection', async t => {
  const { house, tenant } = await furnished(t)

  await t.test('to direct marketing ends it with the proof, before anybody has read it', async t => {
    const id = await ask(tenant, 'objection', { email: 'ola@example.com', details: MARKETING })
    t.match(await requestOf(tenant, id), { state: 'verified' })
    for (const purpose of ['newsletter', 'direct marketing'])
      t.equal(await mayProcess(tenant, purpose, 'ola@example.com'), false, `${purpose}: GDPR Art. 21(3)`)
    t.equal(await mayProcess(tenant, 'billing', 'ola@example.com'), true)
  })

  await t.test('to anything else restricts it until it is weighed', async t => {
    await ask(tenant, 'objection', { email: 'ida@example.com', details: ANALYTICS })
    t.match(await check(tenant, 'analytics', { email: 'ida@example.com' }), {
      mayProcess: false,
      because: [{ kind: 'restricted', purpose: 'analytics' }]
    })
    t.equal(await mayProcess(tenant, 'billing', 'ida@example.com'), true)
  })

  await t.test('that the person takes back ends what stood for it', async t => {
    const id = await ask(tenant, 'objection', { email: 'eva@example.com', details: ANALYTICS })
    await well(tenant.agent.post(`/v1/requests/${id}/withdrawal`, { note: 'She called.' }))
    t.equal(await mayProcess(tenant, 'analytics', 'eva@example.com'), true)
  })

  await t.test('that another company has to decide ends it with the letter that says so', async t => {
    const email = 'kim@example.com'
    const id = await ask(tenant, 'objection', { email, details: ANALYTICS })
    await well(
      tenant.agent.post(`/v1/requests/${id}/forwarding`, {
        controller: { name: 'Aegean Machines SA', email: 'privacy@aegean.example' }
      })
    )
    await answer(tenant, id)
    t.equal(await mayProcess(tenant, 'analytics', email), false, 'not before the person knows: GDPR Art. 18(3)')
    house.pass({ minutes: 1 })
    await house.doPromisedWork()
    t.equal(await mayProcess(tenant, 'analytics', email), true)
    const lifted = (await eventsOf(house, id)).filter(({ kind }) => kind === 'register_lifted')
    t.match(lifted, [{ data: { kind: 'restricted', because: 'request_forwarded' } }])
    const { data } = await well<{ data: { words: string }[] }>(tenant.agent.get(`/v1/requests/${id}/events`))
    t.ok(data.some(({ words }) => words.includes('because the request was forwarded')))
  })
})

t.test('The letter says since when the register has restricted', async t => {
  const { house, tenant } = await furnished(t)

  await t.test('which is the day of the proof and not that of the work', async t => {
    const email = 'mia@example.com'
    const id = await ask(tenant, 'restriction', { email, details: GROUND })
    house.at('2026-03-04T10:00:00Z')
    await fulfil(tenant, id)
    t.equal(await mayProcess(tenant, 'statistics', email), false)
    t.match(await letterFor(house, tenant, id, email), 'restricted since Friday 20 February 2026')
  })

  await t.test('and for one that was refused and is taken up again the day on which it was', async t => {
    const email = 'nis@example.com'
    const id = await ask(tenant, 'restriction', { email, details: GROUND })
    const refusal = { ground: 'ground_not_met', reasons: 'The address is right.' }
    await well(tenant.agent.post(`/v1/requests/${id}/refusal`, refusal))
    await letterFor(house, tenant, id, email)
    t.equal(await mayProcess(tenant, 'statistics', email), true)
    house.at('2026-03-10T10:00:00Z')
    await well(tenant.agent.post(`/v1/requests/${id}/reopening`))
    t.equal(await mayProcess(tenant, 'statistics', email), false, 'at once')
    house.at('2026-03-12T10:00:00Z')
    await fulfil(tenant, id)
    t.match(await letterFor(house, tenant, id, email), 'restricted since Tuesday 10 March 2026')
  })
})

t.test('A restriction that was refused and is taken up again before the person has read so', async t => {
  const { house, tenant } = await furnished(t)
  const id = await ask(tenant, 'restriction', { details: GROUND })
  await well(
    tenant.agent.post(`/v1/requests/${id}/refusal`, { ground: 'ground_not_met', reasons: 'The address is right.' })
  )
  await answer(tenant, id)
  await well(tenant.agent.post(`/v1/requests/${id}/reopening`))
  house.pass({ minutes: 1 })
  await house.doPromisedWork()
  t.equal(await mayProcess(tenant, 'statistics'), false, 'holds on, whatever leaves')
  t.match(await entriesOf(tenant), [{ standing: true, notice: null }])
})

async function furnished(test: Parameters<typeof openHouse>[0]): Promise<{ house: House; tenant: TenantInHouse }> {
  const house = await openHouse(test)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [
    dataCategory('account'),
    dataCategory('usage', { purposes: ['analytics'], legalBasis: 'legitimate_interests' }),
    dataCategory('leads', { purposes: ['newsletter'], legalBasis: 'consent', directMarketing: true })
  ])
  return { house, tenant }
}

/** Asks for somebody who is then mailed a link. @returns the id of the request */
async function askByMail(
  house: House,
  tenant: TenantInHouse,
  right: string,
  details: object,
  email: string
): Promise<string> {
  const { requests } = await well<{ requests: { id: string }[] }>(
    tenant.integration.post('/v1/requests', { rights: [right], subject: { email }, details })
  )
  await house.doPromisedWork()
  return requests[0]!.id
}

async function fulfil(tenant: TenantInHouse, id: string): Promise<void> {
  await well(tenant.agent.post(`/v1/requests/${id}/fulfilment`))
  const { data } = await well<{ data: { id: string }[] }>(tenant.agent.get(`/v1/tasks?requestId=${id}`))
  for (const task of data) await well(tenant.agent.post(`/v1/tasks/${task.id}/completion`, { result: 'done' }))
}

async function answer(tenant: TenantInHouse, id: string): Promise<LightMyRequestResponse> {
  const { previewHash } = await well<{ previewHash: string }>(tenant.approver.get(`/v1/requests/${id}/response`))
  return await well(tenant.approver.post(`/v1/requests/${id}/response`, { previewHash }))
}

/** Answers. @returns the letter that came, on one line */
async function letterFor(house: House, tenant: TenantInHouse, id: string, email: string): Promise<string> {
  await answer(tenant, id)
  house.pass({ minutes: 1 })
  await house.doPromisedWork()
  return lastLetterTo(house, email)
}
