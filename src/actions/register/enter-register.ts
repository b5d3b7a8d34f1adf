// Enters a person into the register, under every name they are known by.

import { purposesToEnter, type RegisterKind } from '../../domain/register.ts'
import { findCase, peopleOf } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { note } from '../../storage/history.ts'
import { enter } from '../../storage/register.ts'
import { registerKeysOf } from '../../storage/register-keys.ts'
import type { SubjectRequestRow } from '../../storage/subject-requests.ts'

export interface ToEnter {
  readonly kind: RegisterKind
  /** As the data map or the person names it; null, or what is no plain name, is every purpose. */
  readonly purpose: string | null
}

/**
 * Enters the subject of a request, at once and for as long as it stands: restriction (GDPR Art. 18), objection (Art. 21,
 * to marketing in all its forms when that is what was objected to) or erasure (Art. 17).
 * Repeating it changes nothing, unless the person has become known by another name since.
 *
 * @param request  as locked by this transaction
 * @returns the request as it now stands: whoever records more about it goes on from this row
 * @throws {HabeasError} `personal_data_erased`
 */
export async function enterRegister(
  scope: Scope,
  request: SubjectRequestRow,
  { kind, purpose }: ToEnter
): Promise<SubjectRequestRow> {
  const { subject } = peopleOf(scope, await findCase(scope, request.caseId))
  const keys = registerKeysOf(scope.vault, subject)
  let row = request
  for (const named of purposesToEnter(kind, purpose, request.directMarketing)) {
    const entered = await enter(scope, request.id, { kind, purpose: named }, keys)
    if (entered !== null)
      row = await note(scope, row, 'register_entered', {
        entryId: entered.id,
        kind,
        purpose: named,
        names: entered.names
      })
  }
  return row
}
