// The six rights of the GDPR, each from the street to the letter: asked, proven, fulfilled by the systems, answered in time.

import t from 'tap'
import { neexo } from '../../scripts/seed/neexo.ts'
import { lastLetterTo, openSeededTenant, type SeededTenant } from '../support/seeded-tenant.ts'

const MIA = 'mia@example.com'
const SUBJECT = {
  name: 'Mia Holm',
  email: MIA,
  locale: 'en',
  country: 'DK',
  identifiers: [{ kind: 'user_id', value: 'u-7' }]
}
const DONE = { result: 'done' } as const

t.test('Access, asked by a product for its user', async t => {
  const seeded = await openNeexo(t)
  const id = await open(seeded, 'access', { text: 'Everything, please.' })
  await seeded.prove(MIA)
  const users = [{ id: 'u-7', name: 'Mia Holm', email: MIA }]
  const events = [{ event: 'machine_selected', at: '2026-08-30T10:00:00Z' }]
  await seeded.fulfil(id, { clerk: { ...DONE, records: { users } }, neon: { ...DONE, records: { events } } })
  const letter = await seeded.answer(id, MIA)

  await t.test('ends with a letter that tells what Art. 15 wants told', async t => {
    t.match(await seeded.request(id), { state: 'responded', outcome: 'granted' })
    for (const told of [
      'Dear Mia Holm',
      'We process personal data about you.',
      'Cloudflare R2 (files): searched, nothing found',
      'usage analytics and product improvement',
      '12 months from the day of the event',
      'USA',
      'Standard Contractual Clauses',
      'Datatilsynet',
      'Carl Jacobsens Vej 35'
    ])
      t.match(letter, told)
    t.notMatch(letter, 'machine_selected', 'the data themselves do not travel by mail')
  })

  await t.test('and a package with the data, readable and for machines, and a manifest', async t => {
    const entries = await seeded.fetchPackage(MIA)
    const names = [...entries.keys()]
    for (const ending of ['index.html', 'manifest.json', '.json', '.csv'])
      t.ok(
        names.some(name => name.endsWith(ending)),
        ending
      )
    const page = String(entries.get('index.html'))
    t.match(page, 'Clerk (sign-in and organisations)')
    t.match(page, 'Legitimate interests')
    t.match([...entries.values()].map(String).join('\n'), 'machine_selected')
  })
})

t.test('Portability, asked through the public form', async t => {
  const seeded = await openNeexo(t)
  const { house, tenant } = seeded
  const asked = await house.stranger.post(`/public/${tenant.slug}/requests`, {
    rights: ['portability'],
    subject: { name: 'Mia Holm', email: MIA, locale: 'en' },
    details: { format: 'csv' }
  })
  t.equal(asked.statusCode, 202)
  await house.doPromisedWork()
  const [{ id }] = (await tenant.agent.get('/v1/requests')).json().data
  await seeded.prove(MIA)
  const configurations = [{ id: 'cfg-1', machine: 'MX-40', note: 'for Skagen' }]
  await seeded.fulfil(id, { neon: { ...DONE, records: { configurations } } })
  const letter = await seeded.answer(id, MIA)

  await t.test('asks the systems only for what was given under consent or contract', async t => {
    const { data } = (await tenant.agent.get(`/v1/tasks?requestId=${id}`)).json()
    const neon = data.find((task: { system: { slug: string } }) => task.system.slug === 'neon')
    t.same(neon.categories, ['configurations', 'drafts', 'preferences'], 'no usage events, no invoices')
    t.notOk(data.some((task: { system: { slug: string } }) => task.system.slug === 'sentry'))
  })

  await t.test('and ends with files to take along', async t => {
    t.match(letter, 'CSV')
    const entries = await seeded.fetchPackage(MIA)
    const csv = [...entries].find(([name]) => name.endsWith('.csv'))?.[1]
    t.match(String(csv), /cfg-1.*MX-40/)
    t.ok(
      [...entries.keys()].some(name => name.includes('schema')),
      'with a schema'
    )
  })
})

t.test('Rectification, asked by letter post', async t => {
  const seeded = await openNeexo(t)
  const { house, tenant } = seeded
  house.at('2026-09-04T08:00:00Z')
  const changes = [{ field: 'last name', current: 'Holn', proposed: 'Holm' }]
  const opened = await tenant.agent.post('/v1/requests', {
    rights: ['rectification'],
    subject: SUBJECT,
    channel: 'post',
    receivedAt: '2026-09-01T07:00:00Z',
    details: { changes }
  })
  const { id, dueOn } = opened.json().requests[0]
  t.equal(dueOn, '2026-10-01', 'counted from the day it lay in the post room')
  await seeded.prove(MIA)
  const applied = [{ field: 'last name', before: 'Holn', after: 'Holm' }]
  await seeded.fulfil(id, { clerk: { ...DONE, changes: applied, recipientsTold: ['Neon'] } })
  const decision = {
    outcome: 'granted',
    changes: [{ field: 'last name', before: 'Holn', after: 'Holm', accepted: true }]
  }
  t.equal((await tenant.agent.put(`/v1/requests/${id}/decision`, decision)).statusCode, 200)
  const letter = await seeded.answer(id, MIA)

  t.match(letter, 'last name: corrected')
  t.match(letter, 'Neon: Told on Friday 4 September 2026', 'Art. 19')
  t.notMatch(letter, 'Holn', 'the values are behind the link')
})

t.test('Erasure, asked by mail', async t => {
  const seeded = await openNeexo(t)
  const { tenant } = seeded
  const ids = await seeded.mail(`Mia Holm <${MIA}>`, 'Delete me', 'Please delete my account and all my personal data.')
  const id = ids.erasure ?? ''
  t.equal((await tenant.agent.post(`/v1/requests/${id}/right`, { right: 'erasure' })).statusCode, 201)
  await seeded.prove(MIA)
  const kept = {
    category: 'billing',
    ground: 'legal_obligation',
    citation: 'Bogføringsloven § 12',
    until: '2031-12-31'
  }
  const neon = { result: 'withheld', withheld: [kept], recipientsTold: ['Your organisation'] } as const
  await seeded.fulfil(id, { clerk: DONE, neon, r2: DONE })
  const letter = await seeded.answer(id, MIA)

  await t.test('says what went, what stays, why and until when', async t => {
    t.match(await seeded.request(id), { state: 'responded', outcome: 'partly_granted' })
    t.match(letter, 'Clerk (sign-in and organisations): erased: account identity')
    t.match(letter, 'billing: The law requires us to keep the data.')
    t.match(letter, 'Bogføringsloven § 12')
    t.match(letter, /Your organisation: Told on/, 'and who else was told (Art. 19)')
    t.match(letter, 'This applies until Wednesday 31 December 2031.')
    t.match(letter, /complain|complaint/, 'and where to complain')
    t.match(letter, /court/, 'and the way to a court')
  })

  t.equal(await seeded.mayProcess('signing in', { email: MIA }), false, 'and the register remembers')
})

t.test('Restriction, asked by a product for its user', async t => {
  const seeded = await openNeexo(t)
  const id = await open(seeded, 'restriction', { ground: 'accuracy_contested' })
  t.equal(await seeded.mayProcess('usage analytics', { email: MIA }), true)
  await seeded.prove(MIA)
  t.equal(await seeded.mayProcess('usage analytics', { email: MIA }), false, 'from the proof on')
  await seeded.fulfil(id, { clerk: DONE, neon: { ...DONE, recipientsTold: ['Your organisation'] } })
  t.equal(await seeded.mayProcess('storage', { email: MIA }), true, 'but for keeping it (Art. 18(2))')
  const letter = await seeded.answer(id, MIA)

  t.match(letter, 'restricted since Tuesday 1 September 2026')
  t.match(letter, 'We will tell you before we lift the restriction.')
  t.match(letter, 'Neon (application database): restricted')
})

t.test('Objection, asked by a product for its user', async t => {
  const seeded = await openNeexo(t)
  const { tenant } = seeded
  const situation = 'I work on a confidential project.'
  const id = await open(seeded, 'objection', { purpose: 'usage analytics', situation, directMarketing: false })
  await seeded.prove(MIA)
  await seeded.fulfil(id, { neon: DONE })

  await t.test('may be refused only after it was weighed, by two people', async t => {
    const ground = { ground: 'compelling_grounds', reasons: 'Fraud would go unseen.' }
    const refused = await tenant.agent.put(`/v1/requests/${id}/decision`, { outcome: 'refused', ...ground })
    t.equal(refused.statusCode, 200)
    const path = `/v1/requests/${id}/response`
    const { previewHash } = (await tenant.approver.get(path)).json()
    t.match((await tenant.approver.post(path, { previewHash })).json(), { code: 'weighing_required' })
  })

  await t.test('and granted, ends in the register and a letter with the weighing', async t => {
    const weighing = 'Your project weighs more than our statistics.'
    await tenant.agent.put(`/v1/requests/${id}/decision`, { outcome: 'granted', weighing })
    t.match(await seeded.answer(id, MIA), weighing)
    t.match(lastLetterTo(seeded.house, MIA), 'usage analytics')
    t.equal(await seeded.mayProcess('usage analytics', { identifiers: [{ kind: 'user_id', value: 'u-7' }] }), false)
    t.equal(await seeded.mayProcess('billing and invoicing', { email: MIA }), true, 'nothing else ends')
  })
})

async function openNeexo(test: Parameters<typeof openSeededTenant>[0]): Promise<SeededTenant> {
  return await openSeededTenant(test, neexo, '2026-09-01T08:00:00Z')
}

async function open({ tenant }: SeededTenant, right: string, details: object): Promise<string> {
  const opened = await tenant.integration.post('/v1/requests', { rights: [right], subject: SUBJECT, details })
  return opened.json().requests[0].id
}
