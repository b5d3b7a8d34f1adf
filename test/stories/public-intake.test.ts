// Asking without credentials: through the page, and through the call behind it.

import t from 'tap'
import { type House, openHouse } from '../support/house.ts'
import { formsOf, linkIn, textIn, visitorTo } from '../support/visitor.ts'

const ASKED = { rights: ['access'], subject: { name: 'Mia Holm', email: 'mia@example.com' } }

t.test('A stranger asks through the call', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const door = `/public/${tenant.slug}/requests`
  const first = await house.stranger.post(door, ASKED)

  await t.test('and is answered before anything happens', async t => {
    t.equal(first.statusCode, 202)
    t.same((await tenant.agent.get('/v1/requests')).json().data, [])
    t.match((await tenant.agent.get('/v1/inbound')).json().data, [
      { kind: 'form', state: 'new', from: { address: 'mia@example.com' } }
    ])
  })

  await t.test('then a case is opened, received when it was sent', async t => {
    house.pass({ hours: 2 })
    await house.doPromisedWork()
    const [request] = (await tenant.agent.get('/v1/requests')).json().data
    t.match(request, {
      channel: 'portal',
      state: 'awaiting_verification',
      rightGuessed: false,
      receivedAt: '2026-02-20T10:00:00.000Z'
    })
    t.match(request.subject, { name: 'Mia Holm', email: 'mia@example.com', identifiers: [] })
    t.match((await tenant.agent.get('/v1/inbound')).json().data, [{ state: 'opened', caseId: request.caseId }])
    t.match(linkIn(house, 'mia@example.com', 'verify').code, /^.{8}$/, 'and the person is asked whether it was them')
  })

  await t.test('who is known is told the same as who is not', async t => {
    const again = await house.stranger.post(door, ASKED)
    const stranger = await house.stranger.post(door, { ...ASKED, subject: { email: 'nobody@example.net' } })
    t.equal(again.body, first.body)
    t.equal(stranger.body, first.body, 'byte for byte')
    const shape = ({ headers }: typeof again) => Object.keys(headers).sort()
    t.same(shape(again), shape(stranger))
  })

  await t.test('and nothing merges with what is not proven', async t => {
    await house.doPromisedWork()
    const { data } = (await tenant.agent.get('/v1/requests?email=mia@example.com')).json()
    t.equal(new Set(data.map((request: { caseId: string }) => request.caseId)).size, 2)
  })
})

t.test('A form that is sent twice because the answer was lost', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const door = `/public/${tenant.slug}/requests`
  const key = { 'idempotency-key': '6f2b' }
  const [first, second] = [await house.stranger.post(door, ASKED, key), await house.stranger.post(door, ASKED, key)]

  await t.test('is one form', async t => {
    t.equal(second.statusCode, 202)
    t.equal(second.body, first.body)
    t.equal(second.headers['idempotency-replayed'], 'true')
    await house.doPromisedWork()
    t.equal((await tenant.agent.get('/v1/requests')).json().data.length, 1)
    t.equal(house.letterbox.messages.length, 1)
  })

  await t.test('while the key of one stranger is in no other’s way', async t => {
    const other = await house.stranger.post(door, { ...ASKED, subject: { email: 'nobody@example.net' } }, key)
    t.equal(other.statusCode, 202)
    t.equal(other.headers['idempotency-replayed'], undefined)
  })

  await t.test('and one that is only tried leaves nothing', async t => {
    const kept = (await tenant.agent.get('/v1/inbound')).json().data.length
    const tried = await house.stranger.post(`${door}?dryRun=true`, ASKED)
    t.match(tried.headers, { 'dry-run': 'true' })
    t.equal(tried.body, first.body)
    t.equal((await house.stranger.post(`${door}?dryRun=true`, { ...ASKED, rights: [] })).statusCode, 422)
    t.equal((await tenant.agent.get('/v1/inbound')).json().data.length, kept)
  })
})

t.test('The number of statements is the same for everybody', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const door = `/public/${tenant.slug}/requests`
  await house.stranger.post(door, ASKED)
  await house.doPromisedWork()
  const saidDuring = listenToStatements(house)

  const known = await saidDuring(() => house.stranger.post(door, ASKED))
  const unknown = await saidDuring(() =>
    house.stranger.post(door, { ...ASKED, subject: { email: 'nobody@example.net' } })
  )
  t.same(known, unknown, 'and they are the same statements')
  t.ok(
    known.some(statement => /insert into "inbound"/.test(statement)),
    'the keeping of the form among them'
  )
})

t.test('What a stranger may not say', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const door = `/public/${tenant.slug}/requests`
  const strict = {
    receivedAt: '2020-01-01T00:00:00Z',
    verification: { method: 'none' },
    regime: 'eu-gdpr',
    channel: 'post',
    externalId: 'x',
    metadata: {},
    state: 'verified',
    tenantId: tenant.id
  }
  for (const [field, value] of Object.entries(strict)) {
    const refused = await house.stranger.post(door, { ...ASKED, [field]: value })
    t.match(refused.json(), { status: 422, errors: [{ pointer: `/${field}`, rule: 'unknown' }] }, field)
  }
  t.match(
    (
      await house.stranger.post(door, {
        ...ASKED,
        subject: { email: 'mia@example.com', identifiers: [{ kind: 'user_id', value: 'u_1' }] }
      })
    ).json(),
    { errors: [{ pointer: '/subject/identifiers', rule: 'unknown' }] },
    "a mailbox proves no customer number, so another's data cannot be asked for with one"
  )
  t.match((await house.stranger.post(door, { rights: ['access'], subject: { name: 'Mia' } })).json(), {
    errors: [{ pointer: '/subject/email', rule: 'required' }]
  })
  t.match(
    (await house.stranger.post(door, { ...ASKED, subject: { email: 'a@b.example\r\nBcc: evil@example.com' } })).json(),
    { status: 422 }
  )
  t.match((await house.stranger.post(door, { ...ASKED, rights: ['opt_out'] })).json(), {
    status: 422,
    code: 'right_not_offered'
  })
  t.match((await house.stranger.post(`/public/nobody-here/requests`, ASKED)).json(), { status: 404, code: 'not_found' })
  await house.doPromisedWork()
  t.same(house.letterbox.messages, [], 'and nothing of it happened')
})

t.test("Somebody fills in the form with another person's address", async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const door = `/public/${tenant.slug}/requests`
  const spellings = [
    'victim@example.com',
    'Victim@example.com',
    'VICTIM@EXAMPLE.COM',
    'victim@Example.com',
    'vIctim@example.com',
    'victim@example.com'
  ]
  const answers = await Promise.all(
    spellings.map(email =>
      house.stranger.post(door, { rights: ['access'], subject: { name: 'a b c '.repeat(20), email } })
    )
  )

  await t.test('three mails reach the inbox in a day, and no more', async t => {
    t.equal(
      new Set(answers.map(answer => `${answer.statusCode} ${answer.body}`)).size,
      1,
      'each form is answered alike'
    )
    await house.doPromisedWork()
    t.equal(mailsTo(house, /victim@/i), 3)
    const kept = (await tenant.agent.get('/v1/inbound?state=to_sort')).json().data
    t.match(kept, [{ why: 'too_many_for_address' }, { why: 'too_many_for_address' }, { why: 'too_many_for_address' }])
    t.equal(mailsTo(house, /team@/), 1, 'of which staff are told once')
  })

  await t.test('another address is asked all the same', async t => {
    await house.stranger.post(door, ASKED)
    await house.doPromisedWork()
    t.equal(mailsTo(house, /mia@/), 1)
  })

  await t.test('what was kept is not lost: staff open it, and its period counts from its day', async t => {
    house.pass({ days: 2 })
    const [kept] = (await tenant.agent.get('/v1/inbound?state=to_sort')).json().data
    const opened = (await tenant.agent.post(`/v1/inbound/${kept.id}/case`, { rights: ['access'] })).json()
    t.match((await tenant.agent.get(`/v1/requests/${opened.requests[0].id}`)).json(), {
      receivedOn: '2026-02-20',
      channel: 'portal'
    })
    await house.doPromisedWork()
    t.equal(linkIn(house, opened.requests.length === 1 ? addressOf(house) : '', 'verify').code.length, 8)
  })

  await t.test('and the next day the person can ask again', async t => {
    const before = mailsTo(house, /victim@/i)
    await house.stranger.post(door, { rights: ['access'], subject: { email: 'victim@example.com' } })
    await house.doPromisedWork()
    t.equal(mailsTo(house, /victim@/i), before + 1)
  })
})

t.test('A person asks through the page', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const mia = visitorTo(house.app)
  const page = await mia.open(`/privacy/${tenant.slug}`)

  await t.test('which says what can be asked for, how long it takes and where to complain', async t => {
    t.equal(page.statusCode, 200)
    const text = textIn(page.body)
    for (const said of [
      'Your personal data at Example ApS',
      'one month',
      'Datatilsynet',
      'Access to',
      'privacy@house.example'
    ])
      t.match(text, said, said)
    t.equal(page.body.match(/name="rights"/g)?.length, 6, 'each right of the tenant')
  })

  await t.test('mends what was forgotten', async t => {
    const again = await mia.submit(page, tenant.slug, {
      name: 'Mia <script>',
      email: 'not an address',
      details: 'Both "accounts" & all'
    })
    t.equal(again.statusCode, 422)
    t.match(textIn(again.body), /Choose at least one thing.*Write one email address/)
    t.match(again.body, /value="Mia &lt;script&gt;"/, 'and finds what was typed')
    t.match(again.body, 'Both &quot;accounts&quot; &amp; all')
    await house.doPromisedWork()
    t.same(house.letterbox.messages, [])
  })

  await t.test('and is thanked in the same words as everybody', async t => {
    const fields = {
      rights: ['access', 'erasure'],
      name: 'Mia Holm',
      email: 'mia@example.com',
      details: 'Both accounts.',
      language: 'da'
    }
    const thanked = await mia.send(`/privacy/${tenant.slug}`, fields)
    const stranger = await visitorTo(house.app).send(`/privacy/${tenant.slug}`, {
      ...fields,
      email: 'nobody@example.net'
    })
    t.equal(thanked.statusCode, 202)
    t.equal(stranger.body, thanked.body)
    const cookie = String(thanked.headers['set-cookie'])
    t.match(cookie, /^habeas=[\w-]{43}; .*HttpOnly.*SameSite=Strict/)
    t.notMatch(cookie, /Secure/, 'on loopback without https')
  })

  await t.test('so that a case is opened in her language', async t => {
    await house.doPromisedWork()
    const { data } = (await tenant.agent.get('/v1/requests?email=mia@example.com')).json()
    t.equal(data.length, 2)
    t.match(data[0], {
      channel: 'portal',
      details: { text: 'Both accounts.' },
      subject: { locale: 'da', name: 'Mia Holm' }
    })
    t.match(house.letterbox.messages.find(mail => mail.to.includes('mia@example.com'))?.parsed.subject, /Bekræft/)
  })

  await t.test('and her browser needs no code', async t => {
    const { path } = linkIn(house, 'mia@example.com', 'verify')
    const confirmed = await mia.submit(await mia.open(path), '/confirmation')
    t.match(textIn(confirmed.body), /Du har bekræftet/)
    const { data } = (await tenant.agent.get('/v1/requests?email=mia@example.com')).json()
    t.match(data, [{ state: 'verified', verification: { method: 'email_link_and_browser' } }, { state: 'verified' }])
  })

  await t.test('which no other browser can say', async t => {
    const { path } = linkIn(house, 'nobody@example.net', 'verify')
    const eve = visitorTo(house.app)
    const refused = await eve.submit(await eve.open(path), '/confirmation')
    t.equal(refused.statusCode, 422)
    const other = await mia.submit(await mia.open(path), '/confirmation')
    t.equal(other.statusCode, 422, 'nor the browser of another request')
  })
})

t.test('Laws of several places', async t => {
  const house = await openHouse(t)
  const byPlace = { DK: 'eu-gdpr', 'US-CA': 'us-ca' } as const
  const tenant = await house.tenant({
    policy: {
      regimes: { default: 'au-privacy', byPlace },
      rights: ['access', 'rectification', 'erasure', 'portability', 'limit_use'],
      timeZone: 'Australia/Sydney',
      holidays: 'AU-NSW',
      authority: 'AU'
    }
  })
  const sam = visitorTo(house.app)
  const page = await sam.open(`/privacy/${tenant.slug}`)
  t.match(textIn(page.body), /United States \(CA\)/)
  t.match(page.body, /value="limit_use"/, 'rights of any of them can be chosen')

  const nowhere = await sam.send(`/privacy/${tenant.slug}`, { rights: ['limit_use'], email: 'sam@example.com' })
  t.match([nowhere.statusCode, textIn(nowhere.body)], [422, /Say where you live/], 'the law decides by the place')
  const placed = await sam.send(`/privacy/${tenant.slug}`, {
    rights: ['limit_use'],
    email: 'sam@example.com',
    country: 'US-CA'
  })
  t.equal(placed.statusCode, 202)
  await house.doPromisedWork()
  t.match((await tenant.agent.get('/v1/requests')).json().data, [
    { regime: 'us-ca', right: 'limit_use', subject: { country: 'US', region: 'CA' } }
  ])
  t.equal(formsOf(page.body).length, 1)
})

function mailsTo(house: House, address: RegExp): number {
  return house.letterbox.messages.filter(mail => mail.to.some(to => address.test(to))).length
}

/** Of the newest letter that asks for proof. */
function addressOf(house: House): string {
  return house.letterbox.messages.findLast(mail => (mail.parsed.text ?? '').includes('/verify/'))?.to[0] ?? ''
}

/** Every statement that the service sends to the database while something is done. */
function listenToStatements({ db }: House): (work: () => Promise<unknown>) => Promise<string[]> {
  const said: string[] = []
  const heard = new WeakSet<object>()
  db.pool.on('acquire', client => {
    if (heard.has(client)) return
    heard.add(client)
    const query = client.query.bind(client) as (...asked: unknown[]) => unknown
    Object.assign(client, {
      query: (...asked: unknown[]) => {
        const [statement] = asked as [string | { text: string }]
        said.push(typeof statement === 'string' ? statement : statement.text)
        return query(...asked)
      }
    })
  })
  return async work => {
    said.length = 0
    await work()
    return [...said]
  }
}
