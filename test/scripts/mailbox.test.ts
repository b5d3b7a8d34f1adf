import { request } from 'node:http'
import { createTransport } from 'nodemailer'
import t from 'tap'
import { linksIn } from '../../scripts/mailbox/links.ts'
import type { Mail } from '../../scripts/mailbox/mail-store.ts'
import { openMailbox } from '../../scripts/mailbox/mailbox.ts'

const letter = {
  envelope: { from: 'bounces@tenant.example', to: ['ada@person.example'] },
  from: { name: 'Desk', address: 'desk@tenant.example' },
  to: { name: 'Ada', address: 'somebody-else@person.example' },
  subject: 'Please confirm <b>this</b>',
  text: 'Open http://127.0.0.1:3000/r/abc?x=1&y=2.',
  html: '<p onclick="steal()">Open <a href="http://127.0.0.1:3000/r/abc">this</a></p><script>steal()</script>',
  headers: { 'Auto-Submitted': 'auto-generated' }
}

async function messagesOf(url: string): Promise<Mail[]> {
  const answer = await fetch(`${url}/api/messages`)
  const { data }: { data: Mail[] } = JSON.parse(await answer.text())
  return data
}

/** fetch does not let anybody choose the Host. */
function statusFor(url: string, host: string): Promise<number | undefined> {
  return new Promise((answered, failed) => {
    request(`${url}/api/messages`, { headers: { host } }, response => {
      response.resume()
      answered(response.statusCode)
    })
      .on('error', failed)
      .end()
  })
}

t.test('a letter is in the list, newest first, as it was delivered', async t => {
  const heard: string[][] = []
  const mailbox = await openMailbox({ folder: t.testdir({}), onMail: (_mail, links) => heard.push(links) })
  t.teardown(() => mailbox.close())
  const sender = createTransport(mailbox.smtpUrl)
  await sender.sendMail(letter)
  await sender.sendMail({ ...letter, subject: 'A second one', html: '' })
  const [second, first] = await messagesOf(mailbox.url)
  t.match(first, { to: 'ada@person.example', from: 'desk@tenant.example', subject: letter.subject, html: letter.html })
  t.equal(first?.text.trim(), letter.text)
  t.equal(first?.headers['auto-submitted'], 'auto-generated')
  t.match(first?.receivedAt, /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/)
  t.match(second, { subject: 'A second one', html: null })
  t.same(heard, [['http://127.0.0.1:3000/r/abc?x=1&y=2'], ['http://127.0.0.1:3000/r/abc?x=1&y=2']])
})

t.test('its page shows the letter where it can do nothing', async t => {
  const mailbox = await openMailbox({ folder: t.testdir({}) })
  t.teardown(() => mailbox.close())
  await createTransport(mailbox.smtpUrl).sendMail(letter)
  const [mail] = await messagesOf(mailbox.url)
  const list = await fetch(mailbox.url)
  t.match(await list.text(), 'Please confirm &lt;b&gt;this&lt;/b&gt;')
  const page = await fetch(`${mailbox.url}/mails/${mail?.id}`)
  const html = await page.text()
  t.match(html, 'sandbox="allow-popups allow-popups-to-escape-sandbox"')
  t.notMatch(html, '<script', 'the letter is inside the attribute, escaped')
  t.notMatch(html, '<p onclick')
  for (const answer of [list, page]) {
    t.match(answer.headers.get('content-security-policy'), /default-src 'none'(?!.*script-src)/)
    t.equal(answer.headers.get('referrer-policy'), 'no-referrer')
  }
  const source = await fetch(`${mailbox.url}/mails/${mail?.id}/source`)
  t.match(source.headers.get('content-type'), 'text/plain')
  t.match(await source.text(), /^From: Desk <desk@tenant.example>\r$/m)
  t.equal((await fetch(`${mailbox.url}/mails/nothing`)).status, 404)
})

t.test('a site that points its own name here is turned away', async t => {
  const mailbox = await openMailbox({ folder: t.testdir({}) })
  t.teardown(() => mailbox.close())
  const { port } = new URL(mailbox.url)
  t.equal(await statusFor(mailbox.url, `evil.example:${port}`), 421)
  t.equal(await statusFor(mailbox.url, `127.0.0.1.evil.example:${port}`), 421)
  t.equal(await statusFor(mailbox.url, `localhost:${port}`), 200)
})

t.test('the next start finds the letters and the ports again', async t => {
  const folder = t.testdir({})
  const first = await openMailbox({ folder })
  await createTransport(first.smtpUrl).sendMail(letter)
  const before = await messagesOf(first.url)
  await first.close()
  const second = await openMailbox({ folder })
  t.teardown(() => second.close())
  t.same(await messagesOf(second.url), before)
  t.same([second.url, second.smtpUrl], [first.url, first.smtpUrl])
})

t.test('a mailbox whose ports are taken moves to others', async t => {
  const folder = t.testdir({})
  const first = await openMailbox({ folder })
  t.teardown(() => first.close())
  const second = await openMailbox({ folder })
  t.teardown(() => second.close())
  t.not(second.url, first.url)
  t.not(second.smtpUrl, first.smtpUrl)
})

t.test('the last five hundred letters are kept', async t => {
  const folder = t.testdir({})
  const mailbox = await openMailbox({ folder })
  const sender = createTransport({ url: mailbox.smtpUrl, pool: true, maxMessages: Infinity })
  const subjects = Array.from({ length: 503 }, (_, index) => `Letter ${index}`)
  for (const subject of subjects) await sender.sendMail({ ...letter, subject })
  sender.close()
  const expected = subjects.toReversed().slice(0, 500)
  t.same(
    (await messagesOf(mailbox.url)).map(mail => mail.subject),
    expected
  )
  await mailbox.close()
  const again = await openMailbox({ folder })
  t.teardown(() => again.close())
  t.same(
    (await messagesOf(again.url)).map(mail => mail.subject),
    expected,
    'on disk too'
  )
})

t.test('links are found as a reader would follow them', async t => {
  const rows: [text: string, html: string | null, links: string[]][] = [
    ['See https://a.example/x.', null, ['https://a.example/x']],
    [
      '(https://a.example/x) and <https://b.example/?q=1&r=2>',
      null,
      ['https://a.example/x', 'https://b.example/?q=1&r=2']
    ],
    ['https://a.example/x https://a.example/x', null, ['https://a.example/x']],
    ['https://a.example/x', '<a href="https://b.example/">b</a>', ['https://a.example/x']],
    ['', '<a href="https://b.example/?q=1&amp;r=2">b</a>', ['https://b.example/?q=1&r=2']],
    ['No link here, nor ftp://a.example', null, []]
  ]
  for (const [text, html, links] of rows) t.same(linksIn({ text, html }), links, text)
})
