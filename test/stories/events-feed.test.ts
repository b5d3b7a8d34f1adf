// The feed of everything that happens: whoever goes on from where they stopped hears each thing once and misses none, in
// whatever order changes begin and end.

import t from 'tap'
import { SYSTEM } from '../../src/domain/actor.ts'
import { eventId, placeOfEvent } from '../../src/domain/public-events.ts'
import { inTenant, type Scope } from '../../src/storage/database.ts'
import { note } from '../../src/storage/history.ts'
import { migrate } from '../../src/storage/migrate.ts'
import { lockSubjectRequest } from '../../src/storage/subject-requests.ts'
import { asOwner } from '../support/cluster.ts'
import { openHouse, type TenantInHouse } from '../support/house.ts'

const house = await openHouse(t)

interface Event {
  readonly id: string
  readonly type: string
  readonly timestamp: string
  readonly data: { readonly requestId: string; readonly sequence: number }
}
interface Page {
  readonly data: Event[]
  readonly nextAfter: string | null
  readonly hasMore: boolean
}

t.test('What happened to all requests', async t => {
  const { agent, auditor, integration, key } = await house.tenant()
  const { agent: neighbour } = await house.tenant()
  t.same(await read(agent), { data: [], nextAfter: null, hasMore: false }, 'is nothing at first')
  const [first, second] = [await openOne(agent), await openOne(agent)]
  await openOne(neighbour)
  await addNote(agent, first)
  await addNote(agent, second)

  await t.test('is read in the order in which it happened', async t => {
    const { data, hasMore } = await hear(integration, 4)
    t.same(
      data.map(({ type, data }) => [type, data.requestId, data.sequence]),
      [
        ['request.opened', first, 1],
        ['request.opened', second, 1],
        ['note.added', first, 2],
        ['note.added', second, 2]
      ]
    )
    t.equal(hasMore, false)
    t.same((await read(auditor)).data, data)
  })

  await t.test('page by page', async t => {
    const whole = (await read(agent)).data
    const seen: Event[] = []
    let page = await read(agent, 'limit=1')
    for (; page.data.length > 0; page = await read(agent, `limit=1&after=${page.nextAfter}`)) seen.push(...page.data)
    t.same(seen, whole)
    t.equal(page.nextAfter, whole.at(-1)?.id, 'and the end is where the next reading begins')
    await addNote(agent, first)
    t.match(await hear(agent, 1, `after=${page.nextAfter}`), { data: [{ data: { sequence: 3 } }], hasMore: false })
    t.same((await read(agent, `after=${whole[1]!.id}&limit=2`)).data, whole.slice(2), 'any event will do to go on from')
  })

  await t.test('or only of the kinds that matter', async t => {
    const { data, nextAfter } = await read(agent, 'types=note.added')
    t.same([...new Set(data.map(({ type }) => type))], ['note.added'])
    t.equal(data.length, 3)
    const two = await read(agent, 'types=note.added&types=request.opened&limit=500')
    t.equal(two.data.length, 5)
    const none = await read(agent, 'types=request.closed')
    t.same(
      none,
      { data: [], nextAfter, hasMore: false },
      'where nothing is of that kind, what was looked through is passed'
    )
  })

  await t.test('and not from nowhere', async t => {
    const whole = (await read(agent)).data
    for (const after of ['latest', 'evt_1', `${whole[0]!.id}x`, '%27', `${whole[0]!.id.toUpperCase()}`]) {
      const refused = await agent.get(`/v1/events?after=${after}`)
      t.match([refused.statusCode, refused.json().errors], [422, [{ pointer: '/query/after' }]], after)
    }
    t.equal((await agent.get('/v1/events?types=request.opend')).statusCode, 422)
    t.equal((await (await key('checks:read')).get('/v1/events')).statusCode, 403)
  })

  await t.test('and never what happened to others', async t => {
    const theirs = (await hear(neighbour, 1)).data
    const mine = await read(agent, `after=${theirs[0]!.id}`)
    t.ok(mine.data.every(({ data }) => data.requestId !== theirs[0]!.data.requestId))
  })
})

t.test('A change that began first and ends last', async t => {
  const tenant = await house.tenant()
  const { agent } = tenant
  const [slow, quick] = [await openOne(agent), await openOne(agent)]
  const { nextAfter } = await hear(agent, 2)
  const [wrote, release] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const change = inScope(tenant, async scope => {
    await note(scope, await lockSubjectRequest(scope, slow), 'note_added', {})
    wrote.resolve()
    await release.promise
  })
  await wrote.promise
  await addNote(agent, quick)
  await openOne(agent)

  t.same((await read(agent, `after=${nextAfter}`)).data, [], 'holds up what ended meanwhile')
  t.same((await read(agent, `after=${nextAfter}&types=note.added`)).nextAfter, nextAfter)
  release.resolve()
  await change
  const { data } = await hear(agent, 3, `after=${nextAfter}`)
  t.ok(
    data.some(({ data }) => data.requestId === slow),
    'and then all of it is there'
  )
})

t.test('A change that is undone leaves no gap and no trace', async t => {
  const tenant = await house.tenant()
  const { agent } = tenant
  const id = await openOne(agent)
  const { nextAfter } = await hear(agent, 1)
  const undone = inScope(tenant, async scope => {
    await note(scope, await lockSubjectRequest(scope, id), 'note_added', {})
    throw new Error('On second thoughts.')
  })
  await t.rejects(undone, /second thoughts/)
  await addNote(agent, id)
  t.match(await hear(agent, 1, `after=${nextAfter}`), { data: [{ data: { sequence: 2 } }], hasMore: false })
})

t.test('What happened to one request stays in its order, whoever began first', async t => {
  const tenant = await house.tenant()
  const { agent } = tenant
  const id = await openOne(agent)
  const other = await openOne(agent)
  const [begun, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  // The one has its number before the other begins, and writes to the same request after it.
  const early = inScope(tenant, async scope => {
    await note(scope, await lockSubjectRequest(scope, other), 'note_added', {})
    begun.resolve()
    await go.promise
    await note(scope, await lockSubjectRequest(scope, id), 'note_added', {})
  })
  await begun.promise
  await addNote(agent, id)
  go.resolve()
  await early
  const sequences = (await hear(agent, 5)).data
    .filter(({ data }) => data.requestId === id)
    .map(({ data }) => data.sequence)
  t.same(sequences, [1, 2, 3])
})

t.test('Many who write and one who reads', async t => {
  const tenant = await house.tenant()
  const { agent } = tenant
  const WRITERS = 12
  const requests = await Promise.all(Array.from({ length: 6 }, () => openOne(agent)))
  const heard: Event[] = []
  let after = ''
  const listen = async () => {
    const page = await read(agent, `limit=7${after}`)
    heard.push(...page.data)
    if (page.nextAfter !== null) after = `&after=${page.nextAfter}`
    return page.hasMore
  }
  let writing = WRITERS
  const write = async (writer: number) => {
    for (let n = 0; n < 8; n += 1) {
      const requestId = requests[(writer + n) % requests.length]!
      // A third of them end long after they began, some of them undone.
      if ((writer + n) % 3 > 0) await addNote(agent, requestId)
      else await inScope(tenant, scope => linger(scope, requestId, (writer + n) % 4 === 0)).catch(ignoreUndone)
      if (n % 4 === 0) await openOne(agent)
    }
    writing -= 1
  }
  const reader = (async () => {
    while (writing > 0) await listen()
  })()
  await Promise.all(Array.from({ length: WRITERS }, (_, writer) => write(writer)))
  await reader
  const written = await asOwner(
    house.ownerUrl,
    sql =>
      sql<{ requestId: string; seq: number }[]>`
      select request_id as "requestId", seq from events where tenant_id = ${tenant.id}`
  )
  const whole = await hear(agent, written.length, 'limit=500')
  while (await listen()) {}
  const ids = heard.map(({ id }) => id)
  t.equal(new Set(ids).size, ids.length, 'nothing was heard twice')
  t.ok(written.length > 100, `${written.length} were written`)
  t.same(
    heard.map(({ data }) => `${data.requestId} ${data.sequence}`).sort(),
    written.map(({ requestId, seq }) => `${requestId} ${seq}`).sort(),
    'and none was missed'
  )
  for (const requestId of requests) {
    const mine = heard.filter(({ data }) => data.requestId === requestId).map(({ data }) => data.sequence)
    t.same(
      mine,
      mine.toSorted((a, b) => a - b),
      'each request in its order'
    )
  }
  t.same(whole.data, heard, 'and a second reading is the same')
})

t.test('A database that moved to another cluster', async t => {
  const { agent } = await house.tenant()
  const id = await openOne(agent)
  const { nextAfter } = await hear(agent, 1)
  const before = placeOfEvent(nextAfter!)!
  // As a dump from elsewhere says it.
  await asOwner(house.ownerUrl, sql => sql.unsafe(`comment on function feed_epoch() is '1'`))
  await migrate(house.ownerUrl)
  await addNote(agent, id)
  const { data } = await hear(agent, 1, `after=${nextAfter}`)
  t.match(data, [{ data: { sequence: 2 } }], 'goes on after what it held, however low the numbers are there')
  t.ok(placeOfEvent(data[0]!.id)!.position - before.position > 2n ** 47n)
  await migrate(house.ownerUrl)
  await addNote(agent, id)
  const [next] = (await hear(agent, 1, `after=${data[0]!.id}`)).data
  t.ok(placeOfEvent(next!.id)!.position - placeOfEvent(data[0]!.id)!.position < 2n ** 47n, 'and moves once')
  t.equal(eventId(placeOfEvent(next!.id)!), next!.id)
})

async function read({ get }: TenantInHouse['agent'], query = ''): Promise<Page> {
  const answer = await get(`/v1/events?${query}`)
  if (answer.statusCode !== 200) throw new Error(answer.body)
  return answer.json()
}

/** The feed shows what happened a moment later, while others of the same cluster write: so it is read until there are so many. */
async function hear(agent: TenantInHouse['agent'], count: number, query = ''): Promise<Page> {
  for (;;) {
    const page = await read(agent, query)
    if (page.data.length >= count) return page
  }
}

async function openOne({ post }: TenantInHouse['agent']): Promise<string> {
  const subject = { name: 'Mia Holm', email: 'mia@example.com' }
  return (await post('/v1/requests', { rights: ['access'], subject, verification: { method: 'none' } })).json()
    .requests[0].id
}

/** With a key, as programs do: so the change begins before it has the request for itself. */
async function addNote({ post }: TenantInHouse['agent'], requestId: string): Promise<void> {
  await post(`/v1/requests/${requestId}/notes`, { text: 'Called.' }, { 'idempotency-key': crypto.randomUUID() })
}

const inScope = (tenant: TenantInHouse, work: (scope: Scope) => Promise<void>): Promise<void> =>
  inTenant(house.db, { tenantId: tenant.id, actor: SYSTEM, now: house.now() }, work)

/** Writes early and ends after others had their turn. */
async function linger(scope: Scope, requestId: string, isUndone: boolean): Promise<void> {
  await note(scope, await lockSubjectRequest(scope, requestId), 'note_added', {})
  for (let turn = 0; turn < 30; turn += 1) await new Promise(resolve => setImmediate(resolve))
  if (isUndone) throw new Undone()
}

class Undone extends Error {}

function ignoreUndone(error: unknown): void {
  if (!(error instanceof Undone)) throw error
}
