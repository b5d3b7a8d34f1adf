// How a person is found again without being known: blind indexes of every identifier and of the words of their name.

import { parseMailbox } from '../domain/mailbox-address.ts'
import type { Identifier, Subject } from '../domain/subject-request.ts'
import type { TenantVault } from './sealing.ts'

const WORDS_AT_MOST = 24

/** One key for each name by which the person is known. The address counts as the identifier `email`. */
export function subjectKeysOf(vault: TenantVault, subject: Subject): Buffer[] {
  const email = subject.email === null ? [] : [{ kind: 'email', value: subject.email }]
  return [...email, ...subject.identifiers].map(identifier => subjectKey(vault, identifier))
}

/** The key of one identifier; for an address what RFC 5321 holds equal is equal. */
export function subjectKey(vault: TenantVault, { kind, value }: Identifier): Buffer {
  return vault.blindIndex(kind, kind === 'email' ? parseMailbox(value).indexForm : value.normalize('NFC').trim())
}

/** Keys of the words by which staff look for somebody: the address, the identifiers, and whole words of the name. */
export function searchWordsOf(vault: TenantVault, subject: Subject): Buffer[] {
  // The address first: a name of many words must not crowd it out.
  const address = subject.email === null ? [] : [parseMailbox(subject.email).foldedForm]
  const words = [
    ...address,
    ...subject.identifiers.flatMap(({ value }) => wordsOf(value)),
    ...wordsOf(subject.name ?? '')
  ]
  return [...new Set(words)].slice(0, WORDS_AT_MOST).map(word => searchWord(vault, word))
}

export function searchWord(vault: TenantVault, word: string): Buffer {
  return vault.blindIndex('word', word)
}

/** Words without case and accents: people seldom type them alike twice. */
export function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}@._+-]+/u)
    .filter(word => word.length > 1)
}
