// The letters of the mailbox, as files: `<id>.json` is what the page shows, `<id>.eml` what came over the wire.

import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ParsedMail, simpleParser } from 'mailparser'
import { uuidv7 } from 'uuidv7'

const KEPT = 500

/** A letter as `GET /api/messages` shows it. */
export interface Mail {
  readonly id: string
  /** Who it was delivered to, whatever its own To says; several are parted by a comma. */
  readonly to: string
  /** The address in From. */
  readonly from: string
  readonly subject: string
  readonly text: string
  readonly html: string | null
  /** By lower-case name; a list where a header stands more than once. */
  readonly headers: Readonly<Record<string, string | string[]>>
  readonly receivedAt: string
}

export interface MailStore {
  /** Newest first. */
  all(): readonly Mail[]
  find(id: string): Mail | undefined
  /** The letter as it came over the wire. */
  source(mail: Mail): Promise<Buffer>
  /** Keeps a letter, and forgets the oldest beyond the last 500. */
  add(raw: Buffer, recipients: readonly string[]): Promise<Mail>
}

/** Opens the folder with the letters of earlier starts in it. */
export async function openMailStore(folder: string): Promise<MailStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const mails = await readMails(folder)
  return {
    all: () => mails,
    find: id => mails.find(mail => mail.id === id),
    source: mail => readFile(join(folder, `${mail.id}.eml`)),
    async add(raw, recipients) {
      const mail = describe(await simpleParser(raw), recipients)
      await write(join(folder, `${mail.id}.eml`), raw)
      await write(join(folder, `${mail.id}.json`), JSON.stringify(mail))
      mails.unshift(mail)
      // Ids grow with time; letters that come at once may finish in another order.
      mails.sort((one, other) => (one.id < other.id ? 1 : -1))
      await forget(folder, mails.splice(KEPT))
      return mail
    }
  }
}

async function readMails(folder: string): Promise<Mail[]> {
  const names = (await readdir(folder))
    .filter(name => name.endsWith('.json'))
    .sort()
    .reverse()
  return Promise.all(names.map(async name => JSON.parse(await readFile(join(folder, name), 'utf8'))))
}

function describe(parsed: ParsedMail, recipients: readonly string[]): Mail {
  return {
    id: uuidv7(),
    to: recipients.join(', '),
    from: parsed.from?.value[0]?.address ?? '',
    subject: parsed.subject ?? '',
    text: parsed.text ?? '',
    html: parsed.html || null,
    headers: headersOf(parsed),
    receivedAt: new Date().toISOString()
  }
}

function headersOf(parsed: ParsedMail): Mail['headers'] {
  const values = Object.groupBy(parsed.headerLines, ({ key }) => key)
  return Object.fromEntries(
    Object.entries(values).map(([key, lines = []]) => {
      const all = lines.map(({ line }) =>
        line
          .slice(line.indexOf(':') + 1)
          .replace(/\r?\n\s+/g, ' ')
          .trim()
      )
      return [key, all.length === 1 ? (all[0] ?? '') : all]
    })
  )
}

/** Under its name only when it is whole: a crash leaves no half letter for the next start to trip over. */
async function write(path: string, content: Buffer | string): Promise<void> {
  await writeFile(`${path}.new`, content, { mode: 0o600 })
  await rename(`${path}.new`, path)
}

async function forget(folder: string, mails: readonly Mail[]): Promise<void> {
  const files = mails.flatMap(({ id }) => [`${id}.json`, `${id}.eml`])
  await Promise.all(files.map(file => rm(join(folder, file), { force: true })))
}
