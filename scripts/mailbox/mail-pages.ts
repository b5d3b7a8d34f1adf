// The page of the mailbox, for people, and its JSON, for scripts.

import { fileURLToPath } from 'node:url'
import { Eta } from 'eta'
import Fastify, { type FastifyInstance } from 'fastify'
import { linksIn } from './links.ts'
import type { MailStore } from './mail-store.ts'

/**
 * A site that a browser visits can point its own name at 127.0.0.1 and then read this page as its own. It cannot forge
 * the name that the browser asks for.
 */
const OUR_NAMES = ['127.0.0.1', 'localhost', '[::1]']

/** No scripts anywhere, and nothing from outside. A letter in its frame inherits this, and is sandboxed besides. */
const HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  // The links in these letters are keys: no other site learns them from a Referer.
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff'
}

/** Listens on the loopback interface. */
export async function openMailPages(port: number, store: MailStore): Promise<FastifyInstance> {
  const pages = new Eta({ views: fileURLToPath(new URL('pages', import.meta.url)), autoEscape: true, cache: true })
  const app = Fastify({ forceCloseConnections: true })

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS)
    const name = request.headers.host?.replace(/:\d+$/, '') ?? ''
    if (!OUR_NAMES.includes(name)) return reply.code(421).send({ error: `This is the mailbox at ${OUR_NAMES[0]}.` })
  })

  app.get('/', (_request, reply) => {
    return reply.type('text/html; charset=utf-8').send(pages.render('list', { mails: store.all(), linksIn }))
  })

  app.get<{ Params: { id: string } }>('/mails/:id', (request, reply) => {
    const mail = store.find(request.params.id)
    if (mail === undefined) return reply.callNotFound()
    return reply.type('text/html; charset=utf-8').send(pages.render('mail', { mail, links: linksIn(mail) }))
  })

  app.get<{ Params: { id: string } }>('/mails/:id/source', async (request, reply) => {
    const mail = store.find(request.params.id)
    if (mail === undefined) return reply.callNotFound()
    return reply.type('text/plain; charset=utf-8').send(await store.source(mail))
  })

  app.get('/api/messages', () => ({ data: store.all() }))

  await app.listen({ port, host: '127.0.0.1' })
  return app
}
