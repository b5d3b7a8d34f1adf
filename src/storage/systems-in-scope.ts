// The data map as it stands now.

import { asc, isNull } from 'drizzle-orm'
import type { DataSystem } from '../domain/data-map.ts'
import { purposeForm } from '../domain/register.ts'
import type { Scope } from './database.ts'
import { systems } from './tables.ts'

/** Every system that the tenant has not taken out of use. */
export async function allSystems(scope: Scope): Promise<DataSystem[]> {
  const { id, name, personalData, role, location, transferSafeguard, description, categories, automatedDecisions } =
    systems
  return await scope.tx
    .select({ id, name, personalData, role, location, transferSafeguard, description, categories, automatedDecisions })
    .from(systems)
    .where(isNull(systems.removedAt))
    .orderBy(asc(systems.slug))
}

/** The purposes that the data map names, as the register compares them. */
export async function purposesOnMap(scope: Scope): Promise<ReadonlySet<string>> {
  const rows = await scope.tx.select({ categories: systems.categories }).from(systems).where(isNull(systems.removedAt))
  const named = rows.flatMap(({ categories }) => categories.flatMap(({ purposes }) => purposes))
  return new Set(named.map(purposeForm).filter(form => form !== null))
}
