// Whose page is visited, and the way to its rows: reading cannot write, and writing is one transaction.

import type { Clock } from '../clock.ts'
import { type Actor, SUBJECT } from '../domain/actor.ts'
import { HabeasError } from '../domain/errors.ts'
import { type Database, findDoor, inTenant, type Scope } from '../storage/database.ts'
import { retryConflicts } from '../storage/failures.ts'
import { readInTenant } from '../storage/read-only.ts'

export interface PageParts {
  readonly db: Database
  readonly clock: Clock
}

export interface Visit {
  /** For GET and HEAD: the database refuses every change. */
  read<T>(work: (scope: Scope) => Promise<T>): Promise<T>
  /** As the person, unless somebody else is named. */
  act<T>(work: (scope: Scope) => Promise<T>, actor?: Actor): Promise<T>
}

/** @throws {HabeasError} `not_found` for a tenant that is not there */
export async function visit({ db, clock }: PageParts, slug: string): Promise<Visit> {
  const door = await findDoor(db, `tenant:${slug}`)
  if (door === undefined) throw new HabeasError('not_found', 'There is no such organisation here.')
  const { tenantId } = door
  return {
    read: work => readInTenant(db, { tenantId, actor: SUBJECT, now: clock() }, work),
    act: (work, actor = SUBJECT) => retryConflicts(() => inTenant(db, { tenantId, actor, now: clock() }, work))
  }
}
