// Mail as it comes off the wire, handed in, and what went out after it.

import type { House, TenantInHouse } from './house.ts'

export const ACCESS_MAIL = {
  from: 'Mia Holm <mia@example.com>',
  subject: 'My data',
  text: 'Please send me a copy of all personal data you hold about me.'
}

export const RFC822 = { 'content-type': 'message/rfc822' }

export async function handIn(tenant: TenantInHouse, raw: Buffer, path = '/v1/inbound/email') {
  return await tenant.agent.post(path, raw, RFC822)
}

export interface Made {
  readonly from: string
  readonly subject: string
  readonly text: string
  readonly id?: string | null
  readonly headers?: readonly string[]
  readonly attachment?: Buffer
}

let made = 0

/** A mail of this sender; the same one only where it has the same `id`. */
export function mail({ from, subject, text, id, headers = [], attachment }: Made): Buffer {
  made += 1
  const encoded = `=?utf-8?B?${Buffer.from(subject).toString('base64')}?=`
  const head = [`From: ${from}`, 'To: privacy@house.example', `Subject: ${encoded}`, 'MIME-Version: 1.0', ...headers]
  if (id !== null) head.push(`Message-ID: ${id ?? `<m${made}@example.com>`}`)
  const body = [
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(text).toString('base64')
  ]
  if (attachment === undefined) return Buffer.from([...head, ...body, ''].join('\r\n'))
  const scan = [
    'Content-Type: application/pdf; name="scan.pdf"',
    'Content-Disposition: attachment; filename="scan.pdf"',
    'Content-Transfer-Encoding: base64',
    '',
    attachment.toString('base64').replace(/.{76}/g, '$&\r\n')
  ]
  return Buffer.from(
    [...head, 'Content-Type: multipart/mixed; boundary=b', '', '--b', ...body, '--b', ...scan, '--b--', ''].join('\r\n')
  )
}

/** A delivery report as RFC 3464 has it. */
export function report(messageId: string, action: 'failed' | 'delayed', status: string): Buffer {
  made += 1
  return Buffer.from(
    [
      'From: Mail Delivery System <mailer-daemon@example.com>',
      'To: habeas@house.example',
      'Subject: Undelivered Mail',
      `Message-ID: <r${made}@example.com>`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=r',
      '',
      '--r',
      'Content-Type: text/plain',
      '',
      'It could not be delivered. Please send me a copy of my data.',
      '--r',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example.com',
      '',
      'Final-Recipient: rfc822; gone@example.com',
      `Action: ${action}`,
      `Status: ${status}`,
      '',
      '--r',
      'Content-Type: text/rfc822-headers',
      '',
      `Message-ID: ${messageId}`,
      'Subject: Please confirm',
      '',
      '--r--',
      ''
    ].join('\r\n')
  )
}

/** To whom, and how the subject begins. */
export function letters(house: House): [string, string][] {
  return house.letterbox.messages.map(({ to, parsed }) => [
    to.join(),
    (parsed.subject ?? '').replace(/:? [HM]-.*$/, '')
  ])
}
