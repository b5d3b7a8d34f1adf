// A person has become known by another name: what stands about them in the register stands under it as well.

import type { Identifier, Subject } from '../../domain/subject-request.ts'
import type { Scope } from '../../storage/database.ts'
import { note } from '../../storage/history.ts'
import { enter, listEntries, setNotice } from '../../storage/register.ts'
import { registerKeysOf } from '../../storage/register-keys.ts'
import type { SubjectRequestRow } from '../../storage/subject-requests.ts'

/** More than the purposes that one request is entered for. */
const ENTRIES_AT_MOST = 1_000

/**
 * Enters what stands because of a request under further names. Each becomes an entry of its own, so that a name that turns out
 * to be somebody else's is lifted without the others; where the person was told that the first one ends, it ends with it.
 *
 * @param request  as locked by this transaction
 * @returns the request as it now stands
 */
export async function enterNewNames(
  scope: Scope,
  request: SubjectRequestRow,
  subject: Subject,
  added: readonly Identifier[]
): Promise<SubjectRequestRow> {
  if (added.length === 0) return request
  const keys = registerKeysOf(scope.vault, { ...subject, email: null, identifiers: added })
  const standing = { requestId: request.id, standing: true }
  let row = request
  const entries = await listEntries(scope, standing, { after: null, limit: ENTRIES_AT_MOST })
  // The oldest first: it is the one of which the person was told.
  for (const entry of entries.toReversed()) {
    const { kind, purpose, notice, because } = entry
    const entered = await enter(scope, request.id, { kind, purpose }, keys)
    if (entered === null) continue
    row = await note(scope, row, 'register_entered', { entryId: entered.id, kind, purpose, names: entered.names })
    if (notice !== null && because !== null) await setNotice(scope, entered.id, { ...notice, because })
  }
  return row
}
