import { createTransport } from 'nodemailer'
import t from 'tap'
import { type Fault, openSmtpSink, type Stage } from '../support/smtp-sink.ts'

const letter = {
  envelope: { from: 'desk@tenant.example', to: ['ada@person.example', 'copy@person.example'] },
  from: { name: 'Desk', address: 'desk@tenant.example' },
  to: { name: 'Ada', address: 'ada@person.example' },
  subject: 'Your request',
  text: 'See https://rights.example/r/1',
  html: '<p>See <a href="https://rights.example/r/1">it</a></p>'
}

t.test('a letter is kept with its envelope, its bytes and its parts', async t => {
  const sink = await openSmtpSink(t)
  const arrives = sink.waitFor(mail => mail.parsed.subject === 'Your request')
  await createTransport(sink.url).sendMail(letter)
  const mail = await arrives
  t.same([mail.from, mail.to], ['desk@tenant.example', ['ada@person.example', 'copy@person.example']])
  t.match(mail.raw.toString(), /^Subject: Your request\r$/m)
  t.match(mail.parsed.text, 'https://rights.example/r/1')
  t.match(mail.parsed.html, 'href="https://rights.example/r/1"')
  t.equal(await sink.waitFor(() => true), mail, 'one that came before is found as well')
})

const refusals: readonly { at: Stage['at']; code: number }[] = [
  { at: 'connect', code: 421 },
  { at: 'mail', code: 452 },
  { at: 'rcpt', code: 450 },
  { at: 'rcpt', code: 550 },
  { at: 'data', code: 451 },
  { at: 'data', code: 552 },
  { at: 'data', code: 554 }
]
for (const { at, code } of refusals) {
  t.test(`${code} at ${at} reaches the sender as ${code}, and the letter is not acknowledged`, async t => {
    const sink = await openSmtpSink(t)
    sink.script(stage => (stage.at === at ? code : undefined))
    const failure = await createTransport(sink.url)
      .sendMail(letter)
      .catch(error => error)
    t.equal(failure.responseCode, code)
    t.equal(sink.messages.length, 0)
    t.equal(sink.unacknowledged.length, at === 'data' ? 1 : 0)
    sink.script()
    await createTransport(sink.url).sendMail(letter)
    t.equal(sink.messages.length, 1)
  })
}

t.test('one recipient of two can be refused', async t => {
  const sink = await openSmtpSink(t)
  sink.script(({ at, to }) => (at === 'rcpt' && to[0] === 'copy@person.example' ? 550 : undefined))
  const { accepted, rejected } = await createTransport(sink.url).sendMail(letter)
  t.same([accepted, rejected], [['ada@person.example'], ['copy@person.example']])
  t.same(sink.messages[0]?.to, ['ada@person.example'])
})

t.test('a line that goes dead after the data leaves the sender without an answer', async t => {
  const sink = await openSmtpSink(t)
  const faults: Fault[] = ['drop']
  sink.script(({ at }) => (at === 'data' ? faults.pop() : undefined))
  await t.rejects(createTransport(sink.url).sendMail({ ...letter, messageId: '<one@tenant.example>' }))
  const taken = await sink.waitForUnacknowledged(() => true)
  await createTransport(sink.url).sendMail({ ...letter, messageId: '<one@tenant.example>' })
  t.equal(sink.messages[0]?.parsed.messageId, taken.parsed.messageId)
})

t.test('a line that goes dead before the banner is a failure too', async t => {
  const sink = await openSmtpSink(t)
  sink.script(({ at }) => (at === 'connect' ? 'drop' : undefined))
  await t.rejects(createTransport(sink.url).sendMail(letter))
  t.equal(sink.messages.length, 0)
})

t.test('a server without a banner keeps the sender waiting until it gives up', async t => {
  const sink = await openSmtpSink(t)
  const { promise: released, resolve: release } = Promise.withResolvers<void>()
  sink.script(async () => {
    await released
    return undefined
  })
  const impatient = createTransport(`${sink.url}?greetingTimeout=50`)
  await t.rejects(impatient.sendMail(letter), { code: 'ETIMEDOUT' })
  release()
  sink.script()
  await createTransport(sink.url).sendMail(letter)
  t.equal(sink.messages.length, 1)
})

t.test('a server that is down refuses connections, and comes back at the same address', async t => {
  const sink = await openSmtpSink(t)
  await sink.goDown()
  await t.rejects(createTransport(sink.url).sendMail(letter), { code: 'ESOCKET' })
  await sink.comeBack()
  await createTransport(sink.url).sendMail(letter)
  t.equal(sink.messages.length, 1)
})

t.test('who waits for a letter is told when none can come any more', async t => {
  const sink = await openSmtpSink()
  const never = sink.waitFor(mail => mail.parsed.subject === 'Another')
  const refusal = t.rejects(never, /mail server was closed/)
  await sink.close()
  await refusal
})
