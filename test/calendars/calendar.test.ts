import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import t from 'tap'
import { CALENDAR_IDS, calendarFor } from '../../src/calendars/calendar.ts'
import { parseLocalDate } from '../../src/domain/deadline/local-date.ts'

const isPublic = (id: string, day: string) => calendarFor(id).isPublicHoliday(parseLocalDate(day))
const isBroad = (id: string, day: string) => calendarFor(id).isBroadHoliday(parseLocalDate(day))

t.test('the Great Prayer Day is a Danish holiday until 2023', async t => {
  t.ok(isPublic('DK', '2022-05-13'))
  t.ok(isPublic('DK', '2023-05-05'))
  t.notOk(isBroad('DK', '2024-04-26'))
})

t.test('Danish deadline clauses name three days that are no public holidays', async t => {
  for (const day of ['2026-06-05', '2026-12-24', '2026-12-31']) {
    t.notOk(isPublic('DK', day), day)
    t.ok(isBroad('DK', day), day)
  }
})

t.test('the Greek 1 May moves when it meets a weekend or Holy Week', async t => {
  for (const day of ['2021-05-04', '2022-05-02', '2024-05-07']) t.ok(isPublic('GR', day), day)
  t.notOk(isPublic('GR', '2024-05-01'), 'and the day itself is then a working day')
  t.ok(isBroad('GR', '2024-05-01'), 'which a cautious reader still leaves free')
  t.notOk(isPublic('GR', '2027-05-04'), 'a move that nobody has decided moves no deadline')
  t.ok(isBroad('GR', '2027-05-04'))
})

t.test('Greece follows the Orthodox Easter and Denmark the Western one', async t => {
  t.ok(isPublic('GR', '2026-04-10'))
  t.notOk(isBroad('DK', '2026-04-10'))
  t.ok(isPublic('DK', '2026-04-03'))
  t.notOk(isBroad('GR', '2026-04-03'))
})

t.test('the nations of the United Kingdom have their own days', async t => {
  t.ok(isPublic('GB-SCT', '2026-06-15'), 'Scotland’s day for the World Cup')
  t.notOk(isBroad('GB-EAW', '2026-06-15'))
  t.ok(isPublic('GB-NIR', '2026-03-17'))
  t.notOk(isBroad('GB-EAW', '2026-03-17'))
  t.ok(isPublic('GB-SCT', '2026-01-02'))
  t.notOk(isPublic('GB-SCT', '2026-04-06'), 'Easter Monday is no bank holiday in Scotland')
  for (const day of ['2020-05-08', '2022-06-02', '2022-06-03', '2022-09-19', '2023-05-08'])
    t.ok(isPublic('GB-EAW', day), day)
  for (const day of ['2020-05-04', '2022-05-30']) t.notOk(isPublic('GB-EAW', day), `${day} was moved`)
})

t.test('Matariki follows its table', async t => {
  const days = ['2022-06-24', '2023-07-14', '2024-06-28', '2025-06-20', '2026-07-10', '2027-06-25', '2030-06-21']
  for (const day of days) t.ok(isPublic('NZ', day), day)
  t.notOk(isPublic('NZ', '2021-07-02'), 'from 2022 on')
  t.ok(isPublic('NZ', '2027-02-08'), 'Waitangi Day on a Saturday is kept on the Monday')
})

t.test('a Californian day is certain when federal and state law agree', async t => {
  t.notOk(isPublic('US-CA', '2026-07-03'), 'the Friday before a Saturday is federal only')
  t.ok(isBroad('US-CA', '2026-07-03'))
  t.notOk(isPublic('US-CA', '2026-03-31'), 'Cesar Chavez Day is the state’s only')
  t.ok(isBroad('US-CA', '2026-03-31'))
  t.ok(isPublic('US-CA', '2028-11-10'), 'both move Veterans Day to the Friday')
  t.ok(isPublic('US', '2026-07-03'))
})

t.test('Canadian periods know Easter Monday but not Boxing Day', async t => {
  for (const day of ['2026-04-06', '2026-05-18', '2026-09-30', '2026-11-11', '2029-07-02'])
    t.ok(isPublic('CA', day), day)
  t.notOk(isPublic('CA', '2025-12-26'))
  t.ok(isBroad('CA', '2025-12-26'))
})

t.test('errors of the source are mended', async t => {
  t.ok(isPublic('CY', '2026-02-23'), 'Clean Monday in Cyprus is the Greek one')
  t.notOk(isPublic('CY', '2026-02-24'))
  t.ok(isPublic('BG', '2026-12-28'), 'a Bulgarian holiday on a weekend is followed by a free day')
  t.ok(isPublic('IE', '2026-03-17'))
  t.notOk(isPublic('RO', '2022-01-06'), 'Epiphany became a Romanian holiday in 2024')
  t.notOk(isPublic('AU-NSW', '2020-04-27'), 'New South Wales gave no day for an Anzac Day on a Saturday')
  t.ok(isPublic('AU-NSW', '2026-04-27'), 'except in 2026 and 2027')
})

t.test('a holiday declared after the release is added, and shows in the version', async t => {
  const mourning = parseLocalDate('2031-03-04')
  const calendar = calendarFor('GR', [mourning])
  t.ok(calendar.isPublicHoliday(mourning))
  t.ok(calendar.isBroadHoliday(mourning))
  t.ok(calendar.covers(mourning))
  t.ok(calendar.isPublicHoliday(parseLocalDate('2031-10-28')))
  t.notOk(calendarFor('GR').isBroadHoliday(mourning))
  t.match(calendar.version, /^1\.[0-9a-f]{12}\+1\.[0-9a-f]{8}$/)
  t.ok(calendar.version.startsWith(calendarFor('GR').version))
  t.equal(calendarFor('GR', [mourning]), calendar, 'and the same days are the same calendar')
  const other = parseLocalDate('2031-03-05')
  t.not(calendarFor('GR', [other]).version, calendar.version)
  t.equal(calendarFor('GR', [other, mourning]).version, calendarFor('GR', [mourning, other, mourning]).version)
  t.equal(
    calendarFor('GR', [parseLocalDate('2031-10-28')]),
    calendarFor('GR'),
    'a day it knows already changes nothing'
  )
})

t.test('a place that is not known is refused, whatever its name tries to reach', async t => {
  for (const id of ['XX', 'dk', '', '../corrections', 'CH', '__proto__']) {
    t.throws(() => calendarFor(id), { code: 'invalid', facts: { errors: [{ rule: 'enum' }] } }, id)
  }
})

t.test('every file tells its version, its source and its license, and covers 2017 to 2041', async t => {
  for (const id of CALENDAR_IDS) {
    const data = JSON.parse(readFileSync(new URL(`../../src/calendars/data/${id}.json`, import.meta.url), 'utf8'))
    t.match(data, { id, version: /^[1-9][0-9]*\.[0-9a-f]{12}$/, attribution: /date-holidays/, license: 'CC-BY-SA-3.0' })
    const calendar = calendarFor(id)
    t.ok(calendar.covers(parseLocalDate('2017-01-01')) && calendar.covers(parseLocalDate('2041-12-31')))
    t.notOk(calendar.covers(parseLocalDate('2016-12-31')) || calendar.covers(parseLocalDate('2042-01-01')))
    t.ok(
      Object.values<string[]>(data.public).every(days => days.length >= 6 && days.every(day => /^\d\d-\d\d$/.test(day)))
    )
  }
})

t.test('the files are what the script writes, on a machine in any zone', async t => {
  const script = new URL('../../scripts/write-calendars.ts', import.meta.url).pathname
  const { status, stdout } = spawnSync(process.execPath, [script, '--check'], {
    encoding: 'utf8',
    env: { ...process.env, TZ: 'Pacific/Apia' }
  })
  t.equal(status, 0, stdout)
})
