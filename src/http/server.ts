// The bare HTTP server: what it takes from the wire, and how it answers what is no call at all.

import { randomUUID } from 'node:crypto'
import type { Socket } from 'node:net'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { HabeasError } from '../domain/errors.ts'
import { DoorRefusal } from './door-refusal.ts'
import { PROBLEMS, problemType } from './problem-codes.ts'
import { answerWithProblems, sendProblem } from './problems.ts'
import { limitBodies } from './slow-bodies.ts'
import { strictValidators } from './validation.ts'

export interface ServerSettings {
  readonly publicUrl: string
  /** Proxies in front of this process whose `X-Forwarded-For` is believed; 0 believes none. */
  readonly trustProxyHops: number
  readonly log: FastifyBaseLogger | null
  readonly isDraining: () => boolean
  /** Milliseconds in which a body has to be here; left out, five minutes. An upload has a time of its own. */
  readonly bodyMs?: number | undefined
}

const BODY_BYTES = 1_048_576
const HEADERS_TIMEOUT_MS = 10_000
const BODY_MS = 300_000
const KEEP_ALIVE_MS = 72_000
/** A file name is the longest part of a path. */
const PATH_PART_LENGTH = 400

export function openServer({
  publicUrl,
  trustProxyHops,
  log,
  isDraining,
  bodyMs = BODY_MS
}: ServerSettings): FastifyInstance {
  const app: FastifyInstance = Fastify({
    ...(log === null ? { logger: false } : { loggerInstance: log }),
    // Fastify's own lines carry addresses and whole errors; request-log.ts writes ours.
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: BODY_BYTES,
    keepAliveTimeout: KEEP_ALIVE_MS,
    http: { headersTimeout: HEADERS_TIMEOUT_MS },
    onProtoPoisoning: 'error',
    onConstructorPoisoning: 'error',
    trustProxy: (_address: string, hop: number) => hop < trustProxyHops,
    // What a client calls its request is not what it is called here: it could be anything, and it is logged.
    requestIdHeader: false,
    genReqId: () => randomUUID(),
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: PATH_PART_LENGTH },
    schemaController: { compilersFactory: { buildValidator: strictValidators() } },
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply, publicUrl),
    clientErrorHandler: (error, socket) => refuseUnreadable(error, socket, publicUrl)
  })
  limitBodies(app.server, bodyMs)
  answerWithProblems(app, publicUrl)
  // Text is not taken for JSON that happens to be a string.
  app.removeContentTypeParser('text/plain')

  app.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store').header('request-id', request.id)
    if (isDraining()) reply.header('connection', 'close')
  })
  refuseUnknownPaths(app)
  return app
}

/** 404 where nothing is, 405 with `Allow` where something is for another method. */
function refuseUnknownPaths(app: FastifyInstance): void {
  const methodsByPattern = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    const methods = methodsByPattern.get(url) ?? new Set()
    for (const name of [method].flat()) methods.add(name)
    methodsByPattern.set(url, methods)
  })
  app.setNotFoundHandler(async (request, reply) => {
    const [path = ''] = request.url.split('?', 1)
    const allowed = [...methodsByPattern]
      .filter(([pattern]) => matches(pattern, path))
      .flatMap(([, methods]) => [...methods])
    if (allowed.length === 0 || allowed.includes(request.method))
      throw new HabeasError('not_found', 'There is nothing at this address.')
    reply.header('allow', [...new Set(allowed)].sort().join(', '))
    throw new DoorRefusal('method_not_allowed', 'There is something at this address, but not for this method.')
  })
}

function matches(pattern: string, path: string): boolean {
  const expected = pattern.split('/')
  const given = path.split('/')
  const open = expected.indexOf('*')
  if (open === -1 && expected.length !== given.length) return false
  return (open === -1 ? expected : expected.slice(0, open)).every(
    (part, i) => part === given[i] || (part.startsWith(':') && given[i] !== '')
  )
}

/** What is not HTTP never becomes a request: it is answered on the socket. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket, publicUrl: string): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy()
    return
  }
  const { line, detail } = UNREADABLE[error.code ?? ''] ?? {
    line: '400 Bad Request',
    detail: 'This is not an HTTP request that can be read.'
  }
  const problem = JSON.stringify({
    type: problemType(publicUrl, 'malformed'),
    title: PROBLEMS.malformed.title,
    status: Number(line.slice(0, 3)),
    detail,
    code: 'malformed'
  })
  const headers = `content-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(problem)}\r\nconnection: close`
  socket.end(`HTTP/1.1 ${line}\r\n${headers}\r\n\r\n${problem}`)
}

const UNREADABLE: Readonly<Record<string, { readonly line: string; readonly detail: string }>> = {
  ERR_HTTP_REQUEST_TIMEOUT: { line: '408 Request Timeout', detail: 'The request did not arrive whole in time.' },
  HPE_HEADER_OVERFLOW: {
    line: '431 Request Header Fields Too Large',
    detail: 'The headers are larger than is taken here.'
  }
}
