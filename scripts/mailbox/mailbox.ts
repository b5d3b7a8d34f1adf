// The demo's mailbox: takes every letter the service sends, delivers none, and shows them on a page.

import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { linksIn } from './links.ts'
import { openMailPages } from './mail-pages.ts'
import { openMailServer } from './mail-server.ts'
import { type Mail, openMailStore } from './mail-store.ts'

export interface Mailbox {
  /** The page; `${url}/api/messages` answers the same as JSON. */
  readonly url: string
  /** For `SMTP_URL`. */
  readonly smtpUrl: string
  close(): Promise<void>
}

interface Options {
  /** Keeps the letters, the last 500 of them, and the ports between two starts. */
  readonly folder: string
  /** Of the page; 0, or left out, is that of last time or any free one. */
  readonly port?: number | undefined
  /** Told of each letter as it comes, with the links a reader would follow. */
  readonly onMail?: (mail: Mail, links: string[]) => void
}

interface Ports {
  readonly http: number
  readonly smtp: number
}

/** Opens the mailbox on the loopback interface, at the same ports as last time unless somebody else has them now. */
export async function openMailbox({ folder, port: wanted, onMail = () => {} }: Options): Promise<Mailbox> {
  const store = await openMailStore(join(folder, 'mails'))
  const portsFile = join(folder, 'ports.json')
  const ports = await readPorts(portsFile)
  const receive = async (raw: Buffer, recipients: readonly string[]) => {
    const mail = await store.add(raw, recipients)
    onMail(mail, linksIn(mail))
  }
  const smtp = await atPort(ports.smtp, port => openMailServer(port, receive))
  const pages = await atPort(wanted || ports.http, port => openMailPages(port, store))
  const { port: httpPort } = pages.server.address() as AddressInfo
  const { port: smtpPort } = smtp.server.address() as AddressInfo
  await writeFile(portsFile, JSON.stringify({ http: httpPort, smtp: smtpPort } satisfies Ports))
  return {
    url: `http://127.0.0.1:${httpPort}`,
    smtpUrl: `smtp://127.0.0.1:${smtpPort}`,
    async close() {
      const smtpClosed = once(smtp, 'close')
      smtp.close()
      await Promise.all([pages.close(), smtpClosed])
    }
  }
}

async function atPort<T>(wanted: number, open: (port: number) => Promise<T>): Promise<T> {
  try {
    return await open(wanted)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (wanted === 0 || (code !== 'EADDRINUSE' && code !== 'EACCES')) throw error
    return open(0)
  }
}

async function readPorts(file: string): Promise<Ports> {
  const { http = 0, smtp = 0 }: Partial<Ports> = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'))
  return { http, smtp }
}
