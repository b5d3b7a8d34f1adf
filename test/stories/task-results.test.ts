// What the systems say, what has to be said with it, and what it amounts to.

import t from 'tap'
import { asOwner } from '../support/cluster.ts'
import { addSystem, askAndStart, dataCategory, onlyTaskOf, requestOf, tasksOf, well } from '../support/fulfilment.ts'
import { openHouse } from '../support/house.ts'

const NDJSON = { 'content-type': 'application/x-ndjson' }
const RECORDS = '{"order":1,"paid":"12.50"}\n{"order":2,"paid":"7.00"}\n'

t.test('What the systems say decides the outcome', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('orders')])
  await addSystem(tenant, 'billing', [dataCategory('invoices', { legalBasis: 'legal_obligation' })])

  const finishWith = async (right: 'access' | 'erasure', shop: object, billing: object) => {
    const requestId = await askAndStart(tenant, right, { email: `${right}-${Math.random()}@example.com` })
    const tasks = await tasksOf(tenant.agent, requestId)
    await well(tenant.agent.post(`/v1/tasks/${tasks.shop!.id}/completion`, shop))
    await well(tenant.agent.post(`/v1/tasks/${tasks.billing!.id}/completion`, billing))
    const packages = await asOwner(house.ownerUrl, sql => sql`select id from packages where request_id = ${requestId}`)
    return { ...(await requestOf(tenant, requestId)), packages: packages.length }
  }
  const tax = {
    category: 'invoices',
    ground: 'legal_obligation',
    until: '2031-12-31',
    citation: 'Bogføringsloven § 12'
  }

  await t.test('nothing found anywhere is nothing found, and there is nothing to pack', async t => {
    const request = await finishWith('access', { result: 'nothing_found' }, { result: 'not_applicable' })
    t.match(request, { state: 'in_review', outcome: 'nothing_found', ground: null, packages: 0 })
  })

  await t.test('who is not concerned has not searched, so nobody is told that nothing was found', async t => {
    const request = await finishWith('access', { result: 'not_applicable' }, { result: 'not_applicable' })
    t.match(request, { state: 'in_review', outcome: null, nextStep: { action: 'decide' } })
    const path = `/v1/requests/${request.id}`
    const decided = await tenant.agent.put(`${path}/decision`, { outcome: 'nothing_found' })
    t.match(decided.json(), { status: 409, code: 'outcome_not_possible' })
  })

  await t.test('a tax record that stays makes an erasure partly granted, with its ground', async t => {
    const request = await finishWith(
      'erasure',
      { result: 'done', recipientsTold: ['A parcel service'] },
      { result: 'withheld', withheld: [tax] }
    )
    t.match(request, { state: 'in_review', outcome: 'partly_granted', ground: 'legal_obligation', packages: 0 })
    const { billing } = await tasksOf(tenant.agent, request.id)
    t.same(billing!.withheld, [tax])
  })

  await t.test('data kept back from a copy still leaves a package', async t => {
    const withheld = [{ category: 'orders', ground: 'rights_of_others' }]
    const request = await finishWith(
      'access',
      { result: 'withheld', withheld, note: 'The letters name two colleagues.' },
      { result: 'nothing_found' }
    )
    t.match(request, { outcome: 'partly_granted', ground: 'rights_of_others', packages: 1 })
  })
})

t.test('Nothing is kept back without its reason', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'billing', [dataCategory('invoices'), dataCategory('reminders')])
  const requestId = await askAndStart(tenant, 'erasure')
  const task = await onlyTaskOf(tenant.agent, requestId)
  const tax = {
    category: 'invoices',
    ground: 'legal_obligation',
    until: '2031-12-31',
    citation: 'Bogføringsloven § 12'
  }
  const { until: _, ...endless } = tax
  const { citation: __, ...unfounded } = tax

  const rows: [object, string, string | undefined, string][] = [
    [{ result: 'withheld' }, 'invalid', '/withheld', 'nothing is named'],
    [{ result: 'done', withheld: [tax] }, 'invalid', '/result', 'something is kept back and yet all was done'],
    [
      { result: 'withheld', withheld: [{ ...tax, category: 'photos' }] },
      'invalid',
      '/withheld/0/category',
      'a category of another system'
    ],
    [{ result: 'withheld', withheld: [tax, tax] }, 'invalid', '/withheld/1/category', 'a category twice'],
    [
      { result: 'withheld', withheld: [endless] },
      'invalid',
      '/withheld/0/until',
      'an erasure without the day it is asked again'
    ],
    [{ result: 'withheld', withheld: [unfounded] }, 'invalid', '/withheld/0/citation', 'the law without its provision'],
    [
      { result: 'withheld', withheld: [{ ...tax, until: '2026-02-19' }] },
      'invalid',
      '/withheld/0/until',
      'a day that has passed'
    ],
    [
      { result: 'withheld', withheld: [{ ...tax, until: '2026-02-30' }] },
      'invalid',
      '/withheld/0/until',
      'a day that never comes'
    ],
    [
      { result: 'withheld', withheld: [{ ...tax, ground: 'rights_of_others' }] },
      'ground_not_available',
      '/withheld/0/ground',
      'a ground of another right'
    ],
    [
      { result: 'withheld', withheld: [{ ...tax, ground: 'legal_claims' }] },
      'invalid',
      '/note',
      'claims without their facts'
    ],
    [{ result: 'done', changes: [{ field: 'email' }] }, 'invalid', '/changes', 'corrections in an erasure'],
    [{ result: 'lost' }, 'invalid', '/result', 'a result that is none'],
    [{ result: 'done', because: 'so' }, 'invalid', '/because', 'a field that is unknown']
  ]
  for (const [body, code, pointer, why] of rows) {
    const answer = await tenant.agent.post(`/v1/tasks/${task.id}/completion`, body)
    t.equal(answer.statusCode, 422, why)
    t.match(answer.json(), { code, errors: [{ pointer }] }, `${why}: ${pointer}`)
  }
  t.match(await onlyTaskOf(tenant.agent, requestId), { state: 'open', version: 1 }, 'and nothing of it was half done')
})

t.test('A copy and what was handed in for it agree', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('orders')])
  const task = await onlyTaskOf(tenant.agent, await askAndStart(tenant, 'access'))
  await well(tenant.agent.put(`/v1/tasks/${task.id}/records/orders`, RECORDS, NDJSON))

  const denied = await tenant.agent.post(`/v1/tasks/${task.id}/completion`, { result: 'nothing_found' })
  t.match(denied.json(), { code: 'outcome_not_possible', handedIn: 1 }, 'data that is there is not nothing')

  const [{ objectKey } = { objectKey: '' }] = await asOwner(
    house.ownerUrl,
    sql => sql<{ objectKey: string }[]>`select object_key as "objectKey" from collected`
  )
  t.equal(
    (await tenant.agent.delete(`/v1/tasks/${task.id}/records/orders`)).statusCode,
    204,
    'a mistake can be taken back'
  )
  t.equal((await tenant.agent.delete(`/v1/tasks/${task.id}/records/orders`)).statusCode, 404, 'once')
  await house.doPromisedWork()
  await t.rejects(house.objects.size(objectKey), { code: 'not_found' }, 'and is gone from the store')
  const ended = await tenant.agent.post(`/v1/tasks/${task.id}/completion`, { result: 'nothing_found' })
  t.match(ended.json(), { state: 'ended', requestState: 'in_review' })
})
