// A restriction from the street: it stands at once, and ends only after the person was told (GDPR Art. 18).

import type { LightMyRequestResponse } from 'fastify'
import t from 'tap'
import { liftAfterNotice, liftRegister } from '../../src/actions/register/lift-register.ts'
import { SYSTEM } from '../../src/domain/actor.ts'
import { inTenant } from '../../src/storage/database.ts'
import { lockSubjectRequest } from '../../src/storage/subject-requests.ts'
import { asOwner } from '../support/cluster.ts'
import { addSystem, askAndStart, dataCategory, eventsOf, kindsOf, well } from '../support/fulfilment.ts'
import { openHouse } from '../support/house.ts'
import { check, entriesOf, mayProcess } from '../support/register.ts'

const codeOf = (answer: LightMyRequestResponse): string => answer.json<{ code: string }>().code

t.test('A restriction', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const neighbour = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('account')])
  t.equal(await mayProcess(tenant, 'statistics'), true)
  const requestId = await askAndStart(tenant, 'restriction', { details: { ground: 'accuracy_contested' } })

  await t.test('stands at once, before any system has done anything', async t => {
    t.same(await check(tenant, 'statistics', { ref: 'mia', email: 'mia@example.com' }), {
      ref: 'mia',
      mayProcess: false,
      because: [{ kind: 'restricted', purpose: null, since: '2026-02-20T10:00:00.000Z' }]
    })
  })

  await t.test('lets the data be stored, and nothing else be done', async t => {
    t.equal(await mayProcess(tenant, 'storage'), true, 'GDPR Art. 18(2)')
    for (const purpose of ['newsletter', 'billing', 'Providing the service'])
      t.equal(await mayProcess(tenant, purpose), false, purpose)
  })

  await t.test('is found under every name of the person, however it is spelled', async t => {
    for (const email of ['MIA@example.com', 'mia@EXAMPLE.COM', ' mia@example.com '])
      t.equal(await mayProcess(tenant, 'statistics', email), false, email)
    const byId = { identifiers: [{ kind: 'user_id', value: 'u-mia@example.com' }] }
    t.equal((await check(tenant, 'statistics', byId)).mayProcess, false)
    const oneOfTwo = {
      email: 'new-address@example.com',
      identifiers: [{ kind: 'user_id', value: 'u-mia@example.com' }]
    }
    t.equal((await check(tenant, 'statistics', oneOfTwo)).mayProcess, false, 'one known name is enough')
  })

  await t.test('concerns nobody else, and no other tenant', async t => {
    t.equal(await mayProcess(tenant, 'statistics', 'mia2@example.com'), true)
    const otherKind = { identifiers: [{ kind: 'customer_number', value: 'u-mia@example.com' }] }
    t.equal((await check(tenant, 'statistics', otherKind)).mayProcess, true, 'the same value of another kind')
    t.equal(await mayProcess(neighbour, 'statistics'), true)
    t.same(await entriesOf(neighbour), [])
  })

  const [entry] = await entriesOf(tenant, 'standing=true')

  await t.test('is not lifted before the person was told', async t => {
    const refused = await tenant.agent.post(`/v1/register/${entry!.id}/lifting`, { because: 'accuracy_verified' })
    t.equal(refused.statusCode, 409)
    t.match(refused.json(), { code: 'not_told', notice: null })
  })

  const notice = {
    because: 'accuracy_verified',
    note: 'We checked your address and corrected it.',
    liftsOn: '2026-02-23'
  }

  await t.test('gets its notice', async t => {
    const given = await tenant.agent.post(`/v1/register/${entry!.id}/notice`, notice)
    t.equal(given.statusCode, 201)
    t.match(given.json(), { id: entry!.id, standing: true, notice: { letterState: 'queued', liftsOn: '2026-02-23' } })
    t.equal(await mayProcess(tenant, 'statistics'), false, 'and stands')
  })

  await t.test('is not lifted while that letter waits to be sent', async t => {
    house.at('2026-02-23T10:00:00Z')
    const refused = await tenant.agent.post(`/v1/register/${entry!.id}/lifting`, { because: 'accuracy_verified' })
    t.match(refused.json(), { code: 'not_told', notice: 'queued' })
    const bySql = asOwner(
      house.ownerUrl,
      sql => sql`update register_entries set lifted_at = '2026-02-24T10:00:00Z' where id = ${entry!.id}`
    )
    const wall = await bySql.catch((error: { constraint_name?: string }) => error.constraint_name)
    t.equal(wall, 'register_entries_told_before_lifting', 'not past us either')
    house.at('2026-02-20T10:05:00Z')
  })

  await t.test('is told in a letter that says why, when and where to complain', async t => {
    await house.doPromisedWork()
    const letter = await house.letterbox.waitFor(mail => /restriction/i.test(mail.parsed.subject ?? ''))
    t.same(letter.to, ['mia@example.com'])
    t.match(letter.parsed.text, /23 February 2026/)
    t.match(letter.parsed.text, /We checked your address and corrected it\./)
    t.match(letter.parsed.text, /Datatilsynet/)
  })

  await t.test('is not lifted before the day the letter named', async t => {
    house.at('2026-02-22T22:59:59Z')
    const early = await tenant.agent.post(`/v1/register/${entry!.id}/lifting`, { because: 'accuracy_verified' })
    t.match(early.json(), { code: 'not_told', liftsOn: '2026-02-23' }, 'one second before midnight in Copenhagen')
    house.at('2026-02-22T23:00:00Z')
    const lifted = await tenant.agent.post(`/v1/register/${entry!.id}/lifting`, {
      because: 'accuracy_verified',
      note: 'Nothing came from her.'
    })
    t.equal(lifted.statusCode, 201)
    t.match(lifted.json(), { standing: false, liftedAt: '2026-02-22T23:00:00.000Z' })
    t.equal(await mayProcess(tenant, 'statistics'), true)
  })

  await t.test('is lifted once', async t => {
    const again = await tenant.agent.post(`/v1/register/${entry!.id}/lifting`, { because: 'accuracy_verified' })
    t.equal(again.statusCode, 409)
    t.equal(codeOf(again), 'conflict')
    t.equal(codeOf(await tenant.agent.post(`/v1/register/${entry!.id}/notice`, notice)), 'conflict')
  })

  await t.test('leaves its whole story in the history, and no name in it', async t => {
    const events = await eventsOf(house, requestId)
    const ofRegister = events.filter(event => /register|letter_queued/.test(event.kind))
    t.same(kindsOf(ofRegister), ['register_entered', 'letter_queued', 'register_lifted'])
    t.notMatch(JSON.stringify(events.map(event => event.data)), /mia|address/i)
  })
})

t.test('A restriction that stood while an objection was weighed', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [
    dataCategory('usage', { purposes: ['analytics'], legalBasis: 'legitimate_interests' })
  ])
  const id = await askAndStart(tenant, 'objection', { details: { purpose: 'analytics', directMarketing: false } })
  const who = () => ({ tenantId: tenant.id, actor: SYSTEM, now: house.now() })
  const decision = {
    outcome: 'refused',
    ground: 'compelling_grounds',
    reasons: 'Fraud would go unseen.',
    weighing: 'Your wish for quiet against the safety of all.'
  }
  await well(
    tenant.agent.post(`/v1/requests/${id}/refusal`, {
      ground: decision.ground,
      reasons: decision.reasons,
      weighing: decision.weighing
    })
  )
  const { previewHash } = await well<{ previewHash: string }>(tenant.approver.get(`/v1/requests/${id}/response`))
  await well(tenant.approver.post(`/v1/requests/${id}/response`, { previewHash }))
  const answered = (await eventsOf(house, id)).find(event => event.kind === 'respond')
  const letterId = String(answered?.data.letterId)
  await inTenant(house.db, who(), async scope => {
    const request = await lockSubjectRequest(scope, id)
    await liftRegister(scope, request, { kind: 'restricted', because: 'objection_decided', toldBy: letterId })
  })

  await t.test('stands until the answer has left', async t => {
    t.equal(await mayProcess(tenant, 'analytics'), false)
    const [entry] = await entriesOf(tenant)
    t.match(entry, { standing: true, notice: { letterId, letterState: 'queued', liftsOn: null } })
  })

  await t.test('and ends with it', async t => {
    house.pass({ minutes: 1 })
    await house.doPromisedWork()
    await inTenant(
      house.db,
      who(),
      async scope => await liftAfterNotice(scope, await lockSubjectRequest(scope, id), letterId)
    )
    t.equal(await mayProcess(tenant, 'analytics'), true)
    t.equal(kindsOf(await eventsOf(house, id)).filter(kind => kind === 'register_lifted').length, 1)
  })

  await t.test('which nobody can do without a letter', async t => {
    const other = await askAndStart(tenant, 'objection', {
      email: 'ida@example.com',
      details: { purpose: 'analytics', directMarketing: false }
    })
    const lifting = inTenant(
      house.db,
      who(),
      async scope =>
        await liftRegister(scope, await lockSubjectRequest(scope, other), {
          kind: 'restricted',
          because: 'objection_decided'
        })
    )
    const refusal = await lifting.catch((error: { code?: string }) => error.code)
    t.equal(refusal, 'not_told')
  })
})
