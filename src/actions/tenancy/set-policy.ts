// The tenant decides anew what it promises.

import { HabeasError } from '../../domain/errors.ts'
import type { Scope } from '../../storage/database.ts'
import { addPolicyVersion, currentPolicy } from '../../storage/policies.ts'
import { checkPolicy, type PolicyDraft } from './check-policy.ts'

/**
 * Adds a version of the policy. Requests that are open keep the clock they were opened with.
 * @throws {HabeasError} `invalid`; `version_stale` when the caller saw another version; `conflict` when two set it at once
 */
export async function setPolicy(scope: Scope, draft: PolicyDraft): Promise<void> {
  const policy = checkPolicy(draft)
  const { version } = await currentPolicy(scope)
  if (scope.ifMatch != null && scope.ifMatch !== version) {
    throw new HabeasError('version_stale', 'The policy has changed since you read it.', { version })
  }
  await addPolicyVersion(scope, version + 1, policy)
}
