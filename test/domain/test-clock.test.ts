import t from 'tap'
import type { HabeasError } from '../../src/domain/errors.ts'
import { type Advance, endOfAdvance, timeOn } from '../../src/domain/test-clock.ts'

const at = (instant: string) => new Date(instant)

t.test('A clock that was sent ahead', async t => {
  const clock = { shownAt: at('2026-05-20T10:00:00Z'), runsSince: at('2026-02-20T10:00:00Z') }
  t.same(timeOn(clock, at('2026-02-20T10:00:00Z')), at('2026-05-20T10:00:00Z'), 'shows what it was set to')
  t.same(timeOn(clock, at('2026-02-21T11:30:00Z')), at('2026-05-21T11:30:00Z'), 'and runs on as the service’s does')
  t.same(
    timeOn(clock, at('2026-02-20T09:59:00Z')),
    clock.shownAt,
    'but not back, where a machine’s clock is a little behind'
  )
  t.same(timeOn({ ...clock, runsSince: null }, at('2026-07-01T00:00:00Z')), clock.shownAt, 'on its way it stands')
})

t.test('An advance ends', async t => {
  const cases: [from: string, advance: Advance, end: string, why: string][] = [
    ['2026-02-20T10:00:00Z', { by: 'P3M' }, '2026-05-20T09:00:00Z', 'months later by the wall clock, in summer time'],
    ['2026-01-31T10:00:00Z', { by: 'P1M' }, '2026-02-28T10:00:00Z', 'on the last day of a shorter month'],
    ['2026-03-28T10:00:00Z', { by: 'P1D' }, '2026-03-29T09:00:00Z', 'after a day of 23 hours'],
    ['2026-03-28T10:00:00Z', { by: 'PT24H' }, '2026-03-29T10:00:00Z', 'after 24 hours, where hours were asked for'],
    ['2026-02-20T10:00:00Z', { by: 'P1Y1M5D' }, '2027-03-25T10:00:00Z', 'not further than 400 days ahead'],
    ['2026-02-20T10:00:00Z', { to: at('2026-02-20T10:00:00.001Z') }, '2026-02-20T10:00:00.001Z', 'as soon as one likes']
  ]
  for (const [from, advance, end, why] of cases)
    t.same(endOfAdvance(advance, at(from), 'Europe/Copenhagen'), at(end), why)
})

t.test('No advance', async t => {
  const refusals: [from: string, advance: Advance, pointer: string, rule: string, why: string][] = [
    ['2026-02-20T10:00:00Z', { to: at('2026-02-20T10:00:00Z') }, '/to', 'onlyForward', 'stays where it is'],
    ['2026-02-20T10:00:00Z', { by: '-PT1S' }, '/by', 'onlyForward', 'goes back'],
    ['2026-02-20T10:00:00Z', { by: 'P1Y1M8D' }, '/by', 'maximum', 'goes further than 400 days'],
    ['2040-12-30T10:00:00Z', { by: 'P1D' }, '/by', 'maximum', 'leaves the years whose holidays are known'],
    ['2026-02-20T10:00:00Z', { by: '3 months' }, '/by', 'duration', 'goes by what is no duration'],
    ['2026-02-20T10:00:00Z', { by: '' }, '/by', 'duration', 'goes by nothing']
  ]
  for (const [from, advance, pointer, rule, why] of refusals) {
    try {
      endOfAdvance(advance, at(from), 'Europe/Copenhagen')
      t.fail(why)
    } catch (error) {
      t.match((error as HabeasError).facts, { errors: [{ pointer, rule }] }, why)
    }
  }
})
