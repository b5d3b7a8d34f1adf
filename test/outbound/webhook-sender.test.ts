// One message and one stranger's server, in every mood that a server can be in.

import { createHmac } from 'node:crypto'
import { createServer, type Socket } from 'node:net'
import t from 'tap'
import { openAddressGuard } from '../../src/outbound/address-guard.ts'
import { openNameResolver } from '../../src/outbound/name-resolver.ts'
import { openWebhookSender, type SenderSettings } from '../../src/outbound/webhook-sender.ts'
import { certificateFor } from '../support/certificate.ts'
import { openNameServer } from '../support/name-server.ts'
import { answer, type Behaviour, isSignedWith, openReceiver } from '../support/webhook-receiver.ts'

const SECRET = 'whsec_qL0lq0VjVYt7XZk3Rr2b6m1cQ8wU5sN4hT9eJ0pFdGo='
const OTHER = 'whsec_dGhlIHNlY29uZCBvZiB0d28gc2VjcmV0cyBpbiBmb3JjZQ=='
const BODY = '{"type":"request.opened","data":{"requestId":"0190b2a1-7c3e-7d4f-8a5b-6c7d8e9f0a1b","note":"æøå"}}'
const AT = new Date('2026-02-20T10:00:00.700Z')
const HERE = ['127.0.0.0/8', '::1/128']

const messageTo = (url: string, secrets = [SECRET]) => ({ url, id: 'evt_1', body: BODY, secrets, at: AT })
const sender = ({ allow = HERE, ...settings }: Partial<SenderSettings> & { allow?: string[] } = {}) =>
  openWebhookSender({
    guard: openAddressGuard({ allowNetworks: allow, publicUrl: 'https://house.example' }),
    resolveName: openNameResolver(),
    ...settings
  })

t.test('A message', async t => {
  const receiver = await openReceiver(t)
  const { send, countAttempts } = sender()
  t.same(await send(messageTo(`${receiver.url}?a=b`, [SECRET, OTHER])), {
    failure: null,
    status: 204,
    retryAfterSeconds: null
  })
  const [received] = receiver.received
  t.match(received, { method: 'POST', path: '/hook?a=b', body: BODY })
  t.match(received?.headers, {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(BODY)),
    'webhook-id': 'evt_1',
    'webhook-timestamp': '1771581600',
    'user-agent': /^Habeas-Webhooks\//
  })

  await t.test('is signed over id, time and body with each secret in force', async t => {
    const mine = [SECRET, OTHER].map(secret => {
      const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
      return `v1,${createHmac('sha256', key).update(`evt_1.1771581600.${BODY}`).digest('base64')}`
    })
    t.equal(received?.headers['webhook-signature'], mine.join(' '))
  })

  await t.test('is known to whoever checks it as Standard Webhooks says, and no other is', async t => {
    t.ok(isSignedWith(SECRET, received!))
    t.ok(isSignedWith(OTHER, received!))
    const forged = [
      { ...received!, body: received!.body.replace('opened', 'closed') },
      { ...received!, headers: { ...received!.headers, 'webhook-id': 'evt_2' } },
      { ...received!, headers: { ...received!.headers, 'webhook-timestamp': '1771581601' } }
    ]
    for (const one of forged) t.notOk(isSignedWith(SECRET, one))
  })
  t.same(countAttempts(), { delivered: 1 }, 'and is counted')
})

t.test('A receiver that', async t => {
  const receiver = await openReceiver(t)
  const { send } = sender()
  const canary = await openReceiver(t)
  const rows: readonly (readonly [what: string, behaviour: Behaviour, expected: object])[] = [
    ['answers 200 with words', answer(200, {}, 'thank you'), { failure: null, status: 200 }],
    ['answers 299', 299, { failure: null, status: 299 }],
    ['is broken', 500, { failure: 'not_taken', status: 500 }],
    ['does not know us', 401, { failure: 'not_taken', status: 401 }],
    ['is gone', 410, { failure: 'not_taken', status: 410 }],
    ['is busy', answer(429, { 'retry-after': '120' }), { failure: 'not_taken', status: 429, retryAfterSeconds: 120 }],
    ['is closed for now', answer(503, { 'retry-after': '7' }), { status: 503, retryAfterSeconds: 7 }],
    [
      'names a day to come back',
      answer(503, { 'retry-after': 'Fri, 31 Dec 2100 23:59:59 GMT' }),
      { retryAfterSeconds: null }
    ],
    ['asks for a strange wait', answer(429, { 'retry-after': '-5' }), { retryAfterSeconds: null }],
    ['asks to wait after an error of its own', answer(500, { 'retry-after': '9' }), { retryAfterSeconds: null }],
    ...[300, 301, 302, 303, 304, 305, 307, 308].map(
      status =>
        [
          `redirects with ${status}`,
          answer(status, { location: canary.url }),
          { failure: 'redirected', status }
        ] as const
    ),
    ['redirects to a file', answer(302, { location: 'file:///etc/passwd' }), { failure: 'redirected', status: 302 }],
    [
      'hangs up',
      response => {
        response.destroy()
      },
      { failure: 'not_connected', status: null }
    ],
    [
      'changes the protocol',
      answer(101, { connection: 'upgrade', upgrade: 'websocket' }),
      { failure: 'not_connected', status: null }
    ]
  ]
  for (const [what, behaviour, expected] of rows) {
    receiver.behave(() => behaviour)
    const before = receiver.received.length
    t.match(await send(messageTo(receiver.url)), expected, what)
    t.equal(receiver.received.length, before + 1, `${what}: asked once`)
  }
  t.same(canary.received, [], 'nobody was sent on')
})

t.test('An answer without end is left after 16 KiB', async t => {
  const receiver = await openReceiver(t)
  let written = 0
  const gone = Promise.withResolvers<void>()
  receiver.behave(() => response => {
    response.writeHead(200)
    const more = () => {
      while (response.write('x'.repeat(4_096))) written += 4_096
    }
    response.on('drain', more).on('close', gone.resolve)
    more()
  })
  t.match(await sender().send(messageTo(receiver.url)), { failure: null, status: 200 }, 'what it said first counts')
  await gone.promise
  t.ok(written < 50_000_000, `${written} bytes were offered`)
})

t.test('A receiver that takes longer than it may', async t => {
  const receiver = await openReceiver(t)
  const { send } = sender({ deadlineMs: 150 })
  await t.test('to answer is left', async t => {
    receiver.behave(() => () => {})
    t.same(await send(messageTo(receiver.url)), { failure: 'timed_out', status: null, retryAfterSeconds: null })
  })
  await t.test('to end its answer has answered', async t => {
    receiver.behave(() => response => {
      response.writeHead(200).write('and')
    })
    t.match(await send(messageTo(receiver.url)), { failure: null, status: 200 })
  })
  await t.test('to begin is left', async t => {
    const silent = createServer(socket => socket.resume())
    await new Promise<void>(resolve => {
      silent.listen(0, '127.0.0.1', resolve)
    })
    const { port } = silent.address() as { port: number }
    for (const protocol of ['http', 'https'])
      t.match(await send(messageTo(`${protocol}://127.0.0.1:${port}/`)), { failure: 'timed_out' }, protocol)
    await new Promise(resolve => silent.close(resolve))
  })
  await t.test('to be found is left', async t => {
    const names = await openNameServer(t, () => null)
    const lost = sender({ deadlineMs: 150, resolveName: openNameResolver([names.address]) })
    t.match(await lost.send(messageTo('https://hooks.example.com/')), { failure: 'timed_out' })
  })
})

t.test('A receiver that is not there', async t => {
  const receiver = await openReceiver(t)
  await receiver.goDown()
  t.match(await sender().send(messageTo(receiver.url)), { failure: 'not_connected', status: null })
})

t.test('Over TLS', async t => {
  const certificate = certificateFor('hooks.house.example')
  const names = await openNameServer(t, (name, kind) =>
    name.endsWith('.house.example') && kind === 'A' ? ['127.0.0.1'] : []
  )
  const resolveName = openNameResolver([names.address])
  const receiver = await openReceiver(t, { certificate, name: 'hooks.house.example' })
  const trusting = sender({ resolveName, ca: certificate.cert })

  t.match(
    await trusting.send(messageTo(receiver.url)),
    { failure: null, status: 204 },
    'a certificate of the name is believed'
  )
  t.equal(receiver.received[0]?.headers.host, `hooks.house.example:${receiver.port}`)
  const elsewhere = receiver.url.replace('hooks', 'other')
  t.match(await trusting.send(messageTo(elsewhere)), { failure: 'tls_failed' }, 'one of another name is not')
  t.match(
    await sender({ resolveName }).send(messageTo(receiver.url)),
    { failure: 'tls_failed' },
    'nor one of nobody known'
  )
  t.match(await trusting.send(messageTo('https://none.example/')), { failure: 'not_resolved' })
  t.equal(receiver.received.length, 1, 'and nothing is told to who is not believed')
})

t.test('What lies in our own network', async t => {
  const canary = await openReceiver(t)
  const { port } = canary
  const names = await openNameServer(t, (name, kind) => {
    const of: Readonly<Record<string, readonly string[]>> = {
      'loop.example.com': ['127.0.0.1'],
      'loop6.example.com': ['::1'],
      'mixed.example.com': ['1.1.1.1', '127.0.0.1'],
      'mixed6.example.com': ['2606:4700::1111', '::1'],
      'mapped.example.com': ['::ffff:7f00:1'],
      'metadata.example.com': ['169.254.169.254'],
      'private.example.com': ['10.0.0.1']
    }
    return (of[name] ?? []).filter(address => address.includes(':') === (kind === 'AAAA'))
  })
  const resolveName = openNameResolver([names.address])

  await t.test('is not reached by any name or number', async t => {
    const { send } = sender({ allow: [], resolveName })
    const hosts = [
      ...['loop', 'loop6', 'mixed', 'mixed6', 'mapped', 'metadata', 'private'].map(name => `${name}.example.com`),
      ...['127.0.0.1', '2130706433', '0x7f.1', '0.0.0.0', '[::1]', '[::]', '[::ffff:127.0.0.1]', 'localhost']
    ]
    for (const host of hosts) t.match(await send(messageTo(`https://${host}/`)), { failure: 'address_refused' }, host)
  })

  await t.test('is not reached when the operator lets in another part of it', async t => {
    const { send } = sender({ allow: ['127.0.0.2/32'], resolveName })
    for (const host of ['loop.example.com', '127.0.0.1', 'mixed.example.com'])
      t.match(await send(messageTo(`http://${host}:${port}/`)), { failure: 'address_refused' }, host)
  })

  await t.test('is not reached by a name that leads elsewhere the second time', async t => {
    let asked = 0
    const flipping = await openNameServer(t, (_, kind) => {
      if (kind === 'AAAA') return []
      asked += 1
      return [asked % 2 === 1 ? '127.0.0.2' : '127.0.0.1']
    })
    const neighbour = await openReceiver(t, { address: '127.0.0.2' })
    const { send } = sender({ allow: ['127.0.0.2/32'], resolveName: openNameResolver([flipping.address]) })
    const results: Record<string, number> = {}
    for (let n = 0; n < 100; n += 1) {
      const { failure } = await send(messageTo(`http://flip.example.com:${neighbour.port}/`))
      results[failure ?? 'delivered'] = (results[failure ?? 'delivered'] ?? 0) + 1
    }
    t.same(results, { delivered: 50, address_refused: 50 })
    t.equal(asked, 100, 'a name is asked for once an attempt')
    t.equal(neighbour.received.length, 50)
  })

  await t.test('is told nothing though a connection to it was made', async t => {
    const heard: Buffer[] = []
    const connections: Socket[] = []
    const server = createServer(socket => {
      connections.push(socket)
      socket.on('data', chunk => heard.push(chunk))
    })
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve)
    })
    const looks: string[] = []
    // It believes what it is told of a name, and no longer when it sees who is there.
    const guard = {
      faultOf: () => null,
      permits: (_: URL, address: string) => looks.push(address) < 2
    }
    const { send } = sender({ guard, resolveName })
    const { port } = server.address() as { port: number }
    t.match(await send(messageTo(`http://loop.example.com:${port}/`)), { failure: 'address_refused' })
    t.same(looks, ['127.0.0.1', '127.0.0.1'], 'it looks before and after')
    await new Promise(resolve => server.close(resolve))
    t.same([connections.length, Buffer.concat(heard).toString()], [1, ''])
  })
  t.same(canary.received, [], 'nothing came to any of it')
})
