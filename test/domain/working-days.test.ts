// Working days are numbered by the year: what is looked up there is what stepping from day to day would find.

import fc from 'fast-check'
import t from 'tap'
import { calendarFor } from '../../src/calendars/calendar.ts'
import {
  addWorkingDays,
  type HolidayCalendar,
  type RestDays,
  restReasonFor,
  rollForward,
  stepBack
} from '../../src/domain/deadline/holidays.ts'
import { addDays, dayOfYear, type LocalDate, parseLocalDate } from '../../src/domain/deadline/local-date.ts'

const RULES: readonly RestDays[] = [
  { weekdays: [6, 7], holidays: 'public' },
  { weekdays: [7], holidays: 'public' },
  { weekdays: [7], holidays: 'none' },
  { weekdays: [6, 7], holidays: 'broad' },
  { weekdays: [6, 7], holidays: 'public', closures: [{ from: '12-25', until: '01-15' }] },
  { weekdays: [6, 7], holidays: 'broad', closures: [{ from: '03-01', until: '11-30' }] }
]
const days = fc.integer({ min: 0, max: 366 * 25 }).map(count => addDays(parseLocalDate('2017-01-01'), count))
const rules = fc.constantFrom(...RULES)
const calendars = fc.constantFrom('DK', 'GR', 'NZ', 'US-CA', 'none').map(id => calendarFor(id))

const isRest = (day: LocalDate, rest: RestDays, calendar: HolidayCalendar) =>
  restReasonFor(day, rest, calendar) !== null

function walk(from: LocalDate, step: 1 | -1, rest: RestDays, calendar: HolidayCalendar): LocalDate {
  let day = from
  while (isRest(day, rest, calendar)) day = addDays(day, step)
  return day
}

t.test('The next and the last working day are those that walking finds', async () => {
  fc.assert(
    fc.property(days, rules, calendars, (day, rest, calendar) => {
      return (
        rollForward(day, rest, calendar) === walk(day, 1, rest, calendar) &&
        stepBack(day, rest, calendar) === walk(day, -1, rest, calendar)
      )
    }),
    { numRuns: 3000 }
  )
})

t.test('So is the tenth, and the two hundred and sixtieth, over the turn of years', async () => {
  fc.assert(
    fc.property(days, fc.integer({ min: 0, max: 260 }), rules, calendars, (day, count, rest, calendar) => {
      let found = day
      for (let left = count; left > 0; left -= 1) found = walk(addDays(found, 1), 1, rest, calendar)
      return addWorkingDays(day, count, rest, calendar) === found
    }),
    { numRuns: 600 }
  )
})

t.test('Days are numbered through the year', async t => {
  const rows = [
    ['2026-01-01', 1],
    ['2026-03-01', 60],
    ['2028-03-01', 61],
    ['2026-12-31', 365],
    ['2028-12-31', 366],
    ['2100-12-31', 365]
  ] as const
  for (const [day, expected] of rows) t.equal(dayOfYear(parseLocalDate(day)), expected, day)
})
