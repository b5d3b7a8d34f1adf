// The worked cases of the laws: official examples, decisions of authorities and courts, and what follows from them.

import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import t from 'tap'
import { calendarFor } from '../../src/calendars/calendar.ts'
import { computeDeadlines, parseClockEvents } from '../../src/domain/deadline/clock.ts'
import { explainStep } from '../../src/domain/deadline/explain.ts'
import { REGIME_NAMES } from '../../src/domain/deadline/regimes.ts'
import { RIGHTS } from '../../src/domain/rights.ts'
import { LOCALES } from '../../src/domain/subject-request.ts'

const EXPECTED = [
  'dueOn',
  'extendedDueOn',
  'acknowledgeBy',
  'targetOn',
  'extendedTargetOn',
  'extensionNoticeBy',
  'refusalBy',
  'dueEndsAt'
] as const

const file = new URL('../data/deadlines.csv', import.meta.url)
const rows: Record<string, string>[] = parse(readFileSync(file, 'utf8'), { columns: true })

t.equal(rows.length, 164, 'no case was lost')

for (const row of rows) {
  t.test(`${row.id}: ${row.note}`, async t => {
    const deadlines = computeDeadlines({
      regime: oneOf(REGIME_NAMES, row.regime),
      right: oneOf(RIGHTS, row.right),
      receivedAt: new Date(row.receivedAt!),
      timeZone: row.timeZone!,
      events: parseClockEvents(JSON.parse(row.events!)),
      holidays: calendarFor(row.holidays!)
    })
    const dates = { ...deadlines, dueEndsAt: deadlines.dueEndsAt?.toISOString().replace('.000Z', 'Z') ?? null }
    for (const column of EXPECTED) t.equal(dates[column], row[column] || null, column)
    t.equal(dates.dueOn, dates.statutoryDueOn, 'without a promise the law alone decides')
    for (const step of deadlines.trace)
      for (const locale of LOCALES) t.match(explainStep(step, locale), /^[\p{Lu}\d].*\.$/u)
  })
}

function oneOf<T extends string>(known: readonly T[], text: string | undefined): T {
  const found = known.find(name => name === text)
  if (found === undefined) throw new Error(`The case names ${text}, which is not known.`)
  return found
}
