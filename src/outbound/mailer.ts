// Hands a finished mail to a mail server, one conversation a mail, and says what became of it.

import { createTransport } from 'nodemailer'
import type SMTPPool from 'nodemailer/lib/smtp-pool/index.js'

export interface Mail {
  readonly messageId: string
  readonly from: Mailbox
  readonly replyTo: Mailbox | null
  readonly to: Mailbox
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly language: string
  /** What the clock of the sandbox shows that the mail comes from; null for a mail that is meant. */
  readonly sandboxAt: Date | null
}

interface Mailbox {
  readonly name: string | null
  readonly address: string
}

/**
 * What the server said. `refused` is final: this address will not take it. `later` is tried again.
 * `failure` is a class and never the server's words, which quote addresses.
 */
export type Delivery =
  | { readonly result: 'accepted' }
  | { readonly result: 'refused' | 'later'; readonly failure: string }

export interface Mailer {
  readonly send: (mail: Mail) => Promise<Delivery>
  readonly close: () => void
}

const CONNECTION_TIMEOUT_MS = 10_000
const GREETING_TIMEOUT_MS = 10_000
const SOCKET_TIMEOUT_MS = 60_000
const CONNECTIONS = 3

/** @param url  `smtp://user:password@host:port` or `smtps://...` */
export function openMailer(url: string): Mailer {
  const settings: SMTPPool.Options = {
    url,
    pool: true,
    maxConnections: CONNECTIONS,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    greetingTimeout: GREETING_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true
  }
  const transport = createTransport(settings)
  return {
    send: async mail => {
      try {
        await transport.sendMail(messageOf(mail))
        return { result: 'accepted' }
      } catch (error) {
        return whatWentWrong(error)
      }
    },
    close: () => transport.close()
  }
}

/** Addresses go as objects and the envelope is given: a string would be parsed, and a parser can be talked into more recipients. */
function messageOf(mail: Mail) {
  return {
    messageId: mail.messageId,
    from: addressed(mail.from),
    ...(mail.replyTo === null ? {} : { replyTo: addressed(mail.replyTo) }),
    to: addressed(mail.to),
    envelope: { from: mail.from.address, to: [mail.to.address] },
    subject: mail.subject,
    text: mail.text,
    html: mail.html,
    headers: {
      // RFC 3834: no vacation note answers this, and ours does not answer another machine's.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      'Content-Language': mail.language,
      ...(mail.sandboxAt === null ? {} : { 'X-Habeas-Sandbox': mail.sandboxAt.toISOString() })
    }
  }
}

function addressed({ name, address }: Mailbox): { name: string; address: string } {
  return { name: (name ?? '').replace(/[\r\n]+/g, ' '), address }
}

interface SmtpError {
  readonly code?: string
  readonly responseCode?: number
}

/** A 5xx on the recipient or the message is the server's last word; all else may pass. RFC 5321 section 4.2.1. */
function whatWentWrong(error: unknown): Delivery {
  const { code = 'unknown', responseCode } = error as SmtpError
  const failure = responseCode === undefined ? code : `${code} ${responseCode}`
  const final =
    responseCode !== undefined &&
    responseCode >= 500 &&
    code !== 'EAUTH' &&
    code !== 'ECONNECTION' &&
    code !== 'EPROTOCOL'
  return { result: final ? 'refused' : 'later', failure }
}
