// What a person finds under their link once they were answered: the answer itself, and the way to have it looked at again.

import t from 'tap'
import { answerWithPackage } from '../support/answered.ts'
import { addSystem, ask, askAndStart, dataCategory, onlyTaskOf, requestOf, well } from '../support/fulfilment.ts'
import { openHouse, type TenantInHouse } from '../support/house.ts'
import { formsOf, linkIn, textIn, visitorTo } from '../support/visitor.ts'

const MIA = 'mia@example.com'

t.test('A correction, read again behind the link', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('account')])
  const changes = [
    { field: 'last name', current: 'Holn', proposed: 'Holm' },
    { field: 'street', proposed: 'Strandvej 8' }
  ]
  const id = await ask(tenant, 'rectification', { details: { changes } })
  await house.doPromisedWork()
  await well(tenant.agent.post(`/v1/requests/${id}/fulfilment`))
  const mia = visitorTo(house.app)
  const { path } = linkIn(house, MIA, 'status')

  await t.test('is not there before it was given, nor a way to have it looked at again', async t => {
    const page = await mia.open(path)
    t.notMatch(textIn(page.body), /Our answer/)
    t.notOk(formsOf(page.body).some(({ action }) => action.endsWith('/reopening')))
  })

  await complete(tenant, id, {
    result: 'done',
    changes: [{ field: 'last name', before: 'Holn', after: 'Holm-Hansen' }]
  })
  const accepted = [
    { field: 'last name', before: 'Holn', after: 'Holm', accepted: true },
    { field: 'street', after: 'Strandvej 8', accepted: true }
  ]
  await well(tenant.agent.put(`/v1/requests/${id}/decision`, { outcome: 'granted', changes: accepted }))
  await answer(tenant, id)
  await house.doPromisedWork()

  await t.test('shows what stands in the letter, and the values that do not travel by mail', async t => {
    const letter = house.letterbox.messages.findLast(({ parsed }) => parsed.subject?.startsWith('Our answer'))
    t.notMatch(letter?.parsed.text, /Holn|Strandvej/)
    const text = textIn((await mia.open(linkIn(house, MIA, 'status').path)).body)
    t.match(text, /Our answer.*We did what you asked for/)
    t.match(text, /last name.*Holn.*Holm-Hansen/, 'as the system changed it')
    t.match(text, /street.*Strandvej 8/, 'else as it was decided')
    t.notMatch(text, /Read this answer online/, 'they do')
  })

  await t.test('under every link of the case, also an older one, and changes nothing by being read', async t => {
    const { version } = await requestOf(tenant, id)
    t.match(textIn((await mia.open(path)).body), /Holm-Hansen/)
    t.equal((await requestOf(tenant, id)).version, version)
  })
})

t.test('An answer with a copy', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const id = await ask(tenant, 'access')
  await house.doPromisedWork()
  const { path } = linkIn(house, MIA, 'status')
  await answerWithPackage(tenant, id)
  await house.doPromisedWork()
  const mia = visitorTo(house.app)

  await t.test('leads to the copy, which still asks for its code', async t => {
    const page = await mia.open(path)
    const link = /href="http:\/\/house\.localhost(\/privacy\/[^"]*\/package\/[^"]*)"/.exec(page.body)?.[1] ?? ''
    t.match(textIn((await visitorTo(house.app).open(link)).body), /Ask for a code/)
  })

  await t.test('is not looked at again for nothing', async t => {
    const page = await mia.open(path)
    const refused = await mia.submit(page, '/reopening')
    t.match([refused.statusCode, textIn(refused.body)], [422, /Please write something first/])
    t.equal((await requestOf(tenant, id)).state, 'responded')
  })

  await t.test('is looked at again when the person says what is missing', async t => {
    const page = await mia.open(path)
    const sent = await mia.submit(page, '/reopening', { text: 'My orders of 2024 are missing.' })
    t.match(textIn(sent.body), /take your request up again/)
    t.match(await requestOf(tenant, id), { state: 'verified', outcome: null })
    const { data } = await well<{ data: { text: string }[] }>(tenant.agent.get(`/v1/requests/${id}/messages`))
    t.match(data, [{ text: 'My orders of 2024 are missing.' }], 'which staff read')
    await house.doPromisedWork()
    t.ok(
      house.letterbox.messages.some(({ parsed }) => parsed.subject?.startsWith('Message about')),
      'and are told of'
    )
    t.notMatch(textIn(sent.body), /Our answer of/, 'and the answer that no longer stands is gone')
    t.notOk(formsOf(sent.body).some(({ action }) => action.endsWith('/reopening')))
  })

  await t.test('once: a form sent again from the page before changes nothing', async t => {
    const late = await mia.send(`${path}/reopening`, { request: id, text: 'Again.' })
    t.equal(late.statusCode, 200)
    t.equal((await requestOf(tenant, id)).state, 'verified')
  })
})

t.test('An answer that is closed stays to be read, and is not opened again', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await addSystem(tenant, 'shop', [dataCategory('account')])
  const id = await askAndStart(tenant, 'access')
  await complete(tenant, id, { result: 'nothing_found' })
  await answer(tenant, id)
  await house.doPromisedWork()
  await well(tenant.agent.post(`/v1/requests/${id}/closure`))
  const page = await visitorTo(house.app).open(linkIn(house, MIA, 'status').path)
  t.match(textIn(page.body), /found none.*Shop/)
  t.notOk(formsOf(page.body).some(({ action }) => action.endsWith('/reopening')))
})

async function complete({ agent }: TenantInHouse, requestId: string, report: object): Promise<void> {
  const { id } = await onlyTaskOf(agent, requestId)
  await well(agent.post(`/v1/tasks/${id}/completion`, report))
}

async function answer({ approver }: TenantInHouse, requestId: string): Promise<void> {
  const path = `/v1/requests/${requestId}/response`
  const { previewHash } = await well<{ previewHash: string }>(approver.get(path))
  await well(approver.post(path, { previewHash }))
}
