// What has ended is kept as long as the tenant says and no longer, by itself (GDPR Art. 5(1)(e)).

import t from 'tap'
import { asOwner } from '../support/cluster.ts'
import { answeredAndClosed, erasureOf, withdrawn } from '../support/ended.ts'
import { ask, eventsOf, kindsOf, requestOf, well } from '../support/fulfilment.ts'
import { openHouse, type TenantInHouse } from '../support/house.ts'

t.test('A case that was answered', async t => {
  const house = await openHouse(t, { at: '2026-02-20T10:00:00Z' })
  const tenant = await house.tenant()
  const { requestId } = await answeredAndClosed(house, tenant, 'mia@example.com')

  await t.test('is kept for two years, to the end of the last day', async t => {
    house.at('2028-02-20T22:59:59Z')
    await house.doPromisedWork()
    t.equal(await erasureOf(tenant, requestId), null)
    t.match(await requestOf(tenant, requestId), { subject: { email: 'mia@example.com' } })
  })

  await t.test('and then erased by Habeas itself', async t => {
    house.at('2028-02-20T23:00:00Z')
    await house.doPromisedWork()
    t.equal(await erasureOf(tenant, requestId), '2028-02-20T23:00:00.000Z')
    const last = (await eventsOf(house, requestId)).at(-1)
    t.match(last, { kind: 'personal_data_erased', mover: 'system', data: { because: 'retention' } })
  })

  await t.test('once', async t => {
    house.pass({ days: 400 })
    await house.doPromisedWork()
    t.equal(kindsOf(await eventsOf(house, requestId)).filter(kind => kind === 'personal_data_erased').length, 1)
  })
})

t.test('A case that nobody proved goes after thirty days', async t => {
  const house = await openHouse(t, { at: '2026-02-20T10:00:00Z' })
  const tenant = await house.tenant()
  const { requests } = await well<{ requests: { id: string }[] }>(
    tenant.agent.post('/v1/requests', {
      rights: ['access', 'erasure'],
      subject: { email: 'stranger@example.com' },
      verification: { method: 'email' }
    })
  )
  const [first, second] = requests.map(({ id }) => id) as [string, string]
  await house.doPromisedWork()
  house.pass({ days: 8 })
  await house.doPromisedWork()
  t.equal((await requestOf(tenant, first)).state, 'expired')
  house.at('2026-03-30T21:59:59Z')
  await house.doPromisedWork()
  t.equal(await erasureOf(tenant, first), null, 'thirty days after it lapsed')
  house.at('2026-03-30T22:00:00Z')
  await house.doPromisedWork()
  t.not(await erasureOf(tenant, first), null)
  t.not(await erasureOf(tenant, second), null, 'with all that was asked in it')
  t.equal(kindsOf(await eventsOf(house, second)).at(-1), 'personal_data_erased')
})

t.test('A case whose requests end one after the other is kept from the last one on', async t => {
  const house = await openHouse(t, { at: '2026-02-20T10:00:00Z' })
  const tenant = await house.tenant()
  const { requests } = await well<{ requests: { id: string }[] }>(
    tenant.integration.post('/v1/requests', {
      rights: ['access', 'erasure'],
      subject: { email: 'mia@example.com' },
      verification: { method: 'session' }
    })
  )
  const [first, second] = requests.map(({ id }) => id) as [string, string]
  await well(tenant.agent.post(`/v1/requests/${first}/withdrawal`))
  house.at('2028-03-01T10:00:00Z')
  await house.doPromisedWork()
  t.equal(await erasureOf(tenant, first), null, 'the other one is still open')
  await well(tenant.agent.post(`/v1/requests/${second}/withdrawal`))
  house.at('2030-03-01T22:59:59Z')
  await house.doPromisedWork()
  t.equal(await erasureOf(tenant, first), null)
  house.at('2030-03-01T23:00:00Z')
  await house.doPromisedWork()
  t.not(await erasureOf(tenant, first), null)
})

t.test('Nothing of a person is erased while', async t => {
  const house = await openHouse(t, { at: '2026-02-20T10:00:00Z' })
  const tenant = await house.tenant()

  await t.test('they are owed a copy', async t => {
    const { requestId } = await withdrawn(house, tenant, 'ida@example.com')
    house.at('2028-02-19T10:00:00Z')
    const access = await ask(tenant, 'access', { email: 'ida@example.com' })
    house.at('2028-03-10T10:00:00Z')
    await house.doPromisedWork()
    t.equal(await erasureOf(tenant, requestId), null, 'what was said before belongs to what they ask for')
    await well(tenant.agent.post(`/v1/requests/${access}/withdrawal`))
    house.pass({ days: 1 })
    await house.doPromisedWork()
    t.not(await erasureOf(tenant, requestId), null, 'it is asked for again every day')
  })

  await t.test('and by nobody else', async t => {
    house.at('2026-02-20T10:00:00Z')
    const { requestId } = await withdrawn(house, tenant, 'eva@example.com')
    house.at('2028-02-19T10:00:00Z')
    await ask(tenant, 'access', { email: 'eva@example.com', proven: false })
    await ask(tenant, 'access', { email: 'bo@example.com' })
    house.at('2028-03-10T10:00:00Z')
    await house.doPromisedWork()
    t.not(await erasureOf(tenant, requestId), null, 'a stranger holds up nothing in their name')
  })

  await t.test('their data may only be stored', async t => {
    house.at('2026-02-20T10:00:00Z')
    const restriction = await ask(tenant, 'restriction', {
      email: 'ola@example.com',
      details: { ground: 'needed_for_claims' }
    })
    await well(tenant.agent.post(`/v1/requests/${restriction}/fulfilment`))
    const { requestId } = await withdrawn(house, tenant, 'ola@example.com')
    house.at('2028-03-10T10:00:00Z')
    await house.doPromisedWork()
    t.equal(await erasureOf(tenant, requestId), null, 'GDPR Art. 18(2)')
    await well(tenant.agent.post(`/v1/requests/${restriction}/withdrawal`))
    house.pass({ days: 1 })
    await house.doPromisedWork()
    t.not(await erasureOf(tenant, requestId), null)
  })

  await t.test('a letter to them has not left', async t => {
    house.at('2026-02-20T10:00:00Z')
    const requestId = await ask(tenant, 'access', { email: 'una@example.com' })
    house.letterbox.script(() => 451)
    await well(tenant.agent.post(`/v1/requests/${requestId}/withdrawal`))
    const { caseId } = await requestOf(tenant, requestId)
    t.match((await tenant.admin.post(`/v1/cases/${caseId}/erasure`, { because: 'person_asked' })).json(), {
      code: 'conflict',
      detail: /letter/
    })
    house.letterbox.script(() => undefined)
    await house.doPromisedWork()
    t.equal((await tenant.admin.post(`/v1/cases/${caseId}/erasure`, { because: 'person_asked' })).statusCode, 201)
  })
})

t.test('A mail that became no case', async t => {
  const house = await openHouse(t, { at: '2026-02-20T10:00:00Z' })
  const tenant = await house.tenant()
  const unsorted = await mail(tenant, 1, 'Where is my invoice?')
  const aside = await mail(tenant, 2, 'And my parcel?')
  await well(tenant.agent.post(`/v1/inbound/${aside}/dismissal`))
  const sorted = await mail(tenant, 3, 'Could you help me?')
  await well(tenant.agent.post(`/v1/inbound/${sorted}/case`, { rights: ['access'] }))

  await t.test('is kept for ninety days', async t => {
    house.at('2026-05-21T21:59:59Z')
    await house.doPromisedWork()
    t.match(await inboundOf(tenant, unsorted), { mail: { text: /invoice/ }, erasedAt: null })
  })

  await t.test('and then emptied, whether or not anybody has sorted it', async t => {
    house.at('2026-05-21T22:00:00Z')
    await house.doPromisedWork()
    const gone = { from: null, subject: null, mail: null, erasedAt: '2026-05-21T22:00:00.000Z' }
    t.match(await inboundOf(tenant, unsorted), { ...gone, state: 'dismissed', why: 'not_sorted_in_time' })
    t.match(await inboundOf(tenant, aside), { ...gone, state: 'dismissed', why: 'by_staff' })
    const { data } = await well<{ data: { id: string; from: unknown }[] }>(tenant.agent.get('/v1/inbound'))
    t.equal(data.find(({ id }) => id === unsorted)?.from, null, 'in the list as well')
  })

  await t.test('so that nothing can be made of it', async t => {
    const answer = await tenant.agent.post(`/v1/inbound/${aside}/case`, { rights: ['access'] })
    t.match(answer.json(), { status: 410, code: 'personal_data_erased' })
  })

  await t.test('but is known again when it is handed in again', async t => {
    t.equal(await mail(tenant, 1, 'Where is my invoice?'), unsorted)
    t.match(await inboundOf(tenant, unsorted), { mail: null })
  })

  await t.test('while one that did is kept with its case', async t => {
    t.match(await inboundOf(tenant, sorted), { state: 'opened', mail: { text: /help/ } })
  })
})

t.test('What the public form was sent', async t => {
  const house = await openHouse(t, { at: '2026-02-20T10:00:00Z' })
  const tenant = await house.tenant()
  const send = () =>
    house.stranger.post(`/public/${tenant.slug}/requests`, {
      rights: ['access'],
      subject: { email: 'mia@example.com' }
    })
  for (let sent = 0; sent < 4; sent += 1) await send()
  await house.doPromisedWork()
  const { data } = await well<{ data: { id: string; state: string }[] }>(tenant.agent.get('/v1/inbound'))
  const kept = data.find(({ state }) => state === 'to_sort')
  t.ok(kept, 'one too many for the address waits for staff')

  house.pass({ days: 8 })
  await house.doPromisedWork()
  house.pass({ days: 90 })
  await house.doPromisedWork()
  for (const { id } of data)
    t.match(await inboundOf(tenant, id), { form: null, from: null }, 'goes, with its case or alone')
  const columns = await asOwner(
    house.ownerUrl,
    sql => sql`select count(*)::int as left from inbound where sealed is not null or address_key is not null`
  )
  t.equal(columns[0]?.left, 0, 'and with it how often the address was used')
})

t.test('A shorter period holds for what has ended before', async t => {
  const house = await openHouse(t, { at: '2026-02-20T10:00:00Z' })
  const tenant = await house.tenant()
  const { requestId } = await withdrawn(house, tenant, 'mia@example.com')
  const inboundId = await mail(tenant, 1, 'Where is my invoice?')
  const setRetention = async (retention: object) => {
    const { policy } = await well<{ policy: object }>(tenant.admin.get('/v1/policy'))
    await well(tenant.admin.put('/v1/policy', { ...policy, retention }))
  }
  await setRetention({ answeredMonths: 6, unprovenDays: 30, unsortedDays: 10 })

  house.at('2026-03-02T22:59:59Z')
  await house.doPromisedWork()
  t.match(await inboundOf(tenant, inboundId), { erasedAt: null }, 'to the day')
  house.at('2026-03-02T23:00:00Z')
  await house.doPromisedWork()
  t.match(await inboundOf(tenant, inboundId), { erasedAt: '2026-03-02T23:00:00.000Z' })
  t.equal(await erasureOf(tenant, requestId), null)

  await setRetention({ answeredMonths: 12, unprovenDays: 30, unsortedDays: 10 })
  house.at('2026-08-21T10:00:00Z')
  await house.doPromisedWork()
  t.equal(await erasureOf(tenant, requestId), null, 'a longer one too')
  house.at('2027-02-20T23:00:00Z')
  await house.doPromisedWork()
  t.not(await erasureOf(tenant, requestId), null)

  const bad = await tenant.admin.put('/v1/policy', {
    ...(await well<{ policy: object }>(tenant.admin.get('/v1/policy'))).policy,
    retention: { answeredMonths: 0, unprovenDays: 30, unsortedDays: 10 }
  })
  t.match(bad.json(), { code: 'invalid', errors: [{ pointer: '/retention/answeredMonths', rule: 'minimum' }] })
})

async function mail(tenant: TenantInHouse, n: number, text: string): Promise<string> {
  const raw = `From: Bo <bo@example.org>\r\nTo: privacy@house.example\r\nSubject: Hello\r\nMessage-ID: <${n}@example.org>\r\n\r\n${text}\r\n`
  const received = tenant.integration.post('/v1/inbound/email', raw, { 'content-type': 'message/rfc822' })
  return (await well<{ inboundId: string }>(received)).inboundId
}

const inboundOf = async (tenant: TenantInHouse, id: string): Promise<object> =>
  await well(tenant.agent.get(`/v1/inbound/${id}`))
