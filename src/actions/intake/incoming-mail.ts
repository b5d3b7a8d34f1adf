// A mail as it is handed in, and what is kept of it.

import { hash } from 'node:crypto'
import { holdsProofs, withoutProofs } from '../../domain/quoted-proofs.ts'
import type { Locale } from '../../domain/subject-request.ts'
import type { Attachment, KeptMail } from '../../storage/inbound-contents.ts'

/** A mail as its reader understood it. Nothing in it is proof of anything, the sender least of all. */
export interface IncomingMail {
  readonly from: { readonly name: string | null; readonly address: string } | null
  readonly subject: string
  /** What was written now, without what it quotes. */
  readonly text: string
  readonly wholeText: string
  readonly messageId: string | null
  readonly inReplyTo: string | null
  readonly references: readonly string[]
  readonly date: Date | null
  readonly language: Locale | null
  readonly autoReply: Automatic | null
  readonly attachments: readonly {
    readonly filename: string | null
    readonly contentType: string
    readonly content: Buffer
  }[]
  /** SHA-256 of the whole mail: what tells it from others when it has no Message-ID. */
  readonly digest: Buffer
}

/** Why a machine seems to have written it; for a report of delivery also about which mail. */
export interface Automatic {
  readonly kind: 'auto_reply' | 'bounce' | 'list' | 'loop'
  readonly about: {
    readonly action: 'failed' | 'delayed' | 'delivered' | null
    readonly originalMessageId: string | null
  } | null
}

/** Bytes of all attachments of a mail up to which they are kept with it. Larger ones are listed only, and stay in the mailbox they came to. */
const ATTACHMENTS_KEPT_BYTES = 262_144
/** Characters. */
const TEXT_KEPT = 200_000

/** A mail that hangs on a mail, as programs declare or name it: ours may hang on the answer to it. */
const MAIL_TYPE = /^message\//i
const MAIL_NAME = /\.(?:eml|msg|mht|mhtml)$/i

/** What is kept of it: the answer to a letter quotes the letter, and nobody who reads it is to have the person's link and code. */
export function keptOf(mail: IncomingMail): KeptMail {
  const bytes = mail.attachments.reduce((sum, { content }) => sum + content.length, 0)
  const keepsAttachments = bytes <= ATTACHMENTS_KEPT_BYTES
  return {
    kind: 'email',
    from: mail.from ?? { name: null, address: null },
    subject: withoutProofs(mail.subject),
    text: withoutProofs(mail.text.slice(0, TEXT_KEPT)),
    wholeText: withoutProofs(mail.wholeText.slice(0, TEXT_KEPT)),
    messageId: mail.messageId,
    date: mail.date?.toISOString() ?? null,
    language: mail.language,
    attachments: mail.attachments.map(
      (attachment): Attachment => ({
        name: attachment.filename,
        type: attachment.contentType,
        bytes: attachment.content.length,
        content: keepsAttachments && !mayHoldProofs(attachment) ? attachment.content.toString('base64') : null
      })
    )
  }
}

function mayHoldProofs({ filename, contentType, content }: IncomingMail['attachments'][number]): boolean {
  return MAIL_TYPE.test(contentType) || MAIL_NAME.test(filename ?? '') || holdsProofs(content.toString('latin1'))
}

/** The sender counts as well, so that nobody can hold a Message-ID that another's mail is going to have. */
export function fingerprintOf({ messageId, from, digest }: IncomingMail): Buffer {
  if (messageId === null) return digest
  return hash('sha256', `${messageId}\n${from?.address ?? ''}`, 'buffer')
}
