// The link that proves identity. GET and HEAD change nothing; nor does any form that comes back without what only a person types.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { hashOfBrowser } from '../actions/intake/receive-submission.ts'
import { sendFreshLink } from '../actions/verification/send-fresh-link.ts'
import { denyRequest, verifyByBrowser, verifyByCode } from '../actions/verification/verify-identity.ts'
import { SYSTEM } from '../domain/actor.ts'
import { HabeasError } from '../domain/errors.ts'
import { canMove } from '../domain/lifecycle.ts'
import type { Scope } from '../storage/database.ts'
import { isBrowserOfCase } from '../storage/inbound.ts'
import { isLive } from '../storage/tokens.ts'
import { browserCookies } from './browser-cookie.ts'
import { type CaseBehind, caseBehind } from './case-behind.ts'
import { codeOf, isWordTyped, textOf } from './forms.ts'
import { linkCookies } from './link-cookie.ts'
import { seeOther, show } from './show.ts'
import { freshPage, standingPage } from './standing-page.ts'
import { denyPage, verifyPage } from './verify-pages.ts'
import { type PageParts, visit } from './visit.ts'

interface OfLink {
  readonly Params: { tenant: string; token: string }
}

export async function verifyRoutes(app: FastifyInstance, parts: PageParts): Promise<void> {
  const browser = browserCookies(parts.db.publicUrl)
  const links = linkCookies(parts.db.publicUrl)
  const pathOf = ({ params }: FastifyRequest<OfLink>) => `/privacy/${params.tenant}/verify/${params.token}`

  app.get<OfLink>('/:tenant/verify/:token', async (request, reply) => {
    if (links.leadAway(request, reply)) return reply
    const { read } = await visit(parts, request.params.tenant)
    const behind = await read(scope => caseBehind(scope, 'verify', links.secretOf(request)))
    return showLink(request, reply, behind)
  })

  app.post<OfLink>('/:tenant/verify/:token/confirmation', async (request, reply) => {
    const { act, read } = await visit(parts, request.params.tenant)
    const token = links.secretOf(request)
    const behind = await read(scope => caseBehind(scope, 'verify', token))
    if (!isOpen(behind)) return show(reply, standingPage(behind, pathOf(request)))

    const secret = browser.read(request)
    const code = codeOf(request.body)
    const result = await act(scope => confirm(scope, behind, { token, code, secret })).catch(ignoreOvertaken)
    if (result === 'confirmed' || result === 'overtaken') return seeOther(reply, pathOf(request))
    const { say } = behind.frame
    if (result === 'missing')
      return show(reply.code(422), verifyPage(behind, pathOf(request), say('verify.error.missing')))
    if (result.triesLeft === 0) return seeOther(reply, pathOf(request))
    return show(
      reply.code(422),
      verifyPage(behind, pathOf(request), say('verify.error.wrong', { tries: result.triesLeft }))
    )
  })

  app.post<OfLink>('/:tenant/verify/:token/denial', async (request, reply) => {
    const { act, read } = await visit(parts, request.params.tenant)
    const token = links.secretOf(request)
    const behind = await read(scope => caseBehind(scope, 'verify', token))
    if (!behind.requests.some(row => canMove(row.state, 'cancel', 'subject'))) return showLink(request, reply, behind)
    if (!isWordTyped(request.body))
      return show(reply, denyPage(behind, pathOf(request), textOf(request.body, 'asked') === 'yes'))
    await act(scope => denyRequest(scope, token)).catch(ignoreOvertaken)
    return seeOther(reply, pathOf(request))
  })

  app.post<OfLink>('/:tenant/verify/:token/fresh-link', async (request, reply) => {
    const { act, read } = await visit(parts, request.params.tenant)
    const behind = await read(scope => caseBehind(scope, 'verify', links.secretOf(request)))
    if (isOpen(behind)) return showLink(request, reply, behind)
    const result = await act(scope => sendFreshLink(scope, behind.theirs.id), SYSTEM)
    return result === 'ended' ? seeOther(reply, pathOf(request)) : show(reply, freshPage(behind, result))
  })

  function isOpen({ token, requests, now }: CaseBehind): boolean {
    return isLive(token, now) && requests.some(row => canMove(row.state, 'verify', 'subject'))
  }

  function showLink(request: FastifyRequest<OfLink>, reply: FastifyReply, behind: CaseBehind): FastifyReply {
    const path = pathOf(request)
    return show(reply, isOpen(behind) ? verifyPage(behind, path, null) : standingPage(behind, path))
  }
}

interface Tried {
  readonly token: string
  /** What was typed, if it can be a code at all: anything else is no try. */
  readonly code: string | null
  readonly secret: string | null
}

async function confirm(
  scope: Scope,
  { theirs }: CaseBehind,
  { token, code, secret }: Tried
): Promise<'confirmed' | 'missing' | { readonly triesLeft: number }> {
  if (code !== null) {
    const { verified, triesLeft } = await verifyByCode(scope, token, code)
    return verified ? 'confirmed' : { triesLeft }
  }
  if (secret === null || !(await isBrowserOfCase(scope, theirs.id, hashOfBrowser(secret)))) return 'missing'
  await verifyByBrowser(scope, token, theirs.id)
  return 'confirmed'
}

/** Two clicks, or somebody else's, a moment before: the page shows what became of it. */
function ignoreOvertaken(error: unknown): 'overtaken' {
  if (error instanceof HabeasError && ['link_not_valid', 'move_not_allowed', 'conflict'].includes(error.code))
    return 'overtaken'
  throw error
}
