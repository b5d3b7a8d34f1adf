// The SMTP side of the mailbox.

import { once } from 'node:events'
import { SMTPServer } from 'smtp-server'

const LARGEST_BYTES = 25 * 1024 * 1024

/** Listens on the loopback interface. A letter is acknowledged once `receive` has it. */
export async function openMailServer(
  port: number,
  receive: (raw: Buffer, recipients: readonly string[]) => Promise<void>
): Promise<SMTPServer> {
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    onAuth: (auth, _session, answer) => answer(null, { user: auth.username ?? 'anybody' }),
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size: LARGEST_BYTES,
    closeTimeout: 500,
    logger: false,
    async onData(stream, session, answer) {
      try {
        const raw = Buffer.concat(await Array.fromAsync(stream as AsyncIterable<Buffer>))
        if (stream.sizeExceeded) return answer(refusal(552, 'The letter is larger than this mailbox takes.'))
        const recipients = session.envelope.rcptTo.map(({ address }) => address)
        await receive(raw, recipients)
        answer(null)
      } catch {
        answer(refusal(451, 'The mailbox could not keep the letter.'))
      }
    }
  })
  // A sender that hangs up in the middle has its own log; a failure to listen is thrown below.
  server.on('error', () => {})
  server.listen(port, '127.0.0.1')
  await once(server.server, 'listening')
  return server
}

function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode })
}
