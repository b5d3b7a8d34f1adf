// Whoever ends a system's task with less than was asked has prepared the answer: another one has to send it.

import t from 'tap'
import { addSystem, askAndStart, dataCategory, requestOf, tasksOf, well } from '../support/fulfilment.ts'
import { openHouse, type TenantInHouse } from '../support/house.ts'

const TAX = { category: 'invoices', ground: 'legal_obligation', until: '2031-12-31', citation: 'Tax code, s. 1' }

t.test('An erasure that another began', async t => {
  const house = await openHouse(t)
  const { tenant, boss, second } = await furnished(await house.tenant())

  await t.test('is not cut down and sent by one and the same', async t => {
    const id = await askAndStart(tenant, 'erasure')
    t.match(await requestOf(tenant, id), { preparedBy: 'agent' })
    const tasks = await tasksOf(tenant.agent, id)
    await well(boss.post(`/v1/tasks/${tasks.billing!.id}/completion`, { result: 'withheld', withheld: [TAX] }))
    await well(second.post(`/v1/tasks/${tasks.shop!.id}/completion`, { result: 'done' }))
    t.match(await requestOf(tenant, id), { state: 'in_review', outcome: 'partly_granted', preparedBy: 'boss' })
    t.match(await send(boss, id), { status: 409, code: 'approval_required', detail: /^You prepared/ })
    t.match(await send(second, id), { state: 'responded', outcome: 'partly_granted' }, 'but by another')
  })

  await t.test('nor by who alone says that nothing was there', async t => {
    const id = await askAndStart(tenant, 'erasure', { email: 'noa@example.com' })
    for (const { id: taskId } of Object.values(await tasksOf(tenant.agent, id)))
      await well(boss.post(`/v1/tasks/${taskId}/completion`, { result: 'nothing_found' }))
    t.match(await requestOf(tenant, id), { outcome: 'nothing_found', preparedBy: 'boss' })
    t.match(await send(boss, id), { status: 409, code: 'approval_required' })
  })

  await t.test('while who did all that was asked may read what the other began, and send it', async t => {
    const id = await askAndStart(tenant, 'erasure', { email: 'ida@example.com' })
    for (const { id: taskId } of Object.values(await tasksOf(tenant.agent, id)))
      await well(boss.post(`/v1/tasks/${taskId}/completion`, { result: 'done' }))
    t.match(await requestOf(tenant, id), { outcome: 'granted', preparedBy: 'agent' })
    t.match(await send(boss, id), { state: 'responded' })
  })
})

async function furnished(tenant: TenantInHouse) {
  await addSystem(tenant, 'shop', [dataCategory('orders')])
  await addSystem(tenant, 'billing', [dataCategory('invoices')])
  const [boss, second] = [tenant.staff('boss', 'agent', 'approver'), tenant.staff('second', 'agent', 'approver')]
  return { tenant, boss, second }
}

async function send(staff: TenantInHouse['agent'], id: string): Promise<object> {
  const path = `/v1/requests/${id}/response`
  const { previewHash } = await well<{ previewHash: string }>(staff.get(path))
  return (await staff.post(path, { previewHash })).json()
}
