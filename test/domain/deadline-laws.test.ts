// Two laws at once: each keeps its own clock, and the earlier day rules.

import fc from 'fast-check'
import t from 'tap'
import { calendarFor } from '../../src/calendars/calendar.ts'
import { type ClockEvent, computeDeadlines } from '../../src/domain/deadline/clock.ts'
import { computeUnderLaws, type LawsInput, lawsThatExtend } from '../../src/domain/deadline/laws.ts'
import { parseLocalDate } from '../../src/domain/deadline/local-date.ts'
import type { RegimeName } from '../../src/domain/deadline/regimes.ts'

const at = (text: string) => new Date(`${text}T10:00:00Z`)
const law = (regime: RegimeName, calendar: string) => ({ regime, holidays: calendarFor(calendar) })
const GDPR = law('eu-gdpr', 'none')
const APP = law('au-privacy', 'AU-NSW')
const NZ = law('nz-privacy', 'NZ')
const CCPA = law('us-ca', 'US-CA')
const CANADA = law('ca-pipeda', 'CA')

/** A German's request to an Australian business, received Monday 2 March 2026. */
function input(changed: Partial<LawsInput> = {}): LawsInput {
  return {
    own: GDPR,
    also: APP,
    right: 'access',
    receivedAt: at('2026-03-02'),
    timeZone: 'Australia/Sydney',
    events: [],
    ...changed
  }
}
const under = (changed: Partial<LawsInput> = {}) => computeUnderLaws(input(changed))
const extension = (day: string, workingDays?: number): ClockEvent => {
  return { type: 'extension', announcedAt: at(day), ...(workingDays === undefined ? {} : { workingDays }) }
}
const dueUnder = (found: ReturnType<typeof under>) =>
  Object.fromEntries(found.laws.map(({ regime, endsOn }) => [regime, endsOn]))
const lastRules = (found: ReturnType<typeof under>) => found.trace.slice(-2).map(step => step.rule)

t.test('Thirty days of Australia end before a month of the GDPR', async t => {
  const found = under()
  t.same(dueUnder(found), { 'eu-gdpr': '2026-04-02', 'au-privacy': '2026-04-01' })
  t.match(found, { rulingLaw: 'au-privacy', dueOn: '2026-04-01', effectiveDueOn: '2026-04-01', targetOn: '2026-04-01' })
  t.same(found.dueEndsAt, new Date('2026-04-01T13:00:00Z'), 'midnight in Sydney')
  t.match(found, { extensionNoticeBy: '2026-04-02', refusalBy: '2026-04-02' }, 'duties that only one of them has')
  t.same(lastRules(found), ['laws_earlier', 'day_ends'])
})

t.test('In February it is the other way round', async t => {
  const found = under({ receivedAt: at('2026-02-03') })
  t.same(dueUnder(found), { 'eu-gdpr': '2026-03-03', 'au-privacy': '2026-03-05' })
  t.match(found, { rulingLaw: 'eu-gdpr', dueOn: '2026-03-03' })
})

t.test('On the same day the own law rules', async t => {
  const found = under({ receivedAt: at('2026-04-10') })
  t.same(dueUnder(found), { 'eu-gdpr': '2026-05-11', 'au-privacy': '2026-05-10' })
  const agreed = under({ receivedAt: at('2026-04-14') })
  t.match(agreed, { rulingLaw: 'eu-gdpr', dueOn: '2026-05-14' })
  t.same(lastRules(agreed), ['laws_agree', 'day_ends'])
})

t.test('Where only one sets a day, that is the day', async t => {
  const erasure = under({ right: 'erasure' })
  t.match(erasure, { rulingLaw: 'eu-gdpr', dueOn: '2026-04-02' })
  t.same(lastRules(erasure), ['laws_one', 'day_ends'])
  const none = under({ own: NZ, right: 'erasure' })
  t.match(none, { rulingLaw: null, dueOn: null, dueEndsAt: null })
  t.same(none.trace.at(-1)?.rule, 'laws_none')
})

t.test('A wait that stops the one leaves the other running', async t => {
  const wait = { type: 'pause', reason: 'identity', pausedAt: at('2026-03-03'), resumedAt: at('2026-03-13') } as const
  const found = under({ events: [wait] })
  t.same(dueUnder(found), { 'eu-gdpr': '2026-04-13', 'au-privacy': '2026-04-01' })
  t.match(found, { rulingLaw: 'au-privacy', dueOn: '2026-04-01' })
  const rules = found.laws.map(({ deadlines }) => deadlines.trace.map(step => step.rule))
  t.ok(rules[0]?.includes('pause_credited') && rules[1]?.includes('pause_not_known'))
})

t.test('An extension', async t => {
  t.test('that only one law gives moves only that one', async t => {
    const found = under({ events: [extension('2026-03-20')] })
    t.same(dueUnder(found), { 'eu-gdpr': '2026-06-02', 'au-privacy': '2026-04-01' })
    t.match(found, {
      isExtended: true,
      rulingLaw: 'au-privacy',
      effectiveDueOn: '2026-04-01',
      extendedDueOn: '2026-06-02'
    })
    t.ok(found.laws[1]?.deadlines.trace.some(step => step.rule === 'extension_not_known'))
    t.same(found.laws[1]?.deadlines.trace.at(-1)?.rule, 'day_ends', 'and when the day ends comes last')
  })
  t.test('that both give moves both, and the earlier still rules', async t => {
    const found = under({ also: CCPA, events: [extension('2026-03-20')] })
    t.same(dueUnder(found), { 'eu-gdpr': '2026-06-02', 'us-ca': '2026-05-31' })
    t.match(found, { rulingLaw: 'us-ca', effectiveDueOn: '2026-05-31', dueOn: '2026-04-02' })
  })
  t.test('that came too late for one of them moves the other', async t => {
    const found = under({ also: CCPA, events: [extension('2026-04-10')] })
    t.same(dueUnder(found), { 'eu-gdpr': '2026-04-02', 'us-ca': '2026-05-31' })
    t.match(
      found.laws[0]?.deadlines.trace.find(step => step.rule === 'extension_not_announced'),
      { params: { noticeBy: '2026-04-02' }, source: /GDPR/ }
    )
  })
  t.test('that was in time once stays so, whatever holiday is declared or abolished later', async t => {
    const event = { ...extension('2026-04-10'), under: ['eu-gdpr'] } as const
    t.same(dueUnder(under({ events: [event] })), { 'eu-gdpr': '2026-06-02', 'au-privacy': '2026-04-01' })
    t.same(dueUnder(under({ also: null, events: [event] })), { 'eu-gdpr': '2026-06-02' })
    const early = { ...extension('2026-03-10'), under: ['us-ca'] } as const
    t.same(dueUnder(under({ also: CCPA, events: [early] })), { 'eu-gdpr': '2026-04-02', 'us-ca': '2026-05-31' })
  })
  t.test('whose length one law fixes and the other wants stated is both', async t => {
    const found = under({ own: NZ, also: GDPR, events: [extension('2026-03-10', 5)] })
    t.same(dueUnder(found), { 'nz-privacy': '2026-04-08', 'eu-gdpr': '2026-06-02' })
    const unstated = under({ own: NZ, also: GDPR, events: [extension('2026-03-10')] })
    t.same(dueUnder(unstated), { 'nz-privacy': '2026-03-30', 'eu-gdpr': '2026-06-02' })
  })
  t.test('that neither gives is refused by the own law', async t => {
    t.throws(() => under({ own: CCPA, right: 'opt_out', events: [extension('2026-03-10')] }), {
      code: 'extension_not_available',
      message: /CCPA/
    })
    t.throws(() => under({ events: [extension('2026-04-10')] }), {
      code: 'extension_too_late',
      facts: { extensionNoticeBy: '2026-04-02' }
    })
  })
  t.test('ends the promise under both', async t => {
    const found = under({ promiseDays: 14, events: [extension('2026-03-10')] })
    t.match(found, { dueOn: '2026-03-16', promisedOn: '2026-03-16', effectiveDueOn: '2026-04-01' })
  })
})

t.test('A shorter promise comes before both', async t => {
  t.match(under({ promiseDays: 14 }), {
    dueOn: '2026-03-16',
    statutoryDueOn: '2026-04-01',
    rulingLaw: 'au-privacy',
    targetOn: '2026-03-16'
  })
})

t.test('What only one of them knows is no fault of the other', async t => {
  const events: ClockEvent[] = [
    { type: 'request_dated', at: parseLocalDate('2026-02-20') },
    { type: 'controller_kind', kind: 'agency' },
    { type: 'fee', requestedAt: parseLocalDate('2026-03-04') },
    { type: 'transfer_needed' }
  ]
  const found = under({ own: CANADA, events })
  t.equal(found.laws[0]?.deadlines.extensionNoticeBy, '2026-03-23', 'Canada counts from the date of the letter')
  t.equal(found.laws[1]?.endsOn, '2026-04-01', 'and an Australian agency 30 days')
  t.throws(() => computeDeadlines({ ...GDPR, ...inCommon(), events }), { code: 'invalid' }, 'but who only asks is told')
})

t.test('One law alone gives what it gave before', async t => {
  const { laws, rulingLaw, isExtended, effectiveTargetOn, ...dates } = under({ also: null })
  t.same(dates, computeDeadlines({ ...GDPR, ...inCommon(), events: [] }))
  t.match({ laws, rulingLaw, isExtended }, { laws: [{ regime: 'eu-gdpr' }], rulingLaw: 'eu-gdpr', isExtended: false })
  t.equal(effectiveTargetOn, dates.targetOn)
})

t.test('Whatever happened, no law is due before the day that rules, and the safe day is not after it', async () => {
  const pairs = fc.constantFrom([GDPR, APP], [CCPA, APP], [NZ, APP], [CANADA, GDPR], [CCPA, GDPR]) as fc.Arbitrary<
    [typeof GDPR, typeof GDPR]
  >
  const received = fc.integer({ min: Date.UTC(2018, 0, 1), max: Date.UTC(2035, 0, 1) }).map(time => new Date(time))
  const hours = fc.integer({ min: 1, max: 24 * 120 })
  fc.assert(
    fc.property(pairs, received, fc.option(hours), fc.option(hours), ([own, also], receivedAt, waits, extends_) => {
      const later = (count: number) => new Date(receivedAt.getTime() + count * 3_600_000)
      const events: ClockEvent[] = [
        ...(waits === null
          ? []
          : [{ type: 'pause', reason: 'identity', pausedAt: later(1), resumedAt: later(waits) } as const]),
        // Within a fortnight every law that gives one is still in time, and one of each pair gives one.
        ...(extends_ === null || own === NZ || (own === CCPA && also === APP)
          ? []
          : [{ type: 'extension', announcedAt: later(extends_ / 10) } as const])
      ]
      const found = under({ own, also, receivedAt, events })
      const { effectiveDueOn, effectiveTargetOn } = found
      return (
        found.laws.every(({ endsOn }) => endsOn === null || effectiveDueOn === null || effectiveDueOn <= endsOn) &&
        found.laws.some(({ endsOn }) => endsOn === effectiveDueOn) &&
        (effectiveTargetOn === null || effectiveDueOn === null || effectiveTargetOn <= effectiveDueOn)
      )
    }),
    { numRuns: 1500 }
  )
})

function inCommon() {
  return { right: 'access', receivedAt: at('2026-03-02'), timeZone: 'Australia/Sydney' } as const
}

t.test('An extension that was found to be none of the laws leaves every day, and the promise, where it is', async t => {
  const taken: ClockEvent = { type: 'extension', announcedAt: at('2026-03-20'), under: [] }
  const found = under({ also: null, events: [taken], promiseDays: 20 })
  t.match(found, { isExtended: false, effectiveDueOn: '2026-03-22', statutoryDueOn: '2026-04-02' })
  t.same(lastRules(found), ['extension_not_announced', 'day_ends'])
  t.same(lawsThatExtend({ ...input({ also: null }), events: [taken] }), ['eu-gdpr'], 'until it is decided anew')
  t.same(lawsThatExtend(input()), [], 'nor is one where none was taken')
})
