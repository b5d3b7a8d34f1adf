import t from 'tap'
import { openHouse } from '../support/house.ts'
import { HOUSE_POLICY } from '../support/tenant-in-house.ts'

const HELD = {
  slug: 'crm',
  name: 'CRM',
  location: 'Vejle',
  categories: [
    {
      name: 'account',
      purposes: ['service'],
      legalBasis: 'contract',
      retention: 'one year',
      source: 'the person',
      recipients: [],
      providedBySubject: true,
      automatedProcessing: true,
      directMarketing: false,
      specialCategory: false
    }
  ]
}

t.test('The policy of a tenant', async t => {
  const house = await openHouse(t)
  const { admin, agent, auditor } = await house.tenant()
  const {
    promiseDays,
    verification,
    startsByItself,
    fourEyes,
    closesAfterDays,
    packageDays,
    alerts,
    inboundSubjectWords,
    ...draft
  } = HOUSE_POLICY

  await t.test('is set whole, and takes defaults for what is left out', async t => {
    const answer = await admin.put('/v1/policy', { ...draft, promiseDays: { all: 30 } })
    t.match([answer.statusCode, answer.headers.etag], [200, '"2"'])
    t.match(answer.json(), { version: 2, setBy: 'admin', policy: { promiseDays: { all: 30 }, packageDays, fourEyes } })
    t.same((await auditor.get('/v1/policy')).json(), answer.json(), 'and read by everybody on the staff')
  })

  await t.test('is refused with all its faults at once', async t => {
    const answer = await admin.put('/v1/policy', {
      ...draft,
      organisation: { ...draft.organisation, email: 'a@b.example, c@d.example', website: 'javascript:alert(1)' },
      alertsTo: 'nobody',
      timeZone: '+02:00',
      holidays: 'XX',
      authority: 'XX',
      defaultLocale: 'el',
      regimes: { default: 'eu-gdpr', byPlace: { Denmark: 'eu-gdpr' } },
      promiseDays: { appeal: 5 },
      fourEyes: { rights: ['appeal'], refusals: true }
    })
    t.equal(answer.statusCode, 422)
    const pointers = answer.json().errors.map(({ pointer }: { pointer: string }) => pointer)
    t.same(pointers.sort(), [
      '/alertsTo',
      '/authority',
      '/defaultLocale',
      '/fourEyes/rights/0',
      '/holidays',
      '/organisation/email',
      '/organisation/website',
      '/promiseDays/appeal',
      '/regimes/byPlace/Denmark',
      '/timeZone'
    ])
    t.equal((await agent.get('/v1/policy')).json().version, 2, 'and the one in force stays')
  })

  await t.test('names a law that is known', async t => {
    const answer = await admin.put('/v1/policy', { ...draft, regimes: { default: 'eu-gdrp', byPlace: {} } })
    t.match(answer.json().errors, [{ pointer: '/regimes/default', rule: 'enum', fix: /did you mean eu-gdpr/ }])
  })

  await t.test('is not for agents to set', async t => {
    t.match((await agent.put('/v1/policy', draft)).json(), { status: 403, needs: { roles: ['admin'], scope: null } })
  })
})

t.test('The data map of a tenant', async t => {
  const house = await openHouse(t)
  const { admin, integration } = await house.tenant()
  const { admin: neighbour } = await house.tenant()
  const made = await admin.post('/v1/systems', HELD)
  const { id } = made.json()

  await t.test('takes a system with what it holds', async t => {
    t.match(made.json(), { ...HELD, personalData: 'held', role: 'controller', assignee: null, version: 1 })
    t.same((await integration.get(`/v1/systems/${id}`)).json(), made.json())
  })

  await t.test('keeps what a change does not name', async t => {
    const changed = await admin.patch(`/v1/systems/${id}`, { location: 'Aarhus', transferSafeguard: 'SCC' })
    t.match(changed.json(), { ...HELD, location: 'Aarhus', transferSafeguard: 'SCC', version: 2 })
    t.match((await admin.patch(`/v1/systems/${id}`, { transferSafeguard: null })).json(), {
      transferSafeguard: null,
      version: 3
    })
    t.equal((await admin.patch(`/v1/systems/${id}`, {})).statusCode, 422, 'a change of nothing is none')
  })

  await t.test('holds together', async t => {
    const cases = [
      [{ ...HELD, slug: 'b', categories: [] }, '/categories'],
      [{ ...HELD, slug: 'b', personalData: 'none' }, '/categories'],
      [{ ...HELD, slug: 'b', categories: [HELD.categories[0], HELD.categories[0]] }, '/categories/1/name']
    ] as const
    for (const [body, pointer] of cases)
      t.match((await admin.post('/v1/systems', body)).json(), { status: 422, errors: [{ pointer }] })
    t.match(
      (await admin.patch(`/v1/systems/${id}`, { personalData: 'none' })).json(),
      { status: 422 },
      'also after a change'
    )
  })

  await t.test('is its own', async t => {
    const foreign = [
      await neighbour.get(`/v1/systems/${id}`),
      await neighbour.patch(`/v1/systems/${id}`, { name: 'Mine' }),
      await neighbour.delete(`/v1/systems/${id}`)
    ]
    for (const answer of foreign) t.match(answer.json(), { status: 404, detail: 'There is no such system.' })
    t.equal((await neighbour.post('/v1/systems', HELD)).statusCode, 201, 'a slug is taken by the tenant alone')
    t.equal((await admin.get(`/v1/systems/${id}`)).json().name, 'CRM')
  })

  await t.test('knows a slug once, also of a system that is gone', async t => {
    const other = (await admin.post('/v1/systems', { ...HELD, slug: 'erp' })).json()
    t.match((await admin.post('/v1/systems', HELD)).json(), { status: 409, code: 'conflict' })
    t.match((await admin.patch(`/v1/systems/${other.id}`, { slug: 'crm' })).json(), { status: 409 })
    t.equal((await admin.delete(`/v1/systems/${other.id}`)).statusCode, 204)
    t.equal((await admin.delete(`/v1/systems/${other.id}`)).statusCode, 404)
    t.match((await admin.post('/v1/systems', { ...HELD, slug: 'erp' })).json(), { status: 409 })
    t.same(
      (await admin.get('/v1/systems')).json().data.map((system: { slug: string }) => system.slug),
      ['crm']
    )
  })
})
