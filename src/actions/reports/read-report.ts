// The reports of a tenant: its zone, its period, and what was counted.

import { dateIn } from '../../domain/deadline/local-date.ts'
import {
  type CaliforniaReport,
  type CountedPeople,
  composeCalifornia,
  readYear,
  wholeYear
} from '../../domain/reports/california.ts'
import { composeOverview, type Overview } from '../../domain/reports/overview.ts'
import { endOfWeek, readPeriod } from '../../domain/reports/period.ts'
import type { Scope } from '../../storage/database.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { countForCalifornia, countForOverview } from '../../storage/reports.ts'

/**
 * How the tenant's requests stand today, and how they went within a period.
 * @throws {HabeasError} `invalid` for a period that is none
 */
export async function readOverview(
  scope: Scope,
  asked: { from?: string | undefined; to?: string | undefined }
): Promise<Overview> {
  const { timeZone, today } = await whereAndWhen(scope)
  const period = readPeriod(asked, today)
  const weekEndsOn = endOfWeek(today)
  const counts = await countForOverview(scope, { period, timeZone }, { today, weekEndsOn })
  return composeOverview(counts, { period, timeZone, today, weekEndsOn })
}

/**
 * What California asks to be published of a year.
 * @throws {HabeasError} `invalid` for a year without figures
 */
export async function readCalifornia(
  scope: Scope,
  asked: { year?: number | undefined; people: CountedPeople }
): Promise<CaliforniaReport> {
  const { timeZone, today } = await whereAndWhen(scope)
  const year = readYear(asked.year, today)
  const counts = await countForCalifornia(scope, { period: wholeYear(year), timeZone }, asked.people)
  return composeCalifornia(year, asked.people, counts, { timeZone, today })
}

async function whereAndWhen(scope: Scope) {
  const { timeZone } = (await currentPolicy(scope)).body
  return { timeZone, today: dateIn(timeZone, scope.now) }
}
