// What goes away comes back, and nothing is lost meanwhile.

import postgres from 'postgres'
import t from 'tap'
import { type House, openHouse, type TenantInHouse } from '../support/house.ts'

t.test('A mail server that is down', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  await house.letterbox.goDown()
  const opened = await openOne(tenant)
  t.equal(opened.state, 'received', 'the request stands')
  await house.doPromisedWork()
  t.same(house.letterbox.messages, [], 'the mail waits')
  t.equal((await tenant.agent.get(`/v1/requests/${opened.id}`)).json().state, 'awaiting_verification')

  await house.letterbox.comeBack()
  await waitIsOver(house)
  await house.doPromisedWork()
  t.equal(house.letterbox.messages.length, 1, 'and goes out once the server is back')
  await waitIsOver(house)
  await house.doPromisedWork()
  t.equal(house.letterbox.messages.length, 1, 'once')
})

t.test('A server that takes the mail and dies before it says so', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  let dropped = 0
  house.letterbox.script(event => {
    if (event.at !== 'data' || dropped > 0) return undefined
    dropped += 1
    return 'drop'
  })
  await openOne(tenant)
  await house.doPromisedWork()
  await waitIsOver(house)
  await house.doPromisedWork()

  const copies = [...house.letterbox.unacknowledged, ...house.letterbox.messages]
  t.equal(copies.length, 2, 'it is sent again, for nobody knows that it arrived')
  t.equal(new Set(copies.map(mail => mail.parsed.messageId)).size, 1, 'under the same Message-ID')
  t.equal(new Set(copies.map(mail => mail.parsed.text)).size, 1, 'with the same link and code')
})

t.test('A mailbox that does not exist', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  house.letterbox.script(event => (event.at === 'rcpt' && event.to?.includes('mia@example.com') ? 550 : undefined))
  const { id } = await openOne(tenant)
  await house.doPromisedWork()
  await waitIsOver(house)
  await house.doPromisedWork()

  t.same(
    house.letterbox.messages.map(mail => mail.to),
    [],
    'an unproven address is not worth an alert of its own'
  )
  t.equal(await failuresOf(house), 1, 'and is not tried again')
  t.equal(
    (await tenant.agent.get(`/v1/requests/${id}`)).json().state,
    'awaiting_verification',
    'the deadline and the request stand'
  )
})

t.test('A mail server that says "later" ever and again', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  house.letterbox.script(event => (event.at === 'rcpt' ? 451 : undefined))
  await openOne(tenant)
  for (let attempt = 0; attempt < 3; attempt++) {
    await house.doPromisedWork()
    await waitIsOver(house)
  }
  house.letterbox.script(undefined)
  await house.doPromisedWork()
  t.equal(house.letterbox.messages.length, 1, 'gets the mail when it wants it')
})

t.test('A database that drops every connection', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const { id } = await openOne(tenant)
  const owner = postgres(house.ownerUrl, { max: 1, onnotice: () => {} })
  t.teardown(() => owner.end())

  const calls = Array.from({ length: 40 }, async (_, index) => {
    if (index % 8 === 0)
      await owner`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`
    return await tenant.agent.post(`/v1/requests/${id}/notes`, { text: `Note ${index}` })
  })
  const statuses = (await Promise.all(calls)).map(answer => answer.statusCode)
  t.ok(
    statuses.every(status => status === 201 || status === 503),
    `each call is done or told to try again: ${[...new Set(statuses)]}`
  )
  t.equal((await tenant.agent.get(`/v1/requests/${id}`)).statusCode, 200, 'and the service is there at once')
  const { data } = (await tenant.agent.get(`/v1/requests/${id}/notes`)).json()
  const done = statuses.filter(status => status === 201).length
  t.ok(data.length >= done, 'what was acknowledged is kept')
  t.match((await tenant.auditor.get('/v1/audit/verification')).json(), { verified: true }, 'and the history is whole')
})

async function openOne(tenant: TenantInHouse): Promise<{ id: string; state: string }> {
  const answer = await tenant.agent.post('/v1/requests', {
    rights: ['access'],
    subject: { name: 'Mia Holm', email: 'mia@example.com' }
  })
  return answer.json().requests[0]
}

/** The queue waits longer after each failure, by the database's own clock: this lets the wait be over. */
async function waitIsOver(house: House): Promise<void> {
  await asOwner(house, sql => sql`update graphile_worker._private_jobs set run_at = now() where locked_at is null`)
}

async function failuresOf(house: House): Promise<number> {
  const rows = await asOwner(house, sql => sql`select attempts from letters where state = 'undeliverable'`)
  return rows.reduce((sum, row) => sum + Number(row.attempts), 0)
}

async function asOwner<T>(house: House, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(house.ownerUrl, { max: 1, onnotice: () => {} })
  try {
    return await work(sql)
  } finally {
    await sql.end()
  }
}
