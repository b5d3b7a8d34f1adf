// Mail that no person wrote for us to answer: replies by machines, bounces, lists and our own letters coming back.
// To answer one starts a loop; to take one for the person's reply moves a request on nobody's word.

import type { ParsedMail } from 'mailparser'
import { type DeliveryReport, messageIdInText, readDeliveryReport } from './delivery-report.ts'
import { fieldText, messageIds, onlyMailbox } from './mail-headers.ts'

export interface AutomaticMail {
  readonly kind: 'auto_reply' | 'bounce' | 'list' | 'loop'
  /** What gave it away, in technical words that hold nothing personal. */
  readonly why: string
  /** With a bounce or receipt: the mail it is about, and what became of it. */
  readonly about: Omit<DeliveryReport, 'type'> | null
}

/** "Automatic reply: ..." in the languages that our people write, and their neighbours. Only at the very start of a subject. */
const VACATION_SUBJECT = new RegExp(
  `^(?:${[
    'auto(?:matic)?[ -]?(?:reply|response|answer)',
    'auto: .{0,80}(?:out of|away)',
    'out of (?:the )?office',
    '(?:i am |i’m |away )?on (?:vacation|holiday|annual leave)',
    'automatisk (?:svar|besked)',
    'auto-?svar',
    '(?:jeg er )?(?:ikke på|ude af) kontoret',
    'fraværende?(?: fra kontoret)?:',
    'ferielukket',
    'αυτόματη απάντηση',
    'αυτόματο μήνυμα',
    '(?:είμαι )?εκτός (?:του )?γραφείου',
    '(?:είμαι )?σε άδεια',
    'μήνυμα απουσίας',
    'automatische antwort',
    'abwesenheitsnotiz',
    'automatiskt svar',
    'réponse automatique'
  ].join('|')})`,
  'iu'
)
const BOUNCE_SUBJECT =
  /^(?:undeliver(?:ed|able)|delivery (?:status notification|has failed|failure)|mail delivery (?:failed|subsystem)|returned mail|failure notice|ikke leveret|kan ikke leveres|δεν παραδόθηκε|αποτυχία παράδοσης)/iu
const BOUNCE_SENDER = /^(?:mailer-daemon|postmaster|mail-daemon|mdaemon)@/i

/** Fields that only programs set, whatever they say. */
const MACHINE_FIELDS = ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-auto-reply-from', 'x-vacation'] as const

/**
 * @param ownHost the host that our own Message-IDs end in
 * @returns why the mail is automatic, or null where a person seems to have written it
 * @see RFC 3834 (Auto-Submitted), RFC 3464 (delivery reports), RFC 2919 (List-Id), MS-OXCMAIL (X-Auto-Response-Suppress)
 */
export function recogniseAutomatic(mail: ParsedMail, text: string, ownHost: string | null): AutomaticMail | null {
  const loop = recogniseLoop(mail, ownHost)
  if (loop !== null) return { kind: 'loop', why: loop, about: null }

  const report = readDeliveryReport(mail)
  if (report !== null) {
    const { type, ...about } = report
    // A receipt for reading, or for arriving, tells of no failure.
    const failed = type === 'delivery-status' && about.action !== 'delivered'
    return { kind: failed ? 'bounce' : 'auto_reply', why: `report: ${type}`, about }
  }
  const bounce = recogniseBounce(mail)
  if (bounce !== null) {
    const originalMessageId = messageIdInText(text) ?? messageIds(fieldText(mail, 'in-reply-to'))[0] ?? null
    return { kind: 'bounce', why: bounce, about: { action: null, status: null, originalMessageId } }
  }
  const reply = recogniseReply(mail)
  if (reply !== null) return { kind: 'auto_reply', why: reply, about: null }

  const list = recogniseList(mail)
  return list === null ? null : { kind: 'list', why: list, about: null }
}

function recogniseLoop(mail: ParsedMail, ownHost: string | null): string | null {
  const id = messageIds(fieldText(mail, 'message-id'))[0]
  if (ownHost !== null && id?.toLowerCase().endsWith(`@${ownHost.toLowerCase()}>`)) return 'message-id: our own'
  return fieldText(mail, 'x-loop') === null ? null : 'x-loop'
}

function recogniseBounce(mail: ParsedMail): string | null {
  if (fieldText(mail, 'x-failed-recipients') !== null) return 'x-failed-recipients'
  if (BOUNCE_SENDER.test(onlyMailbox(mail, 'from')?.address ?? '')) return 'from: mailer-daemon'
  // An empty return path says "do not answer": bounces have it, and so do careful automatic replies.
  if (fieldText(mail, 'return-path') !== '<>') return null
  return isMarkedReply(mail) ? null : 'return-path: empty'
}

function recogniseReply(mail: ParsedMail): string | null {
  const submitted = fieldWord(mail, 'auto-submitted')
  if (submitted !== '' && submitted !== 'no')
    return `auto-submitted: ${known(submitted, 'auto-replied', 'auto-generated', 'auto-notified')}`
  if (VACATION_SUBJECT.test(mail.subject ?? '')) return 'subject: automatic reply'

  const suppress = fieldText(mail, 'x-auto-response-suppress')?.toLowerCase() ?? ''
  if (/\b(?:all|oof|autoreply|dr|rn|nrn)\b/.test(suppress)) return 'x-auto-response-suppress'
  const machine = MACHINE_FIELDS.find(field => fieldText(mail, field) !== null)
  if (machine !== undefined) return machine
  return fieldWord(mail, 'precedence') === 'auto_reply' ? 'precedence: auto_reply' : null
}

function recogniseList(mail: ParsedMail): string | null {
  const precedence = fieldWord(mail, 'precedence')
  if (['bulk', 'junk', 'list'].includes(precedence)) return `precedence: ${precedence}`
  return (['list-id', 'list-post', 'list-unsubscribe'] as const).find(field => fieldText(mail, field) !== null) ?? null
}

function isMarkedReply(mail: ParsedMail): boolean {
  return !BOUNCE_SUBJECT.test(mail.subject ?? '') && recogniseReply(mail) !== null
}

/** The first word of a field, without its parameters and comments. */
function fieldWord(mail: ParsedMail, name: string): string {
  return /^[a-z_-]+/.exec((fieldText(mail, name) ?? '').toLowerCase())?.[0] ?? ''
}

/** Header text is the sender's: only words we know go on. */
function known(word: string, ...words: string[]): string {
  return words.includes(word) ? word : 'other'
}
