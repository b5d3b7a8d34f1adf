// The demo from its first second to its last: everything on this machine, for as long as nobody presses Ctrl-C.

import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { openLog } from '../../src/log.ts'
import { startService } from '../../src/service.ts'
import { derivedKey, keyOf } from '../../src/storage/sealing.ts'
import { resetFolder, startEmbeddedPostgres } from '../embedded-postgres.ts'
import { withFileLock } from '../file-lock.mjs'
import { openMailbox } from '../mailbox/mailbox.ts'
import { prepareDatabase } from './demo-database.ts'
import { openDemoMemory } from './demo-memory.ts'
import { reserveDoor } from './reserve-door.ts'
import { describeDemo, jsonOf, lineOfMail, tableOf } from './say-ready.ts'
import { staffTokensOf } from './staff-tokens.ts'
import { untilStopped } from './until-stopped.ts'

export interface DemoOptions {
  /** Holds all that is kept between two starts. */
  readonly folder: string
  /** Undefined where nobody chose one. */
  readonly port: number | undefined
  readonly mailboxPort: number | undefined
  readonly reset: boolean
  readonly json: boolean
}

const DEFAULT_PORT = 3000
const HOST = '127.0.0.1'
/** Whoever tries webhooks out receives them here. */
const THIS_MACHINE = ['127.0.0.0/8', '::1/128']
/** As long as a demo that was just stopped may take to be gone. */
const WAIT_SECONDS = 8
/** One person tries everything out, and scripts do it in a loop. */
const WIDE_LIMITS = {
  public: { max: 100_000, windowSeconds: 60 },
  failedCredentials: { max: 100_000, windowSeconds: 60 },
  calls: { max: 1_000_000, windowSeconds: 60 },
  eventLoopDelayMs: 0
}

/** Runs until it is told to stop. Sets the exit code, and says on stderr what went wrong. */
export async function runDemo(options: DemoOptions): Promise<void> {
  const { folder, json } = options
  // stdout belongs to the one line that was asked for.
  const say = (text: string) => void (json ? process.stderr : process.stdout).write(`${text}\n`)
  const lock = {
    waitSeconds: WAIT_SECONDS,
    onWait: (pid: number) => say(`Process ${pid} runs the demo in ${folder}; waiting for it to end.`)
  }
  const run = () => untilStopped((closers, signal) => start(options, say, closers, signal))
  try {
    await withFileLock(`${folder}.lock`, run, lock)
  } catch (error) {
    process.exitCode = 1
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
  }
}

async function start(
  { folder, port, mailboxPort, reset, json }: DemoOptions,
  say: (text: string) => void,
  closers: AsyncDisposableStack,
  signal: AbortSignal
): Promise<void> {
  if (reset) await resetFolder(folder)
  await mkdir(folder, { recursive: true })
  const memory = await openDemoMemory(folder)
  const wanted = port ?? DEFAULT_PORT
  const door = await reserveDoor(wanted, memory.port)
  closers.defer(() => door.open())
  if (wanted !== 0 && door.port !== wanted) say(`Port ${wanted} is taken: the API is at ${door.port}.`)
  await memory.keep({ port: door.port })
  const publicUrl = `http://${HOST}:${door.port}`

  const cluster = await startEmbeddedPostgres({ folder, durable: true })
  closers.defer(() => cluster.stop())
  if (cluster.moved) say(cluster.moved)
  signal.throwIfAborted()

  let isReady = false
  const mailbox = await openMailbox({
    folder: join(folder, 'mailbox'),
    port: mailboxPort,
    // What was sent in the past weeks is in the mailbox; the terminal tells what comes now.
    onMail: (mail, links) => isReady && say(lineOfMail(mail, links, publicUrl))
  })
  closers.defer(() => mailbox.close())
  if (mailboxPort && !mailbox.url.endsWith(`:${mailboxPort}`))
    say(`Port ${mailboxPort} is taken: the mailbox is at ${mailbox.url}.`)

  const roots = { current: keyOf(memory.rootKey), retired: [] }
  const mail = { smtpUrl: mailbox.smtpUrl, mailFrom: 'habeas@demo.example' }
  const dataFolder = join(folder, 'objects')
  const forDatabase = { clusterUrl: cluster.url, roots, publicUrl, dataFolder, signingKey: memory.signingKey, ...mail }
  const logins = await prepareDatabase(forDatabase, memory, say, signal)
  signal.throwIfAborted()

  const logFile = join(folder, 'service.log')
  const log = openLog('info', createWriteStream(logFile, { flags: 'a', mode: 0o600 }))
  const staffTokens = staffTokensOf(derivedKey(roots.current, 'demo staff tokens'))
  await door.open()
  const service = await startService(
    {
      database: { ownerUrl: null, logins, poolSize: 10 },
      ...mail,
      publicUrl,
      roots,
      signingKey: memory.signingKey,
      staffTokens: staffTokens.settings,
      host: HOST,
      port: door.port,
      dataFolder,
      webhooks: { allowNetworks: THIS_MACHINE },
      trustProxyHops: 0,
      metricsToken: null,
      limits: WIDE_LIMITS,
      lingerMs: 0
    },
    log
  )
  closers.defer(() => service.close())

  const demo = await describeDemo({
    publicUrl,
    mailboxUrl: mailbox.url,
    apiKeys: memory.apiKeys,
    sign: staffTokens.sign
  })
  process.stdout.write(json ? jsonOf(demo) : tableOf(demo, { folder, logFile }))
  isReady = true
}
