// What holds of every deadline, whatever the request.

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import fc from 'fast-check'
import t from 'tap'
import { computeDeadlines } from '../../src/domain/deadline/clock.ts'
import { restReasonFor } from '../../src/domain/deadline/holidays.ts'
import { addDays, dateIn } from '../../src/domain/deadline/local-date.ts'
import { feesOf, HOUR_MS, pausesOf, requests, requestsWithRestarts, rulesOf, waits } from '../support/any-request.ts'

const inRange = { numRuns: 1500 }

t.test('the safe date is never later than the due date, nor than the promise', async () => {
  fc.assert(
    fc.property(requests, waits, (request, list) => {
      const found = computeDeadlines({ ...request, events: pausesOf(list, request.receivedAt) })
      return (
        notLater(found.targetOn, found.dueOn) &&
        notLater(found.targetOn, found.promisedOn) &&
        notLater(found.extendedTargetOn, found.extendedDueOn) &&
        notLater(found.dueOn, found.statutoryDueOn) &&
        notLater(found.statutoryDueOn, found.extendedDueOn)
      )
    }),
    inRange
  )
})

t.test('no pause makes a due date earlier, nor moves the safe date', async () => {
  fc.assert(
    fc.property(requests, waits, waits, (request, some, more) => {
      const before = computeDeadlines({ ...request, events: pausesOf(some, request.receivedAt) })
      const after = computeDeadlines({ ...request, events: pausesOf([...some, ...more], request.receivedAt) })
      return (
        notLater(before.statutoryDueOn, after.statutoryDueOn) &&
        notLater(before.extendedDueOn, after.extendedDueOn) &&
        before.targetOn === after.targetOn &&
        before.extendedTargetOn === after.extendedTargetOn
      )
    }),
    inRange
  )
})

t.test('nor does one for which a law begins the period anew, whatever else was waited for', async () => {
  const asked = fc.record({ begins: fc.integer({ min: 0, max: 40 * 24 }), lasts: fc.integer({ min: 0, max: 30 * 24 }) })
  const fees = fc.array(asked, { maxLength: 2 })
  fc.assert(
    fc.property(requestsWithRestarts, waits, fees, waits, fees, (request, some, paid, more, paidMore) => {
      const { receivedAt } = request
      const first = [...pausesOf(some, receivedAt), ...feesOf(paid, receivedAt)]
      const before = computeDeadlines({ ...request, events: first })
      const events = [...first, ...pausesOf(more, receivedAt), ...feesOf(paidMore, receivedAt)]
      const after = computeDeadlines({ ...request, events })
      return (
        notLater(before.statutoryDueOn, after.statutoryDueOn) && notLater(before.extendedDueOn, after.extendedDueOn)
      )
    }),
    inRange
  )
})

t.test('where the last day moves, it moves to a working day', async () => {
  fc.assert(
    fc.property(requests, waits, (request, list) => {
      const { past } = rulesOf(request.regime, request.right)?.answer?.roll ?? { past: null }
      const { statutoryDueOn } = computeDeadlines({ ...request, events: pausesOf(list, request.receivedAt) })
      return past === null || statutoryDueOn === null || restReasonFor(statutoryDueOn, past, request.holidays) === null
    }),
    inRange
  )
})

t.test(
  'the safe date is a working day on the broadest list, unless the request itself arrived later than that',
  async () => {
    fc.assert(
      fc.property(requests, request => {
        const { targetOn } = computeDeadlines({ ...request, events: [] })
        const broadest = { weekdays: [6, 7], holidays: 'broad' } as const
        return (
          targetOn === null ||
          targetOn === dateIn(request.timeZone, request.receivedAt) ||
          restReasonFor(targetOn, broadest, request.holidays) === null
        )
      }),
      inRange
    )
  }
)

t.test('a request that came later is never due earlier', async () => {
  fc.assert(
    fc.property(requests, fc.integer({ min: 0, max: 60 * 24 }), (request, hours) => {
      const first = computeDeadlines({ ...request, events: [] })
      const second = computeDeadlines({
        ...request,
        receivedAt: new Date(request.receivedAt.getTime() + hours * HOUR_MS),
        events: []
      })
      return (
        notLater(first.dueOn, second.dueOn) &&
        notLater(first.extendedDueOn, second.extendedDueOn) &&
        notLater(first.targetOn, second.targetOn) &&
        notLater(first.acknowledgeBy, second.acknowledgeBy)
      )
    }),
    inRange
  )
})

t.test('the due date ends with its last instant in the zone of the controller', async () => {
  fc.assert(
    fc.property(requests, request => {
      const { dueOn, dueEndsAt } = computeDeadlines({ ...request, events: [] })
      if (dueOn === null || dueEndsAt === null) return dueOn === dueEndsAt
      const last = new Date(dueEndsAt.getTime() - 1)
      return dateIn(request.timeZone, last) === dueOn && dateIn(request.timeZone, dueEndsAt) === addDays(dueOn, 1)
    }),
    inRange
  )
})

t.test('the time zone of the machine changes nothing', async t => {
  const zones = ['UTC', 'Europe/Athens', 'America/Los_Angeles', 'Pacific/Apia', 'Australia/Lord_Howe', 'Asia/Kathmandu']
  const script = new URL('../support/answers-in-zone.ts', import.meta.url).pathname
  // Without the tools of the test runner, which would read along in every one of them.
  const answers = await Promise.all(
    zones.map(async TZ => {
      const { stdout } = await promisify(execFile)(process.execPath, [script], { env: { TZ } })
      return JSON.parse(stdout) as { hour: number; count: number; digest: string }
    })
  )
  t.equal(new Set(answers.map(({ hour }) => hour)).size, zones.length, 'the machine was in six zones')
  t.equal(new Set(answers.map(({ digest }) => digest)).size, 1, 'and gave one answer')
  t.ok(answers.every(({ count }) => count > 1_000))
})

function notLater(a: string | null, b: string | null): boolean {
  return a === null || b === null || a <= b
}
