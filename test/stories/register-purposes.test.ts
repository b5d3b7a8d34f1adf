// The register and the history outlive a person's data, so what they call a purpose is one of the tenant's, or an ordinary one.

import t from 'tap'
import { asOwner } from '../support/cluster.ts'
import { addSystem, ask, dataCategory, well } from '../support/fulfilment.ts'
import { type House, openHouse, type TenantInHouse } from '../support/house.ts'
import { entriesOf, mayProcess } from '../support/register.ts'
import { linkIn, visitorTo } from '../support/visitor.ts'

const MIA = 'mia@example.com'
const IN_THEIR_WORDS = { purpose: 'Mia Holm 20123456' }

t.test('What a person calls a purpose stays theirs', async t => {
  const { house, tenant } = await furnished(t)
  const id = await objectInPublic(house, tenant, IN_THEIR_WORDS)
  const before = await tracesOf(house)
  t.same(before, { entries: [null], events: 0 }, 'they are entered for every purpose, and by no word of theirs')
  t.equal(await mayProcess(tenant, 'usage_statistics'), false)
  const { details } = await well<{ details: object }>(tenant.agent.get(`/v1/requests/${id}`))
  t.match(details, IN_THEIR_WORDS, 'which staff read in the request')

  await well(tenant.agent.post(`/v1/requests/${id}/fulfilment`))
  await well(tenant.agent.post(`/v1/requests/${id}/withdrawal`, { note: 'He called.' }))
  await house.doPromisedWork()
  const { caseId } = await well<{ caseId: string }>(tenant.agent.get(`/v1/requests/${id}`))
  await well(tenant.admin.post(`/v1/cases/${caseId}/erasure`, { because: 'no_longer_needed' }))
  t.same(await tracesOf(house), { entries: [null], events: 0 }, 'and after an erasure nothing of it is left')
})

t.test('A purpose of the data map is entered by its name', async t => {
  const { house, tenant } = await furnished(t)
  await objectInPublic(house, tenant, { purpose: 'Usage  statistics' })
  t.match(await entriesOf(tenant), [{ kind: 'restricted', purpose: 'usage_statistics' }])
  t.equal(await mayProcess(tenant, 'billing'), true)
})

t.test('An objection to marketing in words of their own is one to marketing', async t => {
  const { house, tenant } = await furnished(t)
  await objectInPublic(house, tenant, { ...IN_THEIR_WORDS, directMarketing: true })
  t.match(await entriesOf(tenant), [{ kind: 'objected', purpose: 'direct_marketing' }])
  t.equal((await entriesOf(tenant)).length, 1)
})

t.test('So it is for what an integration passes on', async t => {
  const { house, tenant } = await furnished(t)
  await ask(tenant, 'objection', { details: { ...IN_THEIR_WORDS, directMarketing: false } })
  await ask(tenant, 'withdraw_consent', { details: { purpose: 'usage statistics' } })
  t.same(
    (await entriesOf(tenant)).map(({ kind, purpose }) => [kind, purpose]),
    [
      ['objected', 'usage_statistics'],
      ['restricted', null]
    ]
  )
  t.same((await tracesOf(house)).events, 0)
})

async function furnished(test: Parameters<typeof openHouse>[0]): Promise<{ house: House; tenant: TenantInHouse }> {
  const house = await openHouse(test)
  const tenant = await house.tenant({ policy: { rights: ['access', 'objection', 'withdraw_consent'] } })
  await addSystem(tenant, 'shop', [dataCategory('usage', { purposes: ['Usage statistics'] })])
  return { house, tenant }
}

/** Objects on the public form, and proves it. @returns the id of the request */
async function objectInPublic(house: House, tenant: TenantInHouse, details: object): Promise<string> {
  const body = { rights: ['objection'], subject: { name: 'Mia Holm', email: MIA }, details }
  await well(house.stranger.post(`/public/${tenant.slug}/requests`, body))
  await house.doPromisedWork()
  await house.doPromisedWork()
  const { path, code } = linkIn(house, MIA, 'verify')
  const person = visitorTo(house.app)
  await person.submit(await person.open(path), '/confirmation', { code })
  const { data } = await well<{ data: { id: string }[] }>(tenant.agent.get('/v1/requests'))
  return data[0]!.id
}

/** What of the person's words stands in plain, with the purposes that are entered. */
async function tracesOf({ ownerUrl }: House): Promise<{ entries: (string | null)[]; events: number }> {
  return await asOwner(ownerUrl, async sql => {
    await sql`set row_security = off`
    const entries = await sql<{ purpose: string | null }[]>`select distinct purpose from register_entries`
    const [events] = await sql<{ found: number }[]>`
      select count(*)::int as found from events where data::text ~* 'mia.?holm|20123456'`
    return { entries: entries.map(({ purpose }) => purpose), events: events!.found }
  })
}
