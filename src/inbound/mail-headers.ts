// Header fields of a mail as clean text: one line, no control characters, bounded.

import type { EmailAddress, HeaderLines, HeaderValue, ParsedMail } from 'mailparser'
import { findMailbox } from '../domain/mailbox-address.ts'

export interface MailAddress {
  /** Canonical, as `parseMailbox` gives it. */
  readonly address: string
  readonly name: string | null
}

const TEXT_MAX = 1_000
const NAME_MAX = 200
/** Characters of a field that names one mailbox; RFC 5322 section 2.1.1 has 998 a line. */
const ADDRESS_FIELD_MAX = 4_000
const REFERENCES_MAX = 100
const MESSAGE_ID = /<[^<>\s@]{1,400}@[^<>\s]{1,400}>/g

/** A text on one line: line breaks and control characters, which could begin a field of their own, become spaces. */
export function oneLine(text: string, max: number = TEXT_MAX): string {
  const clean = text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
  return clean.length <= max ? clean : `${clean.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

/** What a technical field says, as it stands: the first of its kind, or null. */
export function fieldText(mail: ParsedMail, name: string): string | null {
  const line = rawLine(mail.headerLines, name)
  return line === null ? null : oneLine(Buffer.from(line.slice(line.indexOf(':') + 1), 'latin1').toString('utf8'))
}

/**
 * The one mailbox of a field. Null where there is none, several, a group, or the field stands twice: whose word would
 * count then is for a person to say.
 */
export function onlyMailbox(
  mail: ParsedMail,
  name: 'from' | 'reply-to' | 'sender' | 'return-path'
): MailAddress | null {
  const lines = mail.headerLines.filter(line => line.key === name)
  if (lines.length !== 1 || addressesNamed(lines[0]?.line ?? '') !== 1) return null
  const [only, ...more] = entriesOf(mail.headers.get(name))
  return only === undefined || more.length > 0 || only.group !== undefined ? null : toAddress(only)
}

/** Every mailbox that one of the fields names, groups opened, each once. */
export function allMailboxes(mail: ParsedMail, ...names: string[]): MailAddress[] {
  const entries = names.flatMap(name => entriesOf(mail.headers.get(name))).flatMap(entry => entry.group ?? [entry])
  const found = entries.map(toAddress).filter(address => address !== null)
  return [...new Map(found.map(mailbox => [mailbox.address, mailbox])).values()]
}

/** The Message-IDs in a field, angle brackets included, in order and each once. */
export function messageIds(text: string | null): string[] {
  return [...new Set(text?.match(MESSAGE_ID) ?? [])].slice(0, REFERENCES_MAX)
}

/** The References field whole: `fieldText` would cut a long thread. */
export function references(mail: ParsedMail): string[] {
  return messageIds(rawLine(mail.headerLines, 'references')?.replaceAll(/\s+/g, ' ') ?? null)
}

/** The Date field, or null where it is missing or nonsense: the mail parser would put the present moment there. */
export function sentAt(mail: ParsedMail): Date | null {
  const text = fieldText(mail, 'date')?.replace(/\([^()]*\)\s*$/, '') ?? ''
  const instant = Date.parse(text)
  return Number.isNaN(instant) || instant < 0 || instant > Date.parse('9999-12-31') ? null : new Date(instant)
}

function rawLine(lines: HeaderLines, name: string): string | null {
  return lines.find(line => line.key === name)?.line ?? null
}

/** How many different addresses stand in a field outside of quotes: programs disagree which one counts when there are two. */
function addressesNamed(line: string): number {
  if (line.length > ADDRESS_FIELD_MAX) return 0
  const bare = line.replaceAll(/"(?:[^"\\]|\\.)*"|\([^()]*\)/g, ' ').toLowerCase()
  return new Set(bare.match(/[^\s<>,;:@]{1,400}@[^\s<>,;:]{1,400}/g) ?? []).size
}

function toAddress({ address, name }: EmailAddress): MailAddress | null {
  const mailbox = findMailbox(address ?? '')
  return mailbox === null ? null : { address: mailbox.address, name: oneLine(name, NAME_MAX) || null }
}

function entriesOf(value: HeaderValue | undefined): EmailAddress[] {
  const values = Array.isArray(value) ? value : [value]
  return values.flatMap(each =>
    typeof each === 'object' && 'value' in each && Array.isArray(each.value) ? each.value : []
  )
}
