// What the register says ends with the request it was said for, when that does not last.

import t from 'tap'
import { addSystem, ask, askAndStart, dataCategory, eventsOf, well } from '../support/fulfilment.ts'
import { openHouse, type TenantInHouse } from '../support/house.ts'
import { entriesOf, mayProcess } from '../support/register.ts'
import { linkIn, visitorTo } from '../support/visitor.ts'

const RESTRICTION = { details: { ground: 'accuracy_contested' } } as const

async function furnish(tenant: TenantInHouse): Promise<void> {
  await addSystem(tenant, 'shop', [
    dataCategory('account'),
    dataCategory('usage', { purposes: ['analytics'], legalBasis: 'legitimate_interests' }),
    dataCategory('leads', { purposes: ['newsletter'], legalBasis: 'consent', directMarketing: true })
  ])
}

t.test('A person who takes back', async t => {
  const house = await openHouse(t)
  const rights = ['restriction', 'objection', 'withdraw_consent'] as const
  const tenant = await house.tenant({ policy: { rights } })
  await furnish(tenant)

  await t.test('a restriction ends it with that very word', async t => {
    const id = await ask(tenant, 'restriction', RESTRICTION)
    await house.doPromisedWork()
    await well(tenant.agent.post(`/v1/requests/${id}/fulfilment`))
    t.equal(await mayProcess(tenant, 'billing'), false)
    const visitor = visitorTo(house.app)
    const { path } = linkIn(house, 'mia@example.com', 'status')
    const asked = await visitor.submit(await visitor.open(path), '/withdrawal')
    t.equal(await mayProcess(tenant, 'billing'), false, 'not by pressing a button')
    await visitor.submit(asked, '/withdrawal', { word: 'STOP' })
    t.equal(await mayProcess(tenant, 'billing'), true, 'nobody has to be told what they said themselves')
    const kinds = (await eventsOf(house, id)).slice(-2)
    t.match(kinds, [
      { kind: 'withdraw', mover: 'subject' },
      { kind: 'register_lifted', data: { kind: 'restricted', because: 'request_withdrawn' } }
    ])
    const { data } = await well<{ data: { words: string }[] }>(tenant.agent.get(`/v1/requests/${id}/events`))
    t.ok(data.some(({ words }) => words.includes('because the request was withdrawn')))
  })

  await t.test('an objection ends what stood until it was weighed', async t => {
    const id = await askAndStart(tenant, 'objection', {
      email: 'ida@example.com',
      details: { purpose: 'analytics', directMarketing: false }
    })
    t.equal(await mayProcess(tenant, 'analytics', 'ida@example.com'), false)
    await well(tenant.agent.post(`/v1/requests/${id}/withdrawal`, { note: 'She called.' }))
    t.equal(await mayProcess(tenant, 'analytics', 'ida@example.com'), true)
  })

  await t.test('an objection to marketing, that', async t => {
    const id = await askAndStart(tenant, 'objection', {
      email: 'ola@example.com',
      details: { purpose: 'newsletter', directMarketing: true }
    })
    // Marketing is only objected to, so nothing waits: it is in review already.
    for (const task of (await well<{ data: { id: string }[] }>(tenant.agent.get(`/v1/tasks?requestId=${id}`))).data)
      await well(tenant.agent.post(`/v1/tasks/${task.id}/completion`, { result: 'done' }))
    await well(tenant.agent.post(`/v1/requests/${id}/withdrawal`))
    t.equal(await mayProcess(tenant, 'newsletter', 'ola@example.com'), true)
    t.same(await entriesOf(tenant, 'email=ola%40example.com&standing=true'), [])
  })

  await t.test('a withdrawal of consent has not given it again', async t => {
    const id = await askAndStart(tenant, 'withdraw_consent', {
      email: 'eva@example.com',
      details: { purpose: 'newsletter' }
    })
    await well(tenant.agent.post(`/v1/requests/${id}/withdrawal`))
    t.equal(await mayProcess(tenant, 'newsletter', 'eva@example.com'), false, 'GDPR Art. 4(11)')
    const [entry] = await entriesOf(tenant, 'email=eva%40example.com')
    await well(tenant.agent.post(`/v1/register/${entry!.id}/lifting`, { because: 'consent_given' }))
    t.equal(await mayProcess(tenant, 'newsletter', 'eva@example.com'), true, 'staff lift it with the consent')
  })
})

t.test('A restriction that is cancelled', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await furnish(tenant)
  const cancel = (id: string, body: object) => well(tenant.agent.post(`/v1/requests/${id}/cancellation`, body))

  await t.test('ends when the letter that says so has left', async t => {
    const id = await askAndStart(tenant, 'restriction', RESTRICTION)
    await cancel(id, { reason: 'mistake' })
    t.equal(await mayProcess(tenant, 'billing'), false, 'GDPR Art. 18(3)')
    house.pass({ minutes: 1 })
    await house.doPromisedWork()
    t.ok(house.letterbox.messages.some(mail => /cancelled/i.test(mail.parsed.subject ?? '')))
    t.equal(await mayProcess(tenant, 'billing'), true)
    const lifted = (await eventsOf(house, id)).filter(({ kind }) => kind === 'register_lifted')
    t.match(lifted, [{ data: { because: 'request_cancelled' } }])
  })

  await t.test('is told of even where it was spam', async t => {
    const id = await askAndStart(tenant, 'restriction', { ...RESTRICTION, email: 'spam@example.com' })
    await cancel(id, { reason: 'spam' })
    house.pass({ minutes: 1 })
    await house.doPromisedWork()
    t.ok(
      house.letterbox.messages.some(
        mail => mail.to.includes('spam@example.com') && /cancelled/i.test(mail.parsed.subject ?? '')
      )
    )
    t.equal(await mayProcess(tenant, 'billing', 'spam@example.com'), true)
  })

  await t.test('as a duplicate stands on, unless the other one has entered the person too', async t => {
    const email = 'twin@example.com'
    const first = await askAndStart(tenant, 'restriction', { ...RESTRICTION, email })
    const second = await askAndStart(tenant, 'restriction', { ...RESTRICTION, email })
    const third = await askAndStart(tenant, 'restriction', { ...RESTRICTION, email })
    const standing = async () => (await entriesOf(tenant, 'email=twin%40example.com&standing=true')).length
    await cancel(second, { reason: 'duplicate', duplicateOf: first })
    house.pass({ minutes: 1 })
    await house.doPromisedWork()
    t.equal(await standing(), 2)
    await cancel(third, { reason: 'duplicate' })
    house.pass({ minutes: 1 })
    await house.doPromisedWork()
    t.equal(await standing(), 2, 'of which nobody said what it is a duplicate of')
    t.equal(await mayProcess(tenant, 'billing', email), false)
  })
})

t.test('A restriction that is refused after it stood', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await furnish(tenant)
  const id = await askAndStart(tenant, 'restriction', RESTRICTION)
  await well(
    tenant.agent.post(`/v1/requests/${id}/refusal`, { ground: 'ground_not_met', reasons: 'The address is right.' })
  )
  const { previewHash } = await well<{ previewHash: string }>(tenant.approver.get(`/v1/requests/${id}/response`))
  await well(tenant.approver.post(`/v1/requests/${id}/response`, { previewHash }))
  t.equal(await mayProcess(tenant, 'billing'), false, 'stands until the person knows')
  house.pass({ minutes: 1 })
  await house.doPromisedWork()
  t.equal(await mayProcess(tenant, 'billing'), true, 'and ends with the answer')
  const lifted = (await eventsOf(house, id)).filter(({ kind }) => kind === 'register_lifted')
  t.match(lifted, [{ data: { because: 'request_refused' } }])
})

t.test('An objection to marketing that is refused', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await furnish(tenant)
  const id = await ask(tenant, 'objection', { details: { purpose: 'newsletter', directMarketing: true } })
  t.equal(await mayProcess(tenant, 'newsletter'), false, 'stands from the moment in which identity is proven')
  const reasons = 'The session was of somebody else.'
  await well(tenant.agent.post(`/v1/requests/${id}/refusal`, { ground: 'identity_not_confirmed', reasons }))
  const { previewHash } = await well<{ previewHash: string }>(tenant.approver.get(`/v1/requests/${id}/response`))
  await well(tenant.approver.post(`/v1/requests/${id}/response`, { previewHash }))
  t.equal(await mayProcess(tenant, 'newsletter'), true, 'and ends with the answer')
  t.same(await entriesOf(tenant, 'standing=true'), [])
  const lifted = (await eventsOf(house, id)).filter(({ kind }) => kind === 'register_lifted')
  t.ok(lifted.length > 0 && lifted.every(({ data }) => data.because === 'request_refused'))
})
