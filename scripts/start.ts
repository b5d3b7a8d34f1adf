// `npm start`: production where a database is given, else the demo.

import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { namesDatabase } from './deployment.mjs'
import { watchParent } from './watch-parent.ts'

const USAGE = `npm start                the demo, with everything it needs
npm start -- --reset     the demo, begun anew
npm start -- --json      one line of JSON on stdout when it is ready: npm start --silent -- --json

PORT                 of the demo's API (3000); 0 takes any free one
MAILBOX_PORT         of the demo's mailbox page
HABEAS_DEMO_FOLDER   where the demo keeps its data (.habeas/demo)

With DATABASE_URL set, or the two logins, it is production: see .env.example.
`
const DEFAULT_FOLDER = fileURLToPath(new URL('../.habeas/demo', import.meta.url))

const { reset, json, help } = readOptions()
if (help) process.stdout.write(USAGE)
else if (namesDatabase(process.env)) await startProduction()
else await startDemo()

function readOptions() {
  const flag = { type: 'boolean', default: false } as const
  try {
    return parseArgs({ options: { reset: flag, json: flag, help: { ...flag, short: 'h' } } }).values
  } catch (error) {
    refuse(`${error instanceof Error ? error.message : error}\n\n${USAGE}`)
  }
}

async function startProduction(): Promise<void> {
  if (reset || json) refuse('DATABASE_URL is set, so this is production: --reset and --json are for the demo.\n')
  watchParent(() => process.kill(process.pid, 'SIGTERM'))
  await import('../src/main.ts')
}

async function startDemo(): Promise<void> {
  // Loaded here, so that production needs none of the tools that the demo is made of.
  const { runDemo } = await import('./demo/run-demo.ts')
  const { HABEAS_DEMO_FOLDER: folder, PORT: port, MAILBOX_PORT: mailboxPort } = process.env
  await runDemo({
    folder: folder?.trim() || DEFAULT_FOLDER,
    port: readPort('PORT', port),
    mailboxPort: readPort('MAILBOX_PORT', mailboxPort),
    reset,
    json
  })
}

function readPort(name: string, text: string | undefined): number | undefined {
  if (!text?.trim()) return undefined
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  refuse(`${name} is no port: ${text}\n`)
}

function refuse(why: string): never {
  process.stderr.write(why)
  process.exit(2)
}
