// Reports that a mail was not delivered (RFC 3464) or was read (RFC 8098): which mail they speak of, and what became of it.

import type { Attachment, ParsedMail, StructuredHeader } from 'mailparser'
import { messageIds } from './mail-headers.ts'

export interface DeliveryReport {
  readonly type: 'delivery-status' | 'disposition-notification' | 'feedback-report'
  /** `failed` is final, `delayed` may yet arrive, `delivered` is no bounce at all. Null where the report does not say. */
  readonly action: 'failed' | 'delayed' | 'delivered' | null
  /** Of the failing recipient: `5.1.1`. */
  readonly status: string | null
  /** The Message-ID of the mail that the report is about, as far as it was sent back. */
  readonly originalMessageId: string | null
}

const TYPES = ['delivery-status', 'disposition-notification', 'feedback-report'] as const
/** RFC 3464 section 2.3.3; a relayed or expanded mail has left our sight and counts as delivered. */
const ACTIONS: Readonly<Record<string, DeliveryReport['action']>> = {
  failed: 'failed',
  delayed: 'delayed',
  delivered: 'delivered',
  relayed: 'delivered',
  expanded: 'delivered'
}
/** Bytes of a report's part that are looked at: its fields come first. */
const READ_MAX = 65_536

/** @returns what a `multipart/report` says, or null for any other mail */
export function readDeliveryReport(mail: ParsedMail): DeliveryReport | null {
  const contentType = mail.headers.get('content-type')
  const header = isStructured(contentType) ? contentType : null
  const named = header?.params['report-type']?.toLowerCase()
  const parts = mail.attachments
  // Some servers send the parts without declaring the whole to be a report.
  const type =
    TYPES.find(type => header?.value === 'multipart/report' && type === named) ??
    TYPES.find(type => parts.some(part => part.contentType === `message/${type}`))
  if (type === undefined) return null

  const report = textOf(parts.find(part => part.contentType === `message/${type}`))
  const original = textOf(
    parts.find(part => /^(?:message\/rfc822|message\/global|text\/rfc822)/.test(part.contentType))
  )
  // Several recipients have a block each: one that failed for good says more than one that is late.
  const actions = [...report.matchAll(/^action:\s*([a-z]+)/gim)].map(
    ([, word = '']) => ACTIONS[word.toLowerCase()] ?? null
  )
  const action = (['failed', 'delayed', 'delivered'] as const).find(action => actions.includes(action)) ?? null
  return {
    type,
    action,
    status: /^status:\s*([245]\.\d{1,3}\.\d{1,3})/im.exec(report)?.[1] ?? null,
    originalMessageId: fieldId(report, 'original-message-id') ?? fieldId(headOf(original), 'message-id')
  }
}

/** The Message-ID in the text of a bounce that is no report, as older servers and qmail write it. */
export function messageIdInText(text: string): string | null {
  return fieldId(text.slice(0, READ_MAX), '[> ]*message-id')
}

function fieldId(text: string, field: string): string | null {
  const found = new RegExp(String.raw`^${field}:\s*(<[^\r\n]{1,800})`, 'im').exec(text)
  return messageIds(found?.[1] ?? null)[0] ?? null
}

function headOf(message: string): string {
  return message.split(/\r?\n\r?\n/, 1)[0] ?? ''
}

function textOf(part: Attachment | undefined): string {
  return part?.content.toString('latin1', 0, READ_MAX) ?? ''
}

function isStructured(value: unknown): value is StructuredHeader {
  return typeof value === 'object' && value !== null && 'params' in value && 'value' in value
}
