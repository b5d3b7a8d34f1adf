// Sets a tenant of the demo up: its policy, data map, staff and one API key.

import { uuidv7 } from 'uuidv7'
import { addSystem } from '../../src/actions/tenancy/change-data-map.ts'
import { checkPolicy } from '../../src/actions/tenancy/check-policy.ts'
import { createTenant } from '../../src/actions/tenancy/create-tenant.ts'
import { issueApiKey } from '../../src/actions/tenancy/issue-api-key.ts'
import { SCOPES, STAFF_ROLES, SYSTEM } from '../../src/domain/actor.ts'
import { type Database, inTenant } from '../../src/storage/database.ts'
import { addStaff } from '../../src/storage/staff.ts'
import type { TenantSeed } from './tenant-seed.ts'

export interface FurnishedTenant {
  readonly tenantId: string
  readonly apiKey: { readonly id: string; readonly secret: string }
}

/** @throws {HabeasError} `invalid` for a policy or system that does not hold together */
export async function furnishTenant(
  db: Database,
  seed: TenantSeed,
  now: Date,
  { sandbox = false }: { readonly sandbox?: boolean } = {}
): Promise<FurnishedTenant> {
  const { slug, name, systems, staff } = seed
  const { tenantId } = await createTenant(db, { slug, name, policy: checkPolicy(seed.policy), sandbox }, now)
  return await inTenant(db, { tenantId, actor: SYSTEM, now }, async scope => {
    for (const system of systems) await addSystem(scope, uuidv7(), system)
    for (const role of STAFF_ROLES) await addStaff(scope, { ...staff[role], roles: [role] })
    const id = uuidv7()
    const { secret } = await issueApiKey(scope, id, { name: 'Demo', scopes: SCOPES, expiresAt: null })
    return { tenantId, apiKey: { id, secret } }
  })
}
