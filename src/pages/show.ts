import type { FastifyReply } from 'fastify'

export function show(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').send(page)
}

/** After a form: the page is fetched anew, so that reloading it does not send the form again. */
export function seeOther(reply: FastifyReply, path: string): FastifyReply {
  return reply.code(303).header('location', path).send()
}
