// Somebody asks for another: an authorised agent, or the guardian of a child. The person reads who it is; letters go to whoever
// asks only where staff checked that they may.

import t from 'tap'
import { answerWithPackage } from '../support/answered.ts'
import { well } from '../support/fulfilment.ts'
import { type House, openHouse, type TenantInHouse } from '../support/house.ts'
import { linkIn, newestCode, textIn, visitorTo } from '../support/visitor.ts'

const AGENT = { relation: 'agent', name: 'Lex Lawson', email: 'lex@law.example', authority: 'A mandate of 3 May.' }
const MOTHER = { relation: 'guardian', name: 'Mia Holm', email: 'mia@example.com', authority: 'Custody.' }
const CHECKED = { method: 'mandate_checked', note: 'Saw the register of births, called the number on file.' }

interface Opened {
  readonly caseId: string
  readonly requests: { readonly id: string }[]
}

async function open(tenant: TenantInHouse, subject: object, requester: object): Promise<string> {
  const { requests } = await well<Opened>(
    tenant.agent.post('/v1/requests', { rights: ['access'], subject, requester, channel: 'post' })
  )
  return requests[0]!.id
}
const confirm = (tenant: TenantInHouse, id: string, proof: object) =>
  well(tenant.agent.post(`/v1/requests/${id}/verification/confirmation`, proof))
/** Each on one line. */
const lettersTo = (house: House, address: string) =>
  house.letterbox.messages
    .filter(({ to }) => to.includes(address))
    .map(({ parsed }) => (parsed.text ?? '').replaceAll(/\s+/g, ' '))

t.test('An agent asks for somebody who has an address', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const id = await open(tenant, { name: 'Ada Lund', email: 'ada@example.com' }, AGENT)
  await house.doPromisedWork()
  const [asked = ''] = lettersTo(house, 'ada@example.com')
  const { path, code } = linkIn(house, 'ada@example.com', 'verify')
  const ada = visitorTo(house.app)

  await t.test('the mail says that it was an agent, and leaves the name to the page', async t => {
    t.match(asked, /somebody who says that they are your authorised agent/)
    t.notMatch(asked, /Lex|lex@law/, 'a stranger’s words go into nobody’s mail')
  })

  await t.test('and the page says who', async t => {
    const page = textIn((await ada.open(path)).body)
    t.match(page, /Lex Lawson \(l•••@law\.example\) made it in your name, as your authorised agent/)
    t.match(page, /Access to personal data/)
  })

  await t.test('the reminder says it as well', async t => {
    house.pass({ hours: 25 })
    await house.doPromisedWork()
    t.match(lettersTo(house, 'ada@example.com').at(-1), /your authorised agent/)
  })

  await t.test('the person confirms, and everything goes to them', async t => {
    await ada.submit(await ada.open(path), '/confirmation', { code })
    await answerWithPackage(tenant, id)
    await house.doPromisedWork()
    const status = await ada.open(linkIn(house, 'ada@example.com', 'status').path)
    t.match(textIn(status.body), /Asked for by Lex Lawson \(authorised agent\)/)
    t.match(lettersTo(house, 'ada@example.com').at(-1), /Dear Ada Lund/)
    t.match(lettersTo(house, 'ada@example.com').at(-1), /\/package\//)
    t.same(lettersTo(house, 'lex@law.example'), [])
  })
})

t.test('An agent whose mandate was checked gets no letter while the person has an address', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const id = await open(tenant, { name: 'Ada Lund', email: 'ada@example.com' }, AGENT)
  await confirm(tenant, id, CHECKED)
  await answerWithPackage(tenant, id)
  await house.doPromisedWork()
  t.equal(linkIn(house, 'ada@example.com', 'package').path.includes('/package/'), true)
  t.same(lettersTo(house, 'lex@law.example'), [])
})

t.test('A mother asks for a child who has no address', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const id = await open(tenant, { name: 'Ben Holm' }, MOTHER)

  await t.test('nothing goes to an address that merely stands in the request', async t => {
    const question = { text: 'Which school?', about: 'verification' }
    t.match((await tenant.agent.post(`/v1/requests/${id}/messages`, question)).json(), { code: 'outcome_not_possible' })
    t.match((await tenant.agent.post(`/v1/requests/${id}/verification`)).json(), { code: 'outcome_not_possible' })
    await house.doPromisedWork()
    t.same(lettersTo(house, 'mia@example.com'), [])
  })

  await t.test('once staff checked who she is and that she may, letters go to her', async t => {
    await confirm(tenant, id, CHECKED)
    await house.doPromisedWork()
    const [letter = ''] = lettersTo(house, 'mia@example.com')
    t.match(letter, /Dear Mia Holm/)
    t.match(letter, /you asked as the guardian of the person whose data it is/)
    t.notMatch(letter, /Ben/, 'and the child is not named in a mail')
    await well(tenant.agent.post(`/v1/requests/${id}/messages`, { text: 'Which school does he go to?' }))
    await house.doPromisedWork()
    t.match(lettersTo(house, 'mia@example.com').at(-1), /Which school does he go to/)
  })

  await t.test('what staff preview is what she gets', async t => {
    await answerWithPackage(tenant, id, { email: 'none', name: 'Ben Holm' })
    await house.doPromisedWork()
    const letter = lettersTo(house, 'mia@example.com').at(-1) ?? ''
    t.match(letter, /Dear Mia Holm/)
    t.match(letter, /you asked as the guardian/)
  })

  await t.test('she fetches the data behind the link, with the code that is sent to her', async t => {
    const mia = visitorTo(house.app)
    const page = await mia.open(linkIn(house, 'mia@example.com', 'package').path)
    t.match(textIn(page.body), /m•••@example\.com/)
    await mia.submit(page, '/code')
    await house.doPromisedWork()
    const download = await mia.submit(page, '/download', { code: newestCode(house, 'mia@example.com') })
    t.match([download.statusCode, download.headers['content-type']], [200, 'application/zip'])
  })

  await t.test('she answers by mail, and staff see that the address is on file', async t => {
    const ours = house.letterbox.messages.findLast(({ to }) => to.includes('mia@example.com'))
    const raw = `From: Mia Holm <mia@example.com>\r\nTo: privacy@house.example\r\nSubject: Re: data\r\nMessage-ID: <a@example.com>\r\nIn-Reply-To: ${ours?.parsed.messageId}\r\n\r\nThank you.\r\n`
    await well(tenant.integration.post('/v1/inbound/email', raw, { 'content-type': 'message/rfc822' }))
    const { data } = await well<{ data: object[] }>(tenant.agent.get(`/v1/requests/${id}/messages`))
    t.match(data.at(-1), { sender: { address: 'mia@example.com', isOnFile: true } })
  })
})

t.test('Proof of anything but the mandate makes nobody the contact', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const id = await open(tenant, { name: 'Ben Holm' }, MOTHER)
  await confirm(tenant, id, { method: 'phone_callback', note: 'Ben called from school.' })
  await house.doPromisedWork()
  t.same(lettersTo(house, 'mia@example.com'), [])
  t.match((await tenant.agent.post(`/v1/requests/${id}/messages`, { text: 'Hello?' })).json(), {
    code: 'outcome_not_possible'
  })
})

t.test('A guardian who may gets the letters in place of a child who has an address', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const id = await open(tenant, { name: 'Ben Holm', email: 'ben@school.example' }, MOTHER)
  await house.doPromisedWork()
  t.match(lettersTo(house, 'ben@school.example'), [/somebody who says that they are your guardian/])
  t.same(lettersTo(house, 'mia@example.com'), [], 'before, only the child is asked')
  await confirm(tenant, id, CHECKED)
  await house.doPromisedWork()
  t.equal(lettersTo(house, 'ben@school.example').length, 1)
  t.equal(lettersTo(house, 'mia@example.com').length, 1)
})

t.test('An agent with a checked mandate writes for somebody without any address', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const id = await open(tenant, { name: 'Ada Lund' }, AGENT)
  await confirm(tenant, id, CHECKED)
  await house.doPromisedWork()
  t.match(lettersTo(house, 'lex@law.example'), [/you asked as the authorised agent of the person whose data it is/])
})

t.test('A stranger who calls themselves guardian on the form gets nothing when the person confirms', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const thief = { ...MOTHER, email: 'thief@example.org' }
  await house.stranger.post(`/public/${tenant.slug}/requests`, {
    rights: ['access'],
    subject: { email: 'ada@example.com' },
    requester: thief
  })
  await house.doPromisedWork()
  const { path, code } = linkIn(house, 'ada@example.com', 'verify')
  const ada = visitorTo(house.app)
  await ada.submit(await ada.open(path), '/confirmation', { code })
  const { data } = await well<{ data: { id: string }[] }>(tenant.agent.get('/v1/requests'))
  await answerWithPackage(tenant, data[0]!.id)
  await house.doPromisedWork()
  t.equal(lettersTo(house, 'ada@example.com').length >= 3, true)
  t.same(lettersTo(house, 'thief@example.org'), [])
})
