// After the root key was replaced: every tenant's key is sealed under the new one, so that the old one can go. What is sealed
// under the tenants' own keys stays as it is.

import { asOwner } from './migrate.ts'
import { type RootKeys, resealTenantKey } from './sealing.ts'

/**
 * Seals the keys of all tenants under the current root key, all of them or none.
 * @param ownerUrl  of the owner of the tables: who serves sees one tenant at a time
 * @returns how many were sealed anew, and how many were already
 * @throws {SealBroken} when a tenant is sealed under a root key that is neither current nor retired
 */
export async function resealTenants(
  ownerUrl: string,
  roots: RootKeys
): Promise<{ readonly resealed: number; readonly current: number }> {
  return await asOwner(ownerUrl, sql =>
    sql.begin(async tx => {
      // The owner is held back by row security while it is forced. It is again when this ends, however it ends.
      await tx`alter table tenants no force row level security`
      const rows = await tx<{ id: string; sealedKey: Buffer }[]>`
        select id, sealed_key as "sealedKey" from tenants order by id for update`
      let resealed = 0
      for (const { id, sealedKey } of rows) {
        const anew = resealTenantKey(roots, id, sealedKey)
        if (anew === null) continue
        await tx`update tenants set sealed_key = ${anew} where id = ${id}`
        resealed += 1
      }
      await tx`alter table tenants force row level security`
      return { resealed, current: rows.length - resealed }
    })
  )
}
