// Those who had received data that was erased are told, and the answer says what is true of each (GDPR Art. 19).

import t from 'tap'
import { addSystem, askAndStart, dataCategory, onlyTaskOf, requestOf, well } from '../support/fulfilment.ts'
import { openHouse, type TenantInHouse } from '../support/house.ts'

const CATEGORIES = [
  dataCategory('orders', { recipients: ['Parcels Ltd', 'Old Couriers', 'The newspaper', 'Shop'] }),
  dataCategory('photos', { recipients: ['A printer'] })
]

t.test('Data that was passed on is erased', async t => {
  const house = await openHouse(t, { at: '2026-03-02T10:00:00Z' })
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', CATEGORIES)
  const id = await erased(tenant, {
    result: 'withheld',
    withheld: [{ category: 'photos', ground: 'legal_claims', until: '2027-03-01' }],
    note: 'A claim is pending before the court in Vejle.',
    recipientsTold: ['Parcels Ltd']
  })
  house.pass({ days: 3 })
  const decide = (recipients?: object[]) =>
    tenant.agent.put(`/v1/requests/${id}/decision`, {
      outcome: 'partly_granted',
      ground: 'legal_claims',
      until: '2027-03-01',
      reasons: 'A claim is pending before the court in Vejle.',
      ...(recipients === undefined ? {} : { recipients })
    })
  const preview = async () => (await tenant.approver.get(`/v1/requests/${id}/response`)).json()

  await t.test('and nothing is sent while nobody has said what became of telling each', async t => {
    await well(decide())
    t.match(await preview(), {
      status: 409,
      code: 'recipients_open',
      detail: /Old Couriers, The newspaper\.$/,
      recipients: ['Old Couriers', 'The newspaper']
    })
    const blind = await tenant.approver.post(`/v1/requests/${id}/response`, { previewHash: 'never-previewed' })
    t.match(blind.json(), { code: 'recipients_open' })
    t.match(await requestOf(tenant, id), { state: 'in_review' })
  })

  await t.test('with the day, or the reason', async t => {
    const silent = await decide([
      { name: 'Old Couriers', result: 'told', toldOn: '2026-03-06' },
      { name: 'The newspaper', result: 'impossible' }
    ])
    t.match(silent.json(), {
      status: 422,
      errors: [{ pointer: '/recipients/0/toldOn', rule: 'notInFuture' }, { pointer: '/recipients/1/why' }]
    })
  })

  await t.test('and the letter says of each what is true', async t => {
    await well(
      decide([
        { name: 'old couriers', result: 'told', toldOn: '2026-03-04' },
        { name: 'The newspaper', result: 'impossible', why: 'It no longer exists.' }
      ])
    )
    await well(decide())
    const { text, previewHash } = await preview()
    const said = text.replaceAll(/\s+/g, ' ')
    t.match(said, 'Parcels Ltd: Told on Monday 2 March 2026', 'on the day on which the system said so')
    t.match(said, 'old couriers: Told on Wednesday 4 March 2026')
    t.match(said, /The newspaper: Not told, because .*: It no longer exists\./)
    t.notMatch(said, 'A printer', 'what stays is no news to anybody')
    t.notMatch(said, /We have no other recipient on record/)
    await well(tenant.approver.post(`/v1/requests/${id}/response`, { previewHash }))
  })
})

t.test('Where nobody who received data is concerned, the letter says that there is nobody', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', CATEGORIES)
  const id = await erased(tenant, { result: 'done' })
  const recipients = ['Parcels Ltd', 'Old Couriers', 'The newspaper', 'A printer'].map(name => ({
    name,
    result: 'not_concerned'
  }))
  await well(tenant.agent.put(`/v1/requests/${id}/decision`, { outcome: 'granted', recipients }))
  const { text } = (await tenant.approver.get(`/v1/requests/${id}/response`)).json()
  t.match(text.replaceAll(/\s+/g, ' '), 'We have no other recipient on record who had to be told.')
  t.notMatch(text, 'Parcels Ltd')
})

t.test('A system makes data anonymous instead of erasing them', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('account'), dataCategory('designs'), dataCategory('invoices')])
  const until = '2031-12-31'
  const kept = [{ category: 'invoices', ground: 'legal_obligation', until, citation: 'Bogføringsloven § 12' }]
  const id = await askAndStart(tenant, 'erasure')
  const task = await onlyTaskOf(tenant.agent, id)
  const report = (anonymised: string[]) =>
    tenant.agent.post(`/v1/tasks/${task.id}/completion`, { result: 'withheld', withheld: kept, anonymised })

  t.match((await report(['sketches'])).json(), { status: 422, errors: [{ pointer: '/anonymised/0', rule: 'oneOf' }] })
  t.match((await report(['invoices'])).json(), { status: 422, errors: [{ pointer: '/anonymised/0', rule: 'not' }] })
  t.match((await report(['designs'])).json(), { report: { anonymised: ['designs'] } }, 'its report says so')
  const { text } = (await tenant.approver.get(`/v1/requests/${id}/response`)).json()
  t.match(text, 'Shop: erased: account')
  t.match(text, 'Shop: made anonymous for good: designs')
})

/** @returns the request, in review after its one system has reported */
async function erased(tenant: TenantInHouse, report: object): Promise<string> {
  const id = await askAndStart(tenant, 'erasure')
  const { id: taskId } = await onlyTaskOf(tenant.agent, id)
  await well(tenant.agent.post(`/v1/tasks/${taskId}/completion`, report))
  return id
}
