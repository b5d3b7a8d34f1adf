import t from 'tap'
import {
  isFree,
  isHeldBy,
  outcomeOf,
  stateAfterFailure,
  type TaskResult,
  WORKING_STATES
} from '../../src/domain/tasks.ts'

const NOON = new Date('2026-02-20T12:00:00Z')
const LATER = new Date('2026-02-20T12:15:00Z')

t.test('What the systems found decides the outcome', async t => {
  const rows: [TaskResult[], string | null, string][] = [
    [[], null, 'nobody was asked: nothing is known'],
    [['nothing_found', 'nothing_found'], 'nothing_found', 'everybody searched in vain'],
    [['nothing_found', 'not_applicable'], 'nothing_found', 'those who could, searched'],
    [['nothing_found', 'done'], 'granted', 'one of them had something'],
    [['done', 'withheld'], 'partly_granted', 'something stays'],
    [['nothing_found', 'withheld'], 'partly_granted', 'and its reasons have to be given']
  ]
  for (const [results, outcome, why] of rows) t.equal(outcomeOf(results), outcome, `${results.join(', ')}: ${why}`)
})

t.test('A claim is a lease', async t => {
  const claimed = { state: 'claimed', claimedBy: 'anna', leaseUntil: LATER } as const
  t.notOk(isFree(claimed, NOON), 'nobody else may work on it while it holds')
  t.ok(isFree(claimed, LATER), 'and anybody once it has run out')
  t.ok(isHeldBy(claimed, 'anna'), 'it is still hers until somebody takes it')
  t.notOk(isHeldBy(claimed, 'bo'))
  const rows: [Parameters<typeof isFree>[0]['state'], boolean][] = [
    ['open', true],
    ['failed', true],
    ['ended', false],
    ['dropped', false]
  ]
  for (const [state, free] of rows) {
    t.equal(isFree({ state, claimedBy: 'anna', leaseUntil: null }, NOON), free, `${state} is ${free ? '' : 'not '}free`)
    t.notOk(isHeldBy({ state, claimedBy: 'anna', leaseUntil: null }, 'anna'), `${state} is nobody's`)
  }
})

t.test('A task that fails is tried again, until it is left to people', async t => {
  t.equal(stateAfterFailure(1, true), 'open')
  t.equal(stateAfterFailure(2, true), 'open')
  t.equal(stateAfterFailure(3, true), 'failed', 'three times is no hiccup')
  t.equal(stateAfterFailure(1, false), 'failed', 'at once when there is no use')
})

t.test('Systems work while the request is in fulfilment, and at no other time', async t => {
  t.same(WORKING_STATES, ['in_fulfilment'])
})
