// The one reading of an email address. Whoever stores, compares or sends to an address gets it from here.

import { HabeasError, invalid } from './errors.ts'

export interface Mailbox {
  /** What mail is sent to: the local part as typed (NFC), the domain lower-cased and in its ASCII form. */
  readonly address: string
  /**
   * What identity is compared by, and what a blind index is computed over. The local part keeps its case, dots and tags:
   * RFC 5321 section 2.4 leaves their meaning to the receiving host, so `Anna@` may be somebody other than `anna@`.
   */
  readonly indexForm: string
  /**
   * `indexForm` without upper case, for asking the register whether somebody objected: there, taking two people for one is the
   * safe mistake. Never for identity.
   */
  readonly foldedForm: string
  /** `foldedForm` without a `+tag`, for counting mails to one inbox. Never for anything else. */
  readonly inboxForm: string
}

/** Octets, RFC 5321 section 4.5.3.1.1. */
const LOCAL_PART_MAX = 64
/** Octets, RFC 5321 section 4.5.3.1.3: a path of 256 with its two angle brackets taken off. */
const ADDRESS_MAX = 254
const DOMAIN_MAX = 253

/**
 * Dot-atoms of RFC 5321 and 6531, and nothing that a mail server or a header could split or route on: no quoted strings,
 * no comments, and none of `% ! / |`, which relays have read as routes.
 */
const LOCAL_PART = /^(?!\p{M})[\p{L}\p{M}\p{N}#$&'*+=?^_`{}~-]+(?:\.(?!\p{M})[\p{L}\p{M}\p{N}#$&'*+=?^_`{}~-]+)*$/u
/** Before IDNA, so that what `URL` would repair (fullwidth dots, ports, percent escapes) never reaches it. */
const DOMAIN_AS_TYPED = /^[\p{L}\p{M}\p{N}-]+(?:\.[\p{L}\p{M}\p{N}-]+)+$/u
/** ASCII letters, digits and hyphens, and no label that claims to be IDNA's. */
const PLAIN_DOMAIN = /^(?:(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,58}[a-z0-9])$/

/**
 * Reads one mailbox, and only one: no display name, list, group, quoted local part, IP literal or trailing dot.
 * Spaces around it are dropped. Two spellings share an `indexForm` only where the RFCs hold them equal: the domain's
 * case, its Unicode or ASCII form, and the Unicode normalization of the local part.
 *
 * @param pointer where the address stood, for the refusal
 * @throws {HabeasError} `invalid`, without repeating the address
 */
export function parseMailbox(text: string, pointer = ''): Mailbox {
  const typed = trimSpaces(text)
  if (typed === '' || typed.length > ADDRESS_MAX) throw refusal(pointer, 'length', `1 to ${ADDRESS_MAX} characters`)

  const at = typed.lastIndexOf('@')
  const localPart = typed.slice(0, at).normalize('NFC')
  // A compatibility form (fullwidth `ａ`, the ligature `ﬁ`) looks like another mailbox and some hosts fold it into that one.
  if (at < 1 || !LOCAL_PART.test(localPart) || localPart.normalize('NFKC') !== localPart) {
    throw refusal(pointer, 'mailbox', 'one plain address such as name@example.com')
  }
  if (octets(localPart) > LOCAL_PART_MAX) {
    throw refusal(pointer, 'length', `at most ${LOCAL_PART_MAX} bytes before the @`)
  }

  const domain = asciiDomain(typed.slice(at + 1).normalize('NFC'))
  if (domain === null) throw refusal(pointer, 'domain', 'a public domain name after the @, such as example.com')

  const address = `${localPart}@${domain}`
  if (octets(address) > ADDRESS_MAX) throw refusal(pointer, 'length', `at most ${ADDRESS_MAX} bytes`)
  const foldedForm = address.toLowerCase()
  // A tag follows a name: an address that begins with the sign has none.
  return { address, indexForm: address, foldedForm, inboxForm: foldedForm.replace(/(?<=^[^+@]+)\+[^@]*/, '') }
}

/** The same, for text that may hold anything: null instead of a refusal. */
export function findMailbox(text: string): Mailbox | null {
  try {
    return parseMailbox(text)
  } catch (error) {
    if (error instanceof HabeasError) return null
    throw error
  }
}

/** Not `trim()`: a line break or an exotic space around an address is a sign of injection, not of a clumsy hand. */
function trimSpaces(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && text[start] === ' ') start += 1
  while (end > start && text[end - 1] === ' ') end -= 1
  return text.slice(start, end)
}

/** @returns the domain in lower-case ASCII (UTS 46), or null when it is not a domain name of at least two labels */
function asciiDomain(domain: string): string | null {
  // Nearly every domain there is: to such a one IDNA does nothing but lower its case.
  if (PLAIN_DOMAIN.test(domain) && domain.length <= DOMAIN_MAX) return domain.toLowerCase()
  if (!DOMAIN_AS_TYPED.test(domain) || domain.normalize('NFKC') !== domain) return null
  // `URL` leaves an all-ASCII host unchecked, forged `xn--` labels included; a first label of our own makes it look.
  const prefix = 'é.'
  if (!URL.canParse(`http://${prefix}${domain}`)) return null
  const { hostname } = new URL(`http://${prefix}${domain}`)
  const ascii = hostname.slice(hostname.indexOf('.') + 1)
  return ascii.length <= DOMAIN_MAX && DOMAIN.test(ascii) ? ascii : null
}

function octets(text: string): number {
  return new TextEncoder().encode(text).length
}

function refusal(pointer: string, rule: string, wanted: string): HabeasError {
  return invalid('This is not an email address we can write to.', { pointer, rule, fix: `Send ${wanted}.` })
}
