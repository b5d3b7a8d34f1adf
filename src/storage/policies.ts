// The tenant's policy: every version is kept, the newest rules.

import { desc } from 'drizzle-orm'
import { HabeasError } from '../domain/errors.ts'
import { POLICY_DEFAULTS, type Policy } from '../domain/policy.ts'
import type { Scope } from './database.ts'
import { policies } from './tables.ts'

export interface PolicyVersion {
  readonly version: number
  readonly body: Policy
  /** The staff member's `sub`; null for the version a tenant begins with. */
  readonly setBy: string | null
  readonly setAt: Date
}

/** What a version says nothing of, because it is older, has its default. @throws {HabeasError} `not_found` when the tenant never set one */
export async function currentPolicy(scope: Scope): Promise<PolicyVersion> {
  const [row] = await scope.tx.select().from(policies).orderBy(desc(policies.version)).limit(1)
  if (row === undefined) throw new HabeasError('not_found', 'The tenant has no policy yet.')
  const alerts = { ...POLICY_DEFAULTS.alerts, ...row.body.alerts }
  return { ...row, body: { ...POLICY_DEFAULTS, ...row.body, alerts } }
}

/** @throws {HabeasError} `conflict` when somebody added the same version at the same moment */
export async function addPolicyVersion(scope: Scope, version: number, body: Policy): Promise<void> {
  const { tenantId, now } = scope
  const added = await scope.tx
    .insert(policies)
    .values({ tenantId, version, body, setBy: scope.actor.id, setAt: now })
    .onConflictDoNothing()
    .returning({ version: policies.version })
  if (added.length === 0) throw new HabeasError('conflict', 'The policy was changed at the same moment; read it again.')
}
