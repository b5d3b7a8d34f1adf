// A link from a mail is a key. A browser that follows one is led to an address that opens nothing by itself and gets the key as
// a cookie, so that it stays out of the address bar, the history, bookmarks and screenshots. Nothing is changed here by that.

import { hash } from 'node:crypto'
import type {} from '@fastify/cookie'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { seeOther } from './show.ts'

const SECRET = /^[A-Za-z0-9_-]{43}$/
const HANDLE = /^[A-Za-z0-9_-]{16}$/
/** As long as somebody leaves a page open; the link in the mail opens it again. */
const KEPT_SECONDS = 86_400

interface OfLink {
  readonly Params: { tenant: string; token: string }
}

/** The address of a page whose link this browser does not have. */
export class LinkKeptElsewhere extends Error {
  override readonly name = 'LinkKeptElsewhere'
}

/** @param publicUrl  where browsers reach us: over https the cookie is bound to this host; on loopback it cannot be */
export function linkCookies(publicUrl: string) {
  const isSecure = publicUrl.startsWith('https:')
  const nameOf = (handle: string) => `${isSecure ? '__Host-' : ''}link-${handle}`
  return {
    /**
     * Leads a browser that followed a link to the address without it. What does not say that it is a browser may keep no cookies.
     * @returns whether it was led there
     */
    leadAway({ params, headers, url }: FastifyRequest<OfLink>, reply: FastifyReply): boolean {
      const { token } = params
      const isBrowser = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
      if (!isBrowser || !SECRET.test(token)) return false
      const handle = handleOf(token)
      // Lax: the mail stands on another site, and the link in it is followed from there.
      const options = { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure, maxAge: KEPT_SECONDS } as const
      reply.setCookie(nameOf(handle), token, options)
      seeOther(reply, url.replace(token, handle))
      return true
    },

    /**
     * The secret of the link: in the address, or kept by this browser.
     * @throws {LinkKeptElsewhere}
     */
    secretOf({ params: { token }, cookies }: FastifyRequest<OfLink>): string {
      if (!HANDLE.test(token)) return token
      const kept = cookies[nameOf(token)] ?? ''
      if (!SECRET.test(kept) || handleOf(kept) !== token) throw new LinkKeptElsewhere('This browser has no such link.')
      return kept
    }
  }
}

/** Names a link without giving it away, so that two of them in one browser are not mixed up. */
function handleOf(secret: string): string {
  return hash('sha256', `address of ${secret}`, 'base64url').slice(0, 16)
}
