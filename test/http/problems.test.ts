import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import t from 'tap'
import { PROBLEM_CODES, PROBLEMS, slugOf } from '../../src/http/problem-codes.ts'
import { asOwner } from '../support/cluster.ts'
import { openHouse } from '../support/house.ts'

const SYSTEM = { slug: 'crm', name: 'CRM', location: 'Vejle', personalData: 'none' }
const HELD_CATEGORY = {
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
const NOBODY = 'b7134a7d-cccf-4c65-af82-831a0a4bb617'
const json = { 'content-type': 'application/json' }

t.test('What cannot be done is told as a problem document', async t => {
  const house = await openHouse(t)
  const { admin } = await house.tenant()

  await t.test('with the place, the rule and the fix of each fault', async t => {
    const answer = await admin.post('/v1/systems', {
      slug: 'CRM',
      nmae: 'CRM',
      location: 5,
      personalData: 'hedl',
      role: null
    })
    t.equal(answer.statusCode, 422)
    t.match(answer.headers['content-type'], 'application/problem+json')
    const problem = answer.json()
    t.match(problem, {
      type: 'http://house.localhost/problems/invalid',
      code: 'invalid',
      status: 422,
      requestId: answer.headers['request-id']
    })
    const fixes = Object.fromEntries(
      problem.errors.map(({ pointer, fix }: { pointer: string; fix: string }) => [pointer, fix])
    )
    t.match(fixes, {
      '/name': /^Send name/,
      '/nmae': /did you mean name\?$/,
      '/slug': /lower-case letters/,
      '/location': 'Send a text in quotes.',
      '/personalData': /held, none; did you mean held\?$/,
      '/role': /controller, processor/
    })
  })

  await t.test('for each thing that no schema would let pass', async t => {
    const cases = [
      [
        'unknown nested field',
        { ...SYSTEM, personalData: 'held', categories: [{ name: 'a', colour: 'red' }] },
        '/categories/0/colour'
      ],
      ['a number for a text', { ...SYSTEM, name: 7 }, '/name'],
      ['null for a text', { ...SYSTEM, name: null }, '/name'],
      ['a list for an object', [], ''],
      ['a protected column', { ...SYSTEM, tenantId: NOBODY }, '/tenantId'],
      ['a version', { ...SYSTEM, version: 9 }, '/version']
    ] as const
    for (const [what, body, pointer] of cases) {
      const answer = await admin.post('/v1/systems', body)
      t.equal(answer.statusCode, 422, what)
      t.ok(
        answer.json().errors.some((fault: { pointer: string }) => fault.pointer === pointer),
        `${what} is found at ${pointer}`
      )
    }
    const { data } = (await admin.get('/v1/systems')).json()
    t.same(data, [], 'and nothing was kept of any of them')
  })

  await t.test('also where the fault is in the query, the path or a header', async t => {
    const query = await admin.get('/v1/systems?limit=many&tenant=other')
    t.equal(query.statusCode, 422)
    t.match(query.json().errors, [
      { pointer: '/query/tenant', rule: 'unknown' },
      { pointer: '/query/limit', rule: 'type' }
    ])
    t.match((await admin.get('/v1/systems/7')).json(), {
      code: 'invalid',
      errors: [{ pointer: '/path/id', rule: 'format' }]
    })
    const header = await admin.delete(`/v1/systems/${NOBODY}`, undefined, { 'if-match': 'seven' })
    t.match(header.json(), { status: 400, code: 'malformed', errors: [{ pointer: '/header/if-match', rule: 'etag' }] })
  })

  await t.test('for a text that nothing can keep as it was sent, wherever it stands', async t => {
    const category = { ...HELD_CATEGORY, purposes: ['service', 'a\u0000b'] }
    const body = {
      ...SYSTEM,
      personalData: 'held',
      name: 'a\u0000b',
      description: 'half \ud83d',
      categories: [category]
    }
    t.match((await admin.post('/v1/systems', body)).json(), {
      status: 422,
      code: 'invalid',
      errors: [
        { pointer: '/name', rule: 'unicode', fix: /^Send whole characters/ },
        { pointer: '/description', rule: 'unicode' },
        { pointer: '/categories/0/purposes/1', rule: 'unicode' }
      ]
    })
    const request = {
      rights: ['access'],
      subject: { name: 'Ada', email: 'ada@example.com' },
      metadata: { 'a\u0000': 'b' }
    }
    t.match((await admin.post('/v1/requests', request)).json(), {
      errors: [{ pointer: '/metadata/a\u0000', rule: 'unicode' }]
    })
    const named = { ...request, metadata: { 'two words': [{}] } }
    t.match((await admin.post('/v1/requests', named)).json(), {
      errors: [{ pointer: '/metadata/two words', rule: 'unknown' }]
    })
    t.match((await admin.get('/v1/requests?externalId=%00')).json(), {
      errors: [{ pointer: '/query/externalId', rule: 'unicode' }]
    })
    t.equal((await admin.post('/v1/systems', { ...SYSTEM, slug: 'emoji', name: 'Κώστας 👩‍👧' })).statusCode, 201)
  })

  await t.test('when the body is broken, empty, mistyped or too large', async t => {
    const cases = [
      ['{"slug": ', json, 400, 'malformed'],
      ['', json, 400, 'malformed'],
      ['{"__proto__": {"polluted": true}}', json, 400, 'malformed'],
      ['{"constructor": {"prototype": {"polluted": true}}}', json, 400, 'malformed'],
      ['slug=crm', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'unsupported_media_type'],
      ['"crm"', { 'content-type': 'text/plain' }, 415, 'unsupported_media_type'],
      [`{"name": "${'x'.repeat(1_100_000)}"}`, json, 413, 'too_large'],
      [`{"name": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`, json, 422, 'invalid']
    ] as const
    for (const [body, headers, status, code] of cases) {
      const answer = await admin.post('/v1/systems', body, headers)
      t.match(
        [answer.statusCode, answer.json().code],
        [status, code],
        `${body.slice(0, 30)} as ${headers['content-type']}`
      )
      t.notMatch(answer.json().detail, /JSON at position|Unexpected/, 'in words of our own')
    }
    t.notOk(({} as { polluted?: boolean }).polluted, 'and the process is what it was')
  })

  await t.test('when nobody can be called what the address says', async t => {
    const intake = { rights: ['access'], subject: { email: 'ada@example.com' } }
    t.match((await house.stranger.post('/public/%00/requests', intake)).json(), { status: 404, code: 'not_found' })
    t.equal((await house.stranger.get('/privacy/%00')).statusCode, 404)
  })

  await t.test('when nothing is there, or not for this method', async t => {
    t.match((await admin.get('/v1/nothing')).json(), { code: 'not_found', status: 404 })
    t.match((await admin.get('/%E0%A4%A')).json(), { code: 'malformed', status: 400 })
    const answer = await admin.delete('/v1/policy')
    t.match(
      [answer.statusCode, answer.json().code, answer.headers.allow],
      [405, 'method_not_allowed', 'GET, HEAD, PUT']
    )
    const head = await house.app.inject({
      method: 'HEAD',
      url: '/v1/policy',
      headers: { authorization: `Bearer ${admin.token()}` }
    })
    t.match([head.statusCode, head.body], [200, ''], 'HEAD is answered like GET, without the body')
  })

  await t.test(
    'and a body with a fault in each of ten thousand places is answered without reading them all',
    async t => {
      const categories = Array.from({ length: 10_000 }, () => ({ name: 1, wrong: 1, worse: 2 }))
      const answer = await admin.post('/v1/systems', { ...SYSTEM, personalData: 'held', categories })
      t.equal(answer.statusCode, 422)
      t.ok(answer.json().errors.length <= 50)
    }
  )
})

t.test('What is no HTTP at all is refused on the wire', async t => {
  const house = await openHouse(t)
  const url = new URL(await house.app.listen({ port: 0, host: '127.0.0.1' }))
  const say = async (words: string) => {
    const socket = connect(Number(url.port), '127.0.0.1')
    socket.write(words)
    return await text(socket)
  }
  t.match(await say('HELLO\r\n\r\n'), /^HTTP\/1.1 400 Bad Request[\s\S]*"code":"malformed"/)
  t.match(await say(`GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`), /^HTTP\/1.1 431 /)
  t.match(
    await say('GET /v1/policy HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n'),
    /^HTTP\/1.1 400 /
  )
})

t.test('An error that nobody expected', async t => {
  const house = await openHouse(t)
  const { agent } = await house.tenant()
  // The one table without which no tenant can be read; its name would be in the driver's words.
  await asOwner(house.ownerUrl, sql => sql`alter table policies rename to gone`)
  const answer = await agent.get('/v1/policy')

  t.equal(answer.statusCode, 500)
  t.strictSame(
    Object.keys(answer.json()),
    ['type', 'title', 'status', 'detail', 'code', 'requestId'],
    'says nothing of what broke'
  )
  t.notMatch(answer.body, /policies|select|src\/|postgres/)
  const line = house.log.find(line => line.includes('a call failed')) ?? ''
  t.match(
    JSON.parse(line),
    { level: 'error', requestId: answer.json().requestId, err: { cause: { code: '42P01' } } },
    'but the log knows its kind and place'
  )
  t.notMatch(line, /select|where/, 'without the statement')
})

t.test('Every code has a page, where its type leads', async t => {
  const house = await openHouse(t)
  for (const code of PROBLEM_CODES) {
    const page = await house.stranger.get(`/problems/${slugOf(code)}`)
    t.equal(page.statusCode, 200, code)
    t.match(page.body, PROBLEMS[code].title)
    t.match(page.headers['content-security-policy'], "default-src 'none'")
  }
  t.equal((await house.stranger.get('/problems/nothing-of-the-kind')).statusCode, 404)
  t.match((await house.stranger.get('/problems')).body, '/problems/move-not-allowed')
})
