// From `start` to review: who is asked, and how the request gets there by itself.

import t from 'tap'
import { asOwner } from '../support/cluster.ts'
import {
  addSystem,
  askAndStart,
  dataCategory,
  eventsOf,
  kindsOf,
  requestOf,
  tasksOf,
  well
} from '../support/fulfilment.ts'
import { openHouse, type TenantInHouse } from '../support/house.ts'

const NDJSON = { 'content-type': 'application/x-ndjson' }
const RECORDS = '{"order":1,"paid":"12.50"}\n{"order":2,"paid":"7.00"}\n'

t.test('A copy is collected from two systems', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('account'), dataCategory('orders')], {
    instructions: 'Export by user id.'
  })
  await addSystem(tenant, 'mailbox', [dataCategory('letters')])
  await addSystem(tenant, 'statistics', [], { personalData: 'none' })
  const shop = await tenant.key('tasks:read', 'tasks:write')
  const requestId = await askAndStart(tenant, 'access')

  await t.test('the systems that hold data are asked, and no other', async t => {
    const tasks = await tasksOf(tenant.agent, requestId)
    t.same(Object.keys(tasks).sort(), ['mailbox', 'shop'])
    t.match(tasks.shop, {
      kind: 'collect',
      state: 'open',
      categories: ['account', 'orders'],
      right: 'access',
      version: 1
    })
    const request = await requestOf(tenant, requestId)
    t.match(request, { state: 'in_fulfilment', preparedBy: 'agent', nextStep: { who: 'systems' } })
  })

  await t.test('an integration finds its work, and sees what it needs and no more', async t => {
    const list = await well<{ data: { id: string; subject: unknown }[] }>(
      shop.get('/v1/tasks?system=shop&claimable=true')
    )
    t.equal(list.data.length, 1)
    t.match(list.data[0], {
      requestId,
      subject: { email: 'mia@example.com', identifiers: [{ kind: 'user_id', value: 'u-mia@example.com' }] },
      dueOn: '2026-03-20',
      instructions: 'Export by user id.'
    })
    t.notMatch(JSON.stringify(list), /Mia Holm/, 'the name is for letters')
  })

  await t.test('it cannot end what it has not claimed', async t => {
    const { shop: task } = await tasksOf(shop, requestId)
    const answer = await shop.post(`/v1/tasks/${task!.id}/completion`, { result: 'nothing_found' })
    t.equal(answer.statusCode, 409)
    t.match(answer.json(), { code: 'lease_lost', state: 'open' })
  })

  await t.test('it cannot say done before it has handed something in', async t => {
    const { shop: task } = await tasksOf(shop, requestId)
    const claimed = await shop.post(`/v1/tasks/${task!.id}/claim`)
    t.equal(claimed.statusCode, 201)
    t.match(claimed.json(), { state: 'claimed', leaseUntil: '2026-02-20T10:15:00.000Z' })
    t.equal(claimed.headers.etag, '"2"')
    const early = await shop.post(`/v1/tasks/${task!.id}/completion`, { result: 'done' })
    t.equal(early.statusCode, 409)
    t.match(early.json(), { code: 'outcome_not_possible', handedIn: 0 })
    await well(shop.put(`/v1/tasks/${task!.id}/records/orders?category=orders`, '', NDJSON))
    const empty = await shop.post(`/v1/tasks/${task!.id}/completion`, { result: 'done' })
    t.match(empty.json(), { code: 'outcome_not_possible' }, 'nor with a dataset of no records')
  })

  await t.test('it hands records in, and says done', async t => {
    const { shop: task } = await tasksOf(shop, requestId)
    const put = await shop.put(`/v1/tasks/${task!.id}/records/orders?category=orders`, RECORDS, NDJSON)
    t.equal(put.statusCode, 200, 'in place of the empty ones')
    t.same(put.json(), {
      kind: 'records',
      name: 'orders',
      contentType: 'application/x-ndjson',
      category: 'orders',
      bytes: RECORDS.length,
      records: 2,
      handedInAt: '2026-02-20T10:00:00.000Z'
    })
    const done = await shop.post(`/v1/tasks/${task!.id}/completion`, { result: 'done', note: 'Two orders.' })
    t.equal(done.statusCode, 201)
    t.match(done.json(), { state: 'ended', result: 'done', leaseUntil: null, report: { note: 'Two orders.' } })
    t.equal(done.json().subject, null, 'it has no need of the person any more')
    t.equal((await requestOf(tenant, requestId)).state, 'in_fulfilment', 'the mailbox has not answered')
  })

  await t.test('a person hands in a file and ends a task without having claimed it', async t => {
    const { mailbox } = await tasksOf(tenant.agent, requestId)
    const put = await tenant.agent.put(`/v1/tasks/${mailbox!.id}/files/letters.pdf`, Buffer.from('%PDF-1.7'), {
      'content-type': 'application/pdf'
    })
    t.equal(put.statusCode, 201)
    const listed = await well<{ data: object[] }>(tenant.agent.get(`/v1/tasks/${mailbox!.id}/handed-in`))
    t.match(listed.data, [
      { kind: 'file', name: 'letters.pdf', contentType: 'application/pdf', bytes: 8, records: null }
    ])
    const done = await tenant.agent.post(`/v1/tasks/${mailbox!.id}/completion`, { result: 'done' })
    t.match(done.json(), { state: 'ended', claimedBy: 'agent', requestState: 'in_review' })
  })

  await t.test('with the last answer the request goes to review by itself', async t => {
    t.match(await requestOf(tenant, requestId), {
      state: 'in_review',
      outcome: 'granted',
      ground: null,
      preparedBy: 'agent'
    })
    const events = await eventsOf(house, requestId)
    const claimed = ['task_claimed', 'task_ended', 'task_claimed', 'task_ended']
    t.same(kindsOf(events), ['opened', 'verify', 'start', 'task_planned', 'task_planned', ...claimed, 'finish'])
    t.match(events.at(-1), { mover: 'system', data: { outcome: 'granted', systems: 2 } })
    t.notMatch(JSON.stringify(events), /mia|Two orders/i, 'and the history names nobody')
  })

  await t.test('and a package is promised', async t => {
    const packages = await asOwner(
      house.ownerUrl,
      sql => sql`select state from packages where request_id = ${requestId}`
    )
    t.same(
      packages.map(row => row.state),
      ['building']
    )
  })
})

t.test('A request that was started is started again', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('orders')])
  await addSystem(tenant, 'mailbox', [dataCategory('letters')])
  const requestId = await askAndStart(tenant, 'access')
  const { shop, mailbox } = await tasksOf(tenant.agent, requestId)
  await well(tenant.agent.post(`/v1/tasks/${shop!.id}/completion`, { result: 'nothing_found' }))

  await t.test('not twice in a row', async t => {
    const again = await tenant.agent.post(`/v1/requests/${requestId}/fulfilment`)
    t.match(again.json(), { status: 409, code: 'move_not_allowed' })
  })

  await t.test('and while the person is asked a question, no system works', async t => {
    await well(tenant.agent.post(`/v1/requests/${requestId}/clarification`, { question: 'Which account?' }))
    const refused = await tenant.agent.post(`/v1/tasks/${mailbox!.id}/completion`, { result: 'nothing_found' })
    t.match(refused.json(), { status: 409, code: 'move_not_allowed', state: 'awaiting_clarification' })
    const claimable = await well<{ data: object[] }>(tenant.integration.get('/v1/tasks?claimable=true'))
    t.same(claimable.data, [], 'there is nothing to claim')
  })

  await t.test('after the answer, and asks only what is missing', async t => {
    await addSystem(tenant, 'archive', [dataCategory('old orders')])
    await well(tenant.agent.post(`/v1/requests/${requestId}/clarification/answer`, { text: 'The old one.' }))
    await well(tenant.agent.post(`/v1/requests/${requestId}/fulfilment`))
    const tasks = await tasksOf(tenant.agent, requestId)
    t.match(tasks, {
      shop: { id: shop!.id, state: 'ended' },
      mailbox: { id: mailbox!.id, state: 'open' },
      archive: { state: 'open' }
    })
    const planned = (await eventsOf(house, requestId)).filter(event => event.kind === 'task_planned')
    t.same(
      planned.map(event => event.data.system),
      ['mailbox', 'shop', 'archive']
    )
  })

  await t.test('by a person who came back, and then every system is asked again', async t => {
    for (const task of Object.values(await tasksOf(tenant.agent, requestId))) {
      if (task.state !== 'ended')
        await well(tenant.agent.post(`/v1/tasks/${task.id}/completion`, { result: 'nothing_found' }))
    }
    await answer(tenant, requestId)
    house.pass({ days: 1 })
    await well(tenant.agent.post(`/v1/requests/${requestId}/reopening`, { note: 'She has an account.' }))
    await well(tenant.agent.post(`/v1/requests/${requestId}/fulfilment`))
    const states = Object.values(await tasksOf(tenant.agent, requestId)).map(task => `${task.state} ${task.result}`)
    t.same(states, ['open null', 'open null', 'open null'])
  })
})

t.test('A request is finished by hand', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('orders')])
  await addSystem(tenant, 'mailbox', [dataCategory('letters')])
  const requestId = await askAndStart(tenant, 'access')
  const { shop } = await tasksOf(tenant.agent, requestId)
  await well(tenant.agent.post(`/v1/tasks/${shop!.id}/completion`, { result: 'nothing_found' }))

  const refused = await tenant.agent.post(`/v1/requests/${requestId}/finish`)
  t.equal(refused.statusCode, 409)
  t.match(
    refused.json(),
    { code: 'tasks_open', tasks: [{ system: 'mailbox', state: 'open' }] },
    'but not while a system owes its answer'
  )
  t.match(refused.json().detail, /Mailbox/, 'which is named')
})

t.test('A request that no system has to act on goes to review at once', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant({ policy: { rights: ['portability', 'objection', 'erasure', 'complaint'] } })
  await addSystem(tenant, 'billing', [dataCategory('invoices', { legalBasis: 'legal_obligation' })])

  await t.test('with nothing portable, and the outcome left to a person', async t => {
    const id = await askAndStart(tenant, 'portability')
    t.match(await requestOf(tenant, id), { state: 'in_review', outcome: null, nextStep: { action: 'decide' } })
    const events = await eventsOf(house, id)
    t.match(events.at(-1), { kind: 'finish', mover: 'system', data: { systems: 0, because: 'no_system_in_scope' } })
  })

  await t.test('with nothing that rests on legitimate interests', async t => {
    const id = await askAndStart(tenant, 'objection', { details: { directMarketing: false } })
    t.match(await requestOf(tenant, id), { state: 'in_review', outcome: null })
  })

  await t.test('but an objection to marketing can only be granted', async t => {
    const id = await askAndStart(tenant, 'objection', { details: { directMarketing: true }, email: 'kim@example.com' })
    t.match(await requestOf(tenant, id), { state: 'in_review', outcome: 'granted' })
  })

  await t.test('an erasure of what nobody knows is not an erasure of everything', async t => {
    const id = await askAndStart(tenant, 'erasure', {
      details: { categories: ['my letters of May'] },
      email: 'liv@example.com'
    })
    t.match(await requestOf(tenant, id), { state: 'in_review', outcome: null })
    const start = (await eventsOf(house, id)).find(event => event.kind === 'start')
    t.match(start, { data: { unknownCategories: 1 } }, 'staff are told to ask what was meant')
  })

  await t.test('while what staff answer themselves waits for them', async t => {
    const id = await askAndStart(tenant, 'complaint', { email: 'ole@example.com' })
    t.match(await requestOf(tenant, id), { state: 'in_fulfilment' })
    t.same(await tasksOf(tenant.agent, id), {})
    const finished = await tenant.agent.post(`/v1/requests/${id}/finish`)
    t.match(finished.json(), { state: 'in_review', outcome: null, preparedBy: 'agent' })
    t.match((await eventsOf(house, id)).at(-1), { mover: 'agent', data: { because: 'answered_by_staff' } })
  })
})

t.test('What may not wait for any system holds at once', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant({ policy: { rights: ['restriction', 'objection', 'withdraw_consent', 'erasure'] } })
  await addSystem(tenant, 'analytics', [
    dataCategory('usage', { legalBasis: 'legitimate_interests', purposes: ['analytics'] })
  ])
  await addSystem(tenant, 'newsletter', [
    dataCategory('list', { legalBasis: 'consent', purposes: ['newsletter'], directMarketing: true })
  ])
  const registerOf = async (requestId: string) =>
    await asOwner(house.ownerUrl, async sql => [
      ...new Set(
        (await sql`select kind, purpose from register_entries where request_id = ${requestId}`).map(
          row => `${row.kind}: ${row.purpose}`
        )
      )
    ])

  const rows: [Parameters<typeof askAndStart>[1], object, string[], string[], string][] = [
    [
      'restriction',
      { ground: 'accuracy_contested' },
      ['restricted: null'],
      ['analytics', 'newsletter'],
      'a restriction'
    ],
    [
      'objection',
      { directMarketing: true },
      ['objected: direct_marketing'],
      ['newsletter'],
      'an objection to marketing'
    ],
    [
      'objection',
      { purpose: 'analytics' },
      ['restricted: analytics'],
      ['analytics'],
      'any other objection restricts until it is weighed'
    ],
    [
      'withdraw_consent',
      { purpose: 'newsletter' },
      ['objected: newsletter'],
      ['newsletter'],
      'consent that was withdrawn'
    ],
    ['erasure', {}, [], ['analytics', 'newsletter'], 'but an erasure is entered once it was done']
  ]
  for (const [right, details, entries, systems, why] of rows) {
    const requestId = await askAndStart(tenant, right, { details, email: `${right}@example.com` })
    t.same(await registerOf(requestId), entries, why)
    t.same(Object.keys(await tasksOf(tenant.agent, requestId)).sort(), systems, `${why}: and these systems act`)
  }
})

/** Sends the answer of a request in review. */
async function answer(tenant: TenantInHouse, requestId: string): Promise<void> {
  const { previewHash } = await well<{ previewHash: string }>(tenant.approver.get(`/v1/requests/${requestId}/response`))
  await well(tenant.approver.post(`/v1/requests/${requestId}/response`, { previewHash }))
}
