// How often a package was fetched.

import { and, eq, sql } from 'drizzle-orm'
import type { Scope } from './database.ts'
import { packages } from './tables.ts'

/** Counts one. @returns how many there are with it; undefined when the package can no longer be fetched */
export async function countDownload(scope: Scope, packageId: string): Promise<number | undefined> {
  const [row] = await scope.tx
    .update(packages)
    .set({ downloads: sql`${packages.downloads} + 1` })
    .where(and(eq(packages.tenantId, scope.tenantId), eq(packages.id, packageId), eq(packages.state, 'ready')))
    .returning({ downloads: packages.downloads })
  return row?.downloads
}
