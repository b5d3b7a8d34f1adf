// Hands one message to an address that a tenant named, and says what became of it. Whoever answers is a stranger: their time, their
// words and their directions are bounded.

import http, { type ClientRequest, type IncomingMessage } from 'node:http'
import https from 'node:https'
import { isIP, type LookupFunction, type Socket } from 'node:net'
import { Webhook } from 'standardwebhooks'
import packageJson from '../../package.json' with { type: 'json' }
import type { Attempted, Failure } from '../domain/webhooks.ts'
import type { AddressGuard } from './address-guard.ts'
import type { ResolveName } from './name-resolver.ts'

export interface WebhookMessage {
  readonly url: string
  /** The same however often the message is sent. */
  readonly id: string
  /** JSON. */
  readonly body: string
  /** Each signs; the current one first. */
  readonly secrets: readonly string[]
  /** The time of this attempt, which is signed too: an old message cannot be passed off as a new one. */
  readonly at: Date
}

export interface WebhookSender {
  readonly send: (message: WebhookMessage) => Promise<Attempted>
  /** Attempts of this process by what became of them: `delivered`, or the class of the failure. */
  readonly countAttempts: () => Readonly<Record<string, number>>
}

export interface SenderSettings {
  readonly guard: AddressGuard
  readonly resolveName: ResolveName
  /** Certificates that are believed, as PEM; left out, those of the machine. */
  readonly ca?: string
  /** For everything from the name to the last byte that is read. */
  readonly deadlineMs?: number
}

/** As Standard Webhooks recommends: 15 to 30 seconds. */
const DEADLINE_MS = 15_000
/** Of an answer that nobody looks at: so much is taken, so that an honest receiver can end it. */
const ANSWER_BYTES = 16 * 1024
const USER_AGENT = `Habeas-Webhooks/${packageJson.version}`

/** Raised before a connection is made, or as soon as it stands and before a byte is written to it. */
class AddressRefused extends Error {
  override readonly name = 'AddressRefused'
}

export function openWebhookSender(settings: SenderSettings): WebhookSender {
  const counts: Record<string, number> = {}
  return {
    send: async message => {
      const attempted = await attempt(message, settings)
      const result = attempted.failure ?? 'delivered'
      counts[result] = (counts[result] ?? 0) + 1
      return attempted
    },
    countAttempts: () => counts
  }
}

async function attempt(message: WebhookMessage, settings: SenderSettings): Promise<Attempted> {
  const { guard, resolveName, ca, deadlineMs = DEADLINE_MS } = settings
  const url = URL.parse(message.url)
  if (url === null || guard.faultOf(message.url) !== null) return failed('address_refused')
  const deadline = AbortSignal.timeout(deadlineMs)
  const name = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const addresses = isIP(name) === 0 ? await resolveName(name, deadline) : [name]
  if (addresses.length === 0) return failed(deadline.aborted ? 'timed_out' : 'not_resolved')
  // One address that must not be reached spoils all: whoever gives both wants to see which one is taken.
  if (!addresses.every(address => guard.permits(url, address))) return failed('address_refused')
  return await post(url, message, deadline, {
    lookup: always(addresses),
    refuse: address => address === undefined || !guard.permits(url, address),
    ca
  })
}

interface Connecting {
  /** What was looked at is what is connected to; a name is not asked for a second time. */
  readonly lookup: LookupFunction
  readonly refuse: (address: string | undefined) => boolean
  readonly ca: string | undefined
}

function post(
  url: URL,
  message: WebhookMessage,
  deadline: AbortSignal,
  { lookup, refuse, ca }: Connecting
): Promise<Attempted> {
  return new Promise(resolve => {
    const begin = url.protocol === 'https:' ? https.request : http.request
    const request = begin(url, {
      method: 'POST',
      headers: headersOf(message),
      // Each message has a connection of its own, and each connection is looked at.
      agent: false,
      lookup,
      signal: deadline,
      rejectUnauthorized: true,
      ...(ca === undefined ? {} : { ca })
    })
    let attempted: Attempted | undefined
    lookAtConnection(request, refuse)
    request.on('response', answer => {
      attempted = readAnswer(answer)
      drain(answer)
    })
    request.on('error', error => {
      attempted ??= failed(deadline.aborted ? 'timed_out' : failureOf(error))
    })
    // It comes in any case, also after what is neither an answer nor an error, such as a change of protocol.
    request.on('close', () => resolve(attempted ?? failed('not_connected')))
    request.end(message.body)
  })
}

function headersOf({ id, at, body, secrets }: WebhookMessage): Record<string, string | number> {
  return {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'accept-encoding': 'identity',
    'user-agent': USER_AGENT,
    'webhook-id': id,
    'webhook-timestamp': Math.floor(at.getTime() / 1_000),
    'webhook-signature': secrets.map(secret => new Webhook(secret).sign(id, at, body)).join(' ')
  }
}

/** The last look, at the address that answered: nothing was written to it yet. */
function lookAtConnection(request: ClientRequest, refuse: Connecting['refuse']): void {
  request.on('socket', (socket: Socket) => {
    socket.once('connect', () => {
      if (refuse(socket.remoteAddress)) socket.destroy(new AddressRefused())
    })
  })
}

/** The status says all. A redirect is not followed: it would lead where nobody looked. */
function readAnswer({ statusCode: status = 0, headers }: IncomingMessage): Attempted {
  const failure = status >= 200 && status < 300 ? null : status >= 300 && status < 400 ? 'redirected' : 'not_taken'
  const asksToWait = status === 429 || status === 503
  return { failure, status, retryAfterSeconds: asksToWait ? secondsOf(headers['retry-after']) : null }
}

/** Reads the answer to its end, or as far as anybody listens. */
function drain(answer: IncomingMessage): void {
  let bytes = 0
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > ANSWER_BYTES) answer.destroy()
  })
  // What was answered was answered, however the connection ends.
  answer.on('error', () => {})
}

/** RFC 9110 section 10.2.3; the form with a date is not waited for, since the clock of a stranger may show anything. */
function secondsOf(retryAfter: string | undefined): number | null {
  return retryAfter !== undefined && /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) : null
}

function failureOf(error: Error & { code?: string }): Failure {
  if (error instanceof AddressRefused) return 'address_refused'
  const { code = '' } = error
  return /CERT|SIGNATURE|ISSUER|ERR_TLS|ERR_SSL|EPROTO/.test(code) ? 'tls_failed' : 'not_connected'
}

const failed = (failure: Failure): Attempted => ({ failure, status: null, retryAfterSeconds: null })

const always =
  (addresses: readonly string[]): LookupFunction =>
  (_name, { all }, tell) => {
    const found = addresses.map(address => ({ address, family: isIP(address) }))
    if (all) tell(null, found)
    else tell(null, found[0]!.address, found[0]!.family)
  }
