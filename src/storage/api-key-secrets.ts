// What an API key looks like: `hab_live_` (`hab_test_` in a sandbox), 32 random characters, 6 of checksum. The prefix lets scanners of repositories find
// a key that leaked; the checksum lets a mistyped one be refused without asking the database.

import { hash, randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'

export const API_KEY_KINDS = ['live', 'test'] as const
/** People and scanners of repositories see whether what the key does is real. */
export type ApiKeyKind = (typeof API_KEY_KINDS)[number]

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
/** 62 to the power of 32: 190 bits. */
const RANDOM_LENGTH = 32
const CHECKSUM_LENGTH = 6
const SHAPE = /^(hab_(?:live|test)_[0-9A-Za-z]{32})([0-9A-Za-z]{6})$/
/** `hab_live_` and four characters: enough to tell keys apart, not enough to guess one. */
const SHOWN_LENGTH = 13

export function newApiKeySecret(kind: ApiKeyKind): string {
  const random = Array.from({ length: RANDOM_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')
  const body = `hab_${kind}_${random}`
  return body + checksumOf(body)
}

/** Whether this can be a key at all. */
export function isApiKeySecret(text: string): boolean {
  const [, body, checksum] = SHAPE.exec(text) ?? []
  return body !== undefined && checksum === checksumOf(body)
}

export const hashOfApiKey = (secret: string): Buffer => hash('sha256', secret, 'buffer')

export const shownPartOf = (secret: string): string => secret.slice(0, SHOWN_LENGTH)

function checksumOf(body: string): string {
  let rest = crc32(body)
  let text = ''
  for (let i = 0; i < CHECKSUM_LENGTH; i += 1) {
    text = ALPHABET[rest % ALPHABET.length] + text
    rest = Math.floor(rest / ALPHABET.length)
  }
  return text
}
