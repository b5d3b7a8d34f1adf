// Due dates: of a request, and of one that is only thought of.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Static } from 'typebox'
import { type CorrectedRegime, correctRegime } from '../../actions/requests/correct-regime.ts'
import { calendarFor } from '../../calendars/calendar.ts'
import { computeDeadlines, type Deadlines, parseClockEvents } from '../../domain/deadline/clock.ts'
import { explainStep } from '../../domain/deadline/explain.ts'
import { invalid } from '../../domain/errors.ts'
import type { Locale } from '../../domain/subject-request.ts'
import { type Database, inTenant } from '../../storage/database.ts'
import { findSubjectRequest } from '../../storage/subject-requests.ts'
import { showRequest } from '../request-view.ts'
import { IdInPath, NoQuery, WriteQuery } from '../schemas/common.ts'
import { refer } from '../schemas/component.ts'
import { DeadlineQuestion, DeadlinesShape, LocaleQuery, RequestClock, TraceStepShape } from '../schemas/deadlines.ts'
import { RegimeBody, SubjectRequest } from '../schemas/subject-requests.ts'
import { write } from '../writes.ts'

const tags = ['Deadlines']
/** For which years a preview has a calendar. */
const PREVIEW_YEARS = { from: 2018, until: 2040 }

export const deadlineRoutes: FastifyPluginAsyncTypebox<{ db: Database }> = async (app, { db }) => {
  for (const schema of [TraceStepShape, DeadlinesShape, RequestClock]) app.addSchema(schema)

  app.post(
    '/deadlines/preview',
    {
      schema: {
        operationId: 'previewDeadlines',
        summary: 'Every date of a hypothetical request, with the reasoning; changes nothing',
        tags,
        querystring: NoQuery,
        body: DeadlineQuestion,
        response: { 200: refer(DeadlinesShape) }
      }
    },
    async ({ body: { holidays, receivedAt, events, locale, promiseDays, ...question } }) => {
      const at = new Date(receivedAt)
      if (at.getUTCFullYear() < PREVIEW_YEARS.from || at.getUTCFullYear() > PREVIEW_YEARS.until) {
        throw invalid('The calendars do not reach there.', {
          pointer: '/receivedAt',
          rule: 'range',
          fix: `Send an instant from ${PREVIEW_YEARS.from} to ${PREVIEW_YEARS.until}.`
        })
      }
      const input = {
        ...question,
        receivedAt: at,
        events: parseClockEvents(events),
        holidays: calendarFor(holidays),
        promiseDays
      }
      return onTheWire(computeDeadlines(input), locale)
    }
  )

  app.get(
    '/requests/:id/clock',
    {
      schema: {
        operationId: 'getClock',
        summary: 'Why this date: the clock of a request, step by step',
        tags,
        params: IdInPath,
        querystring: LocaleQuery,
        response: { 200: refer(RequestClock) }
      }
    },
    async request =>
      await inTenant(db, request.who(), async scope => {
        const { right, regime, receivedAt, clock } = await findSubjectRequest(scope, request.params.id)
        const { timeZone, holidays, holidaysVersion, promiseDays, events } = clock
        const deadlines = computeDeadlines({
          right,
          regime,
          receivedAt,
          timeZone,
          events: parseClockEvents(events),
          holidays: calendarFor(holidays),
          promiseDays: promiseDays ?? undefined
        })
        return {
          regime,
          right,
          receivedAt: receivedAt.toISOString(),
          timeZone,
          holidays,
          holidaysVersion,
          promiseDays,
          events: [...events],
          ...onTheWire(deadlines, request.query.locale)
        }
      })
  )

  app.post(
    '/requests/:id/regime',
    {
      schema: {
        operationId: 'correctRegime',
        summary: 'Correct the law it is answered under; the dates are reckoned anew',
        tags,
        params: IdInPath,
        querystring: WriteQuery,
        body: RegimeBody,
        response: { 201: refer(SubjectRequest) }
      }
    },
    async (request, reply) =>
      await write(db, request, reply, { status: 201, resource: request.params.id, render: showRequest }, scope =>
        correctRegime(scope, request.params.id, correctionIn(request.body))
      )
  )
}

function correctionIn({ regime, country, region, note: words }: Static<typeof RegimeBody>): CorrectedRegime {
  if (country === undefined && region !== undefined) {
    throw invalid('A region is one of a country.', {
      pointer: '/country',
      rule: 'required',
      fix: 'Send the country with it.'
    })
  }
  return { regime, place: country === undefined ? null : { country, region: region ?? null }, words }
}

function onTheWire({ trace, dueEndsAt, ...dates }: Deadlines, locale: Locale) {
  return {
    ...dates,
    dueEndsAt: dueEndsAt?.toISOString() ?? null,
    trace: trace.map(step => ({ ...step, params: { ...step.params }, sentence: explainStep(step, locale) }))
  }
}
