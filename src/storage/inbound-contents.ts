// What is kept of a mail or a form, as long as its case is, and why it opened none.

import type { Right } from '../domain/rights.ts'
import type { Details, Locale, Requester, Subject } from '../domain/subject-request.ts'

/** Why something opened no case, or none by itself. */
export const INBOUND_REASONS = [
  'auto_reply',
  'bounce',
  'list',
  'loop',
  'reply',
  'no_request_seen',
  'right_not_seen',
  'right_not_offered',
  'sender_not_readable',
  'too_many_for_address',
  'address_muted',
  'not_sorted_in_time',
  'by_staff'
] as const
export type InboundReason = (typeof INBOUND_REASONS)[number]

export interface Attachment {
  readonly name: string | null
  readonly type: string
  readonly bytes: number
  /** Base64; null for one that was too large to keep. */
  readonly content: string | null
}

export interface KeptMail {
  readonly kind: 'email'
  readonly from: { readonly name: string | null; readonly address: string | null }
  readonly subject: string
  /** What was written now, without what it quotes. */
  readonly text: string
  readonly wholeText: string
  readonly messageId: string | null
  /** The mail's own date, which its sender's machine chose. */
  readonly date: string | null
  readonly language: Locale | null
  readonly attachments: readonly Attachment[]
}

export interface KeptForm {
  readonly kind: 'form'
  readonly rights: readonly Right[]
  readonly details: Readonly<Partial<Record<Right, Details>>>
  readonly subject: Subject
  readonly requester: Requester | null
}

export type Kept = KeptMail | KeptForm
