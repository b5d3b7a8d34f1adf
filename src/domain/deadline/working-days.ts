// The working days of a place, numbered year by year. Whether a day is one is asked once for each day of a year, and every
// count and every step over rest days is then a matter of looking up a number.

import { addDays, dayOfYear, firstOfYear, type LocalDate, partsOf } from './local-date.ts'

interface Year {
  /** The working days of the year, in order. */
  readonly days: readonly LocalDate[]
  /** How many of them lie before a day, by its place in the year. */
  readonly before: Uint16Array
}

export interface WorkingDays {
  /** The day itself if it is a working day, else the next one. */
  onOrAfter(date: LocalDate): LocalDate
  /** The day itself if it is a working day, else the last one before it. */
  onOrBefore(date: LocalDate): LocalDate
  /** The `count`-th working day after the day; the day itself is not counted. */
  after(date: LocalDate, count: number): LocalDate
}

type IsRestDay = (date: LocalDate) => boolean

const known = new WeakMap<object, WeakMap<object, WorkingDays>>()

/**
 * The working days of a calendar under a rule. The same two are numbered once, for as long as they are kept somewhere.
 * @param isRestDay  has to depend on them alone
 */
export function workingDaysOf(calendar: object, rule: object, isRestDay: IsRestDay): WorkingDays {
  const ofCalendar = known.get(calendar) ?? new WeakMap<object, WorkingDays>()
  const found = ofCalendar.get(rule)
  if (found !== undefined) return found
  const made = number(isRestDay)
  known.set(calendar, ofCalendar.set(rule, made))
  return made
}

function number(isRestDay: IsRestDay): WorkingDays {
  const years = new Map<number, Year>()
  const yearOf = (year: number): Year => {
    const made = years.get(year) ?? numberYear(year, isRestDay)
    years.set(year, made)
    return made
  }
  /** The working day with this number, counted on into the years that follow. */
  const dayAt = (from: number, index: number): LocalDate => {
    let year = from
    let left = index
    for (;;) {
      const { days } = yearOf(year)
      if (left < days.length) return days[left]!
      left -= days.length
      year += 1
    }
  }
  const isWorkingDay = ({ days, before }: Year, date: LocalDate): boolean => days[before[dayOfYear(date)]!] === date
  return {
    onOrAfter: date => {
      const { year } = partsOf(date)
      return dayAt(year, yearOf(year).before[dayOfYear(date)]!)
    },
    onOrBefore: date => {
      let { year } = partsOf(date)
      let index = yearOf(year).before[dayOfYear(date)]! - (isWorkingDay(yearOf(year), date) ? 0 : 1)
      while (index < 0) {
        year -= 1
        index += yearOf(year).days.length
      }
      return yearOf(year).days[index]!
    },
    after: (date, count) => {
      if (count <= 0) return date
      const { year } = partsOf(date)
      const ofYear = yearOf(year)
      const next = ofYear.before[dayOfYear(date)]! + (isWorkingDay(ofYear, date) ? 1 : 0)
      return dayAt(year, next + count - 1)
    }
  }
}

function numberYear(year: number, isRestDay: IsRestDay): Year {
  const days: LocalDate[] = []
  const before = new Uint16Array(367)
  const first = firstOfYear(year)
  for (let place = 1; place <= 366; place += 1) {
    const date = addDays(first, place - 1)
    before[place] = days.length
    if (partsOf(date).year === year && !isRestDay(date)) days.push(date)
  }
  return { days, before }
}
