// How long a body may be on its way. Node has one limit for every request, which an upload over a slow line would not keep; so
// each has its own: a call has to be here as a whole, an upload has to go on.

import type { IncomingMessage, Server, ServerResponse } from 'node:http'

const waiting = new WeakMap<IncomingMessage, NodeJS.Timeout>()

/** Gives up every request of `server` whose body is not here in time, answered or not: nobody holds a line by trickling. */
export function limitBodies(server: Server, wholeMs: number): void {
  // Before the routes are asked, which may let a body take its time.
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    if (!hasBody(request)) return
    const timer = setTimeout(() => giveUp(server, request, response), wholeMs)
    waiting.set(request, timer)
    request.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer))
  })
}

/** Lets the body of this request take as long as it likes, while something of it comes every `idleMs`. */
export function letTakeItsTime(
  request: IncomingMessage,
  response: ServerResponse,
  server: Server,
  idleMs: number
): void {
  const timer = waiting.get(request)
  // A call that did not come over a line has none to hold.
  if (timer === undefined) return
  clearTimeout(timer)
  // Node asks the request before it closes a socket that stands still.
  request.once('timeout', () => giveUp(server, request, response))
  request.socket.setTimeout(idleMs)
  request.once('end', () => request.socket.setTimeout(0))
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

function giveUp(server: Server, { socket }: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent) {
    socket.destroy()
    return
  }
  socket.once('finish', () => socket.destroy())
  server.emit('clientError', Object.assign(new Error('The body did not come in time.'), TIMED_OUT), socket)
}

/** As Node names it, so that it is answered alike. */
const TIMED_OUT = { code: 'ERR_HTTP_REQUEST_TIMEOUT' }
