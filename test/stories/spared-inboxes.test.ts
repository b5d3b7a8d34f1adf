// A stranger fills in the form with somebody else's address, again and again: that inbox gets three mails a day, whatever it is
// called, and none at all once its owner has said that they asked for nothing.

import t from 'tap'
import { type House, openHouse, type TenantInHouse } from '../support/house.ts'
import { linkIn, visitorTo } from '../support/visitor.ts'

const VICTIM = 'victim@example.com'

t.test('Twenty tags of one address', async t => {
  const { house, tenant } = await furnished(t)
  const answers = []
  for (let n = 0; n < 20; n += 1) answers.push(await submit(house, tenant, `victim+${n}@example.com`))
  answers.push(await submit(house, tenant, VICTIM))
  t.equal(new Set(answers).size, 1, 'are all answered alike')
  await house.doPromisedWork()
  t.equal(mailsToVictim(house), 3, 'are one inbox')
  t.equal((await tenant.agent.get('/v1/inbound?state=to_sort')).json().data.length, 18, 'and none of them is lost')

  house.pass({ hours: 25 })
  await house.doPromisedWork()
  t.equal(mailsToVictim(house), 3, 'nobody is reminded of what came thrice')
  house.pass({ days: 8 })
  await house.doPromisedWork()
  t.equal(mailsToVictim(house), 3, 'nor told that it is over')
  const { data } = (await tenant.agent.get('/v1/requests')).json()
  t.same(
    data.map((request: { state: string }) => request.state),
    ['expired', 'expired', 'expired'],
    'which it is'
  )
})

t.test('A reminder counts as a mail of its day', async t => {
  const { house, tenant } = await furnished(t)
  await submit(house, tenant, VICTIM)
  await house.doPromisedWork()
  house.pass({ hours: 24 })
  await house.doPromisedWork()
  t.equal(mailsToVictim(house), 2, 'whoever asked once is reminded once')
  for (let n = 0; n < 5; n += 1) await submit(house, tenant, `victim+${n}@example.com`)
  await house.doPromisedWork()
  t.equal(mailsToVictim(house), 4, 'three of that day, the reminder among them')
})

t.test('Whoever said "I did not ask for this" is left alone', async t => {
  const { house, tenant } = await furnished(t)
  await submit(house, tenant, 'victim+a@example.com')
  await submit(house, tenant, 'victim+b@example.com')
  await house.doPromisedWork()
  const { path } = linkIn(house, 'victim+a@example.com', 'verify')
  await visitorTo(house.app).send(`${path}/denial`, { word: 'STOP' })
  const before = mailsToVictim(house)

  house.pass({ days: 3 })
  const answers = [await submit(house, tenant, VICTIM), await submit(house, tenant, 'mia@example.com')]
  t.equal(answers[0], answers[1], 'which nobody learns from the answer')
  await house.doPromisedWork()
  t.equal(mailsToVictim(house), before, 'by another form, and by the reminder of one that came before')
  const { data } = (await tenant.agent.get('/v1/inbound?state=to_sort')).json()
  t.match(data, [{ why: 'address_muted' }], 'the form is left to staff')

  const opened = await tenant.agent.post(`/v1/inbound/${data[0].id}/case`, { rights: ['access'] })
  t.equal(opened.statusCode, 201)
  await house.doPromisedWork()
  t.equal(mailsToVictim(house), before + 1, 'who may find that this one is meant')

  house.pass({ days: 90 })
  await submit(house, tenant, VICTIM)
  await house.doPromisedWork()
  t.ok(mailsToVictim(house) > before + 1, 'and after a quarter they may ask by themselves again')
})

t.test('So is whoever said it of a request that did not come by the form', async t => {
  const { house, tenant } = await furnished(t)
  await tenant.integration.post('/v1/requests', { rights: ['access'], subject: { email: VICTIM } })
  await house.doPromisedWork()
  await visitorTo(house.app).send(`${linkIn(house, VICTIM, 'verify').path}/denial`, { word: 'STOP' })
  const before = mailsToVictim(house)
  await submit(house, tenant, VICTIM)
  await house.doPromisedWork()
  t.equal(mailsToVictim(house), before)
})

async function furnished(test: Parameters<typeof openHouse>[0]) {
  const house = await openHouse(test)
  return { house, tenant: await house.tenant() }
}

/** @returns what the stranger is told */
async function submit(house: House, tenant: TenantInHouse, email: string): Promise<string> {
  const asked = { rights: ['access'], subject: { email } }
  const { statusCode, body } = await house.stranger.post(`/public/${tenant.slug}/requests`, asked)
  return `${statusCode} ${body}`
}

const mailsToVictim = ({ letterbox }: House): number =>
  letterbox.messages.filter(mail => mail.to.some(to => /^victim(?:\+\w+)?@example\.com$/.test(to))).length
