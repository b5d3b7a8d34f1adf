// Figures over the requests of a tenant: as JSON, for spreadsheets, and as a page.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { readCalifornia, readOverview } from '../../actions/reports/read-report.ts'
import { reportLink } from '../../domain/links.ts'
import { CALIFORNIA_REQUESTS, type CaliforniaReport } from '../../domain/reports/california.ts'
import type { Overview } from '../../domain/reports/overview.ts'
import type { Locale } from '../../domain/subject-request.ts'
import type { Database, Scope } from '../../storage/database.ts'
import { readInTenant } from '../../storage/read-only.ts'
import { type LinkedReport, makeReportLink } from '../../storage/report-links.ts'
import { asCsv, formatAsked } from '../formats.ts'
import { californiaCsv, overviewCsv } from '../report-csv.ts'
import {
  CaliforniaQuery,
  CaliforniaShape,
  type CaliforniaWire,
  OverviewQuery,
  OverviewShape,
  type OverviewWire,
  REPORT_ANSWERS
} from '../schemas/reports.ts'

const tags = ['Reports']

export const reportRoutes: FastifyPluginAsyncTypebox<{ db: Database }> = async (app, { db }) => {
  for (const schema of [OverviewShape, CaliforniaShape]) app.addSchema(schema)
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('vary', 'Accept')
  })

  app.get(
    '/reports/overview',
    {
      schema: {
        operationId: 'getOverview',
        summary: 'How the requests stand, and how they went within a period',
        description: [
          'As JSON, as CSV, and as a page with charts for a browser: `page` is a link to it that needs no credentials and runs out',
          'after an hour, and `Accept: text/html` leads there at once.'
        ].join(' '),
        tags,
        querystring: OverviewQuery,
        response: REPORT_ANSWERS.overview
      }
    },
    async (request, reply) => {
      const { from, to, format, language } = request.query
      const wanted = formatAsked(format, request.headers.accept)
      const { overview, page } = await readInTenant(db, request.who(), async scope => {
        const overview = await readOverview(scope, { from, to })
        return { overview, page: pageOf(scope, { report: 'overview', ...overview.period }, language) }
      })
      const { period } = overview
      if (wanted === 'html') return reply.code(303).header('location', page.url).send(undefined)
      if (wanted === 'csv') return asCsv(reply, `overview-${period.from}-${period.to}`).send(overviewCsv(overview))
      return overviewOnTheWire(overview, page)
    }
  )

  app.get(
    '/reports/california',
    {
      schema: {
        operationId: 'getCaliforniaReport',
        summary: 'What California asks large businesses to publish of a year',
        description: [
          'Requests to delete, correct, know, opt out and limit that were received in a calendar year, how many were complied with in',
          'whole or in part and denied, and the days it took to answer (11 CCR 7102). The forms are those of the overview.'
        ].join(' '),
        tags,
        querystring: CaliforniaQuery,
        response: REPORT_ANSWERS.california
      }
    },
    async (request, reply) => {
      const { year, people, format, language } = request.query
      const wanted = formatAsked(format, request.headers.accept)
      const { report, page } = await readInTenant(db, request.who(), async scope => {
        const report = await readCalifornia(scope, { year, people })
        return { report, page: pageOf(scope, { report: 'california', year: report.year, people }, language) }
      })
      if (wanted === 'html') return reply.code(303).header('location', page.url).send(undefined)
      if (wanted === 'csv') return asCsv(reply, `california-${report.year}-${people}`).send(californiaCsv(report))
      return californiaOnTheWire(report, page)
    }
  )
}

type Page = OverviewWire['page']

function pageOf(scope: Scope, shown: LinkedReport, language: Locale | undefined): Page {
  const { token, expiresAt } = makeReportLink(scope, shown)
  const url = reportLink(scope.publicUrl, scope.tenant.slug, token)
  return { url: language === undefined ? url : `${url}?language=${language}`, expiresAt: expiresAt.toISOString() }
}

function overviewOnTheWire({ period, open, rows, outcomes, ...rest }: Overview, page: Page): OverviewWire {
  return {
    ...period,
    ...rest,
    open: { ...open, byState: [...open.byState] },
    rows: [...rows],
    outcomes: [...outcomes],
    page
  }
}

function californiaOnTheWire(report: CaliforniaReport, page: Page): CaliforniaWire {
  const { year, timeZone, people, isComplete: complete, publishBy, rows, medianDays, meanDays } = report
  return {
    year,
    timeZone,
    people,
    complete,
    publishBy,
    rows: rows.map(({ counts, ...row }) => {
      const { rights, source } = CALIFORNIA_REQUESTS.find(({ request }) => request === row.request)!
      return { ...row, ...counts, rights: [...rights], source }
    }),
    medianDays,
    meanDays,
    page
  }
}
