// Sets up a tenant: its key, its door, its policy.

import { uuidv7 } from 'uuidv7'
import { SYSTEM } from '../../domain/actor.ts'
import type { Policy } from '../../domain/policy.ts'
import type { Database } from '../../storage/database.ts'
import { TenantVault } from '../../storage/sealing.ts'
import { doors, policies, tenants } from '../../storage/tables.ts'
import { transaction } from '../../storage/transaction.ts'

/**
 * Creates a tenant with its first policy.
 * @throws when the slug is taken
 */
export async function createTenant(
  db: Database,
  made: { readonly slug: string; readonly name: string; readonly policy: Policy },
  now: Date
): Promise<{ tenantId: string }> {
  const tenantId = uuidv7()
  const { sealedKey } = TenantVault.create(db.roots, tenantId)
  await transaction(db.pool, tenantId, async tx => {
    await tx.insert(tenants).values({ id: tenantId, slug: made.slug, name: made.name, sealedKey, createdAt: now })
    await tx.insert(doors).values({ key: `tenant:${made.slug}`, tenantId })
    await tx.insert(policies).values({ tenantId, version: 1, body: made.policy, setBy: SYSTEM.id, setAt: now })
  })
  return { tenantId }
}
