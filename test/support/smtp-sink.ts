// A real mail server for tests: it takes every letter and keeps it, and fails on request the way real ones do.

import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { type Captured, Letterbox } from './letterbox.ts'

export type { Captured }

/** The point of the conversation that is reached. `to` is the recipient just named, or at `data` all of them. */
export interface Stage {
  readonly at: 'connect' | 'mail' | 'rcpt' | 'data'
  readonly from: string
  readonly to: readonly string[]
  /** The letter, at `data` only: the server holds it whole and has not answered yet. */
  readonly mail?: Captured
}

/** A reply code such as 450 or 550, or `drop`: the line goes dead without a word. */
export type Fault = number | 'drop'

/** Decides at each stage whether something goes wrong. One that waits makes a slow server. */
export type Script = (stage: Stage) => Fault | undefined | Promise<Fault | undefined>

export interface SmtpSink {
  /** For `SMTP_URL`; the same before and after `goDown`. */
  readonly url: string
  /** Acknowledged letters, oldest first. */
  readonly messages: Captured[]
  /** Letters that were received whole and then refused or left without an answer. */
  readonly unacknowledged: Captured[]
  /** Faults from now on; without an argument the server is well again. */
  script(script?: Script): void
  /** Waits for an acknowledged letter like this, or finds one that came before. */
  waitFor(predicate: (mail: Captured) => boolean): Promise<Captured>
  /** Waits for a letter like this that was taken and not acknowledged. */
  waitForUnacknowledged(predicate: (mail: Captured) => boolean): Promise<Captured>
  /** Refuses connections, as a host does that is switched off. */
  goDown(): Promise<void>
  /** Listens again at the same port. */
  comeBack(): Promise<void>
  close(): Promise<void>
}

/** Opens a mail server on a free loopback port, closed in the teardown of `test`. */
export async function openSmtpSink(test?: { teardown(undo: () => Promise<void>): unknown }): Promise<SmtpSink> {
  const messages = new Letterbox()
  const unacknowledged = new Letterbox()
  let script: Script = () => undefined
  const ask = (stage: Stage) => Promise.resolve(script(stage))
  const listen = (port: number) => startServer(port, ask, messages, unacknowledged)
  let server: SMTPServer | undefined = await listen(0)
  const { port } = server.server.address() as AddressInfo

  const goDown = async () => {
    const stopping = server
    server = undefined
    if (stopping !== undefined) await stopServer(stopping)
  }
  const close = async () => {
    messages.giveUp('The mail server was closed.')
    unacknowledged.giveUp('The mail server was closed.')
    await goDown()
  }
  test?.teardown(close)
  return {
    url: `smtp://127.0.0.1:${port}`,
    messages: messages.mails,
    unacknowledged: unacknowledged.mails,
    script: next => {
      script = next ?? (() => undefined)
    },
    waitFor: predicate => messages.waitFor(predicate),
    waitForUnacknowledged: predicate => unacknowledged.waitFor(predicate),
    goDown,
    comeBack: async () => {
      server ??= await listen(port)
    },
    close
  }
}

async function startServer(
  port: number,
  ask: (stage: Stage) => Promise<Fault | undefined>,
  messages: Letterbox,
  unacknowledged: Letterbox
): Promise<SMTPServer> {
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onAuth: (auth, _session, answer) => answer(null, { user: auth.username ?? '' }),
    onConnect: (session, answer) => decide({ at: 'connect', from: '', to: [] }, session, answer),
    onMailFrom: ({ address }, session, answer) => decide({ at: 'mail', from: address, to: [] }, session, answer),
    onRcptTo: ({ address }, session, answer) => {
      decide({ at: 'rcpt', from: senderOf(session), to: [address] }, session, answer)
    },
    onData: (stream, session, answer) => {
      receive(stream, session, answer).catch(answer)
    }
  })

  const decide = (stage: Stage, session: SMTPServerSession, answer: (error?: Error | null) => void) => {
    ask(stage).then(fault => carryOut(server, fault, session, answer), answer)
  }

  const receive = async (
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    answer: (error?: Error | null) => void
  ) => {
    const raw = Buffer.concat(await Array.fromAsync(stream as AsyncIterable<Buffer>))
    const to = session.envelope.rcptTo.map(({ address }) => address)
    const mail = { from: senderOf(session), to, raw, parsed: await simpleParser(raw) }
    const fault = await ask({ at: 'data', from: mail.from, to, mail })
    const letterbox = fault === undefined ? messages : unacknowledged
    letterbox.add(mail)
    carryOut(server, fault, session, answer)
  }

  // A client that hangs up in the middle is what these tests are about, not a failure of the server.
  server.on('error', () => {})
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  return server
}

function carryOut(
  server: SMTPServer,
  fault: Fault | undefined,
  session: SMTPServerSession,
  answer: (error?: Error | null) => void
): void {
  if (fault === 'drop') hangUp(server, session.id)
  else if (fault === undefined) answer(null)
  else answer(Object.assign(new Error('Refused as the test asked'), { responseCode: fault }))
}

function hangUp(server: SMTPServer, sessionId: string): void {
  for (const connection of server.connections) if (connection.id === sessionId) connection._socket.destroy()
}

function senderOf(session: SMTPServerSession): string {
  return session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address
}

async function stopServer(server: SMTPServer): Promise<void> {
  const closed = new Promise<void>(done => server.close(() => done()))
  for (const connection of server.connections) connection._socket.destroy()
  await closed
}
