// Single values of the environment: read, or complained of. What cannot be read comes back empty, so that the reading goes on
// and every fault is found; nothing starts after a complaint.

import { findMailbox } from './domain/mailbox-address.ts'
import { weaknessOf, weaknessOfBytes } from './weak-secrets.ts'

/** Takes note of a fault: the variable, and what is wrong with it. The value is never repeated. */
export type Complain = (name: string, what: string) => void

const KEY_BYTES = 32
const KEY_BITS = 96
const RECIPE = 'openssl rand -base64 32'

export function readUrl(
  name: string,
  value: string | undefined,
  protocols: readonly string[],
  complain: Complain
): string {
  if (value === undefined) return ''
  const url = URL.parse(value)
  if (url === null || !protocols.includes(url.protocol) || (url.hostname === '' && !url.searchParams.has('host'))) {
    complain(name, `must be an address that begins with ${protocols.map(protocol => `${protocol}//`).join(' or ')}`)
  }
  return value
}

export function readMailbox(name: string, value: string | undefined, complain: Complain): string {
  if (value === undefined) return ''
  const mailbox = findMailbox(value)
  if (mailbox === null)
    complain(name, "must be one plain address such as privacy@example.com; the name before it is the tenant's")
  return mailbox?.address ?? ''
}

/** 32 bytes in base64, with or without padding, in either alphabet. */
export function readKey(name: string, value: string | undefined, complain: Complain): Buffer {
  const none = Buffer.alloc(KEY_BYTES)
  if (value === undefined) return none
  const bytes = Buffer.from(value, 'base64')
  const canonical = value.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
  if (bytes.length !== KEY_BYTES || bytes.toString('base64url') !== canonical) {
    complain(name, `must be 32 bytes in base64: ${RECIPE}`)
    return none
  }
  const weakness = weaknessOfBytes(bytes, KEY_BITS)
  if (weakness !== null) complain(name, `${weakness}: ${RECIPE}`)
  return bytes
}

export function readSecret(
  name: string,
  value: string,
  strength: { length: number; bits: number },
  complain: Complain
): string {
  const weakness = weaknessOf(value, strength.length, strength.bits)
  if (weakness !== null) complain(name, `${weakness}: ${RECIPE}`)
  return value
}

/** Whether a host is reached over a network, where others listen. */
export function isPublicName(hostname: string): boolean {
  return !(
    hostname === 'localhost' ||
    hostname === '[::1]' ||
    hostname.startsWith('127.') ||
    hostname.endsWith('.localhost')
  )
}
