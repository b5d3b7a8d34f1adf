// Whose public holidays count under which law, and which of two versions of a calendar is the later one.

import t from 'tap'
import { CALENDAR_IDS, calendarFor } from '../../src/calendars/calendar.ts'
import { isLater } from '../../src/calendars/calendar-versions.ts'
import { holidaysAtHome, holidaysUnder } from '../../src/calendars/holidays-under.ts'
import { parseLocalDate } from '../../src/domain/deadline/local-date.ts'
import type { Regime } from '../../src/domain/deadline/regime.ts'
import { REGIME_NAMES, REGIMES, type RegimeName } from '../../src/domain/deadline/regimes.ts'

const regimes = { default: 'eu-gdpr', byPlace: {} } as const
const at = (holidays: string, more: object = {}) => ({ holidays, ownHolidays: [], regimes, ...more })
const on = parseLocalDate

t.test('A law that reaches the establishment goes by its holidays, any other by those it names itself', async t => {
  const rows: [string, RegimeName, string, string][] = [
    ['GR', 'eu-gdpr', 'GR', 'the Member State in which action is to be taken'],
    ['DE-HH', 'eu-gdpr', 'DE-HH', 'a part of one'],
    ['NO', 'eu-gdpr', 'NO', 'the EEA'],
    ['AU-NSW', 'eu-gdpr', 'none', 'no Member State: a Saturday moves the day, Australia Day does not'],
    ['GB-EAW', 'eu-gdpr', 'none', 'nor is the United Kingdom'],
    ['GB-SCT', 'uk-gdpr', 'GB-SCT', 'the nation of the office'],
    ['DK', 'uk-gdpr', 'none', 'an office abroad'],
    ['DK', 'us-ca', 'US-CA', 'business days are Californian, whoever counts them'],
    ['US', 'us-ca', 'US-CA', 'also for a business in another state'],
    ['US', 'us-va', 'US', 'at home'],
    ['CA-QC', 'ca-pipeda', 'CA', 'the federal list, also in Quebec'],
    ['CA', 'ca-qc', 'CA-QC', 'and the other way round'],
    ['AU-NSW', 'nz-privacy', 'NZ', 'the Act lists its own days'],
    ['AU-NSW', 'au-privacy', 'AU-NSW', 'at home'],
    ['DK', 'ch-fadp', 'none', 'no canton'],
    ['CH-ZH', 'ch-fadp', 'CH-ZH', 'a canton']
  ]
  for (const [home, regime, expected, why] of rows) t.equal(holidaysUnder(at(home), regime).id, expected, why)
})

t.test('A representative brings the holidays of its place', async t => {
  const tenant = at('AU-NSW', { regimes: { ...regimes, holidays: { 'eu-gdpr': 'IE', 'ch-fadp': 'none' } } })
  t.ok(holidaysUnder(tenant, 'eu-gdpr').isPublicHoliday(on('2026-03-17')), 'St Patrick’s Day')
  t.equal(holidaysUnder(tenant, 'ch-fadp').id, 'none')
  t.equal(holidaysUnder(tenant, 'uk-gdpr').id, 'none', 'under that law alone')
})

t.test('Abroad, a day off at home moves no deadline, and is no day to aim for', async t => {
  const australiaDay = on('2026-01-26')
  const abroad = holidaysUnder(at('AU-NSW'), 'eu-gdpr')
  t.notOk(abroad.isPublicHoliday(australiaDay))
  t.ok(abroad.isBroadHoliday(australiaDay))
  const waitangi = on('2026-02-06')
  const newZealand = holidaysUnder(at('AU-NSW'), 'nz-privacy')
  t.ok(newZealand.isPublicHoliday(waitangi))
  t.ok(newZealand.isBroadHoliday(waitangi) && newZealand.isBroadHoliday(australiaDay))
  t.equal(holidaysUnder(at('AU-NSW'), 'eu-gdpr'), abroad, 'and it is one calendar, however often it is asked for')
})

t.test('Days that a tenant added count at home, and show in every version that rests on them', async t => {
  const mourning = on('2026-03-03')
  const tenant = at('DK', { ownHolidays: [{ on: mourning, name: 'Day of mourning' }] })
  t.ok(holidaysUnder(tenant, 'eu-gdpr').isPublicHoliday(mourning))
  t.equal(holidaysUnder(tenant, 'eu-gdpr'), holidaysAtHome(tenant))
  t.notOk(holidaysUnder(tenant, 'us-ca').isPublicHoliday(mourning), 'but move no Californian day')
  t.ok(holidaysUnder(tenant, 'us-ca').isBroadHoliday(mourning))
  for (const name of REGIME_NAMES) {
    t.not(holidaysUnder(tenant, name).version, holidaysUnder(at('DK'), name).version, name)
  }
})

t.test('Every place that a law names has a calendar', async t => {
  for (const name of REGIME_NAMES) {
    const { within, elsewhere, source }: Regime['holidays'] = REGIMES[name].holidays
    t.ok(
      within.every(place => CALENDAR_IDS.some(id => id === place || id.startsWith(`${place}-`))),
      name
    )
    t.ok(elsewhere === null || CALENDAR_IDS.includes(elsewhere), name)
    t.ok(source, name)
  }
})

t.test('The later of two versions is the one with more changes', async t => {
  const version = calendarFor('DK').version
  t.notOk(isLater({ id: 'DK', version }, { id: 'DK', version }))
  const rows: [string, string, string, string, boolean, string][] = [
    ['DK', '2.aa', 'DK', '1.bb', true, 'one more change'],
    ['DK', '1.aa', 'DK', '2.bb', false, 'the other way round'],
    ['DK', '10.aa', 'DK', '9.bb', true, 'counted, not spelt'],
    ['DK', '2.aa', 'GR', '1.bb', false, 'calendars of two places are not compared'],
    ['none', '0~DK:2.aa', 'none', '0~DK:1.bb', true, 'seen from abroad'],
    ['none', '0~DK:2.aa', 'none', '0~AU-NSW:1.bb', false, 'the tenant has moved'],
    ['DK', '1.aa+2.cc', 'DK', '1.aa+1.dd', false, 'what a tenant adds or takes away is the same for both releases'],
    ['DK', '1.aa', 'none', '0~DK:1.aa', false, 'another law']
  ]
  for (const [id, one, otherId, other, expected, why] of rows) {
    t.equal(isLater({ id, version: one }, { id: otherId, version: other }), expected, why)
  }
})
