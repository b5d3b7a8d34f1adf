// The data map as it stands now.

import { asc, isNull } from 'drizzle-orm'
import type { DataSystem } from '../domain/data-map.ts'
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
