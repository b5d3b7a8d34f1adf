// The addresses at which a tenant wants to hear of what happens.

import { and, asc, count, eq, gt, isNull, sql } from 'drizzle-orm'
import { HabeasError } from '../domain/errors.ts'
import type { EventKind } from '../domain/events.ts'
import { type DisabledReason, type Health, type Secret, WELL } from '../domain/webhooks.ts'
import type { Scope } from './database.ts'
import { webhooks } from './tables.ts'
import { refuseStale } from './versions.ts'

export type WebhookRow = typeof webhooks.$inferSelect

/** What the sealed value of a webhook holds. */
export interface WebhookContents {
  readonly url: string
  /** The current one first. */
  readonly secrets: readonly Secret[]
}

/** What staff say about it beside its address. */
export interface WebhookFacts {
  readonly description: string | null
  readonly kinds: EventKind[] | null
}

/** Of two who add one at the same moment, one waits and then counts the other's. */
export async function countWebhooks(scope: Scope): Promise<number> {
  await scope.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`webhooks of ${scope.tenantId}`}, 0))`)
  const [row] = await scope.tx.select({ count: count() }).from(webhooks).where(isNull(webhooks.removedAt))
  return row?.count ?? 0
}

export async function insertWebhook(
  scope: Scope,
  id: string,
  contents: WebhookContents,
  { enabled, ...facts }: WebhookFacts & { enabled: boolean }
): Promise<void> {
  const { tenantId, actor, now } = scope
  await scope.tx.insert(webhooks).values({
    tenantId,
    id,
    ...facts,
    ...switched(enabled, 'staff', now),
    sealed: sealContents(scope, id, contents),
    createdBy: actor.id,
    createdAt: now,
    updatedAt: now
  })
}

/** @throws {HabeasError} `not_found`, for one that was removed as well */
export async function findWebhook(scope: Scope, id: string): Promise<WebhookRow> {
  const [row] = await scope.tx.select().from(webhooks).where(isStanding(id))
  return existing(row)
}

/**
 * Locks the row until the transaction ends. Entries of the history that are promised to it meanwhile do not wait.
 * @throws {HabeasError} `not_found`; `version_stale` when the caller saw another version
 */
export async function lockWebhook(scope: Scope, id: string): Promise<WebhookRow> {
  const row = existing(await lockIfStanding(scope, id))
  refuseStale(scope, 'webhook', row.version)
  return row
}

/** @returns undefined for one that was removed */
export async function lockIfStanding(scope: Scope, id: string): Promise<WebhookRow | undefined> {
  const [row] = await scope.tx.select().from(webhooks).where(isStanding(id)).for('no key update')
  return row
}

/** Oldest first. */
export async function listWebhooks(scope: Scope, after: string | null, limit: number): Promise<WebhookRow[]> {
  return await scope.tx
    .select()
    .from(webhooks)
    .where(and(isNull(webhooks.removedAt), after === null ? undefined : gt(webhooks.id, after)))
    .orderBy(asc(webhooks.id))
    .limit(limit)
}

/** What staff changed, as a new version. */
export async function updateWebhook(
  scope: Scope,
  { id, version }: WebhookRow,
  facts: WebhookFacts,
  contents: WebhookContents
): Promise<void> {
  await scope.tx
    .update(webhooks)
    .set({ ...facts, sealed: sealContents(scope, id, contents), version: version + 1, updatedAt: scope.now })
    .where(eq(webhooks.id, id))
}

/** Switches it on or off. Whoever switches it on believes that it is well. */
export async function switchWebhook(
  scope: Scope,
  id: string,
  to: { enabled: true } | { enabled: false; reason: DisabledReason }
): Promise<void> {
  await scope.tx
    .update(webhooks)
    .set({
      ...(to.enabled ? { ...switched(true, 'staff', scope.now), ...WELL } : switched(false, to.reason, scope.now)),
      version: sql`${webhooks.version} + 1`,
      updatedAt: scope.now
    })
    .where(eq(webhooks.id, id))
}

/** Forgets address and secrets. The row stays, for what was promised to it points there. */
export async function markWebhookRemoved(scope: Scope, { id, version }: WebhookRow): Promise<void> {
  const { now } = scope
  await scope.tx
    .update(webhooks)
    .set({ ...switched(false, 'staff', now), sealed: null, removedAt: now, updatedAt: now, version: version + 1 })
    .where(eq(webhooks.id, id))
}

/** How it fares, and until when whoever serves it is not disturbed. It is no version of its own. */
export async function noteHealth(scope: Scope, id: string, health: Partial<Health & { busyUntil: Date | null }>) {
  await scope.tx.update(webhooks).set(health).where(eq(webhooks.id, id))
}

export function contentsOfWebhook(scope: Pick<Scope, 'vault'>, { id, sealed }: WebhookRow): WebhookContents {
  if (sealed === null) throw new Error('A webhook that was removed has no address.')
  return scope.vault.openJson<WebhookContents>(placeOfWebhook(id), sealed)
}

const sealContents = (scope: Scope, id: string, contents: WebhookContents): Buffer =>
  scope.vault.sealJson(placeOfWebhook(id), contents)

const placeOfWebhook = (id: string) => `webhooks|sealed|${id}`

const switched = (enabled: boolean, reason: DisabledReason, now: Date) => ({
  enabled,
  disabledReason: enabled ? null : reason,
  disabledAt: enabled ? null : now
})

const isStanding = (id: string) => and(eq(webhooks.id, id), isNull(webhooks.removedAt))

function existing(row: WebhookRow | undefined): WebhookRow {
  if (row === undefined) throw new HabeasError('not_found', 'There is no such webhook.')
  return row
}
