// What arrived from outside: mails, and what the public form was sent. Sealed under the tenant's key until it belongs to a
// case, and under that case's from then on, so that erasing the case erases the mail that began it.

import { and, desc, eq, gt, lt } from 'drizzle-orm'
import { HabeasError } from '../domain/errors.ts'
import { type CaseRow, openCaseVault } from './cases.ts'
import type { Scope } from './database.ts'
import type { InboundReason, Kept } from './inbound-contents.ts'
import { inbound } from './tables.ts'

export type InboundRow = typeof inbound.$inferSelect
export type InboundState = InboundRow['state']
export const INBOUND_STATES = [
  'new',
  'to_sort',
  'opened',
  'filed',
  'dismissed'
] as const satisfies readonly InboundState[]

export interface NewInbound {
  readonly id: string
  readonly contents: Kept
  readonly fingerprint: Buffer
  readonly browserHash: Buffer | null
  readonly addressKey: Buffer | null
  readonly receivedAt: Date
}

const placeOfInbound = (id: string) => `inbound|sealed|${id}`

/**
 * Keeps what arrived. Whoever hands in the same at the same moment waits here for the first.
 * @returns false when it was known already
 */
export async function keepInbound(scope: Scope, made: NewInbound): Promise<boolean> {
  const kept = await scope.tx
    .insert(inbound)
    .values({
      tenantId: scope.tenantId,
      id: made.id,
      kind: made.contents.kind,
      state: 'new',
      fingerprint: made.fingerprint,
      browserHash: made.browserHash,
      addressKey: made.addressKey,
      sealed: scope.vault.sealJson(placeOfInbound(made.id), made.contents),
      receivedAt: made.receivedAt,
      createdAt: scope.now
    })
    .onConflictDoNothing({ target: [inbound.tenantId, inbound.fingerprint] })
    .returning({ id: inbound.id })
  return kept.length === 1
}

/** @throws {HabeasError} `not_found` */
export async function findInbound(scope: Scope, id: string): Promise<InboundRow> {
  const [row] = await scope.tx.select().from(inbound).where(eq(inbound.id, id))
  return existing(row)
}

/** @throws {HabeasError} `not_found` */
export async function lockInbound(scope: Scope, id: string): Promise<InboundRow> {
  const [row] = await scope.tx.select().from(inbound).where(eq(inbound.id, id)).for('update')
  return existing(row)
}

/** @throws {HabeasError} `not_found` */
export async function findInboundByFingerprint(scope: Scope, fingerprint: Buffer): Promise<InboundRow> {
  const [row] = await scope.tx.select().from(inbound).where(eq(inbound.fingerprint, fingerprint))
  return existing(row)
}

/** Whether this browser sent the form that opened the case. */
export async function isBrowserOfCase(scope: Scope, caseId: string, browserHash: Buffer): Promise<boolean> {
  const [row] = await scope.tx
    .select({ id: inbound.id })
    .from(inbound)
    .where(and(eq(inbound.caseId, caseId), eq(inbound.browserHash, browserHash)))
    .limit(1)
  return row !== undefined
}

/**
 * One page, newest first.
 * @param after  the last id of the page before; null begins at the newest
 */
export async function listInbound(
  scope: Scope,
  filter: { readonly state?: InboundState | undefined },
  { after, limit }: { readonly after: string | null; readonly limit: number }
): Promise<InboundRow[]> {
  return await scope.tx
    .select()
    .from(inbound)
    .where(
      and(
        eq(inbound.tenantId, scope.tenantId),
        filter.state === undefined ? undefined : eq(inbound.state, filter.state),
        after === null ? undefined : lt(inbound.id, after)
      )
    )
    .orderBy(desc(inbound.id))
    .limit(limit)
}

/** Whether something came in after `since` that waits to be sorted for the same reason: then staff know already. */
export async function waitsToBeSorted(scope: Scope, why: InboundReason, since: Date): Promise<boolean> {
  const [row] = await scope.tx
    .select({ id: inbound.id })
    .from(inbound)
    .where(
      and(
        eq(inbound.tenantId, scope.tenantId),
        eq(inbound.state, 'to_sort'),
        eq(inbound.why, why),
        gt(inbound.createdAt, since)
      )
    )
    .limit(1)
  return row !== undefined
}

/**
 * @param theirs  the case it belongs to, where it belongs to one
 * @throws {HabeasError} `personal_data_erased`
 */
export function contentsOfInbound(scope: Scope, row: InboundRow, theirs: CaseRow | null): Kept {
  if (row.sealed === null) throw new HabeasError('personal_data_erased', 'What arrived was erased since.')
  return (theirs === null ? scope.vault : openCaseVault(scope, theirs)).openJson<Kept>(
    placeOfInbound(row.id),
    row.sealed
  )
}

/** Says what became of it. */
export async function settleInbound(
  scope: Scope,
  id: string,
  state: InboundState,
  why: InboundReason | null
): Promise<void> {
  await scope.tx
    .update(inbound)
    .set({ state, why })
    .where(and(eq(inbound.tenantId, scope.tenantId), eq(inbound.id, id)))
}

/** Says to which case it belongs, and seals it under that case's key. */
export async function moveInboundIntoCase(
  scope: Scope,
  id: string,
  theirs: CaseRow,
  { state, why, contents }: { state: 'opened' | 'filed'; why: InboundReason | null; contents: Kept }
): Promise<void> {
  const sealed = openCaseVault(scope, theirs).sealJson(placeOfInbound(id), contents)
  await scope.tx
    .update(inbound)
    .set({ state, why, caseId: theirs.id, sealed })
    .where(and(eq(inbound.tenantId, scope.tenantId), eq(inbound.id, id)))
}

/** Erases one that became no case. What tells it from others stays: the same mail handed in again is not taken for a new one. */
export async function eraseInbound(scope: Scope, id: string, why: InboundReason | null): Promise<void> {
  await scope.tx
    .update(inbound)
    .set({ ...nothingKept(scope), state: 'dismissed', why })
    .where(and(eq(inbound.tenantId, scope.tenantId), eq(inbound.id, id)))
}

/** Erases what began a case or was filed in it. */
export async function eraseInboundOfCase(scope: Scope, caseId: string): Promise<void> {
  await scope.tx
    .update(inbound)
    .set(nothingKept(scope))
    .where(and(eq(inbound.tenantId, scope.tenantId), eq(inbound.caseId, caseId)))
}

const nothingKept = ({ now }: Scope) => ({ sealed: null, addressKey: null, browserHash: null, erasedAt: now })

function existing(row: InboundRow | undefined): InboundRow {
  if (row === undefined) throw new HabeasError('not_found', 'There is no such mail or form.')
  return row
}
