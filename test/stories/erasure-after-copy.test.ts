// First the copy, then the erasure: or there would be nothing left to copy.

import t from 'tap'
import {
  addSystem,
  ask,
  askAndStart,
  dataCategory,
  eventsOf,
  onlyTaskOf,
  requestOf,
  well
} from '../support/fulfilment.ts'
import { openHouse, type TenantInHouse } from '../support/house.ts'

t.test('An erasure comes after the copy', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('orders')])
  const key = await tenant.key('tasks:read', 'tasks:write')

  await t.test('it does not start while the same person is owed one', async t => {
    const access = await ask(tenant, 'access', { email: 'ida@example.com' })
    const erasure = await ask(tenant, 'erasure', { email: 'ida@example.com' })
    const refused = await tenant.agent.post(`/v1/requests/${erasure}/fulfilment`)
    t.equal(refused.statusCode, 409)
    t.match(refused.json(), { code: 'waits_for_other_request', waitsFor: [access] })
    await well(tenant.agent.post(`/v1/requests/${access}/withdrawal`))
    t.equal(
      (await tenant.agent.post(`/v1/requests/${erasure}/fulfilment`)).statusCode,
      201,
      'and does once they are not'
    )
  })

  await t.test('nobody can hold it up in somebody else’s name', async t => {
    await ask(tenant, 'access', { email: 'eve@example.com', proven: false })
    const erasure = await ask(tenant, 'erasure', { email: 'eve@example.com' })
    t.equal((await tenant.agent.post(`/v1/requests/${erasure}/fulfilment`)).statusCode, 201)
  })

  await t.test('one that was planned is not begun once the person asks for a copy', async t => {
    const erasure = await askAndStart(tenant, 'erasure', { email: 'bo@example.com' })
    const task = await onlyTaskOf(key, erasure)
    const claimable = async () =>
      (await well<{ data: object[] }>(key.get(`/v1/tasks?requestId=${erasure}&claimable=true`))).data.length
    t.equal(await claimable(), 1)
    const access = await ask(tenant, 'access', { email: 'bo@example.com' })
    t.equal(await claimable(), 0, 'it is off the list')
    t.match((await key.post(`/v1/tasks/${task.id}/claim`)).json(), {
      code: 'waits_for_other_request',
      waitsFor: [access]
    })
    t.match((await tenant.agent.post(`/v1/tasks/${task.id}/completion`, { result: 'done' })).json(), {
      code: 'waits_for_other_request'
    })
  })
})

t.test('Once the copy is answered', async t => {
  const answer = async (tenant: TenantInHouse, requestId: string) => {
    await well(
      tenant.agent.post(`/v1/requests/${requestId}/refusal`, {
        ground: 'excessive_abusive',
        reasons: 'Asked to be paid.'
      })
    )
    const { previewHash } = await well<{ previewHash: string }>(
      tenant.approver.get(`/v1/requests/${requestId}/response`)
    )
    await well(tenant.approver.post(`/v1/requests/${requestId}/response`, { previewHash }))
  }

  await t.test('the erasure starts, where the tenant chose that work begins by itself', async t => {
    const house = await openHouse(t)
    const tenant = await house.tenant({ policy: { startsByItself: true } })
    await addSystem(tenant, 'shop', [dataCategory('orders')])
    const access = await ask(tenant, 'access')
    await house.doPromisedWork()
    const erasure = await ask(tenant, 'erasure')
    await house.doPromisedWork()
    t.equal((await requestOf(tenant, erasure)).state, 'verified', 'it waits')
    await answer(tenant, access)
    await house.doPromisedWork()
    t.equal((await requestOf(tenant, erasure)).state, 'in_fulfilment')
    t.match(
      (await eventsOf(house, erasure)).find(({ kind }) => kind === 'start'),
      { mover: 'system' }
    )
  })

  await t.test('staff are told that it can go on, where they begin it themselves', async t => {
    const house = await openHouse(t)
    const tenant = await house.tenant()
    await addSystem(tenant, 'shop', [dataCategory('orders')])
    const access = await ask(tenant, 'access')
    const second = await ask(tenant, 'portability', { details: { format: 'json' } })
    const erasure = await ask(tenant, 'erasure')
    const stranger = await ask(tenant, 'erasure', { email: 'bo@example.com' })
    await house.doPromisedWork()
    const alerts = () => house.letterbox.messages.filter(mail => /Can go on/.test(mail.parsed.subject ?? ''))
    await answer(tenant, access)
    await house.doPromisedWork()
    t.equal(alerts().length, 0, 'while another copy is owed')
    await well(tenant.agent.post(`/v1/requests/${second}/withdrawal`))
    await house.doPromisedWork()
    t.equal(alerts().length, 1)
    t.match(alerts()[0]?.parsed.text, erasure)
    t.equal((await requestOf(tenant, erasure)).state, 'verified', 'and nothing begins without them')
    t.match((await eventsOf(house, erasure)).at(-1), { kind: 'alerted', data: { because: 'copy_answered' } })
    t.notOk(
      (await eventsOf(house, stranger)).some(({ data }) => data.because === 'copy_answered'),
      'nobody else’s is meant'
    )
  })

  await t.test('and so they are where systems were asked already', async t => {
    const house = await openHouse(t)
    const tenant = await house.tenant({ policy: { startsByItself: true } })
    await addSystem(tenant, 'shop', [dataCategory('orders')])
    const erasure = await askAndStart(tenant, 'erasure')
    const access = await ask(tenant, 'access')
    await well(tenant.agent.post(`/v1/requests/${access}/withdrawal`))
    await house.doPromisedWork()
    t.match((await eventsOf(house, erasure)).at(-1), { kind: 'alerted', data: { because: 'copy_answered' } })
    t.equal(
      (await tenant.integration.post(`/v1/tasks/${(await onlyTaskOf(tenant.agent, erasure)).id}/claim`)).statusCode,
      201
    )
  })
})
