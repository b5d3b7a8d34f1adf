// First the copy, then the erasure: or there would be nothing left to copy.

import t from 'tap'
import { addSystem, ask, askAndStart, dataCategory, onlyTaskOf, well } from '../support/fulfilment.ts'
import { openHouse } from '../support/house.ts'

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
