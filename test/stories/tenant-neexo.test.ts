// neexo keeps the promises of its privacy policy.

import t from 'tap'
import { neexo } from '../../scripts/seed/neexo.ts'
import { tasksOf } from '../support/fulfilment.ts'
import { openSeededTenant } from '../support/seeded-tenant.ts'

const METTE = 'mette@example.com'

t.test('Thirty days are promised, and the law gives a month: the earlier day counts, and both are shown', async t => {
  const rows: [string, object, string][] = [
    // 28 February 2027 is a Sunday, so the month ends on Monday.
    [
      '2027-01-31T09:00:00Z',
      { dueOn: '2027-03-01', statutoryDueOn: '2027-03-01', promisedOn: '2027-03-02' },
      'the month is shorter'
    ],
    // 28 February 2026 is a Saturday, so the month ends on Monday, with the promise.
    [
      '2026-01-31T09:00:00Z',
      { dueOn: '2026-03-02', statutoryDueOn: '2026-03-02', promisedOn: '2026-03-02' },
      'both on one day'
    ],
    [
      '2026-07-01T09:00:00Z',
      { dueOn: '2026-07-31', statutoryDueOn: '2026-08-03', promisedOn: '2026-07-31' },
      'the promise is shorter'
    ],
    // In Vejle it is the first of February already.
    [
      '2026-01-31T23:30:00Z',
      { dueOn: '2026-03-02', statutoryDueOn: '2026-03-02', promisedOn: '2026-03-03' },
      'days are Danish days'
    ],
    // Great Prayer Day would have been 1 May 2026.
    [
      '2026-04-01T09:00:00Z',
      { dueOn: '2026-05-01', statutoryDueOn: '2026-05-01', promisedOn: '2026-05-01' },
      'Great Prayer Day is a working day'
    ]
  ]
  for (const [at, expected, why] of rows) {
    const { tenant } = await openSeededTenant(t, neexo, at)
    const opened = await tenant.agent.post('/v1/requests', { rights: ['access'], subject: { email: METTE } })
    t.match(opened.json().requests[0], expected, `${at}: ${why}`)
  }
})

t.test('A Danish user objects to analytics and to error monitoring', async t => {
  const seeded = await openSeededTenant(t, neexo, '2026-09-01T08:00:00Z')
  const { house, tenant, mail, prove, fulfil, answer, request, mayProcess } = seeded
  const text =
    'Hej neexo. Jeg gør indsigelse mod, at I behandler mine personoplysninger til analyse af brugen og til fejlovervågning (databeskyttelsesforordningens artikel 21). Venlig hilsen Mette Holm'
  const { objection: id = '' } = await mail(`Mette Holm <${METTE}>`, 'Indsigelse', text)

  await t.test('in a mail that is read as an objection, in Danish', async t => {
    t.match(await request(id), {
      right: 'objection',
      rightGuessed: true,
      subject: { locale: 'da' },
      dueOn: '2026-10-01'
    })
    const situation = 'The pattern of her use may give away confidential projects.'
    const details = { text, directMarketing: false, situation }
    await tenant.agent.post(`/v1/requests/${id}/right`, { right: 'objection', details })
    await prove(METTE)
    t.equal((await request(id)).state, 'verified')
  })

  await t.test('which reaches every system that processes on legitimate interests, and no other', async t => {
    const done = { result: 'done' } as const
    await fulfil(id, { neon: done, sentry: done, vercel: done })
    const tasks = await tasksOf(tenant.agent, id)
    t.same(Object.keys(tasks).sort(), ['neon', 'sentry', 'vercel'])
    t.match(tasks.neon, { kind: 'stop', categories: ['usage events'] })
    t.match(tasks.sentry, { kind: 'stop', categories: ['error reports'] })
    t.equal(await mayProcess('usage analytics', { email: METTE }), false, 'and restricts at once, until it is weighed')
  })

  await t.test('is weighed, granted and answered in Danish', async t => {
    const preview = await tenant.agent.get(`/v1/requests/${id}/response`)
    const unweighed = await tenant.approver.post(`/v1/requests/${id}/response`, {
      previewHash: preview.json().previewHash
    })
    t.match(unweighed.json(), { code: 'weighing_required' })
    const weighing = 'Din situation vejer tungere end vores interesse i statistik.'
    const decided = await tenant.agent.put(`/v1/requests/${id}/decision`, { outcome: 'granted', weighing })
    t.equal(decided.statusCode, 200)
    const letter = await answer(id, METTE)
    t.match(letter, weighing)
    t.match(letter, 'Sentry (error reports): behandling ophørt: error reports')
    t.match(letter, 'Datatilsynet')
  })

  await t.test('and stands in the register for whoever asks before processing', async t => {
    house.pass({ days: 40 })
    for (const purpose of ['usage analytics', 'usage_analytics', 'error monitoring']) {
      t.equal(await mayProcess(purpose, { email: METTE }), false, purpose)
    }
    t.equal(await mayProcess('usage analytics', { email: 'METTE@EXAMPLE.COM' }), false, 'however she is written')
    t.equal(await mayProcess('usage analytics', { email: 'anders@example.com' }), true, 'for her alone')
  })
})

t.test('Two people of one name belong to two organisations', async t => {
  const seeded = await openSeededTenant(t, neexo, '2026-09-01T08:00:00Z')
  const { tenant, prove, fulfil, answer, fetchPackage, mayProcess } = seeded
  const [inVejle, inOdense] = [person('vejle'), person('odense')]
  const first = await open(['access'], inVejle)
  const second = await open(['restriction'], inOdense, { ground: 'accuracy_contested' })
  await prove(inVejle.email)
  await prove(inOdense.email)

  await t.test('and a system is told whom to look for, and in which of the two', async t => {
    const reports = {
      clerk: { result: 'done', records: { users: [{ id: 'user_vejle', organisation: 'org_vejle' }] } }
    } as const
    await fulfil(first, reports)
    const { clerk } = await tasksOf(tenant.agent, first)
    t.same(clerk?.subject?.identifiers, inVejle.identifiers)
    t.match(clerk?.instructions, 'never by the email alone')
    t.notMatch(JSON.stringify(clerk), /odense/)
  })

  await t.test('so nobody is sent what belongs to the other', async t => {
    await answer(first, inVejle.email)
    const entries = await fetchPackage(inVejle.email)
    const content = [...entries.values()].map(String).join('\n')
    t.match(content, 'org_vejle')
    t.notMatch(content, /odense/)
  })

  await t.test('a list by address holds one of them', async t => {
    const { data } = (await tenant.agent.get(`/v1/requests?email=${inVejle.email}`)).json()
    t.same(
      data.map((row: { id: string }) => row.id),
      [first]
    )
  })

  await t.test('and what is entered for one does not bind the other', async t => {
    await tenant.agent.post(`/v1/requests/${second}/fulfilment`)
    t.equal(await mayProcess('usage analytics', { identifiers: [{ kind: 'user_id', value: 'user_odense' }] }), false)
    t.equal(await mayProcess('usage analytics', { identifiers: [{ kind: 'user_id', value: 'user_vejle' }] }), true)
  })

  function person(town: string) {
    const identifiers = [
      { kind: 'user_id', value: `user_${town}` },
      { kind: 'employee_number', value: `${town}-1` }
    ]
    return { name: 'Mette Holm', email: `mette@${town}.example.com`, identifiers }
  }

  async function open(rights: string[], subject: object, details?: object): Promise<string> {
    const opened = await tenant.integration.post('/v1/requests', { rights, subject, ...(details ? { details } : {}) })
    return opened.json().requests[0].id
  }
})
