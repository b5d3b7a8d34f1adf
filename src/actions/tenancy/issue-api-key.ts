// An integration gets its key, once.

import type { ApiScope } from '../../domain/actor.ts'
import { HabeasError, invalid } from '../../domain/errors.ts'
import { type ApiKeyKind, hashOfApiKey, newApiKeySecret, shownPartOf } from '../../storage/api-key-secrets.ts'
import { addApiKey } from '../../storage/api-keys.ts'
import type { Scope } from '../../storage/database.ts'

export interface AskedKey {
  readonly name: string
  /** Left out, the one that fits the tenant: no other is issued. */
  readonly kind?: ApiKeyKind | undefined
  readonly scopes: readonly ApiScope[]
  readonly expiresAt: Date | null
}

/**
 * Issues a key. Its secret is answered here and nowhere else: only its hash is kept.
 * Nobody hands on what they do not hold: an admin holds every scope, a key may not mint keys.
 *
 * @throws {HabeasError} `forbidden`; `invalid` when it would have ended before it began, and for a test key of a live tenant or a
 *   live key of a sandbox
 */
export async function issueApiKey(
  scope: Scope,
  id: string,
  { name, kind: asked, scopes, expiresAt }: AskedKey
): Promise<{ secret: string }> {
  if (scope.actor.mover !== 'system' && !scope.actor.roles.includes('admin')) {
    throw new HabeasError('forbidden', 'Only an admin hands out API keys.')
  }
  if (expiresAt !== null && expiresAt <= scope.now) {
    throw invalid('The key would have expired already.', {
      pointer: '/expiresAt',
      rule: 'inFuture',
      fix: 'Send an instant that is still to come, or null.'
    })
  }
  const kind = scope.tenant.sandbox ? 'test' : 'live'
  if (asked !== undefined && asked !== kind) {
    throw invalid('A key says whether what it does is real.', {
      pointer: '/kind',
      rule: 'const',
      fix: `This tenant is ${scope.tenant.sandbox ? 'a sandbox' : 'live'}: send ${kind}, or leave it out.`
    })
  }
  const secret = newApiKeySecret(kind)
  await addApiKey(scope, { id, name, prefix: shownPartOf(secret), hash: hashOfApiKey(secret), scopes, expiresAt })
  return { secret }
}
