// Who wrote a mail or filled in the page is known by an address alone, until staff say by which names the systems know them.

import t from 'tap'
import { asOwner } from '../support/cluster.ts'
import { answeredAndClosed } from '../support/ended.ts'
import { addSystem, ask, dataCategory, eventsOf, onlyTaskOf, requestOf, well } from '../support/fulfilment.ts'
import { openHouse, type TenantInHouse } from '../support/house.ts'
import { ACCESS_MAIL, handIn, mail } from '../support/raw-mail.ts'
import { check, entriesOf } from '../support/register.ts'

const USER = { kind: 'user_id', value: 'user_canary77' }
const PHONE = { kind: 'phone', value: '+45 12 34 56 78' }
const RESTRICTION_MAIL = {
  from: 'Mia Holm <mia@example.com>',
  subject: 'Restriction',
  text: 'Please restrict the processing of my personal data under Article 18.'
}

interface Opened {
  readonly inboundId: string
  readonly caseId: string
  readonly requests: { readonly id: string; readonly right: string }[]
}

const mayBeUsed = async (tenant: TenantInHouse, ...identifiers: object[]) =>
  (await check(tenant, 'statistics', { identifiers })).mayProcess
const pathOf = (caseId: string) => `/v1/cases/${caseId}/subject/identifiers`

t.test('Somebody whose data is restricted, and who was known by an address', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'clerk', [dataCategory('identity')], { instructions: 'Find them by user_id.' })
  const { caseId, requests } = (await handIn(tenant, mail(RESTRICTION_MAIL))).json<Opened>()
  const requestId = requests[0]!.id
  await well(
    tenant.agent.post(`/v1/requests/${requestId}/right`, {
      right: 'restriction',
      details: { ground: 'accuracy_contested' }
    })
  )
  await well(
    tenant.agent.post(`/v1/requests/${requestId}/verification/confirmation`, { method: 'phone_callback', note: 'Mia.' })
  )
  await well(tenant.agent.post(`/v1/requests/${requestId}/fulfilment`))
  t.equal(await mayBeUsed(tenant, USER), true, 'nobody has said that they are this user')
  const path = pathOf(caseId)

  await t.test('may be rehearsed, and nothing is kept of it', async t => {
    const rehearsed = await tenant.agent.put(`${path}?dryRun=true`, { identifiers: [USER] })
    t.match([rehearsed.statusCode, rehearsed.json()], [200, { requests: [{ subject: { identifiers: [USER] } }] }])
    t.same((await requestOf(tenant, requestId)).subject?.identifiers, [])
    t.equal(await mayBeUsed(tenant, USER), true)
  })

  await t.test('is found by the name that staff add, and by what stands under it', async t => {
    house.pass({ days: 1 })
    const added = await tenant.agent.put(path, { identifiers: [USER] }, { 'idempotency-key': 'once' })
    t.match([added.statusCode, added.json()], [200, { caseId, requests: [{ subject: { identifiers: [USER] } }] }])
    t.same((await onlyTaskOf(tenant.integration, requestId)).subject, { email: 'mia@example.com', identifiers: [USER] })
    t.same(await check(tenant, 'statistics', { identifiers: [USER] }), {
      ref: null,
      mayProcess: false,
      because: [{ kind: 'restricted', purpose: null, since: '2026-02-21T10:00:00.000Z' }]
    })
    const found = await well<{ data: { id: string }[] }>(tenant.agent.get('/v1/requests?text=USER_canary77'))
    t.same(
      found.data.map(({ id }) => id),
      [requestId],
      'and staff find the case by it'
    )
  })

  await t.test('which is told in the history, without the name', async t => {
    const events = await eventsOf(house, requestId)
    t.match(events.slice(-2), [
      { kind: 'identifiers_set', mover: 'agent', data: { added: 1, removed: 0 } },
      { kind: 'register_entered', data: { kind: 'restricted', purpose: null, names: 1 } }
    ])
    t.notMatch(JSON.stringify(events), /canary77/)
    t.notMatch(house.log.join(''), /canary77/)
    const told = await tenant.agent.get(`/v1/requests/${requestId}/events?limit=100`)
    t.match(told.body, /by which names the systems know the person: 1 added/)
  })

  await t.test('A repeated call is the same call', async t => {
    const before = (await eventsOf(house, requestId)).length
    const again = await tenant.agent.put(path, { identifiers: [USER] }, { 'idempotency-key': 'once' })
    t.match([again.statusCode, again.headers['idempotency-replayed']], [200, 'true'])
    await well(tenant.agent.put(path, { identifiers: [USER, { ...USER, value: ' user_canary77 ' }] }))
    t.equal((await eventsOf(house, requestId)).length, before, 'and the same names again are nothing new')
  })

  await t.test('Who saw an older version is refused', async t => {
    const { version } = await well<{ version: number }>(tenant.agent.get(`/v1/cases/${caseId}`))
    const { etag } = (await tenant.agent.get(`/v1/cases/${caseId}`)).headers
    t.equal(etag, `"${version}"`)
    const stale = await tenant.agent.put(path, { identifiers: [] }, { 'if-match': `"${version - 1}"` })
    t.match([stale.statusCode, stale.json().code], [412, 'version_stale'])
    const fresh = await tenant.agent.put(path, { identifiers: [USER, PHONE] }, { 'if-match': `"${version}"` })
    t.equal(fresh.statusCode, 200)
    t.not(fresh.headers.etag, etag)
    t.equal(await mayBeUsed(tenant, { kind: 'phone', value: '+4512345678' }), false, 'however the number is written')
  })

  await t.test('A name that was not theirs is taken back, and lifted by itself', async t => {
    await well(tenant.agent.put(path, { identifiers: [USER] }))
    t.same((await onlyTaskOf(tenant.integration, requestId)).subject?.identifiers, [USER], 'no system acts on it')
    t.match((await eventsOf(house, requestId)).at(-1), { kind: 'identifiers_set', data: { added: 0, removed: 1 } })
    t.equal(
      await mayBeUsed(tenant, PHONE),
      false,
      'the register keeps what stands until staff say that it was a mistake'
    )
    const [entry] = await entriesOf(tenant, `standing=true&requestId=${requestId}`)
    await well(
      tenant.agent.post(`/v1/register/${entry?.id}/notice`, {
        because: 'entered_by_mistake',
        note: 'That number is not yours.',
        liftsOn: '2026-02-21'
      })
    )
    await house.doPromisedWork()
    house.pass({ minutes: 1 })
    await well(tenant.agent.post(`/v1/register/${entry?.id}/lifting`, { because: 'entered_by_mistake' }))
    t.equal(await mayBeUsed(tenant, PHONE), true)
    t.equal(await mayBeUsed(tenant, USER), false)
  })

  await t.test('A name that is learned after the person was told ends with what they were told of', async t => {
    const first = (await entriesOf(tenant, `standing=true&requestId=${requestId}`)).at(-1)
    const notice = { because: 'accuracy_verified', note: 'The address is right.', liftsOn: '2026-02-21' }
    await well(tenant.agent.post(`/v1/register/${first?.id}/notice`, notice))
    await house.doPromisedWork()
    await well(tenant.agent.put(path, { identifiers: [USER, { kind: 'customer_number', value: '4711' }] }))
    const [entry] = await entriesOf(tenant, `standing=true&requestId=${requestId}`)
    t.match(entry, { kind: 'restricted', names: 1, notice: { letterState: 'sent', liftsOn: '2026-02-21' } })
    house.pass({ minutes: 1 })
    await well(tenant.agent.post(`/v1/register/${entry?.id}/lifting`, { because: 'accuracy_verified' }))
    t.equal(await mayBeUsed(tenant, { kind: 'customer_number', value: '4711' }), true)
  })
})

t.test('Staff who confirm the right of a mail say by which names the person is known', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const both = mail({ ...ACCESS_MAIL, text: `${ACCESS_MAIL.text} Then please erase all my personal data.` })
  const { requests } = (await handIn(tenant, both)).json<Opened>()
  const [first, second] = requests as [Opened['requests'][number], Opened['requests'][number]]
  await well(tenant.agent.post(`/v1/requests/${first.id}/right`, { right: first.right, identifiers: [USER] }))
  const confirmed = await tenant.agent.post(`/v1/requests/${second.id}/right`, {
    right: second.right,
    identifiers: [PHONE]
  })
  t.match([confirmed.statusCode, confirmed.json()], [201, { rightGuessed: false }])
  for (const { id } of requests)
    t.same((await requestOf(tenant, id)).subject?.identifiers, [USER, PHONE], 'of the whole case, one beside the other')
  t.match(
    (await eventsOf(house, first.id)).map(({ kind }) => kind),
    ['opened', 'identifiers_set', 'right_confirmed', 'identifiers_set']
  )

  const wrong = { right: 'access', identifiers: [{ kind: 'email', value: 'no address' }] }
  const { requests: others } = (await handIn(tenant, mail(ACCESS_MAIL))).json<Opened>()
  const refused = await tenant.agent.post(`/v1/requests/${others[0]!.id}/right`, wrong)
  t.match([refused.statusCode, refused.json().errors], [422, [{ pointer: '/identifiers/0/value' }]])
})

t.test('So do staff who make a case of a mail', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const hello = mail({ ...ACCESS_MAIL, subject: 'Hello', text: 'Are you open on Sunday?' })
  const { inboundId } = (await handIn(tenant, hello)).json<Opened>()
  const sorted = { rights: ['access'], identifiers: [USER, { kind: 'email', value: 'Mia@Work.example' }] }
  const { requests } = await well<Opened>(tenant.agent.post(`/v1/inbound/${inboundId}/case`, sorted))
  t.match((await requestOf(tenant, requests[0]!.id)).subject, { email: 'mia@example.com', identifiers: [USER, {}] })
  await house.doPromisedWork()
  t.same(
    house.letterbox.messages.flatMap(({ to }) => to).filter(to => to.startsWith('mia') || to.startsWith('Mia')),
    ['mia@example.com'],
    'an address among the names is a name and no contact'
  )
})

t.test('An erasure waits for the copy that the same person asked for under another name', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'clerk', [dataCategory('identity')])
  const copy = await ask(tenant, 'access', { email: 'mia@example.com' })
  const erasure = await ask(tenant, 'erasure', { email: 'holm@example.com' })
  const { caseId, subject } = await requestOf(tenant, erasure)
  const known = subject?.identifiers ?? []
  const names = [...known, { kind: 'user_id', value: 'u-mia@example.com' }]
  await well(tenant.agent.put(pathOf(caseId), { identifiers: names }))
  t.match((await tenant.agent.post(`/v1/requests/${erasure}/fulfilment`)).json(), {
    code: 'waits_for_other_request',
    waitsFor: [copy]
  })
  await well(tenant.agent.put(pathOf(caseId), { identifiers: known }))
  t.equal((await tenant.agent.post(`/v1/requests/${erasure}/fulfilment`)).statusCode, 201)
})

t.test('What is no name, whose case is gone, and who may not say it', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const neighbour = await house.tenant()
  const { caseId } = await answeredAndClosed(house, tenant, 'mia@example.com')
  const path = pathOf(caseId)
  t.equal((await tenant.integration.put(path, { identifiers: [USER] })).statusCode, 403, 'a program may not')
  t.equal((await tenant.auditor.put(path, { identifiers: [USER] })).statusCode, 403)
  t.equal((await neighbour.agent.put(path, { identifiers: [USER] })).statusCode, 404)
  t.equal((await neighbour.agent.get(`/v1/cases/${caseId}`)).statusCode, 404)
  const typo = await tenant.agent.put(path, { identifiers: [USER, { kind: 'email', value: 'mia@' }] })
  t.match([typo.statusCode, typo.json().errors], [422, [{ pointer: '/identifiers/1/value' }]])
  t.notMatch(typo.body, /mia@/, 'and what was typed is not said again')

  t.equal((await tenant.agent.put(path, { identifiers: [USER] })).statusCode, 200, 'also once it was answered')
  await well(tenant.admin.post(`/v1/cases/${caseId}/erasure`, { because: 'no_longer_needed' }))
  const gone = await tenant.agent.put(path, { identifiers: [PHONE] })
  t.match(gone.json(), { code: 'personal_data_erased' })
  const left = await asOwner(
    house.ownerUrl,
    sql => sql`select (select count(*)::int from case_words where case_id = ${caseId}) words,
      (select cardinality(subject_keys) from cases where id = ${caseId}) keys`
  )
  t.same(left[0], { words: 0, keys: 0 }, 'and nothing finds it any more')
})
