// Asking: the page with the form, and what the form is sent.

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { uuidv7 } from 'uuidv7'
import { offeredRights } from '../actions/intake/offered-rights.ts'
import { receiveSubmission } from '../actions/intake/receive-submission.ts'
import { HabeasError } from '../domain/errors.ts'
import type { Policy } from '../domain/policy.ts'
import { RIGHTS } from '../domain/rights.ts'
import { LOCALES, type Locale } from '../domain/subject-request.ts'
import { currentPolicy } from '../storage/policies.ts'
import { type BrowserCookies, browserCookies } from './browser-cookie.ts'
import { faultsOf, nothingTyped, type Offer, submissionOf, typedIn } from './portal-form.ts'
import { acceptedPage, portalPage } from './portal-page.ts'
import { preferredLocale } from './preferred-locale.ts'
import { show } from './show.ts'
import { type PageParts, visit } from './visit.ts'

interface OfTenant {
  readonly Params: { tenant: string }
  readonly Querystring: { language?: string }
}

export async function portalRoutes(app: FastifyInstance, parts: PageParts): Promise<void> {
  const browser: BrowserCookies = browserCookies(parts.db.publicUrl)

  app.get<OfTenant>('/:tenant', async (request, reply) => {
    const { slug, policy, locale, offer } = await hostOf(request, parts)
    return show(reply, portalPage({ slug, policy, locale, offer, typed: nothingTyped(locale), faults: [] }))
  })

  app.post<OfTenant>('/:tenant', async (request, reply) => {
    const { slug, policy, locale, offer } = await hostOf(request, parts)
    const typed = typedIn(request.body, locale)
    const faults = faultsOf(typed, offer)
    if (faults.length > 0) return show(reply.code(422), portalPage({ slug, policy, locale, offer, typed, faults }))

    const { act } = await visit(parts, slug)
    const secret = browser.give(request, reply)
    try {
      await act(scope => receiveSubmission(scope, uuidv7(), submissionOf(typed, offer), secret))
    } catch (error) {
      if (!(error instanceof HabeasError) || error.code !== 'right_not_offered') throw error
      return show(reply.code(422), portalPage({ slug, policy, locale, offer, typed, faults: ['form.error.right'] }))
    }
    return show(reply.code(202), acceptedPage(slug, policy, locale))
  })
}

async function hostOf(request: FastifyRequest<OfTenant>, parts: PageParts) {
  const slug = request.params.tenant
  const { read } = await visit(parts, slug)
  const { body: policy } = await read(currentPolicy)
  const locale = preferredLocale(request.query.language, request.headers['accept-language'], policy)
  return { slug, policy, locale, offer: offerOf(policy) }
}

/** Rights that only the law of another place gives are asked for as well: which law rules is decided with the place. */
function offerOf(policy: Policy): Offer {
  const regimes = [policy.regimes.default, ...Object.values(policy.regimes.byPlace)]
  const known = new Set(regimes.flatMap(regime => offeredRights(policy, regime, policy.rights)))
  return {
    rights: RIGHTS.filter(right => known.has(right)),
    locales: LOCALES.filter((locale: Locale) => policy.locales.includes(locale)),
    places: Object.keys(policy.regimes.byPlace)
  }
}
