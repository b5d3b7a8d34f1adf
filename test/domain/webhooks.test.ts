import fc from 'fast-check'
import t from 'tap'
import { inDays, inHours, inSeconds } from '../../src/domain/timers.ts'
import {
  type Attempted,
  afterAttempt,
  afterRound,
  FAILING_DAYS,
  type Health,
  JITTER,
  REST_SECONDS,
  RETRY_AFTER_SECONDS,
  rotated,
  secretsInForce,
  WELL
} from '../../src/domain/webhooks.ts'

const NOW = new Date('2026-02-20T10:00:00Z')
const TAKEN: Attempted = { failure: null, status: 204, retryAfterSeconds: null }
const NOT_TAKEN: Attempted = { failure: 'not_taken', status: 500, retryAfterSeconds: null }
const GONE: Attempted = { failure: 'not_taken', status: 410, retryAfterSeconds: null }
const BUSY = (retryAfterSeconds: number): Attempted => ({ failure: 'not_taken', status: 429, retryAfterSeconds })

t.test('A delivery that fails is tried ten times in a little more than three days', async t => {
  t.same(RETRY_AFTER_SECONDS, [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400])
  let now = NOW
  for (const [step] of RETRY_AFTER_SECONDS.entries()) {
    const standing = afterAttempt(step, NOT_TAKEN, now, 0)
    t.match(standing, { state: 'pending', nextTryAt: inSeconds(now, RETRY_AFTER_SECONDS[step]!) })
    now = standing.nextTryAt!
  }
  t.same(now, inSeconds(NOW, 75 * 3_600 + 35 * 60 + 5))
  t.same(afterAttempt(RETRY_AFTER_SECONDS.length, NOT_TAKEN, now, 0), { state: 'failed', nextTryAt: null })
  t.same(afterAttempt(9, TAKEN, now, 0), { state: 'delivered', nextTryAt: null }, 'and may be taken at the last')
})

t.test('No two that failed together come back together', async t => {
  const isWithin = fc.property(fc.nat(8), fc.double({ min: 0, max: 1, noNaN: true }), (step, luck) => {
    const { nextTryAt } = afterAttempt(step, NOT_TAKEN, NOW, luck)
    const seconds = (nextTryAt!.getTime() - NOW.getTime()) / 1_000
    return seconds >= RETRY_AFTER_SECONDS[step]! && seconds <= RETRY_AFTER_SECONDS[step]! * (1 + JITTER)
  })
  t.doesNotThrow(() => fc.assert(isWithin))
  t.notSame(afterAttempt(3, NOT_TAKEN, NOW, 0.2).nextTryAt, afterAttempt(3, NOT_TAKEN, NOW, 0.3).nextTryAt)
})

t.test('What the receiver asks for in Retry-After', async t => {
  const rows = [
    [0, 60, 60, 'is waited for'],
    [3, 60, 7_200, 'shortens nothing'],
    [0, 10_000_000, 86_400, 'is waited for a day at most']
  ] as const
  for (const [step, asked, expected, what] of rows)
    t.same(afterAttempt(step, BUSY(asked), NOW, 0).nextTryAt, inSeconds(NOW, expected), what)
  const { health } = afterRound(WELL, [BUSY(60)], NOW, 0)
  t.same(health.restsUntil, inSeconds(NOW, 60), 'by everything that goes there')
})

t.test('A receiver that says it is gone', async t => {
  t.same(afterAttempt(0, GONE, NOW, 0), { state: 'failed', nextTryAt: null }, 'is not asked again')
  t.equal(afterRound(WELL, [TAKEN, GONE], NOW, 0).disabled, 'gone', 'whatever else it took')
})

t.test('A receiver that fails', async t => {
  await t.test('rests longer each time, up to five minutes', async t => {
    let health: Health = WELL
    for (const seconds of [...REST_SECONDS, 300, 300]) {
      health = afterRound(health, [NOT_TAKEN, NOT_TAKEN], NOW, 0).health
      t.same(health.restsUntil, inSeconds(NOW, seconds))
    }
  })
  await t.test('is well again with the first that it takes', async t => {
    const { health } = afterRound(WELL, [NOT_TAKEN], NOW, 0)
    t.same(afterRound(health, [NOT_TAKEN, TAKEN], NOW, 0), { health: WELL, disabled: null })
  })
  await t.test('for five days is switched off', async t => {
    let health: Health = WELL
    for (let hours = 0; hours < FAILING_DAYS * 24; hours += 12) {
      const after = afterRound(health, [NOT_TAKEN], inHours(NOW, hours), 0)
      t.equal(after.disabled, null, `not after ${hours} hours`)
      health = after.health
    }
    t.equal(afterRound(health, [NOT_TAKEN], inDays(NOW, FAILING_DAYS), 0).disabled, 'failing')
  })
  await t.test('again after a long silence has only begun to fail', async t => {
    const { health } = afterRound(WELL, [NOT_TAKEN], NOW, 0)
    const later = inDays(NOW, 180)
    t.match(afterRound(health, [NOT_TAKEN], later, 0), { disabled: null, health: { failingSince: later } })
  })
})

t.test('Of the secrets of a webhook', async t => {
  const first = [{ key: 'first', until: null }]
  const second = rotated(first, 'second', 24, NOW)
  t.same(secretsInForce(second, NOW), ['second', 'first'], 'the former signs beside the current one')
  t.same(secretsInForce(second, inHours(NOW, 24)), ['second'], 'until the overlap ends')
  t.same(secretsInForce(rotated(second, 'third', 24, NOW), NOW), ['third', 'second'], 'two are in force at most')
  t.same(secretsInForce(rotated(second, 'third', 0, NOW), NOW), ['third'], 'and one that leaked ends at once')
})
