// Sets up a tenant: its key, its door, its policy.

import { uuidv7 } from 'uuidv7'
import { SYSTEM } from '../../domain/actor.ts'
import type { Policy } from '../../domain/policy.ts'
import type { Database } from '../../storage/database.ts'
import { TenantVault } from '../../storage/sealing.ts'
import { doors, policies, tenants, testClocks } from '../../storage/tables.ts'
import { transaction } from '../../storage/transaction.ts'

export interface NewTenant {
  readonly slug: string
  readonly name: string
  readonly policy: Policy
  /** A sandbox, for trying things out: it gets a clock of its own, and never becomes a live tenant. */
  readonly sandbox?: boolean
}

/**
 * Creates a tenant with its first policy.
 * @throws when the slug is taken
 */
export async function createTenant(
  db: Database,
  { slug, name, policy, sandbox = false }: NewTenant,
  now: Date
): Promise<{ tenantId: string }> {
  const tenantId = uuidv7()
  const { sealedKey } = TenantVault.create(db.roots, tenantId)
  await transaction(db.pool, tenantId, async tx => {
    await tx.insert(tenants).values({ id: tenantId, slug, name, sealedKey, sandbox, createdAt: now })
    await tx.insert(doors).values({ key: `tenant:${slug}`, tenantId })
    await tx.insert(policies).values({ tenantId, version: 1, body: policy, setBy: SYSTEM.id, setAt: now })
    if (sandbox) await tx.insert(testClocks).values({ tenantId, shownAt: now, runsSince: now })
  })
  return { tenantId }
}
