// Packages: the archives that access and portability requests end with.

import { and, desc, eq } from 'drizzle-orm'
import { uuidv7 } from 'uuidv7'
import { HabeasError } from '../domain/errors.ts'
import type { Scope } from './database.ts'
import { promise } from './promises.ts'
import { packages } from './tables.ts'
import { stopTimers } from './timers.ts'

export type PackageRow = typeof packages.$inferSelect

/** The newest package of a request, in whatever state. */
export async function newestPackageOf(scope: Scope, requestId: string): Promise<PackageRow | undefined> {
  const [row] = await scope.tx
    .select()
    .from(packages)
    .where(eq(packages.requestId, requestId))
    .orderBy(desc(packages.createdAt), desc(packages.id))
    .limit(1)
  return row
}

/** Begins a new package; what was built before is out of date, and the day on which that would have ended no longer counts. */
export async function beginPackage(scope: Scope, requestId: string): Promise<string> {
  const id = uuidv7()
  await stopTimers(scope, 'package_expiry', { requestId })
  await expirePackages(scope, requestId)
  await scope.tx.insert(packages).values({
    tenantId: scope.tenantId,
    id,
    requestId,
    state: 'building',
    objectKey: `${scope.tenantId}/${id}`,
    createdAt: scope.now
  })
  await promise(scope, 'build_package', { packageId: id }, { key: `package:${id}` })
  return id
}

/** Has a package built that could not be. */
export async function retryPackage(scope: Scope, id: string): Promise<void> {
  await scope.tx
    .update(packages)
    .set({ state: 'building' })
    .where(and(eq(packages.tenantId, scope.tenantId), eq(packages.id, id), eq(packages.state, 'failed')))
  await promise(scope, 'build_package', { packageId: id }, { key: `package:${id}` })
}

/** @returns the packages that no longer can be fetched, for their objects to be removed once this is committed */
export async function expirePackages(scope: Scope, requestId: string): Promise<PackageRow[]> {
  return await scope.tx
    .update(packages)
    .set({ state: 'expired' })
    .where(and(eq(packages.tenantId, scope.tenantId), eq(packages.requestId, requestId)))
    .returning()
}

/** @throws {HabeasError} `not_found` */
export async function findPackage(scope: Scope, id: string): Promise<PackageRow> {
  const [row] = await scope.tx.select().from(packages).where(eq(packages.id, id))
  if (row === undefined) throw new HabeasError('not_found', 'There is no such package.')
  return row
}

/** @returns false when the package was given up meanwhile */
export async function finishPackage(
  scope: Scope,
  id: string,
  changes: Pick<PackageRow, 'state'> &
    Partial<Pick<PackageRow, 'bytes' | 'sha256' | 'entries' | 'readyAt' | 'expiresAt'>>
): Promise<boolean> {
  const changed = await scope.tx
    .update(packages)
    .set(changes)
    .where(and(eq(packages.tenantId, scope.tenantId), eq(packages.id, id), eq(packages.state, 'building')))
    .returning({ id: packages.id })
  return changed.length === 1
}

/** Under which words a package is sealed: that of one request cannot be opened as another's. */
export function contextOfPackage({
  tenantId,
  requestId,
  id
}: Pick<PackageRow, 'tenantId' | 'requestId' | 'id'>): string {
  return `package:${tenantId}:${requestId}:${id}`
}
