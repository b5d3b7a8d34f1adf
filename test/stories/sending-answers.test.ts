// Who may send an answer: whoever read it as it goes out and, where the tenant asks for it, a second person.

import t from 'tap'
import { ERASURE_GROUNDS, RESTRICTION_GROUNDS } from '../../src/domain/details.ts'
import type { Policy } from '../../src/domain/policy.ts'
import { asOwner } from '../support/cluster.ts'
import { addSystem, ask, dataCategory, onlyTaskOf, requestOf, well } from '../support/fulfilment.ts'
import { openHouse, type TenantInHouse } from '../support/house.ts'

const house = await openHouse(t)

t.test('An answer that changed after somebody read it', async t => {
  const tenant = await tenantWith({ startsByItself: true })
  const id = await inReview(tenant, 'access')
  const other = await inReview(tenant, 'access', 'noa@example.com')
  const path = `/v1/requests/${id}/response`
  const { previewHash: read } = await well<Preview>(tenant.agent.get(path))
  const decision = { outcome: 'granted', reasons: 'We looked in every system twice.' }
  await well(tenant.approver.put(`/v1/requests/${id}/decision`, decision))

  await t.test('is not sent by whoever read it before', async t => {
    t.match((await tenant.agent.post(path, { previewHash: read })).json(), { status: 409, code: 'preview_stale' })
    const { previewHash: ofAnother } = await well<Preview>(tenant.agent.get(`/v1/requests/${other}/response`))
    t.match((await tenant.agent.post(path, { previewHash: ofAnother })).json(), { status: 409, code: 'preview_stale' })
    t.match((await tenant.agent.post(path, {})).json(), { status: 422, errors: [{ pointer: '/previewHash' }] })
    t.equal((await requestOf(tenant, id)).state, 'in_review')
    t.same(await answersTo('mia@example.com'), [])
  })

  await t.test('is sent by whoever reads it again, in just these words', async t => {
    const { previewHash, text } = await well<Preview>(tenant.agent.get(path))
    t.match(text, decision.reasons)
    await well(tenant.agent.post(path, { previewHash }))
    await house.doPromisedWork()
    t.match(await answersTo('mia@example.com'), [decision.reasons])
  })
})

t.test('An answer that needs a second person', async t => {
  const tenant = await tenantWith({ startsByItself: true })
  const boss = tenant.staff('boss', 'agent', 'approver')
  const second = tenant.staff('second', 'agent', 'approver')
  const clerk = tenant.staff('clerk', 'agent')
  const id = await inReview(tenant, 'erasure')
  const path = `/v1/requests/${id}/response`
  const sentBy = async (staff: typeof boss) => {
    const { previewHash } = await well<Preview>(staff.get(path))
    return (await staff.post(path, { previewHash })).json()
  }
  const decide = (staff: typeof boss, reasons: string) =>
    well(staff.put(`/v1/requests/${id}/decision`, { outcome: 'granted', reasons }))

  await t.test('is sent by nobody while the systems alone have worked on it', async t => {
    t.match(await requestOf(tenant, id), { state: 'in_review', outcome: 'granted', preparedBy: null })
    for (const staff of [boss, second, tenant.admin])
      t.match(await sentBy(staff), { status: 409, code: 'approval_required', detail: /^Nobody has prepared/ })
  })

  await t.test('nor by whoever decided it, nor by anybody who may not approve', async t => {
    await decide(boss, 'All of it is gone.')
    t.match(await sentBy(boss), { status: 409, code: 'approval_required', detail: /^You prepared/ })
    t.match(await sentBy(clerk), { status: 409, code: 'approval_required', detail: /has to be an approver/ })
    const { previewHash } = await well<Preview>(boss.get(path))
    t.equal((await tenant.integration.post(path, { previewHash })).statusCode, 403, 'nor by a program')
  })

  await t.test('nor by whoever puts their own words in the place of the other’s', async t => {
    await decide(second, 'Everything was erased.')
    t.match(await sentBy(second), { status: 409, code: 'approval_required' })
  })

  await t.test('nor by whoever sent it round once more', async t => {
    const { id: taskId } = await onlyTaskOf(tenant.agent, id)
    await well(boss.post(`/v1/requests/${id}/rework`, { taskIds: [taskId], note: 'Look in the archive too.' }))
    await complete(tenant, taskId)
    t.match(await requestOf(tenant, id), { state: 'in_review', preparedBy: 'boss' })
    t.match(await sentBy(boss), { status: 409, code: 'approval_required' })
  })

  await t.test('but by another', async t => {
    t.match(await sentBy(second), { state: 'responded', preparedBy: 'boss' })
    const { data } = await well<{ data: { kind: string }[] }>(tenant.agent.get(`/v1/requests/${id}/events`))
    t.match(
      data.filter(({ kind }) => kind === 'approval_given'),
      [{ by: { id: 'second' } }],
      'who approved it stands in the history'
    )
    await asOwner(house.ownerUrl, async sql => {
      await t.rejects(
        sql`update responses set prepared_by = sent_by where request_id = ${id}`,
        /responses_four_eyes/,
        'and the database holds it'
      )
      await t.rejects(sql`update responses set prepared_by = null where request_id = ${id}`, /responses_four_eyes/)
    })
  })

  await t.test('unless the tenant asks for none', async t => {
    const trusting = await tenantWith({ startsByItself: true, fourEyes: { rights: [], refusals: false } })
    const free = await inReview(trusting, 'erasure')
    const { previewHash, needsSecondPerson } = await well<Preview>(trusting.agent.get(`/v1/requests/${free}/response`))
    t.equal(needsSecondPerson, false)
    t.match((await trusting.agent.post(`/v1/requests/${free}/response`, { previewHash })).json(), {
      state: 'responded'
    })
  })
})

t.test('A refusal needs a second person, whatever right it refuses', async t => {
  const tenant = await tenantWith({ startsByItself: true })
  const boss = tenant.staff('boss', 'agent', 'approver')
  const id = await inReview(tenant, 'access')
  const path = `/v1/requests/${id}/response`
  const refusal = { outcome: 'refused', ground: 'excessive_repetitive', reasons: 'The fifth request in five weeks.' }
  await well(boss.put(`/v1/requests/${id}/decision`, refusal))
  const { previewHash } = await well<Preview>(boss.get(path))
  t.match((await boss.post(path, { previewHash })).json(), { status: 409, code: 'approval_required' })
  t.match((await tenant.approver.post(path, { previewHash })).json(), { state: 'responded', outcome: 'refused' })
})

t.test('An objection that is not to direct marketing', async t => {
  const tenant = await tenantWith({ startsByItself: true })
  const details = { purpose: 'usage analytics', situation: 'I work on a confidential project.' }
  const id = await inReview(tenant, 'objection', 'mia@example.com', details)
  const path = `/v1/requests/${id}/response`
  const send = async () => {
    const { previewHash } = await well<Preview>(tenant.approver.get(path))
    return (await tenant.approver.post(path, { previewHash })).json()
  }

  await t.test('is not answered before it was weighed, whatever the outcome', async t => {
    for (const decision of [
      { outcome: 'granted' },
      { outcome: 'refused', ground: 'compelling_grounds', reasons: 'Fraud would go unseen.' }
    ]) {
      await well(tenant.agent.put(`/v1/requests/${id}/decision`, decision))
      t.match(await send(), { status: 409, code: 'weighing_required' }, decision.outcome)
    }
  })

  await t.test('and then is', async t => {
    const weighing = 'Your project weighs more than our statistics.'
    await well(tenant.agent.put(`/v1/requests/${id}/decision`, { outcome: 'granted', weighing }))
    t.match(await send(), { state: 'responded' })
    await asOwner(house.ownerUrl, async sql => {
      await t.rejects(
        sql`update responses set weighed = false where request_id = ${id}`,
        /responses_weighed/,
        'which the database holds'
      )
    })
  })

  await t.test('while one to marketing is not weighed at all', async t => {
    const marketing = await inReview(tenant, 'objection', 'noa@example.com', { directMarketing: true })
    const { previewHash } = await well<Preview>(tenant.agent.get(`/v1/requests/${marketing}/response`))
    t.match((await tenant.agent.post(`/v1/requests/${marketing}/response`, { previewHash })).json(), {
      state: 'responded'
    })
  })
})

t.test('Whoever asks for erasure or restriction', async t => {
  const tenant = await house.tenant()
  const open = async (right: string, ground?: string) =>
    await tenant.agent.post('/v1/requests', {
      rights: [right],
      subject: { email: 'mia@example.com' },
      details: ground === undefined ? {} : { ground },
      verification: { method: 'none' }
    })

  await t.test('may name each ground that the law has for it', async t => {
    t.equal(ERASURE_GROUNDS.length, 6, 'GDPR Art. 17(1)(a)-(f)')
    t.equal(RESTRICTION_GROUNDS.length, 4, 'GDPR Art. 18(1)(a)-(d)')
    const grounds = { erasure: ERASURE_GROUNDS, restriction: RESTRICTION_GROUNDS }
    for (const [right, itsGrounds] of Object.entries(grounds)) {
      for (const ground of itsGrounds) {
        const { requests } = await well<{ requests: [{ id: string }] }>(open(right, ground))
        t.match((await requestOf(tenant, requests[0].id)).details, { ground }, `${right}: ${ground}`)
      }
    }
  })

  await t.test('and no other', async t => {
    for (const [right, foreign] of [
      ['erasure', 'accuracy_contested'],
      ['restriction', 'no_longer_necessary'],
      ['erasure', 'because I say so']
    ] as const) {
      const refused = (await open(right, foreign)).json()
      t.match(refused, { status: 422, code: 'invalid', errors: [{ pointer: '/details/ground', rule: 'enum' }] })
      const offered = right === 'erasure' ? ERASURE_GROUNDS : RESTRICTION_GROUNDS
      t.equal(refused.errors[0].fix, `Send one of ${offered.join(', ')}.`, 'and is told which there are')
    }
  })

  await t.test('need name none to have data erased, but does to have it restricted', async t => {
    t.equal((await open('erasure')).statusCode, 201)
    t.match((await open('restriction')).json(), { errors: [{ pointer: '/details/ground', rule: 'required' }] })
  })
})

interface Preview {
  readonly previewHash: string
  readonly needsSecondPerson: boolean
  readonly text: string
}

/** A tenant whose one system holds what every right reaches. */
async function tenantWith(policy: Partial<Policy>): Promise<TenantInHouse> {
  const tenant = await house.tenant({ policy })
  await addSystem(tenant, 'app', [
    dataCategory('account', {
      purposes: ['usage analytics', 'newsletters'],
      legalBasis: 'legitimate_interests',
      directMarketing: true
    })
  ])
  return tenant
}

/** A request that went to review by itself: the work began when identity was proven, and a program did it. @returns its id */
async function inReview(
  tenant: TenantInHouse,
  right: Parameters<typeof ask>[1],
  email = 'mia@example.com',
  details: object = {}
): Promise<string> {
  const id = await ask(tenant, right, { email, details })
  await house.doPromisedWork()
  const { id: taskId } = await onlyTaskOf(tenant.agent, id)
  await complete(tenant, taskId, right === 'access' ? { email } : null)
  await house.doPromisedWork()
  return id
}

/** A program does the task. @param record  what it hands over, if anything */
async function complete({ integration }: TenantInHouse, taskId: string, record: object | null = null): Promise<void> {
  const path = `/v1/tasks/${taskId}`
  await well(integration.post(`${path}/claim`))
  const type = { 'content-type': 'application/x-ndjson' }
  if (record !== null) await well(integration.put(`${path}/records/account`, `${JSON.stringify(record)}\n`, type))
  await well(integration.post(`${path}/completion`, { result: 'done' }))
}

async function answersTo(email: string): Promise<string[]> {
  const sent = house.letterbox.messages.filter(
    ({ to, parsed }) => to.includes(email) && parsed.subject?.startsWith('Our answer')
  )
  return sent.map(({ parsed }) => parsed.text ?? '')
}
