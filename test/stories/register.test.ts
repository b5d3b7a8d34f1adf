// The register from the street: objections and erasures reach the products that ask before they process.

import t from 'tap'
import { enterRegister } from '../../src/actions/register/enter-register.ts'
import { SYSTEM } from '../../src/domain/actor.ts'
import { inTenant } from '../../src/storage/database.ts'
import { lockSubjectRequest } from '../../src/storage/subject-requests.ts'
import { addSystem, ask, askAndStart, dataCategory, eventsOf, kindsOf } from '../support/fulfilment.ts'
import { openHouse } from '../support/house.ts'
import { check, entriesOf, mayProcess } from '../support/register.ts'

t.test('An objection', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [
    dataCategory('account'),
    dataCategory('usage', { purposes: ['Usage analytics'], legalBasis: 'legitimate_interests' }),
    dataCategory('leads', {
      purposes: ['Newsletter', 'Look-alike audiences'],
      legalBasis: 'legitimate_interests',
      directMarketing: true
    })
  ])

  await t.test('to one purpose restricts that one until it is weighed', async t => {
    await askAndStart(tenant, 'objection', {
      email: 'ida@example.com',
      details: { purpose: 'usage analytics', directMarketing: false }
    })
    const found = await check(tenant, 'usage_analytics', { email: 'ida@example.com' })
    t.match(
      found,
      { mayProcess: false, because: [{ kind: 'restricted', purpose: 'usage_analytics' }] },
      'GDPR Art. 18(1)(d)'
    )
    t.equal(await mayProcess(tenant, 'Usage-Analytics', 'ida@example.com'), false, 'as anybody may write it')
    t.equal(await mayProcess(tenant, 'providing the service', 'ida@example.com'), true)
  })

  await t.test('to direct marketing ends all of it at once, and only that', async t => {
    await askAndStart(tenant, 'objection', {
      email: 'ola@example.com',
      details: { purpose: 'newsletter', directMarketing: true }
    })
    const entries = await entriesOf(tenant, 'email=ola%40example.com')
    t.same(entries.map(entry => `${entry.kind} ${entry.purpose}`).sort(), [
      'objected direct_marketing',
      'objected newsletter'
    ])
    for (const purpose of ['newsletter', 'direct marketing', 'look-alike audiences'])
      t.equal(await mayProcess(tenant, purpose, 'ola@example.com'), false, purpose)
    t.equal(await mayProcess(tenant, 'providing the service', 'ola@example.com'), true)
    t.equal(await mayProcess(tenant, 'spring greetings', 'ola@example.com'), true, 'nobody said that this is marketing')
    t.equal(
      await mayProcess(tenant, 'spring greetings', 'ola@example.com', { directMarketing: true }),
      false,
      'until they do'
    )
  })

  await t.test('in a sentence instead of a name is to everything, and the sentence is not kept', async t => {
    const purpose = 'Stop writing about Eva Lind to my boss!'
    await askAndStart(tenant, 'objection', { email: 'eva@example.com', details: { purpose, directMarketing: false } })
    t.same(
      (await entriesOf(tenant, 'email=eva%40example.com')).map(entry => entry.purpose),
      [null]
    )
    t.equal(await mayProcess(tenant, 'billing', 'eva@example.com'), false)
  })
})

t.test('An erasure', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const id = await ask(tenant, 'erasure', { email: 'kim@example.com' })
  const who = () => ({ tenantId: tenant.id, actor: SYSTEM, now: house.now() })
  const enter = () =>
    inTenant(
      house.db,
      who(),
      async scope =>
        await enterRegister(scope, await lockSubjectRequest(scope, id), [{ kind: 'erased', purpose: null }])
    )
  await enter()

  await t.test('leaves nobody to be processed for anything, storage included', async t => {
    for (const purpose of ['storage', 'billing'])
      t.equal(await mayProcess(tenant, purpose, 'kim@example.com'), false, purpose)
  })

  await t.test('is entered once, however often it is done', async t => {
    await Promise.all([enter(), enter(), enter()])
    t.equal((await entriesOf(tenant, `requestId=${id}`)).length, 1)
    t.equal(kindsOf(await eventsOf(house, id)).filter(kind => kind === 'register_entered').length, 1)
  })

  await t.test('is lifted when the person comes back, for reasons that end an erasure', async t => {
    const [entry] = await entriesOf(tenant)
    const path = `/v1/register/${entry!.id}/lifting`
    const wrong = await tenant.agent.post(path, { because: 'objection_decided' })
    t.equal(wrong.statusCode, 422)
    t.match(wrong.json(), { errors: [{ pointer: '/because', rule: 'enum' }] })
    t.match(
      (
        await tenant.agent.post(`/v1/register/${entry!.id}/notice`, {
          because: 'person_returned',
          note: 'x',
          liftsOn: '2026-03-01'
        })
      ).json(),
      { code: 'invalid' }
    )
    t.equal((await tenant.agent.post(`${path}?dryRun=true`, { because: 'person_returned' })).statusCode, 201)
    t.equal(await mayProcess(tenant, 'billing', 'kim@example.com'), false, 'a rehearsal lifts nothing')
    t.equal((await tenant.agent.post(path, { because: 'person_returned' })).statusCode, 201)
    t.equal(await mayProcess(tenant, 'billing', 'kim@example.com'), true)
  })

  await t.test('is lifted once by two who try together', async t => {
    await enter()
    const [entry] = await entriesOf(tenant, 'standing=true')
    const answers = await Promise.all(
      [1, 2, 3].map(() => tenant.agent.post(`/v1/register/${entry!.id}/lifting`, { because: 'person_returned' }))
    )
    t.same(answers.map(answer => answer.statusCode).sort(), [201, 409, 409])
  })
})
