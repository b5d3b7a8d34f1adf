// A request in review goes back to its systems.

import t from 'tap'
import { asOwner } from '../support/cluster.ts'
import {
  addSystem,
  ask,
  askAndStart,
  dataCategory,
  onlyTaskOf,
  requestOf,
  tasksOf,
  well
} from '../support/fulfilment.ts'
import { openHouse, type TenantInHouse } from '../support/house.ts'

const NDJSON = { 'content-type': 'application/x-ndjson' }
const RECORDS = '{"order":1,"paid":"12.50"}\n{"order":2,"paid":"7.00"}\n'

t.test('A request in review is sent back to its systems', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('orders')])
  await addSystem(tenant, 'mailbox', [dataCategory('letters')])
  const requestId = await askAndStart(tenant, 'access')
  const { shop, mailbox } = await tasksOf(tenant.agent, requestId)
  await well(tenant.agent.put(`/v1/tasks/${shop!.id}/records/orders`, RECORDS, NDJSON))
  await well(tenant.agent.post(`/v1/tasks/${shop!.id}/completion`, { result: 'done' }))
  await well(tenant.agent.post(`/v1/tasks/${mailbox!.id}/completion`, { result: 'nothing_found' }))
  const packagesOf = async () =>
    (
      await asOwner(
        house.ownerUrl,
        sql => sql`select state from packages where request_id = ${requestId} order by created_at, id`
      )
    ).map(row => row.state)

  await t.test('naming only tasks that are its own', async t => {
    const answer = await tenant.agent.post(`/v1/requests/${requestId}/rework`, {
      taskIds: [shop!.id, requestId],
      note: 'Again.'
    })
    t.match(answer.json(), { status: 422, code: 'invalid', errors: [{ pointer: '/taskIds/1' }] })
  })

  await t.test('and those do it again, while the others stand', async t => {
    house.pass({ hours: 1 })
    const answer = await tenant.approver.post(`/v1/requests/${requestId}/rework`, {
      taskIds: [shop!.id],
      note: 'Orders of 2024 are missing.'
    })
    t.match(answer.json(), { state: 'in_fulfilment', outcome: null, ground: null, preparedBy: 'approver' })
    t.match(await tasksOf(tenant.agent, requestId), {
      shop: { state: 'open', result: null },
      mailbox: { state: 'ended', result: 'nothing_found' }
    })
    t.same(await packagesOf(), ['expired'], 'the package built from the old answer can no longer be fetched')
  })

  await t.test('with what they handed in still there', async t => {
    const { data } = await well<{ data: object[] }>(tenant.agent.get(`/v1/tasks/${shop!.id}/handed-in`))
    t.match(data, [{ name: 'orders', records: 2 }])
    await well(tenant.agent.post(`/v1/tasks/${shop!.id}/completion`, { result: 'done' }))
    t.match(await requestOf(tenant, requestId), { state: 'in_review', outcome: 'granted' })
    t.same(await packagesOf(), ['expired', 'building'], 'and a new package is built')
  })

  await t.test('also when it had been refused: then they are asked for the first time', async t => {
    const refused = await ask(tenant, 'access', { email: 'una@example.com' })
    await well(
      tenant.agent.post(`/v1/requests/${refused}/refusal`, {
        ground: 'excessive_abusive',
        reasons: 'Asked to be paid for not asking.'
      })
    )
    await well(tenant.agent.post(`/v1/requests/${refused}/rework`, { note: 'We were wrong.' }))
    t.match(await tasksOf(tenant.agent, refused), { shop: { state: 'open' }, mailbox: { state: 'open' } })
  })

  await t.test('but never for somebody who has not proven who they are', async t => {
    const unproven = await ask(tenant, 'access', { email: 'x@example.com', proven: false })
    await well(
      tenant.agent.post(`/v1/requests/${unproven}/refusal`, {
        ground: 'identity_not_confirmed',
        reasons: 'We asked twice.'
      })
    )
    const answer = await tenant.agent.post(`/v1/requests/${unproven}/rework`, { note: 'Let us see.' })
    t.match(answer.json(), { status: 409, code: 'identity_not_proven' })
  })
})

t.test('A correction reaches the systems as staff accepted it', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('account')])
  const changes = [
    { field: 'name', current: 'Mia Hom', proposed: 'Mia Holm' },
    { field: 'score', current: '3', proposed: '10' }
  ]
  const requestId = await askAndStart(tenant, 'rectification', { details: { changes } })
  const task = await onlyTaskOf(tenant.integration, requestId)
  t.match(task, {
    kind: 'correct',
    details: { changes: [{ field: 'name', proposed: 'Mia Holm' }, { field: 'score' }] }
  })

  await well(tenant.integration.post(`/v1/tasks/${task.id}/claim`))
  const applied = [{ field: 'name', before: 'Mia Hom', after: 'Mia Holm' }]
  const ended = await tenant.integration.post(`/v1/tasks/${task.id}/completion`, {
    result: 'done',
    changes: applied,
    recipientsTold: ['Parcels Ltd']
  })
  t.match(
    ended.json(),
    { report: { changes: applied, recipientsTold: ['Parcels Ltd'] } },
    'and it says what it changed and whom it told'
  )
  const other = await tenant.key('tasks:read')
  t.equal(
    (await well<{ report: unknown }>(other.get(`/v1/tasks/${task.id}`))).report,
    null,
    'which is not for every key'
  )

  await well(
    tenant.agent.put(`/v1/requests/${requestId}/decision`, {
      outcome: 'partly_granted',
      ground: 'accurate_as_recorded',
      reasons: 'The score was computed from her orders.',
      changes: [
        { field: 'name', before: 'Mia Hom', after: 'Mia Holm', accepted: true },
        { field: 'score', before: '3', accepted: false, ground: 'accurate_as_recorded' }
      ]
    })
  )
  await well(tenant.agent.post(`/v1/requests/${requestId}/rework`, { taskIds: [task.id], note: 'Only the name.' }))
  const again = await onlyTaskOf(tenant.agent, requestId)
  t.same(
    again.details!.changes.map(change => change.field),
    ['name'],
    'what they rejected is not sent again'
  )
})

t.test('What was said of an answer falls with it', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant({ policy: { rights: ['access', 'erasure', 'objection'] } })
  await addSystem(tenant, 'shop', [
    dataCategory('account', { recipients: ['Parcels Ltd'] }),
    dataCategory('usage', { purposes: ['analytics'], legalBasis: 'legitimate_interests' })
  ])

  await t.test('the reasons of a refusal', async t => {
    const id = await ask(tenant, 'access')
    const reasons = 'Asked to be paid for not asking.'
    await well(tenant.agent.post(`/v1/requests/${id}/refusal`, { ground: 'excessive_abusive', reasons }))
    await well(tenant.agent.post(`/v1/requests/${id}/rework`, { note: 'We were wrong.' }))
    const { id: taskId } = await onlyTaskOf(tenant.agent, id)
    await well(tenant.agent.put(`/v1/tasks/${taskId}/records/account`, RECORDS, NDJSON))
    await done(tenant, id)
    t.match(await requestOf(tenant, id), { outcome: 'granted', ground: null })
    t.notMatch((await preview(tenant, id)).text, reasons, 'are not in the letter that grants')
  })

  await t.test('the weighing of an objection', async t => {
    const details = { purpose: 'analytics', situation: 'I was stalked.', directMarketing: false }
    const id = await askAndStart(tenant, 'objection', { email: 'ola@example.com', details })
    await done(tenant, id)
    await well(
      tenant.agent.put(`/v1/requests/${id}/decision`, {
        outcome: 'granted',
        weighing: 'Safety goes before statistics.'
      })
    )
    t.match((await preview(tenant, id)).text, 'Safety goes before statistics.')
    const { id: taskId } = await onlyTaskOf(tenant.agent, id)
    await well(tenant.agent.post(`/v1/requests/${id}/rework`, { taskIds: [taskId], note: 'Not everywhere.' }))
    await done(tenant, id)
    const { text, previewHash } = await preview(tenant, id)
    t.notMatch(text, 'Safety goes before statistics.')
    const sent = await tenant.approver.post(`/v1/requests/${id}/response`, { previewHash })
    t.match(sent.json(), { status: 409, code: 'weighing_required' })
  })

  await t.test('and whom staff told of what was erased, for one that is taken up again', async t => {
    const id = await askAndStart(tenant, 'erasure', { email: 'eva@example.com' })
    await done(tenant, id)
    const recipients = [{ name: 'Parcels Ltd', result: 'impossible', why: 'It is gone.' }]
    const decision = { outcome: 'granted', reasons: 'Nothing of you is left.', recipients }
    await well(tenant.agent.put(`/v1/requests/${id}/decision`, decision))
    const { text, previewHash } = await preview(tenant, id)
    t.match(text, 'Nothing of you is left.')
    await well(tenant.approver.post(`/v1/requests/${id}/response`, { previewHash }))
    house.pass({ days: 1 })
    await well(tenant.agent.post(`/v1/requests/${id}/reopening`))
    await well(tenant.agent.post(`/v1/requests/${id}/fulfilment`))
    await done(tenant, id)
    const again = await tenant.agent.get(`/v1/requests/${id}/response`)
    t.match(again.json(), { code: 'recipients_open', recipients: ['Parcels Ltd'] })
  })
})

async function done(tenant: TenantInHouse, requestId: string): Promise<void> {
  const { id } = await onlyTaskOf(tenant.agent, requestId)
  await well(tenant.agent.post(`/v1/tasks/${id}/completion`, { result: 'done' }))
}

const preview = (tenant: TenantInHouse, requestId: string): Promise<{ text: string; previewHash: string }> =>
  well(tenant.agent.get(`/v1/requests/${requestId}/response`))
