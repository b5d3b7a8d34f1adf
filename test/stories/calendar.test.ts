// Deadlines in people's own calendars: subscribed to with a link that can be taken away, and taken along from the status page.

import postgres from 'postgres'
import t from 'tap'
import { SYSTEM } from '../../src/domain/actor.ts'
import { inTenant } from '../../src/storage/database.ts'
import { addStaff } from '../../src/storage/staff.ts'
import { readCalendarFile } from '../support/calendar.ts'
import { asOwner } from '../support/cluster.ts'
import { ask, well } from '../support/fulfilment.ts'
import { type House, openHouse, type TenantInHouse } from '../support/house.ts'
import { linkIn, textIn, visitorTo } from '../support/visitor.ts'

interface Feed {
  readonly id: string
  readonly url: string | null
  readonly lastUsedAt: string | null
  readonly revokedAt: string | null
}

const open = async (tenant: TenantInHouse, body: object = {}): Promise<Feed & { path: string }> => {
  const feed = await well<Feed>(tenant.agent.post('/v1/calendar-feeds', { name: 'My phone', ...body }))
  return { ...feed, path: feed.url!.slice('http://house.localhost'.length) }
}
const eventsAt = async (house: House, path: string) => {
  const answer = await house.stranger.get(path)
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return readCalendarFile(answer.body).events
}
const feedsOf = async (tenant: TenantInHouse) =>
  (await well<{ data: Feed[] }>(tenant.auditor.get('/v1/calendar-feeds'))).data

t.test('A calendar that staff subscribe to', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const access = await ask(tenant, 'access')
  await ask(tenant, 'erasure', { email: 'bo@example.com' })
  const { reference, version } = await well<{ reference: string; version: number }>(
    tenant.agent.get(`/v1/requests/${access}`)
  )
  const { path } = await open(tenant)

  await t.test('shows what is due, by reference and right', async t => {
    const answer = await house.stranger.get(path)
    t.equal(answer.headers['content-type'], 'text/calendar; charset=utf-8')
    const { events } = readCalendarFile(answer.body)
    t.equal(events.length, 2)
    t.match(
      events.find(({ uid }) => uid.startsWith(access)),
      {
        uid: `${access}-dueOn@habeas`,
        summary: `Answer due: Access to personal data (${reference})`,
        start: '2026-03-20',
        end: '2026-03-21',
        sequence: version
      }
    )
    t.notMatch(answer.body, /mia|holm|bo@|example\.com/i, 'and nobody’s name or address')
    t.match((await house.stranger.get(path)).body, answer.body, 'the same each time')
  })

  await t.test('is kept by nobody else, and sent once for all who have it', async t => {
    const { headers } = await house.stranger.get(path)
    t.match(headers, { 'cache-control': 'private, no-cache', 'referrer-policy': 'no-referrer' })
    const etag = String(headers.etag)
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await house.stranger.get(path, { 'if-none-match': known })
      t.match([again.statusCode, again.body, again.headers.etag], [304, '', etag], known)
    }
    t.equal((await house.stranger.get(path, { 'if-none-match': '"other"' })).statusCode, 200)
  })

  await t.test('moves with the clock of a request, and the entry stays the same one', async t => {
    const { headers } = await house.stranger.get(path)
    house.pass({ days: 1 })
    await well(tenant.agent.post(`/v1/requests/${access}/extension`, { ground: 'complexity', note: 'Many mailboxes.' }))
    const answer = await house.stranger.get(path, { 'if-none-match': String(headers.etag) })
    t.equal(answer.statusCode, 200, 'and who has the old one gets the new one')
    const moved = readCalendarFile(answer.body).events.find(({ uid }) => uid === `${access}-dueOn@habeas`)
    t.match(moved, { start: '2026-05-20', lastModified: '2026-02-21T10:00:00Z' })
    t.ok(moved!.sequence > version)
  })

  await t.test('forgets what needs no answer any more', async t => {
    await well(tenant.agent.post(`/v1/requests/${access}/withdrawal`, { note: 'By phone.' }))
    t.same(
      (await eventsAt(house, path)).map(({ summary }) => summary.split(' (')[0]),
      ['Answer due: Erasure of personal data']
    )
  })
})

t.test('A calendar of one right, or of one person’s work', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const [mine, other, third] = [await ask(tenant, 'access'), await ask(tenant, 'access'), await ask(tenant, 'erasure')]
  for (const id of [mine, third]) await well(tenant.agent.patch(`/v1/requests/${id}`, { assignee: 'auth0|7' }))
  const shown = async (body: object, query = '') =>
    (await eventsAt(house, `${(await open(tenant, body)).path}${query}`)).map(({ uid }) => uid.slice(0, 36)).sort()

  t.same(await shown({}), [mine, other, third].sort())
  t.same(await shown({ right: 'access' }), [mine, other].sort())
  t.same(await shown({ assignee: 'auth0|7' }), [mine, third].sort())
  t.same(await shown({ right: 'access', assignee: 'auth0|7' }), [mine])
  t.same(await shown({ right: 'access' }, '&assignee=auth0%7C7'), [mine], 'The address may narrow it further')
  t.same(await shown({ right: 'access' }, '&right=erasure'), [], 'but shows nothing that the calendar does not')
  t.match(
    await eventsAt(house, (await open(tenant, { right: 'erasure', dates: ['dueOn'], language: 'da' })).path),
    [{ summary: /^Svarfrist: / }],
    'It speaks the language that was asked for'
  )
  const bearer = await tenant.integration.get('/v1/calendar.ics?right=erasure')
  t.match(
    readCalendarFile(bearer.body).events.map(({ uid }) => uid),
    [new RegExp(third)],
    'Who has credentials needs no link'
  )
})

t.test('The days of a law that wants more than an answer', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant({
    policy: { regimes: { default: 'us-ca', byPlace: {} }, rights: ['access', 'opt_out'] }
  })
  const id = await ask(tenant, 'access', { proven: false })
  const usual = await open(tenant)
  const every = await open(tenant, { dates: ['dueOn', 'targetOn', 'acknowledgeBy', 'extensionNoticeBy'] })
  const days = async (path: string) =>
    Object.fromEntries((await eventsAt(house, path)).map(({ uid, start }) => [/-(\w+)@/.exec(uid)?.[1], start]))

  t.same(await days(usual.path), { dueOn: '2026-04-06', acknowledgeBy: '2026-03-06' })
  t.same(await days(every.path), { dueOn: '2026-04-06', targetOn: '2026-04-01', acknowledgeBy: '2026-03-06' })
  await well(
    tenant.agent.post(`/v1/requests/${id}/verification/confirmation`, { method: 'in_person', note: 'At the desk.' })
  )
  t.match(await days(usual.path), { acknowledgeBy: '2026-03-06' }, 'until the person was told that it has arrived')
  await house.doPromisedWork()
  t.same(await days(usual.path), { dueOn: '2026-04-06' })
})

t.test('A complaint that wants nothing but a word by a day is shown on that day', async t => {
  const house = await openHouse(t, { at: '2026-07-01T09:00:00Z' })
  const britain = { timeZone: 'Europe/London', holidays: 'GB-EAW', rights: ['access', 'complaint'] } as const
  const tenant = await house.tenant({ policy: { ...britain, regimes: { default: 'uk-gdpr', byPlace: {} } } })
  const subject = { name: 'Mia Holm', email: 'mia@example.com' }
  const { requests } = await well<{ requests: { id: string; dueOn: string | null }[] }>(
    tenant.agent.post('/v1/requests', { rights: ['access', 'complaint'], subject, verification: { method: 'none' } })
  )
  const [access, complaint] = requests
  t.equal(complaint?.dueOn, null)
  const { path } = await open(tenant)
  t.match(
    (await eventsAt(house, path)).map(({ uid, start }) => [uid, start]),
    [
      [`${complaint?.id}-acknowledgeBy@habeas`, '2026-07-31'],
      [`${access?.id}-dueOn@habeas`, '2026-08-03']
    ]
  )
})

t.test('The link of a calendar', async t => {
  const house = await openHouse(t)
  const [tenant, neighbour] = [await house.tenant(), await house.tenant()]
  await ask(tenant, 'access')
  const feed = await open(tenant, { name: 'Office wall' })
  const token = new URL(feed.url!).searchParams.get('token')!

  await t.test('is shown once, and kept as a hash', async t => {
    t.equal(Buffer.from(token, 'base64url').length, 32)
    t.match((await feedsOf(tenant))[0], { id: feed.id, name: 'Office wall', createdBy: 'agent', right: null })
    t.notOk(JSON.stringify(await feedsOf(tenant)).includes(token))
    const dump = await asOwner(house.ownerUrl, async sql =>
      JSON.stringify([await sql`select row_to_json(f) from calendar_feeds f`, await sql`select * from doors`])
    )
    t.ok(dump.includes(feed.id), 'the tables were looked at')
    t.notOk(dump.includes(token))
    t.notOk(dump.includes(Buffer.from(token, 'base64url').toString('hex')))

    const headers = { 'idempotency-key': 'once' }
    const asked = () => tenant.agent.post('/v1/calendar-feeds', { name: 'Twice' }, headers)
    const [first, again] = [await well<Feed>(asked()), await well<Feed>(asked())]
    t.match([first.url, again.url, again.id], [/token=/, null, first.id], 'also to a call that is repeated')
  })

  await t.test('opens nothing but the calendar, and no other tenant’s', async t => {
    for (const path of ['/v1/requests', '/v1/calendar-feeds', '/v1/reports/overview']) {
      t.equal((await house.stranger.get(`${path}?token=${token}`)).statusCode, 401, path)
    }
    t.equal((await house.stranger.post(feed.path)).statusCode, 405)
    t.equal((await house.stranger.get(`/privacy/${tenant.slug}/status/${token}`)).statusCode, 404, 'nor a page')
    const theirs = await open(neighbour)
    t.same(await eventsAt(house, theirs.path), [], 'each shows its own')
    const bearer = { authorization: `Bearer ${neighbour.agent.token()}` }
    const asNeighbour = await house.stranger.get(feed.path, bearer)
    t.equal(readCalendarFile(asNeighbour.body).events.length, 1, 'whoever comes with it')
  })

  await t.test('shows for ever what it was made for', async t => {
    const service = postgres(house.serviceUrl, { max: 1, onnotice: () => {} })
    const widened = service.begin(async sql => {
      await sql`select set_config('app.tenant_id', ${tenant.id}, true)`
      await sql`update calendar_feeds set subject_right = null, assignee = null`
    })
    await t.rejects(widened, { code: '42501' }, 'whoever asks the database')
    await service.end()
  })

  await t.test('says when it was used last, to the hour', async t => {
    const lastUsedAt = async () => (await feedsOf(tenant)).find(({ id }) => id === feed.id)?.lastUsedAt
    house.at('2026-02-20T12:00:00Z')
    await house.stranger.get(feed.path)
    t.equal(await lastUsedAt(), '2026-02-20T12:00:00.000Z')
    house.pass({ minutes: 59 })
    await house.stranger.get(feed.path)
    t.equal(await lastUsedAt(), '2026-02-20T12:00:00.000Z')
    house.pass({ minutes: 1 })
    await house.stranger.get(feed.path)
    t.equal(await lastUsedAt(), '2026-02-20T13:00:00.000Z')
  })

  await t.test('is revoked by who made it, or an admin', async t => {
    const path = `/v1/calendar-feeds/${feed.id}`
    t.match((await tenant.staff('another', 'agent').delete(path)).json(), { status: 403, code: 'forbidden' })
    t.equal((await neighbour.admin.delete(path)).statusCode, 404)
    t.equal((await tenant.agent.delete(`${path}?dryRun=true`)).statusCode, 204)
    t.equal((await house.stranger.get(feed.path)).statusCode, 200, 'a rehearsal changes nothing')
    t.equal((await tenant.agent.delete(path)).statusCode, 204)
    const gone = await house.stranger.get(feed.path)
    t.match(gone.json(), { status: 404, code: 'not_found' }, 'and is gone at once')
    const { etag } = (await tenant.agent.get('/v1/calendar.ics')).headers
    t.equal((await house.stranger.get(feed.path, { 'if-none-match': String(etag) })).statusCode, 404)
    t.equal((await tenant.admin.delete(path)).statusCode, 204, 'A second time does no harm')
    t.match((await feedsOf(tenant)).find(({ id }) => id === feed.id)?.revokedAt, '2026-02-20T13:00:00.000Z')
  })

  await t.test('that never was answers like one that is gone', async t => {
    const { requestId: _, ...gone } = (await house.stranger.get(feed.path)).json()
    for (const other of ['A'.repeat(43), 'x', '', 'a&token=b', '%00', `${token}%0a`]) {
      const { requestId: __, ...never } = (await house.stranger.get(`/v1/calendar.ics?token=${other}`)).json()
      t.same(never, gone, JSON.stringify(other))
    }
    t.equal((await house.stranger.get('/v1/calendar.ics')).statusCode, 401, 'without one it takes credentials')
  })

  t.notOk(house.log.join('\n').includes(token), 'and is in no line of the log')
})

t.test('A calendar ends with the access of who made it', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const who = { tenantId: tenant.id, actor: SYSTEM, now: house.now() }
  await inTenant(house.db, who, scope =>
    addStaff(scope, { subject: 'agent', roles: ['agent'], name: 'Ida', address: 'ida@house.example' })
  )
  const { path } = await open(tenant)
  t.equal((await house.stranger.get(path)).statusCode, 200)
  await asOwner(house.ownerUrl, sql => sql`update staff set active = false where subject = 'agent'`)
  t.equal((await house.stranger.get(path)).statusCode, 404)
})

t.test('Guessing links', async t => {
  const house = await openHouse(t, { limits: { failedCredentials: { max: 5, windowSeconds: 60 } } })
  const tenant = await house.tenant()
  const { path } = await open(tenant)
  const guess = async (n: number) =>
    (await house.stranger.get(`/v1/calendar.ics?token=${String(n).padStart(43, 'x')}`)).statusCode
  const answers = []
  for (let n = 0; n < 7; n += 1) answers.push(await guess(n))
  t.same(answers, [404, 404, 404, 404, 404, 429, 429], 'ends soon')
  t.equal((await house.stranger.get(path)).statusCode, 200, 'and does not shut out who knows one')
})

t.test('A program that asks without end is slowed down, and no other with it', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const [busy, calm] = [await open(tenant), await open(tenant)]
  const answers: number[] = []
  for (let n = 0; n < 61; n += 1) answers.push((await house.stranger.get(busy.path)).statusCode)
  t.same([...new Set(answers)], [200, 429])
  const refused = await house.stranger.get(busy.path)
  t.match(refused.headers['retry-after'], /^\d+$/)
  t.notOk(refused.body.includes(new URL(busy.url!).searchParams.get('token')!))
  t.equal((await house.stranger.get(calm.path)).statusCode, 200)
  house.pass({ seconds: 61 })
  t.equal((await house.stranger.get(busy.path)).statusCode, 200)
})

t.test('What makes no calendar', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const cases = [
    [{}, '/name'],
    [{ name: 'x', right: 'acess' }, '/right'],
    [{ name: 'x', dates: [] }, '/dates'],
    [{ name: 'x', dates: ['dueOn', 'dueOn'] }, '/dates'],
    [{ name: 'x', dates: ['refusalBy'] }, '/dates/0'],
    [{ name: 'x', language: 'de' }, '/language'],
    [{ name: 'x', token: 'y' }, '/token']
  ] as const
  for (const [body, pointer] of cases) {
    t.match(
      (await tenant.agent.post('/v1/calendar-feeds', body)).json(),
      { status: 422, errors: [{ pointer }] },
      pointer
    )
  }
  t.same(await feedsOf(tenant), [])
  t.equal((await tenant.integration.post('/v1/calendar-feeds', { name: 'x' })).statusCode, 403, 'nor does a key')
  t.match((await tenant.agent.get('/v1/calendar.ics?right=acess')).json(), {
    errors: [{ pointer: '/query/right', fix: /did you mean access/ }]
  })
})

t.test('The person’s own calendar', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await well(
    tenant.integration.post('/v1/requests', {
      rights: ['access', 'erasure'],
      subject: { name: 'Mia Holm', email: 'mia@example.com', locale: 'da' },
      verification: { method: 'session' }
    })
  )
  await house.doPromisedWork()
  const { path } = linkIn(house, 'mia@example.com', 'status')
  const visitor = visitorTo(house.app)
  const page = await visitor.open(path)
  const offered = /<a href="([^"]+\/calendar\.ics)" download>Sæt datoen i din kalender<\/a>/.exec(page.body)?.[1]
  t.equal(readCalendarFile((await visitor.open(String(offered))).body).events.length, 2, 'is offered on the page')

  await t.test('is a file behind the same link', async t => {
    const before = await counted(house)
    const answer = await house.stranger.get(`${path}/calendar.ics`)
    t.match(answer.headers, {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': /^attachment; filename="H-[A-Z0-9-]+\.ics"$/,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer'
    })
    const { events } = readCalendarFile(answer.body)
    t.match(
      events.map(({ start, summary }) => [start, summary]),
      [
        ['2026-03-20', /^Example ApS: svar på din anmodning \(/],
        ['2026-03-20', /^Example ApS: svar på din anmodning \(/]
      ],
      'in their language, with the day of each answer'
    )
    t.notMatch(answer.body, /mia|holm|http/i, 'without their name, their address or the link')
    t.same(await counted(house), before, 'and fetching it changes nothing')
  })

  await t.test('is empty when nothing is owed any more', async t => {
    const { data } = await well<{ data: { id: string }[] }>(tenant.agent.get('/v1/requests'))
    for (const { id } of data) await well(tenant.agent.post(`/v1/requests/${id}/withdrawal`, { note: 'By phone.' }))
    t.same(readCalendarFile((await house.stranger.get(`${path}/calendar.ics`)).body).events, [])
    t.notMatch((await visitor.open(path)).body, /calendar\.ics/)
  })

  await t.test('ends with the link', async t => {
    house.pass({ days: 800 })
    const answer = await house.stranger.get(`${path}/calendar.ics`)
    t.match([answer.statusCode, answer.headers['content-type']], [410, 'text/html; charset=utf-8'])
    t.match(textIn(answer.body), /Linket er udløbet|udløbet/, 'with the way to another')
    const never = await house.stranger.get(`/privacy/${tenant.slug}/status/${'x'.repeat(43)}/calendar.ics`)
    t.equal(never.statusCode, 404)
  })
})

/** Every row that a visit could have changed. */
async function counted(house: House): Promise<unknown> {
  return await asOwner(house.ownerUrl, async sql => [
    ...(await sql`select * from tokens order by id`),
    ...(await sql`select count(*) from events`),
    ...(await sql`select id, version from subject_requests order by id`)
  ])
}
