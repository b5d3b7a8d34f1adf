// Many at once: one wins, and nothing happens twice.

import t from 'tap'
import { openHouse, type TenantInHouse } from '../support/house.ts'

const AT_ONCE = 50

t.test('Fifty people refuse the same request at the same moment', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const id = await openOne(tenant)
  const confirmed = await tenant.agent.post(`/v1/requests/${id}/verification/confirmation`, {
    method: 'in_person',
    note: 'At the desk.'
  })
  t.equal(confirmed.statusCode, 201)
  await house.doPromisedWork()
  const before = house.letterbox.messages.length

  const refusal = { ground: 'excessive_abusive', reasons: 'Asked only to be paid for not asking.' }
  const answers = await Promise.all(
    Array.from({ length: AT_ONCE }, () => tenant.agent.post(`/v1/requests/${id}/refusal`, refusal))
  )
  t.same(count(answers.map(answer => answer.statusCode)), { 201: 1, 409: AT_ONCE - 1 }, 'one of them wins')

  const { previewHash } = (await tenant.approver.get(`/v1/requests/${id}/response`)).json()
  const sent = await Promise.all(
    Array.from({ length: AT_ONCE }, () => tenant.approver.post(`/v1/requests/${id}/response`, { previewHash }))
  )
  t.same(count(sent.map(answer => answer.statusCode)), { 201: 1, 409: AT_ONCE - 1 }, 'and one of them sends the answer')

  await Promise.all([house.doPromisedWork(), house.doPromisedWork()])
  t.equal(house.letterbox.messages.length - before, 1, 'the person hears of it once')
  const { data } = (await tenant.agent.get(`/v1/requests/${id}/events?limit=100`)).json()
  const kinds = data.map((event: { kind: string }) => event.kind)
  t.equal(kinds.filter((kind: string) => kind === 'refuse').length, 1, 'the history has it once')
  t.equal(kinds.filter((kind: string) => kind === 'respond').length, 1)
})

t.test('The same call with one Idempotency-Key, thirty-two at once', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const body = { rights: ['access', 'erasure'], subject: { email: 'mia@example.com' } }
  const headers = { 'idempotency-key': 'order-4711' }

  const answers = await Promise.all(
    Array.from({ length: 32 }, () => tenant.integration.post('/v1/requests', body, headers))
  )
  t.same(count(answers.map(answer => answer.statusCode)), { 201: 32 }, 'each is answered as the first was')
  t.equal(new Set(answers.map(answer => answer.json().caseId)).size, 1, 'with one case')
  t.equal((await tenant.agent.get('/v1/requests')).json().data.length, 2, 'and one request for each right')

  const other = await tenant.integration.post('/v1/requests', { ...body, rights: ['access'] }, headers)
  t.match(other.json(), { status: 422, code: 'idempotency_key_reused' }, 'the same key for another call is refused')
  const theirs = await (await house.tenant()).integration.post('/v1/requests', body, headers)
  t.not(theirs.json().caseId, answers[0]?.json().caseId, "and is nobody else's key")
})

t.test('Two agents edit the request that both have read', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const id = await openOne(tenant)
  const read = await tenant.agent.get(`/v1/requests/${id}`)
  const ifMatch = { 'if-match': String(read.headers.etag) }

  t.equal(
    (await tenant.agent.patch(`/v1/requests/${id}`, { assignee: 'anna' }, ifMatch)).statusCode,
    200,
    'the first is taken'
  )
  const second = await tenant.approver.patch(`/v1/requests/${id}`, { assignee: 'bo' }, ifMatch)
  t.match(second.json(), { status: 412, code: 'version_stale' }, 'the second is told that it changed')
  t.equal((await tenant.agent.get(`/v1/requests/${id}`)).json().assignee, 'anna', 'and changes nothing')
})

async function openOne(tenant: TenantInHouse): Promise<string> {
  const answer = await tenant.agent.post('/v1/requests', {
    rights: ['access'],
    subject: { name: 'Mia Holm', email: 'mia@example.com' },
    verification: { method: 'none' }
  })
  return answer.json().requests[0].id
}

function count(values: readonly number[]): Record<number, number> {
  return Object.fromEntries([...new Set(values)].map(value => [value, values.filter(one => one === value).length]))
}
