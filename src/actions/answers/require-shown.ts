// What the work has to have shown before an answer may say it.

import { HabeasError } from '../../domain/errors.ts'
import { handsOverData, type Outcome } from '../../domain/subject-request.ts'
import { outcomeOf } from '../../domain/tasks.ts'
import type { Scope } from '../../storage/database.ts'
import { newestPackageOf, type PackageRow } from '../../storage/packages.ts'
import type { SubjectRequestRow } from '../../storage/subject-requests.ts'
import { tasksOfRequest } from '../../storage/tasks.ts'

/**
 * Refuses an outcome that promises data which nobody handed in, or tells of a search that nobody made.
 * @returns the package that is or was being built; undefined where nothing is handed over
 * @throws {HabeasError} `outcome_not_possible`
 */
export async function requireShown(
  scope: Scope,
  row: SubjectRequestRow,
  outcome: Outcome | null
): Promise<PackageRow | undefined> {
  if (outcome === 'nothing_found') await requireSearch(scope, row)
  return handsOverData(row.right, outcome) ? await requireHandedIn(scope, row) : undefined
}

async function requireSearch(scope: Scope, { id }: SubjectRequestRow): Promise<void> {
  const results = (await tasksOfRequest(scope, id)).flatMap(({ result }) => result ?? [])
  if (outcomeOf(results) === 'nothing_found') return
  throw new HabeasError(
    'outcome_not_possible',
    'Nothing found can only be said when systems searched and none found anything: send the request back to work, for one to search.'
  )
}

async function requireHandedIn(scope: Scope, { id }: SubjectRequestRow): Promise<PackageRow> {
  const pack = await newestPackageOf(scope, id)
  if (pack !== undefined && pack.state !== 'expired') return pack
  throw new HabeasError(
    'outcome_not_possible',
    'There is nothing to hand over: decide nothing_found, or send the request back to work, for its systems to hand in data.'
  )
}
