// Under which blind keys a person is entered in the register, and looked up.

import { foldedIdentifier } from '../domain/register.ts'
import type { Identifier, Subject } from '../domain/subject-request.ts'
import type { TenantVault } from './sealing.ts'
import { subjectKey, subjectKeysOf } from './subject-keys.ts'

/** Every key a person is entered under: each identifier as it is, and blind to spelling where two spellings are one. */
export function registerKeysOf(vault: TenantVault, subject: Subject): Buffer[] {
  const email = subject.email === null ? [] : [{ kind: 'email', value: subject.email }]
  const folded = [...email, ...subject.identifiers]
    .map(identifier => foldedIdentifier(identifier))
    .filter(identifier => identifier !== null)
  const keys = [...subjectKeysOf(vault, subject), ...folded.map(({ kind, value }) => vault.blindIndex(kind, value))]
  return [...new Map(keys.map(key => [key.toString('base64'), key])).values()]
}

/**
 * The one key that an identifier is looked up by.
 * @throws {HabeasError} `invalid` for an address that is none
 */
export function registerKey(vault: TenantVault, identifier: Identifier, pointer = ''): Buffer {
  const folded = foldedIdentifier(identifier, pointer)
  return folded === null ? subjectKey(vault, identifier) : vault.blindIndex(folded.kind, folded.value)
}
