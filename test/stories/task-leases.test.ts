// A claim on a task is a lease: who does not come back may be replaced, and who was replaced does no harm.

import t from 'tap'
import {
  addSystem,
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

const FILE = { 'content-type': 'application/octet-stream' }

t.test('A worker claims a task and falls silent', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('orders')])
  const first = await tenant.key('tasks:read', 'tasks:write')
  const second = await tenant.key('tasks:read', 'tasks:write')
  const requestId = await askAndStart(tenant, 'access')
  const { id } = await onlyTaskOf(first, requestId)
  await well(first.post(`/v1/tasks/${id}/claim`))

  await t.test('for as long as the lease holds, nobody else gets the task', async t => {
    house.pass({ minutes: 14 })
    for (const other of [second, tenant.agent]) {
      const refused = await other.post(`/v1/tasks/${id}/claim`)
      t.match(refused.json(), {
        status: 409,
        code: 'conflict',
        state: 'claimed',
        leaseUntil: '2026-02-20T10:15:00.000Z'
      })
      t.match((await other.post(`/v1/tasks/${id}/completion`, { result: 'nothing_found' })).json(), {
        code: 'lease_lost'
      })
      t.match((await other.post(`/v1/tasks/${id}/release`)).json(), { code: 'lease_lost' })
    }
    const claimable = await well<{ data: object[] }>(second.get('/v1/tasks?claimable=true'))
    t.same(claimable.data, [], 'nor is it offered')
    const seen = await onlyTaskOf(second, requestId)
    t.equal(seen.claimedBy, null, 'who has it is not every key’s to know')
  })

  await t.test('whoever has it may renew', async t => {
    const renewed = await first.post(`/v1/tasks/${id}/claim`)
    t.match(renewed.json(), { leaseUntil: '2026-02-20T10:29:00.000Z' })
    const claims = kindsOf(await eventsOf(house, requestId)).filter(kind => kind === 'task_claimed')
    t.equal(claims.length, 1, 'which is no news for the history')
  })

  await t.test('and an upload renews as well', async t => {
    house.pass({ minutes: 10 })
    await well(first.put(`/v1/tasks/${id}/files/orders.pdf`, Buffer.from('orders'), FILE))
    t.match(await onlyTaskOf(first, requestId), { leaseUntil: '2026-02-20T10:39:00.000Z' })
  })

  await t.test('once it has run out another takes over', async t => {
    house.pass({ minutes: 15 })
    const claimable = await well<{ data: object[] }>(second.get('/v1/tasks?claimable=true'))
    t.equal(claimable.data.length, 1)
    t.match((await second.post(`/v1/tasks/${id}/claim`)).json(), { state: 'claimed' })
    t.match((await eventsOf(house, requestId)).at(-1), { kind: 'task_claimed', data: { takenOver: true } })
  })

  await t.test('and the first one, come back, can do nothing any more', async t => {
    t.match((await first.post(`/v1/tasks/${id}/completion`, { result: 'done' })).json(), {
      status: 409,
      code: 'lease_lost'
    })
    t.match((await first.post(`/v1/tasks/${id}/failure`, { reason: 'Late.' })).json(), { code: 'lease_lost' })
    t.match((await first.post(`/v1/tasks/${id}/release`)).json(), { code: 'lease_lost' })
    t.match((await first.put(`/v1/tasks/${id}/files/orders.pdf`, Buffer.from('old'), FILE)).json(), {
      code: 'lease_lost'
    })
    t.match((await first.delete(`/v1/tasks/${id}/files/orders.pdf`)).json(), { code: 'lease_lost' })
  })

  await t.test('not even when the second has ended it, and the request has moved on', async t => {
    await well(second.post(`/v1/tasks/${id}/completion`, { result: 'done' }))
    t.equal((await requestOf(tenant, requestId)).state, 'in_review')
    t.match((await first.post(`/v1/tasks/${id}/completion`, { result: 'nothing_found' })).json(), {
      code: 'lease_lost',
      state: 'ended'
    })
    t.match(
      (await second.post(`/v1/tasks/${id}/completion`, { result: 'done' })).json(),
      { code: 'conflict', result: 'done' },
      'twice is once'
    )
    t.match((await second.post(`/v1/tasks/${id}/claim`)).json(), { code: 'conflict' })
  })
})

t.test('A lease that ran out and that nobody took still counts', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('orders')])
  const { id } = await onlyTaskOf(tenant.agent, await askAndStart(tenant, 'access'))
  await well(tenant.integration.post(`/v1/tasks/${id}/claim`))
  house.pass({ hours: 2 })
  const ended = await tenant.integration.post(`/v1/tasks/${id}/completion`, { result: 'nothing_found' })
  t.match(ended.json(), { state: 'ended' }, 'the work is done, and nobody else has begun it')
})

t.test('Several workers come with one key', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('orders')])
  const { id } = await onlyTaskOf(tenant.agent, await askAndStart(tenant, 'access'))
  const { integration: key } = tenant

  const one = await key.post(`/v1/tasks/${id}/claim`, undefined, { 'if-match': '"1"' })
  const other = await key.post(`/v1/tasks/${id}/claim`, undefined, { 'if-match': '"1"' })
  t.equal(one.statusCode, 201, 'who names the version they saw gets the task')
  t.match(other.json(), { status: 412, code: 'version_stale', version: 2 }, 'and the other is told')
  await well(key.put(`/v1/tasks/${id}/files/a`, Buffer.from('a'), FILE))
  const stale = await key.post(`/v1/tasks/${id}/completion`, { result: 'done' }, { 'if-match': '"1"' })
  t.match(stale.json(), { code: 'version_stale' })
  const ended = await key.post(
    `/v1/tasks/${id}/completion`,
    { result: 'done' },
    { 'if-match': one.headers.etag as string }
  )
  t.equal(ended.statusCode, 201, 'the version of the claim is good to the end, uploads or not')
})

t.test('A task that cannot be done', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('orders')])
  const requestId = await askAndStart(tenant, 'access')
  const { id } = await onlyTaskOf(tenant.agent, requestId)
  const key = tenant.integration
  const tryInVain = async (body: object) => {
    await well(key.post(`/v1/tasks/${id}/claim`))
    return (await key.post(`/v1/tasks/${id}/failure`, body)).json()
  }

  await t.test('goes back to the list', async t => {
    t.match(await tryInVain({ reason: 'Restoring mia@example.com from backup.' }), {
      state: 'open',
      failures: 1,
      claimedBy: null
    })
    t.match(await tryInVain({ reason: 'Still restoring.', retry: true }), { state: 'open', failures: 2 })
    t.match(
      await onlyTaskOf(tenant.agent, requestId),
      { report: { failure: 'Still restoring.' } },
      'with its reason for staff'
    )
    t.notMatch(JSON.stringify(await eventsOf(house, requestId)), /mia@/, 'which the history keeps sealed')
  })

  await t.test('is left to people after the third time, who are told', async t => {
    t.match(await tryInVain({ reason: 'No disk.' }), { state: 'failed', failures: 3 })
    t.match((await key.post(`/v1/tasks/${id}/claim`)).json(), { status: 409, code: 'conflict', failures: 3 })
    t.match((await eventsOf(house, requestId)).at(-1), {
      kind: 'alerted',
      data: { because: 'task_failed', system: 'shop' }
    })
    await house.doPromisedWork()
    const mail = house.letterbox.messages.find(({ parsed }) => parsed.subject?.startsWith('Task of Shop failed: H-'))
    t.same(mail?.to, ['team@house.example'])
    t.match(mail?.parsed.text?.replace(/\s+/g, ' '), 'The system could not do its task 3 times in a row.')
    t.notMatch(mail?.parsed.text, /No disk|mia/i, 'without a word of what went wrong')
  })

  await t.test('and is tried again once they have looked', async t => {
    t.match((await key.post(`/v1/tasks/${id}/release`)).json(), { code: 'lease_lost' }, 'it is theirs to give back')
    t.match((await tenant.agent.post(`/v1/tasks/${id}/release`)).json(), { state: 'open', failures: 0 })
    t.match(
      await tryInVain({ reason: 'The account is in another region.', retry: false }),
      { state: 'failed', failures: 1 },
      'no use is no use'
    )
    t.match(
      (await tenant.agent.post(`/v1/tasks/${id}/completion`, { result: 'nothing_found' })).json(),
      { state: 'ended' },
      'a person does it'
    )
    t.equal((await requestOf(tenant, requestId)).state, 'in_review')
  })
})

t.test('The work list is everybody’s own', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const stranger = await house.tenant()
  const ours = await tenant.key('tasks:read', 'tasks:write')
  const theirs = await tenant.key('tasks:read', 'tasks:write')
  const { data: keys } = await well<{ data: { id: string; scopes: string[] }[] }>(tenant.admin.get('/v1/api-keys'))
  const [assignee] = keys
    .filter(key => key.scopes.length === 2)
    .map(key => key.id)
    .sort()
  await addSystem(tenant, 'crm', [dataCategory('contacts')], { assignee })
  await addSystem(tenant, 'shop', [dataCategory('orders')])
  const requestId = await askAndStart(tenant, 'access')
  const { crm } = await tasksOf(tenant.agent, requestId)

  await t.test('a key sees what is assigned to it or to nobody', async t => {
    t.same(Object.keys(await tasksOf(ours, requestId)).sort(), ['crm', 'shop'])
    t.same(Object.keys(await tasksOf(theirs, requestId)), ['shop'])
    const mine = await well<{ data: { id: string }[] }>(ours.get('/v1/tasks?assignee=me'))
    t.same(
      mine.data.map(task => task.id),
      [crm!.id]
    )
  })

  await t.test('and nothing of another’s, whatever it tries', async t => {
    const missing = '0190b2a1-7c3e-7d4f-8a5b-6c7d8e9f0a1b'
    for (const outsider of [theirs, stranger.agent, stranger.integration]) {
      const tries = (taskId: string) => [
        outsider.get(`/v1/tasks/${taskId}`),
        outsider.get(`/v1/tasks/${taskId}/handed-in`),
        outsider.post(`/v1/tasks/${taskId}/claim`),
        outsider.post(`/v1/tasks/${taskId}/release`),
        outsider.post(`/v1/tasks/${taskId}/completion`, { result: 'nothing_found' }),
        outsider.post(`/v1/tasks/${taskId}/failure`, { reason: 'x' }),
        outsider.put(`/v1/tasks/${taskId}/records/a`, '{}', { 'content-type': 'application/x-ndjson' }),
        outsider.put(`/v1/tasks/${taskId}/files/a`, 'a', FILE),
        outsider.delete(`/v1/tasks/${taskId}/records/a`),
        outsider.delete(`/v1/tasks/${taskId}/files/a`)
      ]
      const bodies = async (taskId: string) =>
        (await Promise.all(tries(taskId))).map(answer => ({ ...answer.json(), requestId: null }))
      const foreign = await bodies(crm!.id)
      t.same(foreign, await bodies(missing), 'it looks like one that never was')
      t.ok(foreign.every(problem => problem.code === 'not_found'))
    }
    t.match(await tasksOf(tenant.agent, requestId), { crm: { state: 'open', version: 1 } }, 'and is as it was')
    t.same((await well<{ data: object[] }>(stranger.agent.get('/v1/tasks'))).data, [])
  })

  await t.test('page by page, with a cursor that is good for this list alone', async t => {
    const first = await well<{ data: { id: string }[]; nextCursor: string }>(tenant.agent.get('/v1/tasks?limit=1'))
    const second = await well<{ data: { id: string }[]; nextCursor: null }>(
      tenant.agent.get(`/v1/tasks?limit=1&cursor=${first.nextCursor}`)
    )
    t.equal(new Set([...first.data, ...second.data].map(task => task.id)).size, 2)
    t.equal(second.nextCursor, null)
    for (const [client, path] of [
      [stranger.agent, 'limit=1'],
      [tenant.agent, 'limit=1&state=open']
    ] as const) {
      t.match((await client.get(`/v1/tasks?${path}&cursor=${first.nextCursor}`)).json(), {
        code: 'invalid',
        errors: [{ pointer: '/query/cursor' }]
      })
    }
  })

  await t.test('an auditor reads it and touches nothing', async t => {
    t.equal((await tenant.auditor.get(`/v1/tasks/${crm!.id}`)).statusCode, 200)
    t.equal((await tenant.auditor.post(`/v1/tasks/${crm!.id}/claim`)).statusCode, 403)
    const reading = await tenant.key('tasks:read')
    t.equal((await reading.post(`/v1/tasks/${crm!.id}/claim`)).statusCode, 403, 'and so does a key that may only read')
  })
})
