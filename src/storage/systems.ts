// The tenant's data map: the systems in which it holds personal data.

import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm'
import type { DataSystem } from '../domain/data-map.ts'
import { HabeasError } from '../domain/errors.ts'
import type { Scope } from './database.ts'
import { systems, tasks } from './tables.ts'
import { refuseStale } from './versions.ts'

export type SystemRow = typeof systems.$inferSelect

/** What a tenant says about a system. */
export interface SystemFacts extends Omit<DataSystem, 'id'> {
  readonly slug: string
  readonly assignee: string | null
  readonly instructions: string | null
}

/** @throws {HabeasError} `conflict` when the slug is taken, by a system that was removed as well: the history names it */
export async function addSystem(scope: Scope, id: string, facts: SystemFacts): Promise<void> {
  const { tenantId, now } = scope
  const added = await scope.tx
    .insert(systems)
    .values({ tenantId, id, ...columnsOf(facts), version: 1, createdAt: now, updatedAt: now })
    .onConflictDoNothing({ target: [systems.tenantId, systems.slug] })
    .returning({ id: systems.id })
  if (added.length === 0) throw slugTaken()
}

/** @throws {HabeasError} `not_found`, for one that was removed as well */
export async function findSystem(scope: Scope, id: string): Promise<SystemRow> {
  const [row] = await scope.tx.select().from(systems).where(isStanding(id))
  return existing(row)
}

/**
 * Locks the row until the transaction ends.
 * @throws {HabeasError} `not_found`; `version_stale` when the caller saw another version
 */
export async function lockSystem(scope: Scope, id: string): Promise<SystemRow> {
  const [row] = await scope.tx.select().from(systems).where(isStanding(id)).for('update')
  const found = existing(row)
  refuseStale(scope, 'system', found.version)
  return found
}

/** @throws {HabeasError} `conflict` when the new slug is taken */
export async function updateSystem(scope: Scope, before: SystemRow, facts: SystemFacts): Promise<void> {
  if (facts.slug !== before.slug) await requireFreeSlug(scope, facts.slug)
  await scope.tx
    .update(systems)
    .set({ ...columnsOf(facts), version: before.version + 1, updatedAt: scope.now })
    .where(eq(systems.id, before.id))
}

/** Takes it off the data map. The row stays, for past answers name it. */
export async function markSystemRemoved(scope: Scope, { id, version }: SystemRow): Promise<void> {
  await scope.tx
    .update(systems)
    .set({ removedAt: scope.now, updatedAt: scope.now, version: version + 1 })
    .where(eq(systems.id, id))
}

/** By slug. */
export async function listSystems(scope: Scope, afterSlug: string | null, limit: number): Promise<SystemRow[]> {
  const after = afterSlug === null ? undefined : gt(systems.slug, afterSlug)
  return await scope.tx
    .select()
    .from(systems)
    .where(and(isNull(systems.removedAt), after))
    .orderBy(asc(systems.slug))
    .limit(limit)
}

/** Whether the system still has something to do for somebody. */
export async function hasOpenTasks(scope: Scope, systemId: string): Promise<boolean> {
  const open = await scope.tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(eq(tasks.systemId, systemId), inArray(tasks.state, ['open', 'claimed', 'failed'])))
    .limit(1)
  return open.length > 0
}

/** Lists of the row's own, to be written. */
function columnsOf({ categories, automatedDecisions, ...facts }: SystemFacts) {
  return { ...facts, categories: [...categories], automatedDecisions: [...automatedDecisions] }
}

const isStanding = (id: string) => and(eq(systems.id, id), isNull(systems.removedAt))

async function requireFreeSlug(scope: Scope, slug: string): Promise<void> {
  const [other] = await scope.tx.select({ id: systems.id }).from(systems).where(eq(systems.slug, slug))
  if (other !== undefined) throw slugTaken()
}

function existing(row: SystemRow | undefined): SystemRow {
  if (row === undefined) throw new HabeasError('not_found', 'There is no such system.')
  return row
}

function slugTaken(): HabeasError {
  return new HabeasError('conflict', 'Another system has this slug, or had it once.')
}
