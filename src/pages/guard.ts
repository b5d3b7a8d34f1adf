// What every page carries and every form is asked before it is read.

import type { FastifyInstance, FastifyRequest } from 'fastify'

/** Nothing is loaded but our stylesheet, forms go to us alone, and nobody frames us. */
const POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

/** A page whose form was filled in on another site. */
class CameFromElsewhere extends Error {
  override readonly name = 'CameFromElsewhere'
  readonly statusCode = 403
}

export function guardPages(app: FastifyInstance, publicUrl: string): void {
  const strictTransport = publicUrl.startsWith('https:')
    ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }
    : {}
  const headers = {
    'content-security-policy': POLICY,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cache-control': 'no-store',
    ...strictTransport
  }
  const { origin } = new URL(publicUrl)

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(headers)
    if (request.method === 'POST' && !isFromHere(request, origin))
      throw new CameFromElsewhere('The form was not sent from a page of ours.')
  })
}

/**
 * Browsers say where a form was sent from; what says nothing is no browser, and carries nobody's cookies. Ours say
 * `Origin: null`, because our pages send no referrer: that alone is no reason to refuse where nothing better is said.
 */
function isFromHere({ headers }: FastifyRequest, origin: string): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined) return site === 'same-origin'
  return headers.origin === undefined || headers.origin === 'null' || headers.origin === origin
}
