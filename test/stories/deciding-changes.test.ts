// Corrections that a person proposes: accepted or rejected one by one, sent to the systems as accepted, and told as they ended.

import t from 'tap'
import {
  addSystem,
  ask,
  askAndStart,
  dataCategory,
  eventsOf,
  onlyTaskOf,
  requestOf,
  tasksOf,
  well
} from '../support/fulfilment.ts'
import { openHouse, type TenantInHouse } from '../support/house.ts'
import { lastLetterTo } from '../support/seeded-tenant.ts'

const NAME = { field: 'last name', current: 'Holn', proposed: 'Holm' }
const SCORE = { field: 'score', current: '3', proposed: '10' }
const REJECTED = {
  field: 'score',
  accepted: false,
  ground: 'accurate_as_recorded',
  note: 'It was computed from your orders.'
}

t.test('Of two corrections one is rejected before the work starts', async t => {
  const { house, tenant } = await furnished(t)
  const id = await ask(tenant, 'rectification', { details: { changes: [NAME, SCORE] } })

  await t.test('as the next step offers', async t => {
    const seen = await requestOf(tenant, id)
    t.match(seen.nextStep, { action: 'start', sentence: /Reject what is not to be changed/ })
    t.ok(seen.allowedActions.includes('decide'))
    const decided = await decide(tenant, id, { changes: [REJECTED] })
    t.match(decided.json(), { state: 'verified', outcome: null })
    const event = (await eventsOf(house, id)).at(-1)
    t.match(event, { kind: 'decided', mover: 'agent', data: { changes: 1, rejected: 1 } })
    t.notMatch(JSON.stringify(event), 'score', 'without the field')
  })

  await t.test('and a system is sent the other one alone', async t => {
    await well(tenant.agent.post(`/v1/requests/${id}/fulfilment`))
    const { details } = await onlyTaskOf(tenant.integration, id)
    t.match(details, { changes: [{ ...NAME, evidence: null }] })
    t.equal(details?.changes.length, 1)
  })

  await t.test('so the outcome is partial, and the letter says why', async t => {
    await complete(tenant, id, { result: 'done', changes: [{ field: 'last name', before: 'Holn', after: 'Holm' }] })
    t.match(await requestOf(tenant, id), {
      state: 'in_review',
      outcome: 'partly_granted',
      ground: 'accurate_as_recorded'
    })
    const letter = await answer(house.doPromisedWork, tenant, id, () => lastLetterTo(house, 'mia@example.com'))
    t.match(letter, 'last name: corrected')
    t.match(letter, /score: .*In this case: It was computed from your orders\./)
    t.notMatch(letter, 'score: corrected')
    t.notMatch(letter, /Holn|We did what you asked for/)
  })
})

t.test('Each correction that is rejected', async t => {
  const { tenant } = await furnished(t)
  const id = await ask(tenant, 'rectification', { details: { changes: [NAME, SCORE] } })
  const before = await requestOf(tenant, id)
  const rows: [object, object, string][] = [
    [{ ...REJECTED, ground: 'nonsense' }, { code: 'ground_not_available' }, 'has a ground that the law offers'],
    [{ ...REJECTED, ground: undefined }, { errors: [{ pointer: '/changes/0/ground', rule: 'required' }] }, 'names it'],
    [{ ...REJECTED, note: undefined }, { errors: [{ pointer: '/changes/0/note', rule: 'required' }] }, 'and the facts'],
    [{ ...REJECTED, field: 'shoe size' }, { errors: [{ pointer: '/changes/0/field', rule: 'oneOf' }] }, 'was proposed']
  ]
  for (const [change, problem, fact] of rows) {
    const refused = await decide(tenant, id, { changes: [change] })
    t.equal(refused.statusCode, 422)
    t.match(refused.json(), problem, fact)
  }
  const early = await decide(tenant, id, { changes: [REJECTED], reasons: 'It is right.' })
  t.match(early.json(), { errors: [{ pointer: '/reasons', rule: 'onlyInReview' }] }, 'says what is said of it alone')
  const twice = await decide(tenant, id, { changes: [REJECTED, { field: 'score', accepted: true }] })
  t.match(twice.json(), { errors: [{ pointer: '/changes/1/field', rule: 'unique' }] }, 'is decided once')
  t.equal((await requestOf(tenant, id)).version, before.version, 'and nothing of it is kept otherwise')
})

t.test('When every correction is rejected', async t => {
  const { house, tenant } = await furnished(t)
  const id = await ask(tenant, 'rectification', { details: { changes: [SCORE] } })
  await decide(tenant, id, { changes: [REJECTED] })
  await well(tenant.agent.post(`/v1/requests/${id}/fulfilment`))

  t.same(await tasksOf(tenant.agent, id), {}, 'no system is asked for anything')
  t.match(await requestOf(tenant, id), { state: 'in_review', outcome: 'refused', ground: 'accurate_as_recorded' })
  const letter = await answer(house.doPromisedWork, tenant, id, () => lastLetterTo(house, 'mia@example.com'))
  t.match(letter, /score: .*computed from your orders/)
  t.match(letter, /court/, 'and the person reads where to go with it')
})

t.test('What is decided in review', async t => {
  const { tenant } = await furnished(t)
  const inReview = async (email: string) => {
    const id = await askAndStart(tenant, 'rectification', { email, details: { changes: [NAME, SCORE] } })
    await complete(tenant, id, { result: 'done' })
    return id
  }

  await t.test('cannot be called granted where something is rejected', async t => {
    const id = await inReview('a@example.com')
    t.match(await requestOf(tenant, id), { outcome: 'granted' }, 'starting accepts what nobody rejected')
    const decided = await decide(tenant, id, { outcome: 'granted', changes: [REJECTED] })
    t.match(decided.json(), { outcome: 'partly_granted', ground: 'accurate_as_recorded' })
    const all = await decide(tenant, id, {
      outcome: 'granted',
      changes: [{ ...REJECTED, field: 'last name' }]
    })
    t.match(all.json(), { outcome: 'refused' }, 'and nothing at all where all are')
  })

  await t.test('cannot be called refused where everything is accepted', async t => {
    const id = await inReview('b@example.com')
    const refused = await decide(tenant, id, {
      outcome: 'refused',
      ground: 'accurate_as_recorded',
      reasons: 'It is right.',
      changes: [{ field: 'score', accepted: true }]
    })
    t.match(refused.json(), { status: 409, code: 'outcome_not_possible' })
  })

  await t.test('says how the request ends', async t => {
    const id = await inReview('c@example.com')
    const refused = await decide(tenant, id, { changes: [REJECTED] })
    t.match(refused.json(), { errors: [{ pointer: '/outcome', rule: 'required' }] })
  })
})

t.test('A correction that is proposed once the work has begun', async t => {
  const { tenant } = await furnished(t)
  const id = await askAndStart(tenant, 'rectification', { details: { changes: [NAME] } })
  await well(tenant.agent.put(`/v1/requests/${id}/details`, { changes: [NAME, SCORE] }))
  const fields = async () => (await onlyTaskOf(tenant.integration, id)).details?.changes.map(change => change.field)
  t.same(await fields(), ['last name'], 'is sent to no system before somebody accepts it')

  await t.test('nor passed over in the answer', async t => {
    const other = await askAndStart(tenant, 'rectification', { email: 'o@example.com', details: { changes: [NAME] } })
    await well(tenant.agent.put(`/v1/requests/${other}/details`, { changes: [NAME, SCORE] }))
    await complete(tenant, other, { result: 'done' })
    const preview = await tenant.agent.get(`/v1/requests/${other}/response`)
    t.match(preview.json(), { code: 'outcome_not_possible', detail: /neither accepted nor rejected/ })
  })

  await t.test('nor called not found, where nobody was asked for it', async t => {
    const other = await askAndStart(tenant, 'rectification', { email: 'n@example.com', details: { changes: [NAME] } })
    await well(tenant.agent.put(`/v1/requests/${other}/details`, { changes: [SCORE] }))
    await complete(tenant, other, { result: 'nothing_found' })
    const preview = await tenant.agent.get(`/v1/requests/${other}/response`)
    t.match(preview.json(), { code: 'outcome_not_possible', detail: /neither accepted nor rejected/ })
  })

  t.equal((await decide(tenant, id, { changes: [{ field: 'score', accepted: true }] })).statusCode, 200)
  t.same(await fields(), ['last name', 'score'])

  await well(tenant.agent.put(`/v1/requests/${id}/details`, { changes: [NAME, { ...SCORE, proposed: '12' }] }))
  t.same(await fields(), ['last name'], 'and one that reads otherwise now is for somebody to accept again')
})

t.test('A correction that was rejected stays so when the answer is taken back', async t => {
  const { tenant } = await furnished(t)
  const refusal = { ground: 'accurate_as_recorded', reasons: 'Both are right.' }
  const askedAfterRework = async (id: string, taskIds: string[] = []) => {
    await well(tenant.agent.post(`/v1/requests/${id}/rework`, { taskIds, note: 'The name was wrong after all.' }))
    return (await onlyTaskOf(tenant.agent, id)).details?.changes.map(({ field }) => field)
  }

  await t.test('before the work', async t => {
    const id = await ask(tenant, 'rectification', { details: { changes: [NAME, SCORE] } })
    await decide(tenant, id, { changes: [REJECTED] })
    await well(tenant.agent.post(`/v1/requests/${id}/refusal`, refusal))
    t.same(await askedAfterRework(id), ['last name'])
  })

  await t.test('once passed on to somebody who is not responsible either', async t => {
    const id = await ask(tenant, 'rectification', { email: 'f@example.com', details: { changes: [NAME, SCORE] } })
    await decide(tenant, id, { changes: [REJECTED] })
    const controller = { name: 'Globex A/S', email: 'privacy@globex.example' }
    await well(tenant.agent.post(`/v1/requests/${id}/forwarding`, { controller }))
    t.same(await askedAfterRework(id), ['last name'])
  })

  await t.test('and after it', async t => {
    const id = await ask(tenant, 'rectification', { email: 'r@example.com', details: { changes: [NAME, SCORE] } })
    await decide(tenant, id, { changes: [REJECTED] })
    await well(tenant.agent.post(`/v1/requests/${id}/fulfilment`))
    await complete(tenant, id, { result: 'done' })
    t.equal((await decide(tenant, id, { outcome: 'refused', ...refusal })).statusCode, 200)
    t.same(await askedAfterRework(id, [(await onlyTaskOf(tenant.agent, id)).id]), ['last name'])
  })
})

t.test('Before identity is proven nothing is decided', async t => {
  const { tenant } = await furnished(t)
  const id = await ask(tenant, 'rectification', { details: { changes: [SCORE] }, proven: false })
  const refused = await decide(tenant, id, { changes: [REJECTED] })
  t.match(refused.json(), { status: 409, code: 'move_not_allowed' })
  const other = await ask(tenant, 'access', { email: 'o@example.com' })
  t.match((await decide(tenant, other, { outcome: 'granted' })).json(), { code: 'move_not_allowed' }, 'nor an outcome')
})

async function furnished(test: Parameters<typeof openHouse>[0]) {
  const house = await openHouse(test)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('account')])
  return { house, tenant }
}

const decide = (tenant: TenantInHouse, id: string, body: object) =>
  tenant.agent.put(`/v1/requests/${id}/decision`, body)

async function complete(tenant: TenantInHouse, requestId: string, report: object): Promise<void> {
  const { id } = await onlyTaskOf(tenant.agent, requestId)
  await well(tenant.agent.post(`/v1/tasks/${id}/completion`, report))
}

async function answer(
  doPromisedWork: () => Promise<void>,
  tenant: TenantInHouse,
  id: string,
  read: () => string
): Promise<string> {
  const path = `/v1/requests/${id}/response`
  const { previewHash } = await well<{ previewHash: string }>(tenant.approver.get(path))
  await well(tenant.approver.post(path, { previewHash }))
  await doPromisedWork()
  return read()
}
