// What a partial answer says when systems keep something back and staff something else.

import t from 'tap'
import { addSystem, askAndStart, dataCategory, onlyTaskOf, requestOf, well } from '../support/fulfilment.ts'
import { openHouse } from '../support/house.ts'

const TAX = { category: 'orders', ground: 'rights_of_others' }
const SECRET = {
  outcome: 'partly_granted',
  ground: 'trade_secret_ip',
  reasons: 'How we weigh the scores stays with us.'
}

t.test('A copy of which a system keeps something back, and staff something else', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('orders')])
  const id = await askAndStart(tenant, 'access')
  const { id: taskId } = await onlyTaskOf(tenant.agent, id)
  const note = 'The letters name two colleagues.'
  await well(tenant.agent.post(`/v1/tasks/${taskId}/completion`, { result: 'withheld', withheld: [TAX], note }))
  const letter = async () => (await well<{ text: string }>(tenant.agent.get(`/v1/requests/${id}/response`))).text
  const OF_SYSTEM = /orders: An answer would/
  const OF_STAFF = /trade secrets/

  await t.test('says what the system keeps back while staff have not decided', async t => {
    t.match(await letter(), OF_SYSTEM)
    t.notMatch(await letter(), OF_STAFF)
  })

  await t.test('and then says both, and the words of staff once', async t => {
    t.match(await well(tenant.agent.put(`/v1/requests/${id}/decision`, SECRET)), { ground: SECRET.ground })
    const text = (await letter()).replaceAll(/\s+/g, ' ')
    t.match(text, OF_SYSTEM)
    t.match(text, OF_STAFF)
    t.equal(text.split(SECRET.reasons).length - 1, 1)
  })

  await t.test('and a ground that the system named already is not said twice', async t => {
    const same = { ...SECRET, ground: TAX.ground, reasons: 'The colleagues did not agree.' }
    await well(tenant.agent.put(`/v1/requests/${id}/decision`, same))
    const text = (await letter()).replaceAll(/\s+/g, ' ')
    t.equal(text.split(/rights (?:and freedoms )?of other/i).length - 1, 1)
    t.match(text, same.reasons)
    t.match(await requestOf(tenant, id), { outcome: 'partly_granted' })
  })
})
