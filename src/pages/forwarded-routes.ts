// The link under which a company reads a request that was passed on to it.

import type { FastifyInstance } from 'fastify'
import { openCaseVault, peopleOf } from '../storage/cases.ts'
import { contentsOf } from '../storage/subject-requests.ts'
import { isLive } from '../storage/tokens.ts'
import { caseBehind } from './case-behind.ts'
import { forwardedNotice, forwardedPage } from './forwarded-page.ts'
import { frameOf } from './layout.ts'
import { linkCookies } from './link-cookie.ts'
import { show } from './show.ts'
import { type PageParts, visit } from './visit.ts'

interface OfLink {
  readonly Params: { tenant: string; token: string }
}

export async function forwardedRoutes(app: FastifyInstance, parts: PageParts): Promise<void> {
  const links = linkCookies(parts.db.publicUrl)

  app.get<OfLink>('/:tenant/forwarded/:token', async (request, reply) => {
    if (links.leadAway(request, reply)) return reply
    const { read } = await visit(parts, request.params.tenant)
    const page = await read(async scope => {
      const { token, theirs, requests, policy } = await caseBehind(scope, 'forwarded', links.secretOf(request))
      const { reference } = theirs
      // A company reads the tenant's language; the person's may be another.
      const frame = frameOf(scope.tenant.slug, policy, policy.defaultLocale)
      const row = requests.find(({ id }) => id === token.requestId)
      // A request that was taken up again is no longer theirs, nor is what was learned since.
      const isTheirs = row?.outcome === 'forwarded' && isLive(token, scope.now)
      if (row === undefined || !isTheirs || theirs.sealedKey === null) return forwardedNotice(frame, reference)
      const { details } = contentsOf(openCaseVault(scope, theirs), row)
      return forwardedPage({ frame, reference, row, people: peopleOf(scope, theirs), details })
    })
    return show(reply, page)
  })
}
