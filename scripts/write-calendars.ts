// Writes the holidays of every place into src/calendars/data, from the package date-holidays and our own corrections.
// The package costs 30 MB and a third of a second to load, so it stays out of the running service.
//
//   node scripts/write-calendars.ts           writes what has changed
//   node scripts/write-calendars.ts --check   writes nothing; exits 1 when something would change

import { hash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import Holidays, { type HolidaysTypes } from 'date-holidays'
import { CALENDAR_IDS } from '../src/calendars/calendar-ids.ts'

type Holiday = HolidaysTypes.Holiday

/** What date-holidays lacks or has wrong. Every day that is or was on the public list also stays on the broad one. */
interface Correction {
  readonly calendars: readonly string[]
  /** `public` and `broad` add days; `not-public` takes them off the public list. */
  readonly list: 'public' | 'broad' | 'not-public'
  /** In the grammar of date-holidays: `2026-06-15`, `easter 1`, `09-30 since 2021`. */
  readonly rules: readonly string[]
  readonly reason: string
  readonly source: string
}

const FIRST_YEAR = 2017
const LAST_YEAR = 2041
const DATA = new URL('../src/calendars/data/', import.meta.url)
const CORRECTIONS = new URL('../src/calendars/corrections.json', import.meta.url)

/** Places that date-holidays names otherwise, and those where a day is certain only when every one of several lists has it. */
const LISTS_OF: Readonly<Record<string, readonly string[]>> = {
  'GB-EAW': ['GB-ENG'],
  // Neither the CCPA nor its regulations define a business day: days on both the federal and the state list are beyond doubt.
  'US-CA': ['US', 'US-CA']
}

/** A day that is free only from the afternoon on is a working day; 23 hours is a whole day on which summer time begins. */
const WHOLE_DAY_HOURS = 23

const corrections: readonly Correction[] = JSON.parse(readFileSync(CORRECTIONS, 'utf8'))
const unknown = corrections.flatMap(({ calendars }) => calendars).filter(id => !CALENDAR_IDS.includes(id))
if (unknown.length > 0) throw new Error(`Corrections name unknown calendars: ${unknown.join(', ')}`)

const isCheck = process.argv.includes('--check')
mkdirSync(DATA, { recursive: true })
const stale = readdirSync(DATA).filter(name => !CALENDAR_IDS.includes(name.replace('.json', '')))
if (!isCheck) for (const name of stale) rmSync(new URL(name, DATA))
const changed = CALENDAR_IDS.filter(id => {
  const file = new URL(`${id}.json`, DATA)
  return !writeIfChanged(file, calendarText(id, readOrEmpty(file)))
})
const different = [...changed, ...stale]
console.log(
  `${different.length} of ${CALENDAR_IDS.length} calendars ${isCheck ? 'would change' : 'changed'}: ${different.join(' ') || 'none'}`
)
if (isCheck && different.length > 0) process.exitCode = 1

/** @returns whether the file already held the text */
function writeIfChanged(file: URL, text: string): boolean {
  const same = readOrEmpty(file) === text
  if (!same && !isCheck) writeFileSync(file, text)
  return same
}

/** One line for each year, so that a change of the law is a change of a few lines. @param before  as the file stands, or empty */
function calendarText(id: string, before: string): string {
  const { publicDays, broadDays } = daysOf(id)
  const days = { public: byYear(publicDays), broad: byYear(broadDays.difference(publicDays)) }
  const head = {
    id,
    version: versionOf(hash('sha256', JSON.stringify(days)).slice(0, 12), before),
    attribution:
      'Made from date-holidays by commenthol (github.com/commenthol/date-holidays), whose data rests largely on Wikipedia; corrected.',
    license: 'CC-BY-SA-3.0'
  }
  const entries = Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`)
  const lists = Object.entries(days).map(([name, years]) => {
    const lines = Object.entries(years).map(
      ([year, list]) => `    "${year}": ${JSON.stringify(list).replaceAll(',', ', ')}`
    )
    return `  "${name}": {\n${lines.join(',\n')}\n  }`
  })
  return `{\n${[...entries, ...lists].join(',\n')}\n}\n`
}

/** A number that grows with every change says which of two versions is the later one; the digest, what it holds. */
function versionOf(digest: string, before: string): string {
  const [, revision = '0', known] = /"version": "(\d+)\.([0-9a-f]+)"/.exec(before) ?? []
  return known === digest ? `${revision}.${digest}` : `${Number(revision) + 1}.${digest}`
}

function daysOf(id: string): { publicDays: Set<string>; broadDays: Set<string> } {
  const lists = (LISTS_OF[id] ?? [id]).map(holidaysOf)
  const certain = lists
    .map(list => daysIn(list.filter(isPublicWholeDay)))
    .reduce((both, days) => both.intersection(days))
  const wrong = correctedDays(id, 'not-public')
  if (!wrong.isSubsetOf(certain))
    throw new Error(`${id}: not on the public list: ${[...wrong.difference(certain)].join(' ')}`)
  const publicDays = certain.difference(wrong).union(correctedDays(id, 'public'))
  const possible = lists.map(daysIn).reduce((all, days) => all.union(days))
  return { publicDays, broadDays: possible.union(publicDays).union(correctedDays(id, 'broad')) }
}

/** Whatever may count as a holiday in the place. The later type wins where two rules fall on one day. */
function holidaysOf(place: string): Holiday[] {
  const [country = '', state = ''] = place.split('-')
  return inAllYears(new Holidays(country, state, { types: ['optional', 'bank', 'public'] }))
}

function correctedDays(id: string, list: Correction['list']): Set<string> {
  const holidays = new Holidays()
  const rules = corrections.flatMap(entry => (entry.list === list && entry.calendars.includes(id) ? entry.rules : []))
  for (const rule of rules) {
    if (!holidays.setHoliday(rule, { name: rule, type: 'public' }))
      throw new Error(`date-holidays does not understand ${rule}.`)
  }
  return daysIn(inAllYears(holidays))
}

/** A day may be observed in the year before its own: New Year on a Saturday, on 31 December. */
function inAllYears(holidays: Holidays): Holiday[] {
  const years = Array.from({ length: LAST_YEAR - FIRST_YEAR + 3 }, (_, index) => FIRST_YEAR - 1 + index)
  return years.flatMap(year => holidays.getHolidays(year))
}

function daysIn(list: readonly Holiday[]): Set<string> {
  const days = list.flatMap(holiday => {
    const first = Date.parse(`${holiday.date.slice(0, 10)}T00:00:00Z`)
    const count = Math.max(1, Math.round(hoursOf(holiday) / 24))
    return Array.from({ length: count }, (_, index) => new Date(first + index * 86_400_000).toISOString().slice(0, 10))
  })
  return new Set(days.filter(day => day >= `${FIRST_YEAR}` && day < `${LAST_YEAR + 1}`))
}

function isPublicWholeDay(holiday: Holiday): boolean {
  return holiday.type === 'public' && hoursOf(holiday) >= WHOLE_DAY_HOURS
}

function hoursOf({ start, end }: Holiday): number {
  return (end.getTime() - start.getTime()) / 3_600_000
}

function byYear(days: ReadonlySet<string>): Record<string, string[]> {
  const years = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, index) => `${FIRST_YEAR + index}`)
  const sorted = [...days].sort()
  return Object.fromEntries(
    years.map(year => [year, sorted.filter(day => day.startsWith(year)).map(day => day.slice(5))])
  )
}

function readOrEmpty(file: URL): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
