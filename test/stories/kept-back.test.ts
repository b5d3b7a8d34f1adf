// "We will look at it again then": what an answer keeps back until a day is not forgotten when that day has passed.

import t from 'tap'
import { erasureOf } from '../support/ended.ts'
import { addSystem, ask, dataCategory, eventsOf, requestOf, well } from '../support/fulfilment.ts'
import { type House, openHouse, type TenantInHouse } from '../support/house.ts'

const MIA = 'mia@example.com'
const TAX = { ground: 'legal_obligation', citation: 'Bogføringsloven § 12' } as const

t.test('An erasure that was answered, but for a record that stays', async t => {
  const { house, tenant } = await furnished(t)
  const id = await erase(tenant, { billing: '2026-12-31' })
  await answer(house, tenant, id)
  t.match(lastLetterTo(house, MIA), 'This applies until Thursday 31 December 2026. We will look at it again then.')

  await t.test('is looked at again in the morning after its last day, and not before', async t => {
    house.at('2027-01-01T06:59:59Z')
    await house.doPromisedWork()
    t.equal((await requestOf(tenant, id)).state, 'closed')
    t.same(lookedAgain(house), [])
    house.at('2027-01-01T07:00:00Z')
    await house.doPromisedWork()
    t.equal(lookedAgain(house).length, 1)
    t.match(lookedAgain(house)[0], /Kept back until: Thursday 31 December 2026/)
    t.notMatch(lookedAgain(house)[0], /mia|billing/i, 'without a word about the person')
    t.match((await eventsOf(house, id)).at(-1), {
      kind: 'alerted',
      mover: 'system',
      data: { because: 'withheld_until', until: '2026-12-31' }
    })
    const { data } = await well<{ data: { words: string }[] }>(tenant.agent.get(`/v1/requests/${id}/events`))
    t.match(data.at(-1)?.words, 'because the day has passed until which something was kept back')
  })

  await t.test('once', async t => {
    house.pass({ days: 60 })
    await house.doPromisedWork()
    t.equal(lookedAgain(house).length, 1)
  })
})

t.test(
  'What stays until several days is looked at after each of them, also where nobody worked in between',
  async t => {
    const { house, tenant } = await furnished(t)
    const id = await erase(tenant, { billing: '2026-12-31', claims: '2026-09-30' })
    await answer(house, tenant, id)
    house.at('2026-10-05T10:00:00Z')
    await house.doPromisedWork()
    t.equal(lookedAgain(house).length, 1)
    t.match(lookedAgain(house)[0], /30 September 2026/)
    house.at('2027-06-01T10:00:00Z')
    await house.doPromisedWork()
    t.equal(lookedAgain(house).length, 2)
    t.match(lookedAgain(house)[1], /31 December 2026/)
  }
)

t.test('A refusal that holds until a day is looked at again as well', async t => {
  const { house, tenant } = await furnished(t)
  const id = await ask(tenant, 'erasure')
  const refusal = { ...TAX, reasons: 'Every record is part of our books.', until: '2026-12-31' }
  await well(tenant.agent.post(`/v1/requests/${id}/refusal`, refusal))
  await answer(house, tenant, id)
  house.at('2027-01-01T07:00:00Z')
  await house.doPromisedWork()
  t.equal(lookedAgain(house).length, 1)
})

t.test('What a later answer no longer keeps back is not looked at again', async t => {
  const { house, tenant } = await furnished(t)
  const id = await erase(tenant, { billing: '2026-12-31' })
  await answer(house, tenant, id)
  await well(tenant.agent.post(`/v1/requests/${id}/reopening`))
  await well(tenant.agent.post(`/v1/requests/${id}/fulfilment`))
  const [task] = (await well<{ data: { id: string }[] }>(tenant.agent.get(`/v1/tasks?requestId=${id}`))).data
  await well(tenant.agent.post(`/v1/tasks/${task!.id}/completion`, { result: 'done' }))
  await answer(house, tenant, id)
  house.at('2027-03-01T07:00:00Z')
  await house.doPromisedWork()
  t.same(lookedAgain(house), [])
})

t.test('Who the person is stays known until what was kept back was looked at', async t => {
  const { house, tenant } = await furnished(t)
  const id = await erase(tenant, { billing: '2036-12-31' })
  await answer(house, tenant, id)

  await t.test('whatever the period of the tenant', async t => {
    house.pass({ days: 60 })
    await house.doPromisedWork()
    t.equal((await requestOf(tenant, id)).state, 'closed')
    house.at('2028-06-01T10:00:00Z')
    await house.doPromisedWork()
    t.equal(await erasureOf(tenant, id), null, 'two years from then')
    t.match(await requestOf(tenant, id), { subject: { email: MIA } })
    house.at('2037-01-01T07:00:00Z')
    await house.doPromisedWork()
    t.equal(lookedAgain(house).length, 1)
  })

  await t.test('and a month after that, for whoever looks', async t => {
    house.at('2037-01-31T22:59:59Z')
    await house.doPromisedWork()
    t.equal(await erasureOf(tenant, id), null)
    house.at('2037-01-31T23:00:00Z')
    await house.doPromisedWork()
    t.not(await erasureOf(tenant, id), null)
  })
})

async function furnished(test: Parameters<typeof openHouse>[0]): Promise<{ house: House; tenant: TenantInHouse }> {
  const house = await openHouse(test, { at: '2026-02-20T10:00:00Z' })
  const tenant = await house.tenant({ policy: { fourEyes: { rights: [], refusals: false } } })
  await addSystem(tenant, 'shop', [dataCategory('account'), dataCategory('billing'), dataCategory('claims')])
  return { house, tenant }
}

/** An erasure of which the one system keeps some back. @param kept  the last day by category */
async function erase(tenant: TenantInHouse, kept: Readonly<Record<string, string>>): Promise<string> {
  const id = await ask(tenant, 'erasure')
  await well(tenant.agent.post(`/v1/requests/${id}/fulfilment`))
  const [task] = (await well<{ data: { id: string }[] }>(tenant.agent.get(`/v1/tasks?requestId=${id}`))).data
  const withheld = Object.entries(kept).map(([category, until]) => ({ category, ...TAX, until }))
  await well(tenant.agent.post(`/v1/tasks/${task!.id}/completion`, { result: 'withheld', withheld }))
  return id
}

async function answer(house: House, tenant: TenantInHouse, id: string): Promise<void> {
  const { previewHash } = await well<{ previewHash: string }>(tenant.approver.get(`/v1/requests/${id}/response`))
  await well(tenant.approver.post(`/v1/requests/${id}/response`, { previewHash }))
  await house.doPromisedWork()
}

function lastLetterTo(house: House, email: string): string {
  return textOf(house.letterbox.messages.findLast(({ to }) => to.includes(email)))
}

/** The mails to staff that tell them to look again, in their order. */
function lookedAgain(house: House): string[] {
  return house.letterbox.messages
    .filter(({ to, parsed }) => to.includes('team@house.example') && parsed.subject?.startsWith('Look again'))
    .map(textOf)
}

function textOf(mail: House['letterbox']['messages'][number] | undefined): string {
  return (mail?.parsed.text ?? '').replace(/\s+/g, ' ')
}
