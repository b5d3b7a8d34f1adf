// Whose public holidays count for a tenant, at home and under a law that does not reach it there.

import { type HolidayCalendar, NO_HOLIDAYS } from '../domain/deadline/holidays.ts'
import type { Regime } from '../domain/deadline/regime.ts'
import { REGIMES, type RegimeName } from '../domain/deadline/regimes.ts'
import type { Policy } from '../domain/policy.ts'
import { calendarFor } from './calendar.ts'

type Establishment = Pick<Policy, 'holidays' | 'ownHolidays' | 'regimes'>

/** The public holidays of the tenant's establishment, with those it added. */
export function holidaysAtHome({ holidays, ownHolidays }: Establishment): HolidayCalendar {
  return calendarFor(
    holidays,
    ownHolidays.map(({ on }) => on)
  )
}

/**
 * Those that count under a law: of the establishment where the law reaches it, else of the place that the tenant or the law
 * names, else none. Days off at home still draw the safe dates nearer, for nobody answers on them.
 */
export function holidaysUnder(establishment: Establishment, name: RegimeName): HolidayCalendar {
  const { within, elsewhere }: Regime['holidays'] = REGIMES[name].holidays
  const { holidays, regimes } = establishment
  const isReached = within.some(place => holidays === place || holidays.startsWith(`${place}-`))
  const id = regimes.holidays?.[name] ?? (isReached ? holidays : elsewhere)
  const home = holidaysAtHome(establishment)
  if (id === holidays) return home
  return abroad(id === null ? NO_HOLIDAYS : calendarFor(id), home)
}

const known = new WeakMap<HolidayCalendar, WeakMap<HolidayCalendar, HolidayCalendar>>()

function abroad(there: HolidayCalendar, home: HolidayCalendar): HolidayCalendar {
  const seenFrom = known.get(there) ?? new WeakMap<HolidayCalendar, HolidayCalendar>()
  const made = seenFrom.get(home) ?? {
    ...there,
    version: `${there.version}~${home.id}:${home.version}`,
    isBroadHoliday: date => there.isBroadHoliday(date) || home.isBroadHoliday(date)
  }
  known.set(there, seenFrom.set(home, made))
  return made
}
