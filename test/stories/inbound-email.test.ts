// A tenant takes its requests by mail: from the raw message to a case.

import t from 'tap'
import { eventsOf, kindsOf } from '../support/fulfilment.ts'
import { type House, openHouse } from '../support/house.ts'
import { ACCESS_MAIL, handIn, letters, mail, RFC822 } from '../support/raw-mail.ts'

t.test('A person writes "send me a copy, then delete me"', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const text =
    'Please send me a copy of all personal data you hold about me, and then delete my account and all my data.'
  const answer = await handIn(tenant, mail({ ...ACCESS_MAIL, text }))
  const opened = answer.json()

  await t.test('and one case with two requests is opened', async t => {
    t.equal(answer.statusCode, 201)
    t.match(opened, { result: 'opened', why: null })
    t.same(opened.requests.map((request: { right: string }) => request.right).sort(), ['access', 'erasure'])
    const request = (await tenant.agent.get(`/v1/requests/${opened.requests[0].id}`)).json()
    t.match(request, {
      channel: 'email',
      state: 'received',
      rightGuessed: true,
      allowedActions: ['withdraw', 'cancel', 'confirm_right']
    })
    t.match(request.subject, { name: 'Mia Holm', email: 'mia@example.com', locale: 'en', identifiers: [] })
    t.equal(request.details.text, `My data\n\n${text}`, 'with the words of the mail')
    t.match(request.nextStep, { action: 'confirm_right', who: 'staff' })
  })

  await t.test('of which staff are told, and the person is asked nothing yet', async t => {
    await house.doPromisedWork()
    t.same(letters(house), [['team@house.example', 'New request']])
  })

  await t.test('and nothing else can be done before a person confirms the rights', async t => {
    const { id } = opened.requests[0]
    for (const move of ['verification', 'refusal', 'verification/confirmation']) {
      const body =
        {
          refusal: { ground: 'identity_not_confirmed', reasons: 'No.' },
          'verification/confirmation': { method: 'id_seen', note: 'Seen.' }
        }[move] ?? {}
      t.match(
        (await tenant.agent.post(`/v1/requests/${id}/${move}`, body)).json(),
        { status: 409, code: 'right_not_confirmed' },
        move
      )
    }
  })

  await t.test('who corrects one of them', async t => {
    const [first, second] = opened.requests
    const corrected = await tenant.agent.post(`/v1/requests/${first.id}/right`, {
      right: 'portability',
      details: { format: 'csv' }
    })
    t.equal(corrected.statusCode, 201)
    t.match(corrected.json(), {
      right: 'portability',
      rightGuessed: false,
      state: 'received',
      details: { format: 'csv' }
    })
    await house.doPromisedWork()
    t.equal(house.letterbox.messages.length, 1, 'and while the other is a guess, no mail goes to the person')

    t.match(
      (await tenant.agent.post(`/v1/requests/${second.id}/right`, { right: 'portability' })).json(),
      { code: 'conflict' },
      'one request a right'
    )
    t.match(
      (await tenant.agent.post(`/v1/requests/${first.id}/right`, { right: 'access' })).json(),
      { code: 'conflict' },
      'nobody confirms twice'
    )
    t.match((await tenant.agent.post(`/v1/requests/${second.id}/right`, { right: 'opt_out' })).json(), {
      status: 422,
      code: 'right_not_offered'
    })
    t.equal((await tenant.agent.post(`/v1/requests/${second.id}/right`, { right: 'erasure' })).statusCode, 201)
  })

  await t.test('and then the person is asked once, for both', async t => {
    await house.doPromisedWork()
    await house.doPromisedWork()
    const asked = house.letterbox.messages.filter(mail => mail.to.includes('mia@example.com'))
    t.equal(asked.length, 1)
    t.match(asked[0]?.parsed.text, /http:\/\/house\.localhost\/privacy\/.+\/verify\//)
    for (const { id } of opened.requests)
      t.equal((await tenant.agent.get(`/v1/requests/${id}`)).json().state, 'awaiting_verification')
  })
})

t.test('A correction to another right', async t => {
  const house = await openHouse(t, { at: '2026-02-20T10:00:00Z' })
  const tenant = await house.tenant({ policy: { promiseDays: { access: 10 } } })
  const { requests } = (await handIn(tenant, mail(ACCESS_MAIL))).json()
  const before = (await tenant.agent.get(`/v1/requests/${requests[0].id}`)).json()
  const after = (await tenant.agent.post(`/v1/requests/${requests[0].id}/right`, { right: 'erasure' })).json()

  t.equal(before.dueOn, '2026-03-02', 'the guess had its own promise')
  t.equal(after.dueOn, '2026-03-20', 'and the right that was meant has its own clock, from the same receipt')
  t.equal(after.receivedAt, before.receivedAt)
})

t.test('Of several guesses, the last one is cancelled instead of confirmed', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const text = 'Please send me a copy of all personal data you hold about me, and delete all my personal data.'
  const { requests } = (await handIn(tenant, mail({ ...ACCESS_MAIL, text }))).json()
  t.equal(requests.length, 2)
  await tenant.agent.post(`/v1/requests/${requests[1].id}/cancellation`, { reason: 'mistake' })
  await tenant.agent.post(`/v1/requests/${requests[0].id}/right`, { right: requests[0].right })
  await house.doPromisedWork()

  t.equal(
    house.letterbox.messages.filter(mail => mail.to.includes('mia@example.com')).length,
    1,
    'and the person is asked for the other'
  )
})

t.test('The same mail is handed in again', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const raw = mail({ ...ACCESS_MAIL, id: '<one@example.com>' })
  const answers = await Promise.all(Array.from({ length: 8 }, () => handIn(tenant, raw)))

  t.same(
    answers.map(answer => answer.statusCode).sort(),
    [200, 200, 200, 200, 200, 200, 200, 201],
    'one of them opened the case'
  )
  t.equal(new Set(answers.map(answer => answer.body)).size, 1, 'and all are answered with it')
  t.equal((await tenant.agent.get('/v1/requests')).json().data.length, 1)

  const unmarked = mail({ ...ACCESS_MAIL, id: null })
  t.same(
    [(await handIn(tenant, unmarked)).statusCode, (await handIn(tenant, unmarked)).statusCode],
    [201, 200],
    'without a Message-ID, its bytes tell'
  )
  const other = mail({ ...ACCESS_MAIL, from: 'eve@example.net', id: '<one@example.com>' })
  t.equal((await handIn(tenant, other)).statusCode, 201, "and nobody holds the Message-ID of a mail that is another's")
})

t.test('Greek and Danish letters', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant({ policy: { locales: ['en', 'da', 'el'] } })
  const greek = await handIn(
    tenant,
    mail({
      from: 'maria@example.gr',
      subject: 'Τα δεδομένα μου',
      text: 'Παρακαλώ στείλτε μου αντίγραφο των προσωπικών μου δεδομένων.'
    })
  )
  const danish = await handIn(
    tenant,
    mail({
      from: 'jens@example.dk',
      subject: 'Sletning',
      text: 'Jeg vil gerne have slettet alle mine personoplysninger. Venlig hilsen Jens'
    })
  )

  for (const [answer, right, locale] of [
    [greek, 'access', 'el'],
    [danish, 'erasure', 'da']
  ] as const) {
    t.equal(answer.statusCode, 201)
    const request = (await tenant.agent.get(`/v1/requests/${answer.json().requests[0].id}`)).json()
    t.match(request, { right, subject: { locale } })
  }
  const elsewhere = await house.tenant({ policy: { locales: ['en'], defaultLocale: 'en' } })
  const { requests } = (
    await handIn(
      elsewhere,
      mail({
        from: 'jens@example.dk',
        subject: 'Sletning',
        text: 'Jeg vil gerne have slettet alle mine personoplysninger.'
      })
    )
  ).json()
  t.equal(
    (await elsewhere.agent.get(`/v1/requests/${requests[0].id}`)).json().subject.locale,
    'en',
    'a language that the tenant does not write is answered in its own'
  )
})

t.test('A tenant that marks its mail with words in the subject line', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant({ policy: { inboundSubjectWords: ['Data Desk'] } })
  const unclear = await handIn(
    tenant,
    mail({ from: 'sam@example.com', subject: 'DATA  desk', text: 'Hello, a short note on my account.' })
  )
  t.match(
    [unclear.statusCode, unclear.json()],
    [202, { result: 'to_sort', why: 'right_not_seen', caseId: null, requests: [] }],
    'staff look at one whose right nobody can read'
  )

  const clear = await handIn(
    tenant,
    mail({ from: 'sam@example.com', subject: 'Data desk', text: 'Please send me a copy of my personal data.' })
  )
  t.match([clear.statusCode, clear.json().requests], [201, [{ right: 'access' }]])

  const notOffered = await house.tenant({ policy: { rights: ['erasure'] } })
  t.match((await handIn(notOffered, mail(ACCESS_MAIL))).json(), { result: 'to_sort', why: 'right_not_offered' })
})

t.test('A mail that lay in the mailbox', async t => {
  const house = await openHouse(t, { at: '2026-02-20T10:00:00Z' })
  const tenant = await house.tenant()
  const path = '/v1/inbound/email?receivedAt=2026-02-10T09:00:00Z'
  const { requests } = (await handIn(tenant, mail(ACCESS_MAIL), path)).json()
  t.match(
    (await tenant.agent.get(`/v1/requests/${requests[0].id}`)).json(),
    { receivedOn: '2026-02-10', dueOn: '2026-03-10' },
    'counts from the day staff say it came'
  )
  t.ok((await eventKinds(house, requests[0].id)).includes('receipt_corrected'), 'and the history says who said so')

  const future = await handIn(
    tenant,
    mail({ ...ACCESS_MAIL, id: '<x@example.com>' }),
    '/v1/inbound/email?receivedAt=2026-02-21T09:00:00Z'
  )
  t.match(future.json(), { status: 422, errors: [{ pointer: '/query/receivedAt', rule: 'notInFuture' }] })
  const machine = await tenant.integration.post(path, mail({ ...ACCESS_MAIL, id: '<y@example.com>' }), RFC822)
  t.match(machine.json(), { status: 403, code: 'forbidden' }, 'a program cannot say so')
})

t.test('Who hands mail in, and what is no mail', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const key = await tenant.key('inbound:write')
  t.equal(
    (await key.post('/v1/inbound/email', mail(ACCESS_MAIL), RFC822)).statusCode,
    201,
    'a mail server with its own key may'
  )
  t.equal((await key.get('/v1/inbound')).statusCode, 403, 'and may read nothing')
  t.equal(
    (await (await tenant.key('requests:write')).post('/v1/inbound/email', mail(ACCESS_MAIL), RFC822)).statusCode,
    403
  )
  t.equal((await house.stranger.post('/v1/inbound/email', mail(ACCESS_MAIL), RFC822)).statusCode, 401)
  t.match((await tenant.agent.post('/v1/inbound/email', { mail: 1 })).json(), { status: 415 })
  t.match((await tenant.agent.post('/v1/inbound/email', 'no mail at all', RFC822)).json(), {
    status: 422,
    errors: [{ rule: 'rfc5322' }]
  })
  t.match((await tenant.agent.post('/v1/inbound/email', '', RFC822)).json(), { status: 422 })
  t.match((await tenant.agent.post('/v1/inbound/email', Buffer.alloc(26 * 1_048_576, 'x'), RFC822)).json(), {
    status: 413,
    code: 'too_large'
  })

  const nameless = await handIn(
    tenant,
    mail({ ...ACCESS_MAIL, from: '"a\\@b" <not an address>', id: '<nameless@example.com>' })
  )
  t.match(
    nameless.json(),
    { result: 'to_sort', why: 'sender_not_readable' },
    'whoever cannot be written to is for staff'
  )
  const opened = (
    await tenant.agent.post(`/v1/inbound/${nameless.json().inboundId}/case`, { rights: ['access'] })
  ).json()
  t.equal(
    (await tenant.agent.get(`/v1/requests/${opened.requests[0].id}`)).json().state,
    'received',
    'who convince themselves in another way'
  )
})

t.test('Attachments', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const small = (await handIn(tenant, mail({ ...ACCESS_MAIL, attachment: Buffer.from('a scan') }))).json()
  const large = (
    await handIn(tenant, mail({ ...ACCESS_MAIL, id: '<large@example.com>', attachment: Buffer.alloc(300_000, 1) }))
  ).json()

  const kept = (await tenant.agent.get(`/v1/inbound/${small.inboundId}`)).json().mail.attachments
  t.same(
    kept,
    [{ name: 'scan.pdf', type: 'application/pdf', bytes: 6, content: Buffer.from('a scan').toString('base64') }],
    'small ones are kept'
  )
  const listed = (await tenant.agent.get(`/v1/inbound/${large.inboundId}`)).json().mail.attachments
  t.same(
    listed,
    [{ name: 'scan.pdf', type: 'application/pdf', bytes: 300_000, content: null }],
    'large ones are listed'
  )
})

t.test('A dry run reads a mail and keeps nothing', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const rehearsed = await handIn(tenant, mail(ACCESS_MAIL), '/v1/inbound/email?dryRun=true')
  t.match([rehearsed.statusCode, rehearsed.headers['dry-run'], rehearsed.json().result], [201, 'true', 'opened'])
  t.same((await tenant.agent.get('/v1/inbound')).json().data, [])
  await house.doPromisedWork()
  t.same(letters(house), [])
})

async function eventKinds(house: House, requestId: string): Promise<string[]> {
  return kindsOf(await eventsOf(house, requestId))
}
