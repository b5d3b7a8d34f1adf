// An admin erases the personal data of a case: its key is destroyed, and what happened stays.

import { readdir } from 'node:fs/promises'
import t from 'tap'
import { writeCheckpoint } from '../../src/actions/proof/write-checkpoint.ts'
import { SYSTEM } from '../../src/domain/actor.ts'
import { checkpointSigner } from '../../src/storage/checkpoint-keys.ts'
import { inTenant } from '../../src/storage/database.ts'
import { asOwner } from '../support/cluster.ts'
import { answeredAndClosed, withdrawn } from '../support/ended.ts'
import { addSystem, ask, askAndStart, dataCategory, requestOf, well } from '../support/fulfilment.ts'
import { openHouse } from '../support/house.ts'
import { mayProcess } from '../support/register.ts'
import { linkIn, textIn, visitorTo } from '../support/visitor.ts'

const BECAUSE = { because: 'no_longer_needed' }

t.test('A case that was erased', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const mail =
    'From: Mia Holm <mia@example.com>\r\nTo: privacy@house.example\r\nSubject: My data\r\nMessage-ID: <1@example.com>\r\n\r\nPlease send me a copy of my data. My account is called canary-77.\r\n'
  const { inboundId, requests } = await well<{ inboundId: string; requests: { id: string }[] }>(
    tenant.integration.post('/v1/inbound/email', mail, { 'content-type': 'message/rfc822' })
  )
  const requestId = requests[0]!.id
  const path = `/v1/requests/${requestId}`
  await well(tenant.agent.post(`${path}/right`, { right: 'access' }))
  await house.doPromisedWork()
  await well(
    tenant.agent.post(`${path}/verification/confirmation`, { method: 'phone_callback', note: 'She knew canary-77.' })
  )
  await well(
    tenant.agent.patch(path, { tags: ['canary-77'], externalId: 'canary-77', metadata: { account: 'canary-77' } })
  )
  await well(tenant.agent.post(`${path}/notes`, { text: 'A note on canary-77.' }))
  await well(tenant.agent.post(`${path}/messages`, { text: 'Dear Mia, is canary-77 yours?' }))
  const systemId = await addSystem(tenant, 'shop', [dataCategory('orders')])
  await well(tenant.agent.post(`${path}/fulfilment`))
  const task = (await well<{ data: { id: string }[] }>(tenant.agent.get(`/v1/tasks?requestId=${requestId}`))).data[0]!
  await well(
    tenant.agent.put(`/v1/tasks/${task.id}/records/orders`, '{"buyer":"canary-77"}\n', {
      'content-type': 'application/x-ndjson'
    })
  )
  await well(tenant.agent.post(`/v1/tasks/${task.id}/completion`, { result: 'done', note: 'Found canary-77.' }))
  await house.doPromisedWork()
  const { previewHash } = await well<{ previewHash: string }>(tenant.agent.get(`${path}/response`))
  await well(tenant.approver.post(`${path}/response`, { previewHash }))
  await house.doPromisedWork()
  const follow = linkIn(house, 'mia@example.com', 'status').path
  const download = linkIn(house, 'mia@example.com', 'package').path
  const verify = linkIn(house, 'mia@example.com', 'verify').path
  await well(tenant.agent.post(`${path}/closure`))
  const { caseId } = await requestOf(tenant, requestId)
  const signer = checkpointSigner(house.signingKey)
  await inTenant(house.db, { tenantId: tenant.id, actor: SYSTEM, now: house.now() }, scope =>
    writeCheckpoint(scope, signer)
  )
  const filesIn = async () =>
    (await readdir(house.folder, { recursive: true })).filter(name => /[0-9a-f-]{36}\/[0-9a-f-]{36}$/.test(name))
  t.equal((await filesIn()).length, 2, 'before: what the shop handed in, and the package')

  const erasure = await tenant.admin.post(`/v1/cases/${caseId}/erasure`, BECAUSE)
  t.equal(erasure.statusCode, 201)
  await house.doPromisedWork()
  const mailsBefore = house.letterbox.messages.length

  await t.test('says so, and nothing else of the person', async t => {
    t.match(erasure.json(), {
      caseId,
      requests: [
        {
          id: requestId,
          subject: null,
          requester: null,
          details: null,
          metadata: {},
          tags: [],
          externalId: null,
          state: 'closed',
          outcome: 'granted',
          personalDataErasedAt: '2026-02-20T10:00:00.000Z'
        }
      ]
    })
    for (const view of [
      path,
      '/v1/requests',
      `${path}/messages`,
      `${path}/notes`,
      `${path}/letters`,
      `${path}/events`,
      `${path}/clock`,
      `/v1/tasks/${task.id}`,
      `/v1/tasks/${task.id}/handed-in`,
      '/v1/tasks',
      '/v1/inbound',
      `/v1/inbound/${inboundId}`,
      '/v1/register',
      `/v1/systems/${systemId}`
    ]) {
      const answer = await tenant.admin.get(view)
      t.equal(answer.statusCode, 200, view)
      t.notMatch(answer.body, /canary|mia/i, view)
    }
    const { data: letters } = await well<{ data: { id: string }[] }>(tenant.agent.get(`${path}/letters`))
    t.match(await well(tenant.agent.get(`${path}/letters/${letters[0]!.id}`)), {
      subject: null,
      text: null,
      html: null,
      to: null
    })
    t.match(await well(tenant.agent.get(`/v1/inbound/${inboundId}`)), {
      state: 'opened',
      mail: null,
      erasedAt: '2026-02-20T10:00:00.000Z'
    })
    t.equal((await tenant.agent.get(`${path}/package`)).statusCode, 404)
  })

  await t.test('is found by its reference, and no longer by name or address', async t => {
    const found = async (query: string) =>
      (await well<{ data: object[] }>(tenant.agent.get(`/v1/requests?${query}`))).data.length
    const { reference } = await requestOf(tenant, requestId)
    t.equal(await found(`text=${reference}`), 1)
    for (const query of ['text=holm', 'text=canary-77', 'email=mia%40example.com', 'externalId=canary-77'])
      t.equal(await found(query), 0, query)
  })

  await t.test('has nothing left in the store', async t => {
    t.same(await filesIn(), [])
  })

  await t.test('keeps a history that verifies, against what was signed as well', async t => {
    t.match(await well(tenant.auditor.get(`${path}/events/verification`)), { verified: true, firstBadLink: null })
    t.match(await well(tenant.auditor.get('/v1/audit/verification')), { verified: true, checkpoints: 1 })
    const { data } = await well<{ data: { kind: string; words: string; text: string | null }[] }>(
      tenant.agent.get(`${path}/events`)
    )
    t.match(data.at(-1), { kind: 'personal_data_erased', words: /because it is no longer needed/ })
    t.ok(
      data.some(({ kind }) => kind === 'respond'),
      'how it was answered is still there'
    )
    t.ok(data.every(({ text }) => text === null))
  })

  await t.test('takes nothing more in', async t => {
    for (const [method, where, body] of [
      ['post', `${path}/notes`, { text: 'x' }],
      ['post', `${path}/messages`, { text: 'x' }],
      ['patch', path, { tags: ['x'] }],
      ['patch', path, { metadata: { a: 'x' } }],
      ['post', `/v1/cases/${caseId}/erasure`, BECAUSE]
    ] as const) {
      const answer = await tenant.admin[method](where, body)
      t.match(answer.json(), { status: 410, code: 'personal_data_erased' }, `${method} ${where}`)
    }
    const { type } = (await tenant.admin.post(`/v1/cases/${caseId}/erasure`, BECAUSE)).json<{ type: string }>()
    t.equal((await house.stranger.get(new URL(type).pathname)).statusCode, 200, 'and the problem has its page')
  })

  await t.test('is told of to whoever still has a link', async t => {
    const visitor = visitorTo(house.app)
    for (const link of [follow, verify]) {
      const page = await visitor.open(link)
      t.equal(page.statusCode, 200, link)
      t.match(textIn(page.body), 'We have erased the personal data of this request.')
      t.notMatch(page.body, /fresh-link|<form/, 'without offering to write to an address that nobody knows any more')
      t.equal((await visitor.send(`${link}/fresh-link`, {})).statusCode, 200)
    }
    const fetched = await visitor.open(download)
    t.match(textIn(fetched.body), 'These files can no longer be downloaded')
    t.equal((await visitor.send(`${download}/code`, {})).statusCode < 500, true)
    t.equal((await visitor.send(`${follow}/message`, { text: 'Hello?' })).statusCode, 200)
    await house.doPromisedWork()
    t.equal(house.letterbox.messages.length, mailsBefore, 'nothing is sent to anybody')
  })

  await t.test('and a mail that answers an old letter is sorted by staff', async t => {
    const letter = house.letterbox.messages.find(({ to }) => to.includes('mia@example.com'))
    const reply = `From: mia@example.com\r\nTo: privacy@house.example\r\nSubject: Re\r\nMessage-ID: <2@example.com>\r\nIn-Reply-To: ${letter?.parsed.messageId}\r\n\r\nThank you.\r\n`
    const received = await well<{ result: string }>(
      tenant.integration.post('/v1/inbound/email', reply, { 'content-type': 'message/rfc822' })
    )
    t.match(received, { result: 'to_sort', caseId: null })
  })
})

t.test('What the register knows outlives the case it came from', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [
    dataCategory('leads', { purposes: ['newsletter'], legalBasis: 'legitimate_interests', directMarketing: true })
  ])
  const details = { purpose: 'newsletter', directMarketing: true }
  const requestId = await askAndStart(tenant, 'objection', { details })
  for (const { id } of (await well<{ data: { id: string }[] }>(tenant.agent.get(`/v1/tasks?requestId=${requestId}`)))
    .data)
    await well(tenant.agent.post(`/v1/tasks/${id}/completion`, { result: 'done' }))
  const { previewHash } = await well<{ previewHash: string }>(tenant.agent.get(`/v1/requests/${requestId}/response`))
  await well(tenant.approver.post(`/v1/requests/${requestId}/response`, { previewHash }))
  await house.doPromisedWork()
  await well(tenant.agent.post(`/v1/requests/${requestId}/closure`))
  const { caseId } = await requestOf(tenant, requestId)
  await well(tenant.admin.post(`/v1/cases/${caseId}/erasure`, BECAUSE))
  t.equal(await mayProcess(tenant, 'newsletter'), false)
  t.equal(await mayProcess(tenant, 'newsletter', 'somebody@example.com'), true)
})

t.test('Erasing a case', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()

  await t.test('is for admins', async t => {
    const { caseId } = await withdrawn(house, tenant, 'a@example.com')
    for (const caller of [tenant.agent, tenant.approver, tenant.auditor, tenant.integration])
      t.equal((await caller.post(`/v1/cases/${caseId}/erasure`, BECAUSE)).statusCode, 403)
  })

  await t.test('says why, in one of the words for it', async t => {
    const { caseId } = await withdrawn(house, tenant, 'b@example.com')
    t.match((await tenant.admin.post(`/v1/cases/${caseId}/erasure`, {})).json(), {
      errors: [{ pointer: '/because', rule: 'required' }]
    })
    t.match((await tenant.admin.post(`/v1/cases/${caseId}/erasure`, { because: 'retention' })).json(), {
      errors: [{ pointer: '/because', rule: 'enum' }]
    })
  })

  await t.test('waits until everything in it has ended', async t => {
    const { requests, caseId } = await well<{ caseId: string; requests: { id: string }[] }>(
      tenant.integration.post('/v1/requests', {
        rights: ['access', 'erasure'],
        subject: { email: 'c@example.com' },
        verification: { method: 'session' }
      })
    )
    await well(tenant.agent.post(`/v1/requests/${requests[0]!.id}/withdrawal`))
    t.match((await tenant.admin.post(`/v1/cases/${caseId}/erasure`, BECAUSE)).json(), {
      status: 409,
      code: 'move_not_allowed',
      open: [{ id: requests[1]!.id, state: 'verified' }]
    })
  })

  await t.test('waits for a copy that the same person is owed in another case', async t => {
    const { caseId } = await withdrawn(house, tenant, 'd@example.com')
    const access = await ask(tenant, 'access', { email: 'd@example.com' })
    t.match((await tenant.admin.post(`/v1/cases/${caseId}/erasure`, BECAUSE)).json(), {
      status: 409,
      code: 'waits_for_other_request',
      waitsFor: [access]
    })
  })

  await t.test('waits while the data of the person may only be stored', async t => {
    const restriction = await askAndStart(tenant, 'restriction', {
      email: 'e@example.com',
      details: { ground: 'needed_for_claims' }
    })
    const { caseId } = await withdrawn(house, tenant, 'e@example.com')
    const answer = await tenant.admin.post(`/v1/cases/${caseId}/erasure`, BECAUSE)
    t.match(answer.json(), { status: 409, code: 'conflict', registerEntries: [/-/] })
    t.equal((await requestOf(tenant, restriction)).personalDataErasedAt, null)
  })

  await t.test('can be rehearsed', async t => {
    const { caseId, requestId } = await answeredAndClosed(house, tenant, 'f@example.com')
    const rehearsed = await tenant.admin.post(`/v1/cases/${caseId}/erasure?dryRun=true`, BECAUSE)
    t.match(rehearsed.json(), { requests: [{ subject: null }] })
    t.match(await requestOf(tenant, requestId), { subject: { email: 'f@example.com' }, personalDataErasedAt: null })
  })

  await t.test('is done once by two who try together', async t => {
    const { caseId, requestId } = await withdrawn(house, tenant, 'g@example.com')
    const answers = await Promise.all([1, 2, 3].map(() => tenant.admin.post(`/v1/cases/${caseId}/erasure`, BECAUSE)))
    t.same(answers.map(answer => answer.statusCode).sort(), [201, 410, 410])
    const [{ count } = { count: 0 }] = await asOwner(
      house.ownerUrl,
      sql =>
        sql<
          { count: number }[]
        >`select count(*)::int from events where request_id = ${requestId} and kind = 'personal_data_erased'`
    )
    t.equal(count, 1)
  })

  await t.test('of one that is not there is not found', async t => {
    t.equal(
      (await tenant.admin.post('/v1/cases/0190b2a1-7c3e-7d4f-8a5b-6c7d8e9f0a1b/erasure', BECAUSE)).statusCode,
      404
    )
  })
})
