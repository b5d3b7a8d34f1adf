// An integration loses its key.

import { lockApiKey, markApiKeyRevoked, versionOfApiKey } from '../../storage/api-keys.ts'
import type { Scope } from '../../storage/database.ts'
import { refuseStale } from '../../storage/versions.ts'

/**
 * Ends a key for good; a key that has ended stays so. Processes that used it a moment ago may take it for five seconds more.
 * @throws {HabeasError} `not_found`; `version_stale`
 */
export async function revokeApiKey(scope: Scope, id: string): Promise<void> {
  const key = await lockApiKey(scope, id)
  refuseStale(scope, 'API key', versionOfApiKey(key))
  await markApiKeyRevoked(scope, key)
}
