// Many at once: one gets the task, and the last answer is given once.

import t from 'tap'
import { asOwner } from '../support/cluster.ts'
import {
  addSystem,
  ask,
  askAndStart,
  dataCategory,
  eventsOf,
  kindsOf,
  onlyTaskOf,
  requestOf,
  tasksOf,
  well
} from '../support/fulfilment.ts'
import { openHouse } from '../support/house.ts'

const AT_ONCE = 20
const FILE = { 'content-type': 'application/octet-stream' }
const times = <T>(work: (index: number) => T): T[] => Array.from({ length: AT_ONCE }, (_, index) => work(index))
const tally = (values: readonly (string | number)[]) =>
  Object.fromEntries([...new Set(values)].sort().map(value => [value, values.filter(other => other === value).length]))

t.test('Twenty workers claim one task at the same moment', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('orders')])
  const requestId = await askAndStart(tenant, 'access')
  const { id } = await onlyTaskOf(tenant.agent, requestId)
  const workers = await Promise.all(times(() => tenant.key('tasks:read', 'tasks:write')))

  const claims = await Promise.all(workers.map(worker => worker.post(`/v1/tasks/${id}/claim`)))
  t.same(tally(claims.map(claim => claim.statusCode)), { 201: 1, 409: AT_ONCE - 1 }, 'one of them gets it')
  const winner = workers[claims.findIndex(claim => claim.statusCode === 201)]!

  const released = await Promise.all(workers.map(worker => worker.post(`/v1/tasks/${id}/release`)))
  t.same(
    tally(released.map(release => release.statusCode)),
    { 201: 1, 409: AT_ONCE - 1 },
    'and only that one can give it back'
  )
  await well(winner.post(`/v1/tasks/${id}/claim`))

  house.pass({ minutes: 16 })
  const others = workers.filter(worker => worker !== winner)
  const takeovers = await Promise.all(others.map(worker => worker.post(`/v1/tasks/${id}/claim`)))
  t.same(
    tally(takeovers.map(claim => claim.statusCode)),
    { 201: 1, 409: AT_ONCE - 2 },
    'the lease that ran out goes to one other'
  )
  const claimed = (await eventsOf(house, requestId)).filter(event => event.kind === 'task_claimed')
  t.same(
    claimed.map(event => event.data.takenOver),
    [false, false, true]
  )
})

t.test('The last two tasks are ended twenty times over at the same moment', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  for (const slug of ['shop', 'crm', 'mailbox']) await addSystem(tenant, slug, [dataCategory('orders')])

  for (const round of [1, 2, 3]) {
    const requestId = await askAndStart(tenant, 'access', { email: `mia-${round}@example.com` })
    const { shop, crm, mailbox } = await tasksOf(tenant.agent, requestId)
    await well(tenant.agent.post(`/v1/tasks/${mailbox!.id}/completion`, { result: 'nothing_found' }))
    for (const task of [shop!, crm!]) await well(tenant.agent.put(`/v1/tasks/${task.id}/files/a`, 'a', FILE))

    const lastTwo = times(index => (index % 2 === 0 ? shop! : crm!))
    const answers = await Promise.all(
      lastTwo.map(task => tenant.agent.post(`/v1/tasks/${task.id}/completion`, { result: 'done' }))
    )
    t.same(tally(answers.map(answer => answer.statusCode)), { 201: 2, 409: AT_ONCE - 2 }, 'each ends once')
    t.same(tally(kindsOf(await eventsOf(house, requestId))).finish, 1, 'and the request finishes once')
    t.match(await requestOf(tenant, requestId), { state: 'in_review', outcome: 'granted' })
    const packages = await asOwner(house.ownerUrl, sql => sql`select from packages where request_id = ${requestId}`)
    t.equal(packages.length, 1, 'with one package')
  }
})

t.test('Systems end their tasks while staff end the request', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  for (const slug of ['shop', 'crm']) await addSystem(tenant, slug, [dataCategory('orders')])

  for (const round of [1, 2, 3, 4]) {
    const requestId = await askAndStart(tenant, 'access', { email: `ida-${round}@example.com` })
    const { shop, crm } = await tasksOf(tenant.agent, requestId)
    const end = (id: string) => tenant.agent.post(`/v1/tasks/${id}/completion`, { result: 'nothing_found' })
    const withdraw = () => tenant.agent.post(`/v1/requests/${requestId}/withdrawal`)
    const answers = await Promise.all([
      end(shop!.id),
      withdraw(),
      end(crm!.id),
      tenant.agent.post(`/v1/requests/${requestId}/finish`)
    ])
    t.ok(
      answers.every(answer => [201, 409].includes(answer.statusCode)),
      'nobody meets an error of ours'
    )

    const events = kindsOf(await eventsOf(house, requestId))
    const { state } = await requestOf(tenant, requestId)
    const states = Object.values(await tasksOf(tenant.agent, requestId)).map(task => task.state)
    t.notOk(
      states.some(task => task === 'open' || task === 'claimed'),
      `no task is left over in a request that is ${state}`
    )
    t.ok(events.filter(kind => kind === 'finish').length <= 1)
    t.equal(events.at(-1), 'withdraw', 'whatever came first, withdrawn is withdrawn')
  }
})

t.test('Fulfilment is started twenty times at the same moment', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  for (const slug of ['shop', 'crm']) await addSystem(tenant, slug, [dataCategory('orders')])
  const requestId = await ask(tenant, 'access')
  const answers = await Promise.all(times(() => tenant.agent.post(`/v1/requests/${requestId}/fulfilment`)))
  t.same(tally(answers.map(answer => answer.statusCode)), { 201: 1, 409: AT_ONCE - 1 })
  t.equal(Object.keys(await tasksOf(tenant.agent, requestId)).length, 2, 'each system is asked once')
  t.same(tally(kindsOf(await eventsOf(house, requestId))), { opened: 1, start: 1, task_planned: 2, verify: 1 })
})

t.test('A copy and an erasure of one person are started at the same moment', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('orders')])
  for (const round of [1, 2, 3]) {
    const email = `bo-${round}@example.com`
    const erasure = await ask(tenant, 'erasure', { email })
    const access = await ask(tenant, 'access', { email })
    const [, erasing] = await Promise.all([
      tenant.agent.post(`/v1/requests/${access}/fulfilment`),
      tenant.agent.post(`/v1/requests/${erasure}/fulfilment`)
    ])
    t.match(erasing.json(), { status: 409, code: 'waits_for_other_request', waitsFor: [access] })
  }
})

t.test('One name is handed in twenty times at the same moment', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('orders')])
  const { id } = await onlyTaskOf(tenant.agent, await askAndStart(tenant, 'access'))
  const keysStored: string[] = []
  const put = house.objects.put
  house.objects.put = (key, source) => {
    keysStored.push(key)
    return put(key, source)
  }
  const puts = await Promise.all(times(index => tenant.agent.put(`/v1/tasks/${id}/files/a`, `version ${index}`, FILE)))
  t.same(
    tally(puts.map(answer => answer.statusCode)),
    { 200: AT_ONCE - 1, 201: 1 },
    'one was the first, the others replaced it'
  )
  const { data } = await well<{ data: object[] }>(tenant.agent.get(`/v1/tasks/${id}/handed-in`))
  t.equal(data.length, 1)
  await house.doPromisedWork()
  const left = (await Promise.allSettled(keysStored.map(key => house.objects.size(key)))).filter(
    size => size.status === 'fulfilled'
  )
  t.equal(left.length, 1, 'and one object is left of twenty')
})

t.test('A task ends while data is on its way to it', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('orders')])
  await addSystem(tenant, 'crm', [dataCategory('contacts')])
  const { shop } = await tasksOf(tenant.agent, await askAndStart(tenant, 'access'))
  await well(tenant.agent.put(`/v1/tasks/${shop!.id}/files/a`, 'a', FILE))

  let objectKey = ''
  const put = house.objects.put
  house.objects.put = async (key, source) => {
    objectKey = key
    const stored = await put(key, source)
    await well(tenant.agent.post(`/v1/tasks/${shop!.id}/completion`, { result: 'done' }))
    return stored
  }
  const late = await tenant.agent.put(`/v1/tasks/${shop!.id}/files/b`, 'b', FILE)
  t.match(late.json(), { status: 409, code: 'conflict' }, 'it is told that it came too late')
  await t.rejects(house.objects.size(objectKey), { code: 'not_found' }, 'and nothing of it stays')
  const { data } = await well<{ data: { name: string }[] }>(tenant.agent.get(`/v1/tasks/${shop!.id}/handed-in`))
  t.same(
    data.map(item => item.name),
    ['a']
  )
})
