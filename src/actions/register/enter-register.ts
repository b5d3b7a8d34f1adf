// Enters a person into the register, under every name they are known by.

import { entriesAtOnce, inKnownWords, type StandingEntry } from '../../domain/register.ts'
import { RIGHT_RULES } from '../../domain/rights.ts'
import { caseVaultFor, findCase, peopleOf } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { note } from '../../storage/history.ts'
import { enter } from '../../storage/register.ts'
import { registerKeysOf } from '../../storage/register-keys.ts'
import { contentsOf, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { purposesOnMap } from '../../storage/systems-in-scope.ts'

/**
 * Enters what may wait for nobody. To be called when identity is proven, and whenever a request begins anew or asks for something
 * else since.
 * @param row  as locked by this transaction
 * @returns the request as it now stands
 */
export async function guardAtOnce(scope: Scope, row: SubjectRequestRow): Promise<SubjectRequestRow> {
  if (RIGHT_RULES[row.right].register === null) return row
  const { details } = contentsOf(await caseVaultFor(scope, row.caseId), row)
  return await enterRegister(scope, row, entriesAtOnce(row.right, details))
}

/**
 * Enters the subject of a request, at once and for as long as it stands: restriction (GDPR Art. 18), objection (Art. 21) or
 * erasure (Art. 17).
 * Repeating it changes nothing, unless the person has become known by another name since.
 *
 * @param request  as locked by this transaction
 * @returns the request as it now stands: whoever records more about it goes on from this row
 * @throws {HabeasError} `personal_data_erased`
 */
export async function enterRegister(
  scope: Scope,
  request: SubjectRequestRow,
  entries: readonly StandingEntry[]
): Promise<SubjectRequestRow> {
  if (entries.length === 0) return request
  const { subject } = peopleOf(scope, await findCase(scope, request.caseId))
  const keys = registerKeysOf(scope.vault, subject)
  let row = request
  for (const { kind, purpose } of inKnownWords(entries, await purposesOnMap(scope))) {
    const entered = await enter(scope, request.id, { kind, purpose }, keys)
    if (entered !== null)
      row = await note(scope, row, 'register_entered', { entryId: entered.id, kind, purpose, names: entered.names })
  }
  return row
}
