// The lifecycle as the database holds it: every state, move, target and mover, by SQL and without our help.

import postgres, { type TransactionSql } from 'postgres'
import t from 'tap'
import { HAPPENINGS } from '../../src/domain/events.ts'
import { EDGES, MOVE_NAMES, MOVERS, STATES, type State } from '../../src/domain/lifecycle.ts'
import { addEntry, writeHistoryBySql } from '../support/history-by-sql.ts'
import { openHouse } from '../support/house.ts'

const house = await openHouse(t)
const acme = await house.tenant()
const owner = postgres(house.ownerUrl, { max: 1, onnotice: () => {} })
t.teardown(() => owner.end({ timeout: 5 }))
const { asService, entriesTaken, refusalOf, requestsInEveryState } = writeHistoryBySql(t, house.serviceUrl, acme)

const LISTED = EDGES.flatMap(({ from, move, to, by }) => by.map(mover => `${from} ${move} ${to} ${mover}`)).sort()
const ALL = STATES.length * MOVE_NAMES.length * STATES.length * MOVERS.length

t.test('The function that the walls ask', async t => {
  t.test('allows what the table lists, and nothing else', async t => {
    const rows = await owner<{ edge: string; allowed: boolean }[]>`
      select concat_ws(' ', s, m, t, b) as edge, lifecycle_allows(s, m, t, b) as allowed
      from unnest(${[...STATES]}::text[]) s, unnest(${[...MOVE_NAMES]}::text[]) m, unnest(${[...STATES]}::text[]) t, unnest(${[...MOVERS]}::text[]) b`
    t.equal(rows.length, ALL)
    t.same(
      rows
        .filter(row => row.allowed)
        .map(row => row.edge)
        .sort(),
      LISTED
    )
  })

  t.test('knows a move from a happening', async t => {
    const rows = await owner<
      { kind: string }[]
    >`select kind from unnest(${[...MOVE_NAMES, ...HAPPENINGS]}::text[]) kind where is_move(kind)`
    t.same(rows.map(row => row.kind).sort(), [...MOVE_NAMES].sort())
  })
})

t.test('A history', async t => {
  const requestIn = await requestsInEveryState()

  t.test('takes a move from any state only as the table lists it', async t => {
    const passed: string[] = []
    for (const from of STATES) passed.push(...(await entriesTaken(requestIn[from], from, MOVE_NAMES)))
    t.same(passed.sort(), LISTED)
  })

  t.test('takes a happening that leaves the state as it is, and none that changes it', async t => {
    const happenings = HAPPENINGS.filter(kind => kind !== 'opened')
    for (const from of STATES) {
      const taken = await entriesTaken(requestIn[from], from, happenings)
      t.same(
        taken.sort(),
        happenings.flatMap(kind => MOVERS.map(mover => `${from} ${kind} ${from} ${mover}`)).sort(),
        from
      )
    }
  })

  t.test('begins with the request having been opened, and only once', async t => {
    const [first] = Object.values(requestIn)
    t.equal(
      await refusalOf(sql => addEntry(sql, { requestId: first!, kind: 'opened', from: 'received', to: 'received' })),
      'events_lifecycle'
    )
    const unknown = '00000000-0000-7000-8000-000000000000'
    t.equal(
      await refusalOf(sql => addEntry(sql, { requestId: unknown, kind: 'verify', from: 'received', to: 'verified' })),
      'events_begin_with_opened'
    )
    t.equal(
      await refusalOf(sql => addEntry(sql, { requestId: unknown, kind: 'opened', from: 'verified', to: 'verified' })),
      'events_begin_with_opened'
    )
    t.equal(
      await refusalOf(sql => addEntry(sql, { requestId: unknown, kind: 'opened', from: 'received', to: 'received' })),
      'events_request_fk'
    )
  })

  t.test('follows from where the last entry ended', async t => {
    t.equal(
      await refusalOf(sql =>
        addEntry(sql, { requestId: requestIn.verified, kind: 'verify', from: 'received', to: 'verified' })
      ),
      'events_follow_the_last'
    )
  })

  t.test('has its places, hashes and order from the database, whatever it is told', async t => {
    const entry = await asService(async sql => {
      await addEntry(sql, {
        requestId: requestIn.verified,
        kind: 'alerted',
        from: 'verified',
        to: 'verified',
        seq: 77,
        hash: 'ff'.repeat(32)
      })
      const [row] =
        await sql`select seq, encode(hash, 'hex') as hash from events where request_id = ${requestIn.verified} order by seq desc limit 1`
      await sql`update subject_requests set last_event_seq = ${row!.seq} where id = ${requestIn.verified}`
      return row!
    })
    t.equal(entry.seq, 3)
    t.not(entry.hash, 'ff'.repeat(32))
  })

  t.test('cannot be changed, shortened or emptied by the service', async t => {
    for (const statement of ["update events set kind = 'edited'", 'delete from events', 'truncate events']) {
      t.equal(await refusalOf(sql => sql.unsafe(statement)), '42501', statement)
    }
  })
})

t.test('A request', async t => {
  const requestIn = await requestsInEveryState()
  const moveRow = (state: State, to: State) => (sql: TransactionSql) =>
    sql`update subject_requests set state = ${to}, verified_at = coalesce(verified_at, now()), outcome = coalesce(outcome, 'refused'), ground = coalesce(ground, 'excessive_abusive')
        where id = ${requestIn[state]}`

  t.test('changes its state in no way without an entry', async t => {
    for (const from of STATES) {
      for (const to of STATES.filter(state => state !== from)) {
        // An answer has a wall of its own, which stands before this one.
        const refusal = await refusalOf(moveRow(from, to))
        t.ok(
          ['subject_requests_state_is_in_history', 'responded_with_a_response'].includes(refusal),
          `${from} to ${to}: ${refusal}`
        )
      }
    }
  })

  t.test('cannot be left behind by its history', async t => {
    t.equal(
      await refusalOf(sql =>
        addEntry(sql, { requestId: requestIn.verified, kind: 'start', from: 'verified', to: 'in_fulfilment' })
      ),
      'events_are_known_to_the_row'
    )
  })

  t.test('cannot point to an entry that is not its last state', async t => {
    t.equal(
      await refusalOf(sql => sql`update subject_requests set last_event_seq = 1 where id = ${requestIn.closed}`),
      'subject_requests_state_is_in_history'
    )
    t.equal(
      await refusalOf(sql => sql`update subject_requests set last_event_seq = 99 where id = ${requestIn.closed}`),
      'subject_requests_state_is_in_history'
    )
  })

  t.test('cannot be removed, or moved to another case', async t => {
    t.equal(await refusalOf(sql => sql`delete from subject_requests`), '42501')
    t.equal(
      await refusalOf(
        sql => sql`update subject_requests set case_id = gen_random_uuid() where id = ${requestIn.verified}`
      ),
      'subject_requests_stay'
    )
  })

  t.test('is not worked on before identity was proven', async t => {
    const unproven = (sql: TransactionSql) =>
      sql`update subject_requests set state = 'verified', verified_at = null where id = ${requestIn.received}`
    t.equal(await refusalOf(unproven), 'subject_requests_nothing_before_verified')
  })
})
