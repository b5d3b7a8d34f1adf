// Every worked case, by the law alone.

import t from 'tap'
import { computeDeadlines } from '../../src/domain/deadline/clock.ts'
import { explainStep } from '../../src/domain/deadline/explain.ts'
import { LOCALES } from '../../src/domain/subject-request.ts'
import { deadlineCases, EXPECTED, questionOf, written } from '../support/deadline-cases.ts'

const cases = deadlineCases()

t.equal(cases.length, 164, 'no case was lost')

for (const row of cases) {
  t.test(`${row.id}: ${row.note}`, async t => {
    const deadlines = computeDeadlines(questionOf(row))
    const dates = { ...deadlines, dueEndsAt: written(deadlines.dueEndsAt?.toISOString() ?? null) }
    for (const column of EXPECTED) t.equal(dates[column], row[column] || null, column)
    t.equal(dates.dueOn, dates.statutoryDueOn, 'without a promise the law alone decides')
    for (const step of deadlines.trace)
      for (const locale of LOCALES) t.match(explainStep(step, locale), /^[\p{Lu}\d].*\.$/u)
  })
}
