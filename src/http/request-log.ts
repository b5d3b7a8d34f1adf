// One line a call: which route, whose, how it ended and how long it took. Never an address, a query, a header or a body.

import type { FastifyInstance } from 'fastify'

/** Logs every call to `app`. */
export function logCalls(app: FastifyInstance): void {
  logEnded(app, 0)
}

/** Logs only what went wrong: on the hot routes a line costs more than the answer, and the figures count the rest. */
export function logFailedCalls(app: FastifyInstance): void {
  logEnded(app, 400)
}

function logEnded(app: FastifyInstance, fromStatus: number): void {
  app.addHook('onResponse', async (request, reply) => {
    if (reply.statusCode < fromStatus) return
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
        tenantId: request.caller?.tenantId
      },
      'call'
    )
  })
}
