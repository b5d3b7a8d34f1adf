// The cookie by which the browser that sent a request is known again. It says nothing about anybody.

import { randomBytes } from 'node:crypto'
import type {} from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'

const SECRET_BYTES = 32
const SECRET = /^[A-Za-z0-9_-]{43}$/
/** Longer than any window in which a request waits to be confirmed. */
const KEPT_SECONDS = 90 * 86_400

/** @param publicUrl  where browsers reach us: over https the cookie is bound to this host; on loopback it cannot be */
export function browserCookies(publicUrl: string) {
  const isSecure = publicUrl.startsWith('https:')
  const name = isSecure ? '__Host-habeas' : 'habeas'
  return {
    /** The secret that this browser was given before, if it was given one. */
    read(request: FastifyRequest): string | null {
      const value = request.cookies[name]
      return value !== undefined && SECRET.test(value) ? value : null
    },

    /** Gives the browser its secret, or keeps the one it has. */
    give(request: FastifyRequest, reply: FastifyReply): string {
      const secret = this.read(request) ?? randomBytes(SECRET_BYTES).toString('base64url')
      const options = { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure, maxAge: KEPT_SECONDS } as const
      reply.setCookie(name, secret, options)
      return secret
    }
  }
}

export type BrowserCookies = ReturnType<typeof browserCookies>
