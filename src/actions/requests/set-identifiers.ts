// By which names the tenant's systems know the person of a case. A mail and the page tell an address alone.

import { invalid } from '../../domain/errors.ts'
import { parseMailbox } from '../../domain/mailbox-address.ts'
import type { Identifier } from '../../domain/subject-request.ts'
import { changeCase, openCaseVault, peopleOf, placeOfPeople, setCaseWords } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { note } from '../../storage/history.ts'
import { searchWordsOf, subjectKey, subjectKeysOf } from '../../storage/subject-keys.ts'
import { enterNewNames } from '../register/enter-new-names.ts'
import { type LockedCase, lockWholeCase } from '../retention/erase-case.ts'

/**
 * Says by which names the person is known, instead of those before: the systems are told, the case is found by them, and what
 * stands in the register because of the case stands under the new ones from now on. Under those that are taken away it goes on
 * standing until staff lift it. The address that letters go to is none of them, and stays. Repeating it changes nothing.
 *
 * @throws {HabeasError} `not_found`, `version_stale`, `personal_data_erased`; `invalid` for an address that is none
 */
export async function setIdentifiers(scope: Scope, caseId: string, identifiers: readonly Identifier[]): Promise<void> {
  await replace(scope, await lockWholeCase(scope, caseId), read(identifiers))
}

/** The same beside the names that are known. @param caseId  with its requests locked by this transaction */
export async function addIdentifiers(scope: Scope, caseId: string, added: readonly Identifier[]): Promise<void> {
  if (added.length === 0) return
  // Whose version the caller saw is for whoever locked the request that they named.
  const locked = await lockWholeCase({ ...scope, ifMatch: null }, caseId)
  const { identifiers } = peopleOf(scope, locked.theirs).subject
  await replace(scope, locked, [...identifiers, ...read(added)])
}

async function replace(
  scope: Scope,
  { theirs, requests }: LockedCase,
  identifiers: readonly Identifier[]
): Promise<void> {
  const vault = openCaseVault(scope, theirs)
  const { subject, requester } = peopleOf(scope, theirs)
  const known = { ...subject, identifiers: eachOnce(scope, identifiers) }
  const added = without(scope, known.identifiers, subject.identifiers)
  const removed = without(scope, subject.identifiers, known.identifiers)
  if (added.length === 0 && removed.length === 0) return

  await changeCase(scope, theirs.id, {
    sealed: vault.sealJson(placeOfPeople(theirs.id), { subject: known, requester }),
    subjectKeys: subjectKeysOf(scope.vault, known)
  })
  await setCaseWords(scope, theirs.id, searchWordsOf(scope.vault, known))
  for (const request of requests) {
    // How many, and never which: the history outlives what was known of the person.
    const data = { added: added.length, removed: removed.length }
    await enterNewNames(scope, await note(scope, request, 'identifiers_set', data), known, added)
  }
}

function read(identifiers: readonly Identifier[]): Identifier[] {
  return identifiers.map(({ kind, value }, place) => {
    const pointer = `/identifiers/${place}/value`
    if (kind === 'email') return { kind, value: parseMailbox(value, pointer).address }
    if (value.trim() !== '') return { kind, value: value.trim() }
    throw invalid('A name is more than spaces.', { pointer, rule: 'minLength', fix: 'Send the name, or leave it out.' })
  })
}

/** Two spellings that the index holds equal are one name. */
function eachOnce(scope: Scope, identifiers: readonly Identifier[]): Identifier[] {
  const byKey = new Map<string, Identifier>()
  for (const each of identifiers) if (!byKey.has(keyOf(scope, each))) byKey.set(keyOf(scope, each), each)
  return [...byKey.values()]
}

function without(scope: Scope, these: readonly Identifier[], those: readonly Identifier[]): Identifier[] {
  const known = new Set(those.map(each => keyOf(scope, each)))
  return these.filter(each => !known.has(keyOf(scope, each)))
}

function keyOf({ vault }: Scope, identifier: Identifier): string {
  return subjectKey(vault, identifier).toString('hex')
}
