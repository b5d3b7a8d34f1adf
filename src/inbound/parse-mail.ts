// An email as it came off the wire, read into what the service works with. Everything in it is a stranger's: text is
// bounded and cleaned here, and no fault in it gets out as anything but a refusal.

import { Readable } from 'node:stream'
import { type Attachment, type ParsedMail, simpleParser } from 'mailparser'
import { HabeasError, invalid } from '../domain/errors.ts'
import { guessLanguage } from '../domain/guess-language.ts'
import type { Locale } from '../domain/subject-request.ts'
import {
  allMailboxes,
  fieldText,
  type MailAddress,
  messageIds,
  oneLine,
  onlyMailbox,
  references,
  sentAt
} from './mail-headers.ts'
import { type AutomaticMail, recogniseAutomatic } from './recognise-automatic.ts'
import { trimReply } from './trim-reply.ts'

export interface InboundMail {
  /** Null where the mail names no sender, several, or one that cannot be written to. Never proof of who wrote it. */
  readonly from: MailAddress | null
  readonly replyTo: MailAddress | null
  /** Everybody named in To and Cc. */
  readonly to: readonly MailAddress[]
  readonly subject: string
  /** What was written now: plain text, without quoted history and signature where those are beyond doubt. */
  readonly text: string
  /** The whole of the plain text, or of what the HTML says where there is no plain text. */
  readonly wholeText: string
  /** With angle brackets, as `inReplyTo` and `references`. */
  readonly messageId: string | null
  readonly inReplyTo: string | null
  readonly references: readonly string[]
  /** As the sender's clock had it; says nothing about receipt. */
  readonly date: Date | null
  readonly language: Locale | null
  /** Set where a machine seems to have sent it: show it to staff, and never answer it or act on it by itself. */
  readonly autoReply: AutomaticMail | null
  readonly attachments: readonly MailAttachment[]
  /** Fields that help to judge the mail, by lower-case name, one line each. */
  readonly headersOfInterest: Readonly<Partial<Record<(typeof HEADERS_OF_INTEREST)[number], string>>>
}

export interface MailAttachment {
  /** As the sender called it, on one line; never a path to write to. */
  readonly filename: string | null
  /** As the sender declared it. */
  readonly contentType: string
  /** Bytes. */
  readonly size: number
  readonly content: Buffer
}

export const MAIL_BYTES_MAX = 25 * 1_048_576
/** Bytes of one part's header, and parts of one mail: ordinary mail stays far below. */
const HEAD_BYTES_MAX = 262_144
const PARTS_MAX = 250
/** Characters of text that are kept; a longer letter is an attachment. */
const TEXT_MAX = 1_000_000
const FILENAME_MAX = 255

const HEADERS_OF_INTEREST = [
  'authentication-results',
  'auto-submitted',
  'content-language',
  'delivered-to',
  'list-id',
  'precedence',
  'received-spf',
  'return-path',
  'sender',
  'x-original-to',
  'x-spam-flag'
] as const

/** Without one of these it is no mail but some other text. */
const ESSENTIAL = ['from', 'to', 'date', 'subject', 'message-id', 'received', 'return-path', 'mime-version']

/**
 * Reads one raw message (RFC 5322, with MIME), of at most 25 MiB.
 *
 * @param ownHost the host our own Message-IDs end in, so that our letters are known when they come back
 * @throws {HabeasError} `too_large` when it, its header or its number of parts is; `invalid` when it is no mail
 */
export async function parseMail(
  raw: Buffer | Readable,
  { ownHost = null }: { ownHost?: string | null } = {}
): Promise<InboundMail> {
  const mail = await parseMime(await readBounded(raw))
  if (!mail.headerLines.some(({ key }) => ESSENTIAL.includes(key))) throw notMail()

  const subject = oneLine(mail.subject ?? '')
  const wholeText = await plainTextOf(mail)
  const text = trimReply(wholeText, subject)
  return {
    from: onlyMailbox(mail, 'from'),
    replyTo: onlyMailbox(mail, 'reply-to'),
    to: allMailboxes(mail, 'to', 'cc'),
    subject,
    text,
    wholeText,
    messageId: messageIds(fieldText(mail, 'message-id'))[0] ?? null,
    inReplyTo: messageIds(fieldText(mail, 'in-reply-to'))[0] ?? null,
    references: references(mail),
    date: sentAt(mail),
    language: guessLanguage(`${subject}\n${text}`),
    autoReply: recogniseAutomatic(mail, wholeText, ownHost),
    attachments: mail.attachments.map(toAttachment),
    headersOfInterest: Object.fromEntries(
      HEADERS_OF_INTEREST.map(name => [name, fieldText(mail, name)] as const).filter(([, text]) => text !== null)
    )
  }
}

async function readBounded(raw: Buffer | Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of Buffer.isBuffer(raw) ? Readable.from([raw]) : (raw as AsyncIterable<Buffer>)) {
    bytes += chunk.length
    if (bytes > MAIL_BYTES_MAX) throw tooLarge(`The mail is larger than ${MAIL_BYTES_MAX} bytes.`)
    chunks.push(chunk)
  }
  if (bytes === 0) throw notMail()
  return Buffer.concat(chunks)
}

async function parseMime(raw: Buffer): Promise<ParsedMail> {
  try {
    return await simpleParser(raw, {
      checksumAlgo: false,
      // A forwarded or returned mail is an attachment: its words are not the sender's, and its header not this mail's.
      ignoreEmbedded: true,
      keepCidLinks: true,
      keepDeliveryStatus: true,
      maxChildNodes: PARTS_MAX,
      maxHeadSize: HEAD_BYTES_MAX,
      skipHtmlToText: true,
      skipTextToHtml: true
    })
  } catch (error) {
    // Whatever a parser stumbles over in a stranger's bytes is the mail's fault. Its message may quote them.
    if (error instanceof Error && 'code' in error && error.code === 'EMAXLEN') {
      throw tooLarge('The mail has a larger header or more parts than are read.')
    }
    throw notMail()
  }
}

/** The plain text, or the HTML's words where that is missing or empty. */
async function plainTextOf({ text = '', html }: ParsedMail): Promise<string> {
  const plain = text.trim() === '' && html ? await textOfHtml(html.slice(0, TEXT_MAX)) : text
  return plain
    .slice(0, TEXT_MAX)
    .toWellFormed()
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/(?![\n\t])[\p{Cc}\u2028\u2029]/gu, ' ')
    .replaceAll('\u00a0', ' ')
    .trim()
}

/**
 * The mail parser turns HTML into text, with its guards against deep nesting, only where HTML is a mail's whole body:
 * so it is given to it as such.
 */
async function textOfHtml(html: string): Promise<string> {
  const message = Buffer.from(`Content-Type: text/html; charset=utf-8\r\n\r\n${html.toWellFormed()}`)
  const { text = '', textConversionError } = await simpleParser(message, { keepCidLinks: true, skipTextToHtml: true })
  if (textConversionError === undefined) return text
  // Too hostile to parse: the letters between the tags are still more than nothing.
  return html.replaceAll(/<[^<>]*>/g, ' ')
}

function toAttachment({ filename, contentType, content }: Attachment): MailAttachment {
  return {
    filename: oneLine(filename ?? '', FILENAME_MAX) || null,
    contentType: oneLine(contentType, FILENAME_MAX),
    size: content.length,
    content
  }
}

function tooLarge(detail: string): HabeasError {
  return new HabeasError('too_large', detail, { maxBytes: MAIL_BYTES_MAX })
}

function notMail(): HabeasError {
  return invalid('This is not an email message.', {
    pointer: '',
    rule: 'rfc5322',
    fix: 'Send the raw message with its header, as the mail server received it.'
  })
}
