import t from 'tap'
import { parseClockEvents } from '../../src/domain/deadline/clock.ts'
import type { Fault } from '../../src/domain/errors.ts'
import { HabeasError } from '../../src/domain/errors.ts'

t.test('events are read with their instants', async t => {
  const events = parseClockEvents([
    {
      type: 'pause',
      reason: 'identity',
      pausedAt: '2026-01-06T10:00:00+01:00',
      resumedAt: '2026-01-16T10:00:00Z',
      undueDelay: false
    },
    { type: 'pause', reason: 'internal_backlog', pausedAt: '2026-01-06T10:00:00.123456Z', resumedAt: null },
    { type: 'extension' },
    { type: 'extension', workingDays: 15, announcedAt: '2026-01-20', under: ['nz-privacy'] },
    { type: 'fee', requestedAt: '2026-03-04', paidAt: '2026-03-16T10:00:00+00:00' },
    { type: 'controller_kind', kind: 'small_agent' },
    { type: 'request_dated', at: '2026-03-02' },
    { type: 'transfer_needed' }
  ])
  t.same(events, [
    {
      type: 'pause',
      reason: 'identity',
      pausedAt: new Date('2026-01-06T09:00:00Z'),
      resumedAt: new Date('2026-01-16T10:00:00Z'),
      undueDelay: false
    },
    { type: 'pause', reason: 'internal_backlog', pausedAt: new Date('2026-01-06T10:00:00.123Z') },
    { type: 'extension' },
    { type: 'extension', workingDays: 15, announcedAt: '2026-01-20', under: ['nz-privacy'] },
    { type: 'fee', requestedAt: '2026-03-04', paidAt: new Date('2026-03-16T10:00:00Z') },
    { type: 'controller_kind', kind: 'small_agent' },
    { type: 'request_dated', at: '2026-03-02' },
    { type: 'transfer_needed' }
  ])
  t.same(parseClockEvents([]), [])
})

const pause = { type: 'pause', reason: 'identity', pausedAt: '2026-01-06T10:00:00Z' }

for (const { what, event, faults } of [
  { what: 'no object', event: 'pause', faults: ['/events/0/type enum'] },
  { what: 'an unknown event', event: { type: 'stop' }, faults: ['/events/0/type enum'] },
  { what: 'an event named after a method of objects', event: { type: 'toString' }, faults: ['/events/0/type enum'] },
  {
    what: 'a pause without anything',
    event: { type: 'pause' },
    faults: ['/events/0/reason required', '/events/0/pausedAt required']
  },
  { what: 'an unknown reason', event: { ...pause, reason: 'lunch' }, faults: ['/events/0/reason enum'] },
  {
    what: 'an instant without an offset',
    event: { ...pause, pausedAt: '2026-01-06T10:00:00' },
    faults: ['/events/0/pausedAt instant']
  },
  {
    what: 'a day in place of an instant',
    event: { ...pause, pausedAt: '2026-01-06' },
    faults: ['/events/0/pausedAt instant']
  },
  {
    what: 'an instant on a day that does not exist',
    event: { ...pause, pausedAt: '2026-02-30T10:00:00Z' },
    faults: ['/events/0/pausedAt instant']
  },
  {
    what: 'an hour that does not exist',
    event: { ...pause, pausedAt: '2026-02-03T25:00:00Z' },
    faults: ['/events/0/pausedAt instant']
  },
  {
    what: 'a resumption before its pause',
    event: { ...pause, resumedAt: '2026-01-06T09:59:59Z' },
    faults: ['/events/0/resumedAt notBeforePause']
  },
  {
    what: 'a payment before its fee',
    event: { type: 'fee', requestedAt: '2026-03-04', paidAt: '2026-03-03' },
    faults: ['/events/0/paidAt notBeforeRequest']
  },
  { what: 'a word for yes', event: { ...pause, undueDelay: 'yes' }, faults: ['/events/0/undueDelay type'] },
  {
    what: 'half a working day',
    event: { type: 'extension', workingDays: 0.5 },
    faults: ['/events/0/workingDays range']
  },
  {
    what: 'a year of working days too many',
    event: { type: 'extension', workingDays: 261 },
    faults: ['/events/0/workingDays range']
  },
  {
    what: 'a law that is none',
    event: { type: 'extension', under: ['us-tx'] },
    faults: ['/events/0/under enum']
  },
  {
    what: 'a day of another century',
    event: { type: 'request_dated', at: '1926-03-02' },
    faults: ['/events/0/at instantOrDate']
  },
  {
    what: 'a field that does not belong',
    event: { type: 'extension', 'a/b~c': 1 },
    faults: ['/events/0/a~1b~0c notAllowed']
  }
]) {
  t.test(`${what} is refused with its place, its rule and a way out`, async t => {
    const found = faultsOf([event])
    t.same(
      found.map(({ pointer, rule }) => `${pointer} ${rule}`),
      faults
    )
    t.ok(found.every(({ fix }) => fix.endsWith('.')))
  })
}

t.test('all faults are told at once', async t => {
  t.same(
    faultsOf([pause, { type: 'stop' }, { type: 'fee' }]).map(({ pointer }) => pointer),
    ['/events/1/type', '/events/2/requestedAt']
  )
})

t.test('what is no list is refused', async t => {
  for (const raw of [null, {}, 'events', undefined])
    t.throws(() => parseClockEvents(raw), { code: 'invalid', facts: { errors: [{ pointer: '/events' }] } })
})

function faultsOf(raw: unknown): Fault[] {
  try {
    parseClockEvents(raw)
  } catch (error) {
    if (error instanceof HabeasError && error.code === 'invalid' && Array.isArray(error.facts.errors))
      return error.facts.errors
    throw error
  }
  throw new Error('These events should not be readable.')
}
