// The link under which a person follows their case.

import { statusLink } from '../../domain/links.ts'
import { inDays } from '../../domain/timers.ts'
import type { CaseRow } from '../../storage/cases.ts'
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

/** A link for whoever has proven to be the person of the case; null while nobody has. */
export async function followLinkFor(scope: Scope, { id, verifiedAt }: CaseRow): Promise<string | null> {
  return verifiedAt === null ? null : (await makeFollowLink(scope, id)).link
}
