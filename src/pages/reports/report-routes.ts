// The pages behind the links to reports. What a link shows is sealed in it; opening it writes nothing.

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { readCalifornia, readOverview } from '../../actions/reports/read-report.ts'
import { HabeasError } from '../../domain/errors.ts'
import type { Policy } from '../../domain/policy.ts'
import { LOCALES, type Locale } from '../../domain/subject-request.ts'
import type { Scope } from '../../storage/database.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { type LinkedReport, openReportLink } from '../../storage/report-links.ts'
import { type Frame, frameOf, type ReportSheet, renderBarePage } from '../layout.ts'
import { preferredLocale } from '../preferred-locale.ts'
import { show } from '../show.ts'
import { type PageParts, visit } from '../visit.ts'
import { sayIn } from '../words.ts'
import { californiaPage } from './california-page.ts'
import { overviewPage } from './overview-page.ts'

interface OfReport {
  readonly Params: { tenant: string; token: string }
  readonly Querystring: { language?: string }
}

export async function reportRoutes(app: FastifyInstance, parts: PageParts): Promise<void> {
  app.get<OfReport>('/:tenant/reports/:token', async (request, reply) => {
    const { tenant, token } = request.params
    const { read } = await visit(parts, tenant)
    const page = await read(async scope => {
      const shown = openReportLink(scope, token)
      const { body: policy } = await currentPolicy(scope)
      const frame = frameOf(scope.tenant.slug, policy, localeOf(request, policy.defaultLocale))
      return await pageOf(scope, frame, shown, other => `/privacy/${tenant}/reports/${token}?language=${other}`)
    }).catch(unlessRunOut)
    if (page !== 'run out') return show(reply, page)
    const locale = localeOf(request, 'en')
    const say = sayIn(locale)
    return show(reply.code(410), renderBarePage(locale, say('report.gone.title'), say('report.gone.text')))
  })
}

async function pageOf(
  scope: Scope,
  frame: Frame,
  shown: LinkedReport,
  addressIn: ReportSheet['addressIn']
): Promise<string> {
  return shown.report === 'overview'
    ? overviewPage(frame, await readOverview(scope, shown), scope.now, addressIn)
    : californiaPage(frame, await readCalifornia(scope, shown), scope.now, addressIn)
}

/** Staff read in any language, whichever the tenant writes to people in. */
function localeOf({ query, headers }: FastifyRequest<OfReport>, defaultLocale: Policy['defaultLocale']): Locale {
  return preferredLocale(query.language, headers['accept-language'], { locales: LOCALES, defaultLocale })
}

function unlessRunOut(error: unknown): 'run out' {
  if (error instanceof HabeasError && error.code === 'link_not_valid') return 'run out'
  throw error
}
