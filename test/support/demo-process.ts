// The demo as a process of its own, and somebody who calls its API, reads its mailbox and fills in its pages.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Demo } from '../../scripts/demo/say-ready.ts'
import type { Mail } from '../../scripts/mailbox/mail-store.ts'
import { formsOf } from './visitor.ts'

const START = fileURLToPath(new URL('../../scripts/start.ts', import.meta.url))
const PATIENCE_MS = 60_000
const POLL_MS = 50

interface Test {
  teardown(undo: () => void): unknown
}

interface DemoProcess {
  readonly said: { stdout: string; stderr: string }
  readonly ended: Promise<number | null>
  /** Waits until it has said that. */
  says(stream: 'stdout' | 'stderr', text: string): Promise<void>
  /** Ctrl-C. @returns the exit code */
  interrupt(): Promise<number | null>
}

/** Starts the demo of a folder at free ports; what is still running in the teardown of `test` is stopped. */
export function startDemo(test: Test, folder: string, args: string[], env: Record<string, string> = {}): DemoProcess {
  const { DATABASE_URL: _, APP_DATABASE_URL: __, WORKER_DATABASE_URL: ___, ...inherited } = process.env
  const child = spawn(process.execPath, [START, ...args], {
    // As if npm had started it: it then stops by itself when the test that started it was killed.
    env: {
      ...inherited,
      npm_lifecycle_event: 'start',
      HABEAS_DEMO_FOLDER: folder,
      PORT: '0',
      MAILBOX_PORT: '0',
      NO_COLOR: '1',
      ...env
    },
    stdio: ['ignore', 'pipe', 'pipe']
  })
  test.teardown(() => child.kill('SIGTERM'))
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text
    })
  }
  const ended = once(child, 'close').then(([code]) => code as number | null)
  return {
    said,
    ended,
    says: async (stream, text) => {
      const came = await until(() => said[stream].includes(text) || child.exitCode !== null)
      if (!came || !said[stream].includes(text)) throw new Error(`It did not say "${text}": ${JSON.stringify(said)}`)
    },
    interrupt: () => {
      child.kill('SIGINT')
      return ended
    }
  }
}

/** Another process cannot be awaited otherwise than by looking. */
async function until(isSo: () => boolean | Promise<boolean>): Promise<boolean> {
  const deadline = performance.now() + PATIENCE_MS
  while (performance.now() < deadline) {
    if (await isSo()) return true
    await pause(POLL_MS)
  }
  return false
}

/** Calls the API of a demo. */
export function callerOf(apiUrl: string) {
  return async <T = unknown>(
    method: string,
    path: string,
    token: string,
    body?: object,
    headers: Record<string, string> = {}
  ): Promise<T> => {
    const json = body === undefined ? {} : { 'content-type': 'application/json' }
    const answer = await fetch(`${apiUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...json, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
    return JSON.parse(text)
  }
}

/** Waits for a mail to this person that has the word in it. @param after  the id of an earlier one */
export async function mailTo({ mailboxUrl }: Demo, to: string, word: string, after = ''): Promise<Mail> {
  let found: Mail | undefined
  await until(async () => {
    const { data }: { data: Mail[] } = JSON.parse(await (await fetch(`${mailboxUrl}/api/messages`)).text())
    found = data.find(mail => mail.to === to && mail.id > after && mail.text.includes(word))
    return found !== undefined
  })
  if (found === undefined) throw new Error(`No mail to ${to} with ${word} came.`)
  return found
}

export function linkIn({ text }: Mail, part: string): string {
  const link = text.match(/http:\/\/127\.0\.0\.1:\d+\/privacy\/\S+/g)?.find(url => url.includes(part))
  if (link === undefined) throw new Error(`The mail has no link to ${part}.`)
  return link
}

/** Opens a page and sends its form, as a person would. */
export async function submit(link: string, ending: string, fields: Record<string, string> = {}): Promise<Response> {
  const form = formsOf(await (await fetch(link)).text()).find(({ action }) => action.endsWith(ending))
  if (form === undefined) throw new Error(`The page has no form to ${ending}.`)
  const body = new URLSearchParams({ ...form.fields, ...fields })
  const answer = await fetch(new URL(form.action, link), {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin' },
    body
  })
  if (!answer.ok) throw new Error(`${form.action}: ${answer.status} ${await answer.text()}`)
  return answer
}
