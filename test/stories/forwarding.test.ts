// A request for data that a tenant keeps for a company goes to that company, and is not only said to have gone.

import t from 'tap'
import { opifexhq } from '../../scripts/seed/opifexhq.ts'
import { ask, eventsOf, well } from '../support/fulfilment.ts'
import { lastLetterTo, openSeededTenant, type SeededTenant } from '../support/seeded-tenant.ts'
import { linkIn, textIn, visitorTo } from '../support/visitor.ts'

const COMPANY = 'privacy@aegean.example.com'
const MIA = 'mia@example.com'
const ASKED = { text: 'Which parts did I advance, and when?', categories: ['operational traceability'] }

t.test('A request is passed on to the company that decides about the data', async t => {
  const seeded = await openSeededTenant(t, opifexhq, '2026-06-10T07:30:00Z')
  const { house, tenant, answer } = seeded
  const id = await ask(tenant, 'access', { details: ASKED })
  await forward(seeded, id, { controller: { name: 'Aegean Machines SA', email: COMPANY } })
  const told = () => house.letterbox.messages.filter(({ to }) => to.includes(COMPANY))
  t.same(told().length, 0, 'nothing leaves before somebody has read the answer')
  const letter = await answer(id, MIA)
  t.match(letter, 'We forwarded your request to Aegean Machines SA')

  await t.test('by a mail that names nobody', async t => {
    t.equal(told().length, 1)
    const mail = lastLetterTo(house, COMPANY)
    t.match(mail, 'A data subject request to pass on to you')
    t.match(mail, 'process on behalf of Aegean Machines SA')
    t.match(mail, 'It can be opened until Friday 10 July 2026')
    t.notMatch(mail, /Mia|Holm|mia@|u-mia|advance/)
    const sent = (await eventsOf(house, id)).filter(({ kind }) => kind === 'letter_sent')
    t.same(sent.map(({ data }) => data.kind).sort(), ['forwarding', 'response'])
  })

  await t.test('and a link behind which the company reads who asks, and for what', async t => {
    const { path } = linkIn(house, COMPANY, 'forwarded')
    const before = (await eventsOf(house, id)).length
    const visitor = visitorTo(house.app)
    await visitor.open(path)
    const page = await visitor.open(path)
    t.equal(page.statusCode, 200)
    const text = textIn(page.body)
    for (const said of ['Mia Holm', MIA, `u-${MIA}`, 'operational traceability', ASKED.text]) t.match(text, said)
    t.equal((await eventsOf(house, id)).length, before, 'reading changes nothing')
  })

  await t.test('which staff see in the letters, without the link', async t => {
    const { data } = await well<{ data: { id: string; kind: string; to: object }[] }>(
      tenant.agent.get(`/v1/requests/${id}/letters`)
    )
    const passedOn = data.find(({ kind }) => kind === 'forwarding')
    t.match(passedOn, { state: 'sent', to: { name: 'Aegean Machines SA', address: COMPANY } })
    const shown = await tenant.agent.get(`/v1/requests/${id}/letters/${passedOn?.id}`)
    t.notMatch(shown.json().text, /forwarded\/[\w-]{43}/)
  })

  await t.test('and which is closed after a month', async t => {
    const { path } = linkIn(house, COMPANY, 'forwarded')
    house.pass({ days: 31 })
    const page = await visitorTo(house.app).open(path)
    t.match(textIn(page.body), 'This link has run out')
    t.notMatch(page.body, /Mia|advance/)
  })
})

t.test('A request that is taken up again is shown to the company no more', async t => {
  const seeded = await openSeededTenant(t, opifexhq, '2026-06-10T07:30:00Z')
  const { house, tenant, answer } = seeded
  const id = await ask(tenant, 'access', { details: ASKED })
  await forward(seeded, id, { controller: { name: 'Aegean Machines SA', email: COMPANY } })
  await answer(id, MIA)
  const { path } = linkIn(house, COMPANY, 'forwarded')
  await well(tenant.agent.post(`/v1/requests/${id}/reopening`, { note: 'It was ours after all.' }))
  const page = await visitorTo(house.app).open(path)
  t.notMatch(page.body, /Mia|advance/, 'nor is what is learned of the person since')
})

t.test('A company whose address takes no mail is told to staff', async t => {
  const seeded = await openSeededTenant(t, opifexhq, '2026-06-10T07:30:00Z')
  const { house, tenant, answer } = seeded
  const id = await ask(tenant, 'access', { details: ASKED })
  await forward(seeded, id, { controller: { name: 'Aegean Machines SA', email: COMPANY } })
  house.letterbox.script(({ at, to }) => (at === 'rcpt' && to.includes(COMPANY) ? 550 : undefined))
  await answer(id, MIA)
  const lost = (await eventsOf(house, id)).find(({ kind }) => kind === 'letter_undeliverable')
  t.match(lost, { data: { kind: 'forwarding' } })
  t.match(lastLetterTo(house, opifexhq.policy.alertsTo), /^Letter undeliverable/)
})

t.test('Without an address staff say how the request reached the company', async t => {
  const seeded = await openSeededTenant(t, opifexhq, '2026-06-10T07:30:00Z')
  const { house, tenant, answer } = seeded
  const id = await ask(tenant, 'access', { details: ASKED })
  const controller = { name: 'Aegean Machines SA' }
  const silent = await tenant.agent.post(`/v1/requests/${id}/forwarding`, { controller })
  t.match(silent.json(), { status: 422, errors: [{ pointer: '/note', rule: 'required' }] })
  await forward(seeded, id, { controller, note: 'Handed over at their office on 10 June.' })
  await answer(id, MIA)
  t.same(
    house.letterbox.messages.filter(({ to }) => to.includes(COMPANY)),
    []
  )
})

async function forward({ tenant }: SeededTenant, id: string, body: object): Promise<void> {
  await well(tenant.agent.post(`/v1/requests/${id}/forwarding`, body))
}
