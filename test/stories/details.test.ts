// What a right cannot be fulfilled without: asked on the page, recorded by staff, and waited for before anything starts.

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
import { type House, openHouse, type TenantInHouse } from '../support/house.ts'
import { entriesOf, mayProcess } from '../support/register.ts'
import { lastLetterTo } from '../support/seeded-tenant.ts'
import { linkIn, visitorTo } from '../support/visitor.ts'

t.test('"Stop sending me advertising", on the page', async t => {
  const { house, tenant } = await furnished(t)
  const id = await askOnPage(house, tenant, 'ads@example.com', {
    rights: 'objection',
    'about-objection': 'advertising',
    details: 'Stop sending me advertising.'
  })

  await t.test('ends it with the proof of identity', async t => {
    t.equal(await mayProcess(tenant, 'newsletter', 'ads@example.com'), false)
    t.match((await requestOf(tenant, id)).details, { directMarketing: true, text: 'Stop sending me advertising.' })
  })

  await t.test('and can only be granted', async t => {
    const refusal = { ground: 'compelling_grounds', reasons: 'We like to write.' }
    const refused = await tenant.agent.post(`/v1/requests/${id}/refusal`, refusal)
    t.match(refused.json(), { status: 422, code: 'ground_not_available', allowed: ['identity_not_confirmed'] })
    await well(tenant.agent.post(`/v1/requests/${id}/fulfilment`))
    const { id: taskId, details } = await onlyTaskOf(tenant.integration, id)
    t.match(details, { directMarketing: true, text: 'Stop sending me advertising.' }, 'the system reads what was asked')
    await well(tenant.integration.post(`/v1/tasks/${taskId}/claim`))
    await well(tenant.integration.post(`/v1/tasks/${taskId}/completion`, { result: 'done' }))
    t.match(await answer(house, tenant, id, 'ads@example.com'), 'your data for direct marketing')
  })
})

t.test('An objection of which nobody knows what it is about', async t => {
  const { house, tenant } = await furnished(t)
  const email = 'what@example.com'
  const id = await askOnPage(house, tenant, email, { rights: 'objection', details: 'I object.' })

  await t.test('does not start, and staff are told what to do', async t => {
    const seen = await requestOf(tenant, id)
    t.match(seen.nextStep, { action: 'set_details', who: 'staff', sentence: /whether it is about direct marketing/ })
    t.notOk(seen.allowedActions.includes('start'))
    t.ok(seen.allowedActions.includes('set_details'))
    t.match(lastLetterTo(house, 'team@house.example'), 'before you have recorded or decided something')
    const started = await tenant.agent.post(`/v1/requests/${id}/fulfilment`)
    t.match(started.json(), {
      status: 409,
      code: 'details_missing',
      anyOf: ['directMarketing', 'purpose'],
      detail: /PUT \/v1\/requests\/\{id\}\/details/
    })
  })

  await t.test('nor is it refused on what would be no ground against advertising', async t => {
    const refusal = { ground: 'compelling_grounds', reasons: 'Fraud would go unseen.' }
    const refused = await tenant.agent.post(`/v1/requests/${id}/refusal`, refusal)
    t.match(refused.json(), { status: 409, code: 'details_missing' })
  })

  await t.test('and follows what staff record of it', async t => {
    const before = await requestOf(tenant, id)
    const path = `/v1/requests/${id}/details`
    const rehearsed = await tenant.agent.put(`${path}?dryRun=true`, { directMarketing: true })
    t.equal(rehearsed.statusCode, 200)
    t.notOk((await entriesOf(tenant)).some(entry => entry.kind === 'objected'))

    const set = await well<typeof before>(
      tenant.agent.put(path, { directMarketing: true }, { 'if-match': `"${before.version}"` })
    )
    t.match(set, { details: { directMarketing: true, text: 'I object.' }, nextStep: { action: 'start' } })
    t.ok(
      (await entriesOf(tenant)).some(entry => entry.kind === 'objected' && entry.purpose === 'direct_marketing'),
      'the register holds it at once'
    )
    const event = (await eventsOf(house, id)).find(({ kind }) => kind === 'details_set')
    t.match(event, { mover: 'agent', data: { directMarketing: true, fields: ['directMarketing'] } })
    t.notMatch(JSON.stringify(event), 'I object')
    const stale = await tenant.agent.put(path, { directMarketing: false }, { 'if-match': `"${before.version}"` })
    t.equal(stale.json().code, 'version_stale')

    await well(tenant.agent.put(path, { directMarketing: true }))
    t.equal((await eventsOf(house, id)).filter(({ kind }) => kind === 'details_set').length, 1, 'once')
    await well(tenant.agent.post(`/v1/requests/${id}/fulfilment`))
    t.same(Object.keys(await tasksOf(tenant.agent, id)), ['newsletter'])
  })
})

t.test('What staff record of a request', async t => {
  const { tenant } = await furnished(t)
  const id = await ask(tenant, 'restriction', { details: { ground: 'accuracy_contested', text: 'It is wrong.' } })
  const put = (body: object, who = tenant.agent) => who.put(`/v1/requests/${id}/details`, body)

  await t.test('is checked as when it came in', async t => {
    const rows: [object, object][] = [
      [{}, { pointer: '/ground', rule: 'required' }],
      [{ ground: 'because' }, { pointer: '/ground', rule: 'enum' }],
      [
        { ground: 'unlawful_but_keep', purpose: 'x' },
        { pointer: '/purpose', rule: 'notForThisRight' }
      ],
      [{ restriction: { ground: 'unlawful_but_keep' } }, { pointer: '/restriction', rule: 'unknown' }]
    ]
    for (const [body, fault] of rows) {
      const refused = await put(body)
      t.equal(refused.statusCode, 422)
      t.match(refused.json().errors, [fault], JSON.stringify(body))
    }
  })

  await t.test('is for staff to say', async t => {
    t.equal((await put({ ground: 'unlawful_but_keep' }, tenant.auditor)).statusCode, 403)
    t.equal((await put({ ground: 'unlawful_but_keep' }, tenant.integration)).statusCode, 403)
  })

  await t.test('makes what was decided before a question again', async t => {
    await well(tenant.agent.post(`/v1/requests/${id}/fulfilment`))
    for (const task of Object.values(await tasksOf(tenant.agent, id)))
      await well(tenant.agent.post(`/v1/tasks/${task.id}/completion`, { result: 'done' }))
    t.match(await requestOf(tenant, id), { state: 'in_review', outcome: 'granted' })
    const set = await put({ ground: 'needed_for_claims' })
    t.match(set.json(), { state: 'in_review', outcome: null, nextStep: { action: 'decide' } })
  })

  await t.test('names the ground in the letter', async t => {
    await well(tenant.agent.put(`/v1/requests/${id}/decision`, { outcome: 'granted' }))
    const { text } = await well<{ text: string }>(tenant.agent.get(`/v1/requests/${id}/response`))
    t.match(text, /legal claims/)
    t.notMatch(text, /while we verify/)
  })

  await t.test('until it is answered', async t => {
    const path = `/v1/requests/${id}/response`
    const { previewHash } = await well<{ previewHash: string }>(tenant.approver.get(path))
    await well(tenant.approver.post(path, { previewHash }))
    t.match((await put({ ground: 'accuracy_contested' })).json(), { status: 409, code: 'move_not_allowed' })
  })
})

t.test('A system that was not asked for so much is asked for the rest', async t => {
  const { tenant } = await furnished(t)
  const id = await askAndStart(tenant, 'objection', { details: { purpose: 'analytics', directMarketing: false } })
  t.same(Object.keys(await tasksOf(tenant.agent, id)), ['analytics'])
  await well(tenant.agent.put(`/v1/requests/${id}/details`, { directMarketing: true }))
  t.same(Object.keys(await tasksOf(tenant.agent, id)).sort(), ['analytics', 'newsletter'])
})

t.test('A mail about wrong data', async t => {
  const { house, tenant } = await furnished(t)
  const email = 'mia@example.com'
  const raw = mailFrom(email, 'Correction', 'Please correct my data: my last name is wrong, it is Holm.')
  const { requests } = await well<{ requests: { id: string }[] }>(
    tenant.integration.post('/v1/inbound/email', raw, { 'content-type': 'message/rfc822' })
  )
  const id = requests[0]!.id
  await well(tenant.agent.post(`/v1/requests/${id}/right`, { right: 'rectification' }))
  await proveBy(house, email)
  await well(tenant.agent.post(`/v1/requests/${id}/fulfilment`))

  const { details } = (await tasksOf(tenant.integration, id)).newsletter!
  t.match(details, { text: /my last name is wrong/, changes: [] }, 'reaches the systems in its own words')
})

t.test('Where work starts by itself', async t => {
  const { house, tenant } = await furnished(t, { startsByItself: true })
  const restriction = await askOnPage(house, tenant, 'a@example.com', { rights: 'restriction' })
  const known = await askOnPage(house, tenant, 'b@example.com', {
    rights: 'restriction',
    'about-restriction': 'needed_for_claims'
  })

  t.match(await requestOf(tenant, known), { state: 'in_fulfilment', details: { ground: 'needed_for_claims' } })
  t.match(await requestOf(tenant, restriction), { state: 'verified' }, 'it waits for what is missing')
  t.match(lastLetterTo(house, 'team@house.example'), 'New request', 'staff are told')
  t.equal(
    house.letterbox.messages.filter(({ parsed }) => /before you have recorded/.test(parsed.text ?? '')).length,
    1,
    'and of which of them they have to look at'
  )
  await well(tenant.agent.put(`/v1/requests/${restriction}/details`, { ground: 'unlawful_but_keep' }))
  await house.doPromisedWork()
  t.match(await requestOf(tenant, restriction), { state: 'in_fulfilment' }, 'and goes on once it is recorded')

  const changes = [{ field: 'name', current: 'Mia Hom', proposed: 'Mia Holm' }]
  const correction = await ask(tenant, 'rectification', { email: 'c@example.com', details: { changes } })
  await house.doPromisedWork()
  t.match(await requestOf(tenant, correction), { state: 'verified' }, 'nobody but a person accepts a correction')
})

t.test('The page', async t => {
  const { house, tenant } = await furnished(t)
  const visitor = visitorTo(house.app)
  const home = `/privacy/${tenant.slug}`

  await t.test('asks in words what a right cannot do without', async t => {
    const { body } = await visitor.open(home)
    t.match(body, 'Is it about advertising?')
    t.match(body, 'They are wrong, and you have to check them first')
    t.match((await visitor.open(`${home}?language=da`)).body, 'Drejer det sig om reklame?')
  })

  await t.test('and does not guess whether an answer without its right was meant', async t => {
    const page = await visitor.send(home, {
      rights: 'access',
      email: 'mia@example.com',
      'about-objection': 'advertising'
    })
    t.equal(page.statusCode, 422)
    t.match(page.body, 'something you did not choose')
    t.match(page.body, '<option value="advertising" selected>', 'what was chosen stands there still')
  })
})

async function furnished(test: Parameters<typeof openHouse>[0], policy: object = {}) {
  const house = await openHouse(test)
  const tenant = await house.tenant({ policy })
  await addSystem(tenant, 'analytics', [
    dataCategory('usage', { legalBasis: 'legitimate_interests', purposes: ['analytics'] })
  ])
  await addSystem(tenant, 'newsletter', [
    dataCategory('list', { legalBasis: 'consent', purposes: ['newsletter'], directMarketing: true })
  ])
  return { house, tenant }
}

async function askOnPage(house: House, tenant: TenantInHouse, email: string, fields: Record<string, string>) {
  await visitorTo(house.app).send(`/privacy/${tenant.slug}`, { email, ...fields })
  await proveBy(house, email)
  const { data } = await well<{ data: { id: string }[] }>(tenant.agent.get(`/v1/requests?email=${email}`))
  return data[0]!.id
}

async function proveBy(house: House, email: string): Promise<void> {
  await house.doPromisedWork()
  const { path, code } = linkIn(house, email, 'verify')
  const person = visitorTo(house.app)
  await person.submit(await person.open(path), '/confirmation', { code })
  await house.doPromisedWork()
}

async function answer(house: House, tenant: TenantInHouse, id: string, email: string): Promise<string> {
  const path = `/v1/requests/${id}/response`
  const { previewHash } = await well<{ previewHash: string }>(tenant.approver.get(path))
  await well(tenant.approver.post(path, { previewHash }))
  await house.doPromisedWork()
  return lastLetterTo(house, email)
}

function mailFrom(from: string, subject: string, text: string): string {
  return [
    `From: ${from}`,
    'To: privacy@house.example',
    `Subject: ${subject}`,
    'Message-ID: <1@mail>',
    '',
    text,
    ''
  ].join('\r\n')
}
