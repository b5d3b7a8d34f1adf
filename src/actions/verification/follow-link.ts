// The link under which a person follows their case.

import { statusLink } from '../../domain/links.ts'
import { inDays } from '../../domain/timers.ts'
import type { Scope } from '../../storage/database.ts'
import { createToken } from '../../storage/tokens.ts'

/** The status page stays open for as long as an answer may be asked about. */
const STATUS_LINK_DAYS = 400

/** Makes a link; those that were made before go on working. */
export async function makeFollowLink(scope: Scope, caseId: string): Promise<{ link: string; expiresAt: Date }> {
  const expiresAt = inDays(scope.now, STATUS_LINK_DAYS)
  const { token } = await createToken(scope, { caseId, purpose: 'follow', expiresAt })
  return { link: statusLink(scope.publicUrl, scope.tenant.slug, token), expiresAt }
}
