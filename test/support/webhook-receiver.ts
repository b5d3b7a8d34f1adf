// A program of the tenant's that receives webhooks, on this machine, and behaves as the test tells it to.

import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { Webhook } from 'standardwebhooks'
import type { Certificate } from './certificate.ts'

interface Test {
  teardown(undo: () => Promise<void>): unknown
}

export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What it does with a message: answers with a status, or whatever else a server can do. */
export type Behaviour = number | ((response: ServerResponse) => void)

export interface Receiver {
  readonly url: string
  readonly port: number
  /** Everything that came, in the order in which it came. */
  readonly received: Received[]
  /** From now on. At first it takes everything with 204. */
  behave(how: (received: Received) => Behaviour): void
  /** When so many have come in all. */
  waitFor(count: number): Promise<Received[]>
  goDown(): Promise<void>
  comeBack(): Promise<void>
}

export interface ReceiverOptions {
  /** Speaks TLS with it. */
  readonly certificate?: Certificate
  /** As callers write it; left out, 127.0.0.1. */
  readonly name?: string
  readonly address?: string
}

export async function openReceiver(test: Test, options: ReceiverOptions = {}): Promise<Receiver> {
  const { certificate, address = '127.0.0.1', name = address } = options
  const received: Received[] = []
  const waiting = new Set<() => void>()
  let behaviour: (received: Received) => Behaviour = () => 204

  const take: RequestListener = async (request, response) => {
    const one = await read(request)
    received.push(one)
    for (const look of waiting) look()
    const how = behaviour(one)
    if (typeof how === 'number') response.writeHead(how).end()
    else how(response)
  }
  const server = certificate === undefined ? createServer(take) : createTlsServer(certificate, take)
  const port = await listen(server, address, 0)
  test.teardown(() => close(server))

  return {
    url: `${certificate === undefined ? 'http' : 'https'}://${name}:${port}/hook`,
    port,
    received,
    behave: how => {
      behaviour = how
    },
    waitFor: async count => {
      const { promise, resolve } = Promise.withResolvers<void>()
      const look = () => received.length >= count && resolve()
      waiting.add(look)
      look()
      await promise.finally(() => waiting.delete(look))
      return received
    },
    goDown: () => close(server),
    comeBack: async () => {
      await listen(server, address, port)
    }
  }
}

/** A refusal in the words of HTTP: the status and its headers. */
export const answer =
  (status: number, headers: Record<string, string> = {}, body = '') =>
  (response: ServerResponse): void => {
    response.writeHead(status, headers).end(body)
  }

/** Whether the library that receivers use takes it as signed with this secret, at its own time. */
export function isSignedWith(secret: string, { headers, body }: Received): boolean {
  const at = new Date(Number(headers['webhook-timestamp']) * 1_000)
  const mine = new Webhook(secret).sign(headers['webhook-id']!, at, body)
  return headers['webhook-signature']!.split(' ').includes(mine)
}

async function read(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return {
    method: request.method!,
    path: request.url!,
    headers: request.headers as Record<string, string>,
    body: Buffer.concat(chunks).toString()
  }
}

async function listen(server: Server, host: string, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return (server.address() as AddressInfo).port
}

async function close(server: Server & { closeAllConnections?: () => void }): Promise<void> {
  if (!server.listening) return
  await new Promise<void>(resolve => {
    server.close(() => resolve())
    server.closeAllConnections?.()
  })
}
