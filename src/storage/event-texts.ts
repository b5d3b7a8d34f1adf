// What a person wrote with an entry of the history, for as long as the key of their case stands.

import { type CaseRow, openCaseVault } from './cases.ts'
import type { Scope } from './database.ts'
import { type EventRow, placeOfText } from './history.ts'
import { SealBroken } from './sealing.ts'

/**
 * The text of an entry.
 * @returns null where there is none, where the personal data was erased, and where the text was altered: the verification
 *   names such an entry, and the others are read all the same
 */
export function openEventText(
  scope: Pick<Scope, 'vault'>,
  theirs: CaseRow,
  { requestId, seq, sealed }: EventRow
): string | null {
  if (sealed === null || theirs.sealedKey === null) return null
  try {
    return openCaseVault(scope, theirs).openJson<string>(placeOfText(requestId, seq), sealed)
  } catch (error) {
    if (error instanceof SealBroken) return null
    throw error
  }
}
