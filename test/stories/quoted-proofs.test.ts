// A person answers our mail and quotes it: link, code and all. What staff read of it opens nothing.

import t from 'tap'
import { type House, openHouse, type TenantInHouse } from '../support/house.ts'
import { handIn, mail } from '../support/raw-mail.ts'
import { codeIn, linkIn, visitorTo } from '../support/visitor.ts'

const MIA = 'mia@example.com'

t.test('A quoted link and its code prove nothing for those who read the answer', async t => {
  const { house, tenant, id } = await asked(t)
  const { code, path } = linkIn(house, MIA, 'verify')
  const { result, item } = await answered(house, tenant, 'I asked for this, but the page does not open.')

  t.equal(result, 'filed')
  t.match(item.mail.text, 'I asked for this, but the page does not open.')
  t.match(item.mail.wholeText, '> http://house.localhost/privacy/', 'the quotation itself is there')
  t.equal(codeIn(item.mail.wholeText.replaceAll(/^> ?/gm, '')), '', 'without the code')
  const read = JSON.stringify([item, (await tenant.agent.get(`/v1/requests/${id}/messages`)).json()])
  t.notMatch(read, code)
  t.notMatch(read, path.split('/').at(-1)!, 'and without the key')
  t.notMatch(read, Buffer.from('Subject: the mail itself').toString('base64'), 'nor a mail that hangs on it')
  t.match(item.mail.attachments, [{ name: 'original.eml', type: 'message/rfc822', content: null }])
  t.equal((await tenant.agent.get(`/v1/requests/${id}`)).json().state, 'awaiting_verification')
})

t.test('A quoted link to follow a request takes nothing back for those who read the answer', async t => {
  const { house, tenant, id } = await asked(t)
  await tenant.agent.post(`/v1/requests/${id}/verification/confirmation`, { method: 'id_seen', note: 'Seen.' })
  await house.doPromisedWork()
  const { path } = linkIn(house, MIA, 'status')
  const secret = path.split('/').at(-1)!
  const { item } = await answered(house, tenant, `When is it due? I mean this: http://house.localhost${path}`)
  t.notMatch(JSON.stringify(item), secret)

  await visitorTo(house.app).send(`${path}/message`, { text: `My page is http://house.localhost${path}` })
  const { data } = (await tenant.agent.get(`/v1/requests/${id}/messages`)).json()
  t.equal(data.length, 2)
  t.match(data.at(-1).text, 'My page is http://house.localhost/privacy/')
  t.notMatch(JSON.stringify(data), secret, 'what they write on the page neither')
})

async function asked(test: Parameters<typeof openHouse>[0]) {
  const house = await openHouse(test)
  const tenant = await house.tenant()
  const opened = await tenant.agent.post('/v1/requests', { rights: ['access'], subject: { name: 'Mia', email: MIA } })
  await house.doPromisedWork()
  return { house, tenant, id: opened.json().requests[0].id as string }
}

/** Answers the newest letter as mail programs do: the words on top, the letter quoted below, and hangs it on as a file. */
async function answered(house: House, tenant: TenantInHouse, words: string) {
  const letter = house.letterbox.messages.findLast(({ to }) => to.includes(MIA))!.parsed
  const quoted = (letter.text ?? '').replaceAll(/^/gm, '> ')
  const text = `${words}\n\nOn Mon, 2 Mar 2026 at 10:00, Example <habeas@house.example> wrote:\n${quoted}`
  const headers = [`In-Reply-To: ${letter.messageId}`]
  const plain = mail({ from: `Mia <${MIA}>`, subject: 'Re: your request', text, headers, attachment: Buffer.from('x') })
  const original = `Subject: the mail itself\r\n\r\n${letter.text}`
  const raw = plain
    .toString()
    .replace('Content-Type: application/pdf; name="scan.pdf"', 'Content-Type: message/rfc822; name="original.eml"')
    .replace('filename="scan.pdf"', 'filename="original.eml"')
    .replace(`${Buffer.from('x').toString('base64')}\r\n`, `${Buffer.from(original).toString('base64')}\r\n`)
  const { inboundId, result } = (await handIn(tenant, Buffer.from(raw))).json()
  return { result, item: (await tenant.auditor.get(`/v1/inbound/${inboundId}`)).json() }
}
