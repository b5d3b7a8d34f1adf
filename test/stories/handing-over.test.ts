// An answer that hands data over leaves with its package, or somebody hears why it does not.

import { rename, rm } from 'node:fs/promises'
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
  well
} from '../support/fulfilment.ts'
import { type House, openHouse, type TenantInHouse } from '../support/house.ts'
import { linkIn, textIn, visitorTo } from '../support/visitor.ts'

const MIA = 'mia@example.com'

t.test('An answer that hands data over, where nothing was handed in', async t => {
  const { house, tenant } = await withOneSystem(t)
  for (const right of ['access', 'portability'] as const) {
    const id = await askAndStart(tenant, right, { email: `${right}@example.com` })
    const { id: taskId } = await onlyTaskOf(tenant.agent, id)
    await well(tenant.agent.post(`/v1/tasks/${taskId}/completion`, { result: 'nothing_found' }))
    const granted = await tenant.agent.put(`/v1/requests/${id}/decision`, { outcome: 'granted' })
    t.match(granted.json(), { status: 409, code: 'outcome_not_possible', detail: /back to work/ }, `${right}: refused`)
    t.match(await requestOf(tenant, id), { outcome: 'nothing_found' }, 'and the outcome stays what it was')
    await answer(tenant, id)
    await house.doPromisedWork()
    t.equal(answersTo(house, `${right}@example.com`).length, 1, 'the answer that nothing was found leaves')
  }
})

t.test('A package that cannot be built', async t => {
  const { house, tenant } = await withOneSystem(t)
  const id = await inReview(tenant)
  await answer(tenant, id)
  await loseStore(house)
  await isLastTry(house)
  await house.doPromisedWork()

  await t.test('is given up after the last try, which the history tells', async t => {
    const failed = (await eventsOf(house, id)).filter(({ kind }) => kind === 'package_failed')
    t.match(failed, [{ mover: 'system', data: { packageId: String } }])
  })

  await t.test('staff are told, and the person nothing yet', async t => {
    await house.doPromisedWork()
    const alerts = house.letterbox.messages.filter(({ parsed }) => /package/i.test(parsed.subject ?? ''))
    t.match(alerts, [{ parsed: { text: /could not be built/ } }])
    t.same(answersTo(house, MIA), [])
  })

  await t.test('is built again on their word, once', async t => {
    await findStore(house)
    house.pass({ days: 9 })
    await house.doPromisedWork()
    const path = `/v1/requests/${id}/package`
    t.equal((await tenant.auditor.post(path)).statusCode, 403, 'not by whoever only reads')
    t.match(await well(tenant.agent.post(path)), { id, state: 'responded' })
    t.match((await tenant.agent.post(path)).json(), { status: 409, code: 'conflict' })
    t.match((await eventsOf(house, id)).at(-1), { kind: 'package_retried', mover: 'agent' })
    await house.doPromisedWork()
    const [letter, ...others] = answersTo(house, MIA)
    t.match(letter, /until Sunday 8 March 2026/, 'and the answer that waited for it leaves, with days that begin now')
    t.same(others, [])
    const mia = visitorTo(house.app)
    t.match(textIn((await mia.open(linkIn(house, MIA, 'package').path)).body), /Ask for a code/)
    t.equal((await tenant.agent.get(path)).statusCode, 200)
  })
})

t.test('An answer is not sent on a package that has failed', async t => {
  const { house, tenant } = await withOneSystem(t)
  const id = await inReview(tenant)
  await loseStore(house)
  await isLastTry(house)
  await house.doPromisedWork()
  await findStore(house)
  const path = `/v1/requests/${id}/response`
  const { previewHash, packageState } = await well<{ previewHash: string; packageState: string }>(
    tenant.approver.get(path)
  )
  t.equal(packageState, 'failed')
  t.match((await tenant.approver.post(path, { previewHash })).json(), { status: 409, code: 'outcome_not_possible' })
  await well(tenant.agent.post(`/v1/requests/${id}/package`))
  await answer(tenant, id)
  await house.doPromisedWork()
  t.equal(answersTo(house, MIA).length, 1)
})

t.test('A request without a package has none to build again', async t => {
  const { tenant } = await withOneSystem(t)
  const id = await ask(tenant, 'access')
  t.match((await tenant.agent.post(`/v1/requests/${id}/package`)).json(), { status: 409, code: 'conflict' })
})

t.test('What was sent before a request was taken up again expires without the new package', async t => {
  const { house, tenant } = await withOneSystem(t)
  const id = await inReview(tenant)
  await answer(tenant, id)
  await house.doPromisedWork()
  await well(tenant.agent.post(`/v1/requests/${id}/reopening`))
  house.pass({ days: 6 })
  await well(tenant.agent.post(`/v1/requests/${id}/fulfilment`))
  await endTask(tenant, id)
  house.pass({ days: 3 })
  await house.doPromisedWork()
  await answer(tenant, id)
  await house.doPromisedWork()
  t.equal(answersTo(house, MIA).length, 2, 'the second answer leaves too')
  t.notOk(kindsOf(await eventsOf(house, id)).includes('package_expired'))
})

t.test('Staff who fetch a package', async t => {
  const { house, tenant } = await withOneSystem(t)
  const id = await inReview(tenant)
  await house.doPromisedWork()
  const path = `/v1/requests/${id}/package`
  const downloads = async () => (await eventsOf(house, id)).filter(({ kind }) => kind === 'package_downloaded')

  await t.test('leave an entry of who it was, each time', async t => {
    const curious = tenant.staff('curious', 'agent')
    t.equal((await curious.get(path)).statusCode, 200)
    t.match(await downloads(), [{ mover: 'agent', data: { packageId: String } }])
    const { data } = await well<{ data: object[] }>(tenant.auditor.get(`/v1/requests/${id}/events`))
    t.match(data.at(-1), { kind: 'package_downloaded', by: { mover: 'agent', id: 'curious' } })
    t.equal((await curious.get(path)).statusCode, 200)
    t.equal((await downloads()).length, 2)
  })

  await t.test('and none where they fetched nothing', async t => {
    const headers = { authorization: `Bearer ${tenant.agent.token()}` }
    t.equal((await house.app.inject({ method: 'HEAD', url: path, headers })).statusCode, 405)
    t.equal((await tenant.auditor.get(path)).statusCode, 403)
    const other = await inReview(tenant, 'noa@example.com')
    t.equal((await tenant.agent.get(`/v1/requests/${other}/package`)).statusCode, 503, 'it is being built')
    t.notOk(kindsOf(await eventsOf(house, other)).includes('package_downloaded'))
    t.equal((await downloads()).length, 2)
  })
})

async function withOneSystem(t: Parameters<typeof openHouse>[0]): Promise<{ house: House; tenant: TenantInHouse }> {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('orders')])
  return { house, tenant }
}

async function inReview(tenant: TenantInHouse, email = MIA): Promise<string> {
  const id = await askAndStart(tenant, 'access', { email })
  await endTask(tenant, id)
  return id
}

async function endTask({ agent }: TenantInHouse, requestId: string): Promise<void> {
  const { id } = await onlyTaskOf(agent, requestId)
  await well(agent.post(`/v1/tasks/${id}/claim`))
  const type = { 'content-type': 'application/x-ndjson' }
  await well(agent.put(`/v1/tasks/${id}/records/orders`, '{"order":1}\n', type))
  await well(agent.post(`/v1/tasks/${id}/completion`, { result: 'done' }))
}

async function answer({ approver }: TenantInHouse, requestId: string): Promise<void> {
  const path = `/v1/requests/${requestId}/response`
  const { previewHash } = await well<{ previewHash: string }>(approver.get(path))
  await well(approver.post(path, { previewHash }))
}

async function loseStore({ folder }: House): Promise<void> {
  await rename(folder, `${folder}-lost`)
}

async function findStore({ folder }: House): Promise<void> {
  await rm(folder, { recursive: true })
  await rename(`${folder}-lost`, folder)
}

/** The queue tries for hours; this brings the last try forward. */
async function isLastTry({ ownerUrl }: House): Promise<void> {
  await asOwner(
    ownerUrl,
    sql => sql`
      update graphile_worker._private_jobs set max_attempts = 1
      where task_id = (select id from graphile_worker._private_tasks where identifier = 'build_package')`
  )
}

function answersTo({ letterbox }: House, email: string): string[] {
  const sent = letterbox.messages.filter(
    ({ to, parsed }) => to.includes(email) && parsed.subject?.startsWith('Our answer')
  )
  return sent.map(({ parsed }) => parsed.text ?? '')
}
