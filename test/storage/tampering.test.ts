// Somebody with the whole database in hand changes what happened. Each change is found, and the entry is named.

import type { Sql } from 'postgres'
import t from 'tap'
import { openBurgledHouse } from '../support/burgled-house.ts'

const MUTATIONS = 600
const SEED = 20260220

const { house, acme, sql, verify, openWithHistory, keep, restore } = await openBurgledHouse(t)
const other = await house.tenant()

const random = randomFrom(SEED)
const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!

const requestIds: string[] = []
for (let n = 0; n < 6; n += 1) requestIds.push(await openWithHistory(n))
await keep()

t.test('A history that nobody touched is verified', async t => {
  const verification = await verify()
  t.match(verification, {
    verified: true,
    requests: requestIds.length,
    firstBadLink: null,
    checkpoint: null,
    firstBadCheckpoint: null
  })
  const [{ count = 0 } = {}] = await sql<
    { count: number }[]
  >`select count(*)::int from events where tenant_id = ${acme.id}`
  t.equal(verification.events, count)
  t.ok(count > requestIds.length * 4)
})

t.test(`${MUTATIONS} single changes in any column of any entry`, async t => {
  const events = await sql<
    { requestId: string; seq: number; kind: string; sealed: Buffer | null; commitment: Buffer | null }[]
  >`
    select request_id as "requestId", seq, kind, sealed, commitment from events where tenant_id = ${acme.id} order by 1, 2`
  const columns = await sql<{ name: string; type: string }[]>`
    select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = 'events'::regclass and attnum > 0 and not attisdropped`
  const touched = new Map<string, number>()
  const missed: string[] = []

  for (let n = 0; n < MUTATIONS; n += 1) {
    const event = pick(events)
    const column = pick(columns)
    const change = changeOf(column, event)
    const { count } = await sql.unsafe(
      `update events set ${column.name} = ${change} where tenant_id = $1 and request_id = $2 and seq = $3 and ${column.name} is distinct from ${change}`,
      [acme.id, event.requestId, event.seq]
    )
    if (count === 0) continue
    touched.set(column.name, (touched.get(column.name) ?? 0) + 1)
    const { verified, firstBadLink } = await verify()
    const isNamed =
      firstBadLink !== null && (firstBadLink.requestId === event.requestId || column.name === 'request_id')
    if (verified || !isNamed)
      missed.push(`${column.name} of entry ${event.seq} (${event.kind}): ${JSON.stringify(firstBadLink)}`)
    await restore('events')
  }

  const changes = [...touched.values()].reduce((sum, count) => sum + count, 0)
  t.same(missed, [], `seed ${SEED}: none of ${changes} was missed`)
  t.ok(changes >= 500, `${changes} changes were made`)
  t.same([...touched.keys()].sort(), columns.map(column => column.name).sort(), 'in every column')
  t.equal((await verify()).verified, true, 'and the history was put back after each')
})

t.test('An entry that is taken out is missed', async t => {
  const [id, nextId] = requestIds as [string, string]
  const rows: [string, (sql: Sql) => Promise<unknown>, object][] = [
    [
      'the first',
      sql => sql`delete from events where request_id = ${id} and seq = 1`,
      { requestId: id, seq: 2, why: 'no_first_entry' }
    ],
    [
      'one of the middle',
      sql => sql`delete from events where request_id = ${id} and seq = 2`,
      { requestId: id, seq: 3, why: 'seq_gap' }
    ],
    [
      'the last',
      sql =>
        sql`delete from events where request_id = ${id} and seq = (select max(seq) from events where request_id = ${id})`,
      { requestId: id, why: 'row_differs' }
    ],
    [
      'all of them',
      sql => sql`delete from events where request_id = ${id}`,
      { requestId: id, seq: 1, why: 'no_first_entry' }
    ],
    [
      'the request',
      sql => sql`delete from subject_requests where id = ${id}`,
      { requestId: id, seq: 1, why: 'row_missing' }
    ],
    [
      'two that changed places',
      sql =>
        sql`update events set seq = -seq where request_id = ${id} and seq in (2, 3)`.then(
          () => sql`update events set seq = 5 + seq where request_id = ${id} and seq < 0`
        ),
      { requestId: id }
    ],
    [
      'one moved to another request',
      sql => sql`update events set request_id = ${nextId}, seq = 90 where request_id = ${id} and seq = 2`,
      { requestId: id, seq: 3, why: 'seq_gap' }
    ]
  ]
  for (const [what, work, found] of rows) {
    await work(sql)
    t.match(await verify(), { verified: false, firstBadLink: found }, what)
    await restore('events', 'subject_requests')
  }
})

t.test('A request that says something else than its history is found', async t => {
  const [id] = requestIds as [string]
  for (const change of [
    "state = 'closed'",
    'last_event_seq = last_event_seq - 1',
    'last_event_seq = last_event_seq + 1'
  ]) {
    await sql.unsafe(`update subject_requests set ${change} where id = '${id}'`)
    t.match(await verify(), { verified: false, firstBadLink: { requestId: id, why: 'row_differs' } }, change)
    await restore('subject_requests')
  }
})

t.test('A history whose personal data was erased still verifies', async t => {
  await sql`update cases set sealed_key = null, sealed = '' where tenant_id = ${acme.id}`
  await sql`update events set sealed = null where tenant_id = ${acme.id}`
  t.equal((await verify()).verified, true)
  await restore('events', 'cases')
})

/** An expression of another value of the same kind. */
function changeOf(
  { name, type }: { name: string; type: string },
  event: { sealed: Buffer | null; commitment: Buffer | null }
): string {
  switch (name) {
    case 'tenant_id':
      return `'${other.id}'::uuid`
    case 'request_id':
      return 'gen_random_uuid()'
    case 'kind':
      return `'${pick(['edited', 'verify', 'alerted', 'opened', 'close'])}'`
    case 'from_state':
    case 'to_state':
      return `'${pick(['received', 'verified', 'closed', 'in_review'])}'`
    case 'mover':
      return `'${pick(['subject', 'agent', 'integration', 'system'])}'`
    case 'sealed':
      // A text is altered, taken away, or put where none was.
      return event.sealed === null ? `'\\x01'::bytea` : pick(['null', flipped('sealed', event.sealed)])
    case 'commitment':
      return event.commitment === null ? `sha256('')` : flipped('commitment', event.commitment)
    default:
  }
  switch (type) {
    case 'integer':
      return `${name} + 1000`
    case 'timestamp with time zone':
      return `${name} + interval '${pick(['1 microsecond', '-1 day', '1 hour'])}'`
    case 'jsonb':
      return `${name} || '{"added": true}'`
    case 'bytea':
      return `set_byte(${name}, ${Math.floor(random() * 32)}, 255 - get_byte(${name}, 0))`
    default:
      return `coalesce(${name}, '') || 'x'`
  }
}

function flipped(column: string, value: Buffer): string {
  const place = Math.floor(random() * value.length)
  return `set_byte(${column}, ${place}, get_byte(${column}, ${place}) # 1)`
}

/** mulberry32: the same changes each time, so that a failure can be looked at again. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
