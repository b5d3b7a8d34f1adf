// `npm run bench -- deadlines`: how many deadlines one core reckons in a second under each law, with its reasons; then what it
// costs to look for the ones that are due.

import { calendarFor } from '../../src/calendars/calendar.ts'
import { type ClockEvent, type ClockInput, computeDeadlines } from '../../src/domain/deadline/clock.ts'
import { computeUnderLaws } from '../../src/domain/deadline/laws.ts'
import type { DeadlineRule, Regime } from '../../src/domain/deadline/regime.ts'
import { REGIME_NAMES, REGIMES, type RegimeName } from '../../src/domain/deadline/regimes.ts'
import { alternate, median, type Options, printTable, readOptions, whole } from './measure.ts'
import { benchSweep } from './sweep.ts'

const DEFAULTS: Options = { rounds: 5, seconds: 4, connections: 1, rows: 10_000_000 }
/** In one round of one law: enough to last longer than the timer is coarse, and to meet every year and every weekday. */
const AT_ONCE = 20_000
const FIRST = Date.UTC(2018, 0, 1)
const LAST = Date.UTC(2036, 0, 1)
const HOUR_MS = 3_600_000

const HOME: Readonly<Record<RegimeName, readonly [timeZone: string, calendar: string]>> = {
  'eu-gdpr': ['Europe/Athens', 'GR'],
  'uk-gdpr': ['Europe/London', 'GB-SCT'],
  'us-ca': ['America/Los_Angeles', 'US-CA'],
  'us-va': ['America/New_York', 'US'],
  'us-co': ['America/Denver', 'US'],
  'us-ia': ['America/Chicago', 'US'],
  'ca-pipeda': ['America/Toronto', 'CA'],
  'ca-qc': ['America/Montreal', 'CA-QC'],
  'au-privacy': ['Australia/Sydney', 'AU-NSW'],
  'nz-privacy': ['Pacific/Auckland', 'NZ'],
  'sg-pdpa': ['Asia/Singapore', 'SG'],
  'br-lgpd': ['America/Sao_Paulo', 'BR'],
  'ch-fadp': ['Europe/Zurich', 'CH-ZH']
}

type Contender = 'plain' | 'moved' | 'both'

export async function bench(): Promise<void> {
  const { rounds, rows } = readOptions(DEFAULTS)
  await benchReckoning(rounds)
  await benchSweep({ rounds, rows })
}

async function benchReckoning(rounds: number): Promise<void> {
  const receipts = Array.from({ length: AT_ONCE }, (_, n) => receivedAt(n))
  const taken = new Map<RegimeName, Record<Contender, number[]>>()
  for (const name of REGIME_NAMES) {
    const contenders = contendersOf(name, receipts)
    // The first round warms the calendar, the zone and the compiler.
    for (const run of Object.values(contenders)) await run()
    taken.set(name, await alternate(rounds, contenders))
  }
  printTable(
    `deadlines of access requests from 2018 to 2035, a second of processor time, medians of ${rounds} rounds`,
    [
      ['', 'as received', 'waited, extended', 'beside Australia'],
      ...[...taken].map(([name, { plain, moved, both }]) => [
        name,
        ...[plain, moved, both].map(all => whole(median(all)))
      ])
    ]
  )
}

function contendersOf(name: RegimeName, receipts: readonly Date[]): Record<Contender, () => Promise<number>> {
  const [timeZone, calendar] = HOME[name]
  const law = { regime: name, holidays: calendarFor(calendar) }
  const asked = (at: Date, events: readonly ClockEvent[]): ClockInput => {
    return { ...law, right: 'access', receivedAt: at, timeZone, events }
  }
  const other: RegimeName = name === 'au-privacy' ? 'eu-gdpr' : 'au-privacy'
  const also = { regime: other, holidays: calendarFor(HOME[other][1]) }
  return {
    plain: async () => perSecond(receipts, at => computeDeadlines(asked(at, [])).trace.length),
    moved: async () => perSecond(receipts, at => computeDeadlines(asked(at, eventsUnder(name, at))).trace.length),
    both: async () => perSecond(receipts, at => computeUnderLaws({ ...asked(at, []), own: law, also }).trace.length)
  }
}

/** Processor time and not the time on the wall: what else the machine is busy with does not count. */
function perSecond(receipts: readonly Date[], reckon: (at: Date) => number): number {
  let steps = 0
  const before = process.cpuUsage()
  for (const at of receipts) steps += reckon(at)
  const { user, system } = process.cpuUsage(before)
  if (steps < receipts.length) throw new Error('A deadline has reasons.')
  return (receipts.length * 1_000_000) / (user + system)
}

/** A wait for proof, and the extension where the law has one. */
function eventsUnder(name: RegimeName, at: Date): ClockEvent[] {
  const rule: DeadlineRule | undefined = (REGIMES[name] as Regime).rights.access
  const later = (hours: number) => new Date(at.getTime() + hours * HOUR_MS)
  const wait = { type: 'pause', reason: 'identity', pausedAt: later(20), resumedAt: later(200) } as const
  if (rule?.extension == null) return [wait]
  const isOpen = 'statedInWorkingDaysExcept' in rule.extension.span
  return [wait, { type: 'extension', announcedAt: later(240), ...(isOpen ? { workingDays: 15 } : {}) }]
}

/** Spread over the years in an order that no cache could guess. */
function receivedAt(n: number): Date {
  return new Date(FIRST + Math.floor((((n * 7_919) % AT_ONCE) / AT_ONCE) * (LAST - FIRST)))
}
