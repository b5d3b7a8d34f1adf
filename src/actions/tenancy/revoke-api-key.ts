// An integration loses its key.

import { findApiKey, markApiKeyRevoked } from '../../storage/api-keys.ts'
import type { Scope } from '../../storage/database.ts'

/**
 * Ends a key for good; a key that has ended stays so. Processes that used it a moment ago may take it for five seconds more.
 * @throws {HabeasError} `not_found`
 */
export async function revokeApiKey(scope: Scope, id: string): Promise<void> {
  await markApiKeyRevoked(scope, await findApiKey(scope, id))
}
