import fc from 'fast-check'
import t from 'tap'
import { EVENT_TYPES, kindOfType, TYPE_OF_KIND } from '../../src/domain/event-types.ts'
import { HAPPENINGS } from '../../src/domain/events.ts'
import { MOVE_NAMES } from '../../src/domain/lifecycle.ts'
import { eventId, type PlacedEntry, placeOfEvent, publicEvent } from '../../src/domain/public-events.ts'

const ENTRY: PlacedEntry = {
  position: 281_474_976_711_512n,
  requestId: '0190b2a1-7c3e-7d4f-8a5b-6c7d8e9f0a1b',
  caseId: '0190b2a1-7c3e-7d4f-8a5b-6c7d8e9f0a1c',
  seq: 3,
  kind: 'extended',
  fromState: 'in_fulfilment',
  toState: 'in_fulfilment',
  at: new Date('2026-02-20T10:00:00Z'),
  data: {}
}

t.test('Every kind of entry has a name of its own for others', async t => {
  t.same(Object.keys(TYPE_OF_KIND).sort(), [...HAPPENINGS, ...MOVE_NAMES].sort())
  t.equal(new Set(EVENT_TYPES).size, EVENT_TYPES.length)
  for (const type of EVENT_TYPES) {
    t.equal(TYPE_OF_KIND[kindOfType(type)], type)
    t.match(type, /^[a-z_]+\.[a-z_]+$/, 'a noun and what became of it')
  }
})

t.test('The id of an event is its place in the feed', async t => {
  const uuid = fc.uuid()
  const place = fc.record({
    position: fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }),
    requestId: uuid,
    seq: fc.integer({ min: 1, max: 999_999_999 })
  })
  const comesBack = fc.property(place, one => {
    const id = eventId(one)
    return /^[a-z0-9_]+$/.test(id) && JSON.stringify(placeOfEvent(id), asText) === JSON.stringify(one, asText)
  })
  t.doesNotThrow(() => fc.assert(comesBack))
  for (const id of [
    '',
    'evt_',
    'evt_0_0190b2a17c3e7d4f8a5b6c7d8e9f0a1b_1',
    `${eventId(ENTRY)}0000000000`,
    'evt_ffffffffffffffff_0190b2a17c3e7d4f8a5b6c7d8e9f0a1b_1',
    eventId(ENTRY).toUpperCase(),
    `${eventId(ENTRY)}\n`
  ])
    t.equal(placeOfEvent(id), null, JSON.stringify(id))
})

t.test('An event tells ids, states and days', async t => {
  const data = {
    dueOn: '2026-05-20',
    taskId: '0190b2a1-7c3e-7d4f-8a5b-6c7d8e9f0a1d',
    // None of these is told, whoever puts it there.
    letterId: 'Mia Holm',
    packageId: { name: 'Mia Holm' },
    noteId: ['mia@example.com'],
    name: 'Mia Holm',
    assignee: 'auth0|66d2f1',
    email: 'mia@example.com',
    subjectId: '0190b2a1-7c3e-7d4f-8a5b-6c7d8e9f0a1e'
  }
  t.same(publicEvent({ ...ENTRY, data }), {
    id: eventId(ENTRY),
    type: 'clock.extended',
    timestamp: '2026-02-20T10:00:00.000Z',
    data: {
      requestId: ENTRY.requestId,
      caseId: ENTRY.caseId,
      sequence: 3,
      state: 'in_fulfilment',
      previousState: 'in_fulfilment',
      taskId: data.taskId,
      dueOn: '2026-05-20'
    }
  })
  t.notOk('dueOn' in publicEvent({ ...ENTRY, data: { dueOn: null } }).data, 'and leaves out what there is none of')
})

const asText = (_: string, value: unknown) => (typeof value === 'bigint' ? String(value) : value)
