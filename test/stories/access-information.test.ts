// What a person who asks for a copy is told of the decisions that a machine takes about them (GDPR Art. 15(1)(h)).

import t from 'tap'
import { addSystem, askAndStart, dataCategory, onlyTaskOf, well } from '../support/fulfilment.ts'
import { openHouse, type TenantInHouse } from '../support/house.ts'
import { unzip } from '../support/unzip.ts'

const SUSPENSION = {
  decision: 'Suspension of an account',
  logic: 'Sign-ins are scored by place and device; over 90 points suspend the account.',
  significance: 'You cannot sign in until somebody has looked at it.',
  consequences: 'Orders under way are held back.',
  categories: ['sign-ins']
}

t.test('A system that decides by itself', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'guard', [dataCategory('sign-ins'), dataCategory('notes')], {
    automatedDecisions: [SUSPENSION]
  })
  const requestId = await askAndStart(tenant, 'access')
  await handIn(tenant, requestId)
  await house.doPromisedWork()
  const { previewHash } = await well<{ previewHash: string }>(tenant.agent.get(`/v1/requests/${requestId}/response`))
  await well(tenant.approver.post(`/v1/requests/${requestId}/response`, { previewHash }))
  await house.doPromisedWork()

  await t.test('is described in the letter: logic, data, significance and consequences', async t => {
    const letter = await house.letterbox.waitFor(mail => /Our answer/.test(mail.parsed.subject ?? ''))
    const text = letter.parsed.text?.replaceAll(/\s+/g, ' ')
    t.match(text, `${SUSPENSION.decision}: how it is made: ${SUSPENSION.logic}`)
    t.match(text, `${SUSPENSION.decision}: data it rests on: sign-ins`)
    t.match(text, `${SUSPENSION.decision}: what it means for you: ${SUSPENSION.significance}`)
    t.match(text, `${SUSPENSION.decision}: what follows from it: ${SUSPENSION.consequences}`)
    t.notMatch(text, /No decision about you is taken by a machine alone/)
  })

  await t.test('and in the package, on its page and for programs', async t => {
    const { rawPayload } = await tenant.agent.get(`/v1/requests/${requestId}/package`)
    const entries = await unzip(rawPayload)
    t.match(JSON.parse(String(entries.get('article-15.json'))), { automatedDecisions: [SUSPENSION] })
    const page = String(entries.get('index.html'))
    for (const words of Object.values(SUSPENSION).flat()) t.match(page, words)
  })

  await t.test('but not to somebody who asked about other data', async t => {
    const narrow = await askAndStart(tenant, 'access', { email: 'ida@example.com', details: { categories: ['notes'] } })
    await handIn(tenant, narrow)
    const { text } = await well<{ text: string }>(tenant.agent.get(`/v1/requests/${narrow}/response`))
    t.notMatch(text, SUSPENSION.decision)
  })
})

t.test('Somebody who names data in their own words is told of what was searched', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'guard', [dataCategory('sign-ins'), dataCategory('notes')], {
    automatedDecisions: [SUSPENSION]
  })
  const toldOf = async (email: string, categories: string[]) => {
    const requestId = await askAndStart(tenant, 'access', { email, details: { categories } })
    await handIn(tenant, requestId)
    await house.doPromisedWork()
    const { text } = await well<{ text: string }>(tenant.agent.get(`/v1/requests/${requestId}/response`))
    const { rawPayload } = await tenant.agent.get(`/v1/requests/${requestId}/package`)
    const { systems } = JSON.parse(String((await unzip(rawPayload)).get('article-15.json')))
    const named = systems[0].categories.map(({ name }: { name: string }) => name)
    t.same(
      ['sign-ins', 'notes'].filter(name => text.includes(`${name}: purposes`)),
      named,
      'by the letter and the package alike'
    )
    t.equal(text.includes(SUSPENSION.decision), named.includes('sign-ins'), 'with the decisions that rest on it')
    return named
  }
  t.same(await toldOf('a@example.com', ['Sign-Ins']), ['sign-ins'], 'however they write it')
  t.same(
    await toldOf('b@example.com', ['my letters of May']),
    ['sign-ins', 'notes'],
    'everything, where that was searched'
  )
  t.same(await toldOf('c@example.com', ['notes', 'my letters of May']), ['sign-ins', 'notes'])
})

t.test('A decision is described in a way that holds together', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const add = (system: object) =>
    tenant.admin.post('/v1/systems', { slug: 'guard', name: 'Guard', location: 'EU', ...system })
  const categories = [dataCategory('sign-ins')]

  await t.test('on data that the system holds', async t => {
    const elsewhere = { ...SUSPENSION, categories: ['sign-ins', 'salary'] }
    t.match((await add({ categories, automatedDecisions: [elsewhere] })).json(), {
      code: 'invalid',
      errors: [{ pointer: '/automatedDecisions/0/categories/1', rule: 'oneOf', fix: /sign-ins/ }]
    })
    t.match((await add({ personalData: 'none', automatedDecisions: [SUSPENSION] })).json(), {
      errors: [{ pointer: '/automatedDecisions/0/categories/0' }]
    })
  })

  await t.test('once', async t => {
    t.match((await add({ categories, automatedDecisions: [SUSPENSION, SUSPENSION] })).json(), {
      errors: [{ pointer: '/automatedDecisions/1/decision', rule: 'unique' }]
    })
  })

  await t.test('and in words', async t => {
    const { significance: _, ...unsaid } = SUSPENSION
    t.match((await add({ categories, automatedDecisions: [unsaid] })).json(), {
      errors: [{ pointer: '/automatedDecisions/0/significance', rule: 'required' }]
    })
    t.match((await add({ categories, automatedDecisions: [{ ...SUSPENSION, logic: ' \n' }] })).json(), {
      errors: [{ pointer: '/automatedDecisions/0/logic', rule: 'pattern' }]
    })
  })

  await t.test('and a category that it rests on is not taken away under it', async t => {
    const id = await well<{ id: string }>(add({ categories, automatedDecisions: [SUSPENSION] })).then(made => made.id)
    const renamed = await changeOf(tenant, id, { categories: [dataCategory('logins')] })
    t.match(renamed, { errors: [{ pointer: '/automatedDecisions/0/categories/0' }] })
    t.match(await changeOf(tenant, id, { automatedDecisions: [] }), { automatedDecisions: [], version: 2 })
  })
})

async function changeOf(tenant: TenantInHouse, id: string, changes: object): Promise<object> {
  return (await tenant.admin.patch(`/v1/systems/${id}`, changes)).json()
}

async function handIn(tenant: TenantInHouse, requestId: string): Promise<void> {
  const { id } = await onlyTaskOf(tenant.agent, requestId)
  const ndjson = { 'content-type': 'application/x-ndjson' }
  await well(tenant.agent.put(`/v1/tasks/${id}/records/notes`, '{"note":"hello"}\n', ndjson))
  await well(tenant.agent.post(`/v1/tasks/${id}/completion`, { result: 'done' }))
}
