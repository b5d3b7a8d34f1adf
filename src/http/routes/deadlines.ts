// Due dates: of a request, and of one that is only thought of.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Static } from 'typebox'
import { clockOf, deadlinesOf } from '../../actions/clock/reckon-deadlines.ts'
import { type CorrectedRegime, correctRegime } from '../../actions/requests/correct-regime.ts'
import { calendarFor } from '../../calendars/calendar.ts'
import { computeDeadlines, type Deadlines, parseClockEvents } from '../../domain/deadline/clock.ts'
import { explainStep } from '../../domain/deadline/explain.ts'
import type { RulingDeadlines } from '../../domain/deadline/laws.ts'
import type { TraceRule, TraceStep } from '../../domain/deadline/trace.ts'
import { invalid } from '../../domain/errors.ts'
import type { Locale } from '../../domain/subject-request.ts'
import { type Database, inTenant } from '../../storage/database.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { findSubjectRequest, lawsOf, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { showRequest } from '../request-view.ts'
import { IdInPath, NoQuery, WriteQuery } from '../schemas/common.ts'
import { refer, type Wire } from '../schemas/component.ts'
import { DeadlineQuestion, DeadlinesShape, LocaleQuery, RequestClock, TraceStepShape } from '../schemas/deadlines.ts'
import { RegimeBody } from '../schemas/moves.ts'
import { SubjectRequest } from '../schemas/subject-requests.ts'
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
        const row = await findSubjectRequest(scope, request.params.id)
        const { body: policy } = await currentPolicy(scope)
        return showClock(row, deadlinesOf(policy, clockOf(row)), request.query.locale)
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

function correctionIn({
  regime,
  country,
  region,
  workingDays,
  note: words
}: Static<typeof RegimeBody>): CorrectedRegime {
  if (country === undefined && region !== undefined) {
    throw invalid('A region is one of a country.', {
      pointer: '/country',
      rule: 'required',
      fix: 'Send the country with it.'
    })
  }
  return { regime, place: country === undefined ? null : { country, region: region ?? null }, workingDays, words }
}

function showClock(row: SubjectRequestRow, found: RulingDeadlines, locale: Locale): Wire<typeof RequestClock> {
  const { timeZone, holidays, holidaysVersion, promiseDays, events } = row.clock
  const used = lawsOf(row)
  const by = ruledBy(found)
  const why = whyOf(found, by)
  return {
    regime: row.regime,
    right: row.right,
    receivedAt: row.receivedAt.toISOString(),
    timeZone,
    holidays,
    holidaysVersion,
    calendarChanged: found.laws.some(({ holidays }, index) => used[index]?.holidaysVersion !== holidays.version),
    promiseDays,
    events,
    ruling: {
      by,
      regime: found.rulingLaw,
      on: found.effectiveDueOn,
      sentence: why === undefined ? null : explainStep(why, locale)
    },
    laws: found.laws.map(({ regime, holidays, isExtended, deadlines }) => ({
      regime,
      rules: regime === found.rulingLaw,
      extended: isExtended,
      holidays: holidays.id,
      holidaysVersion: holidays.version,
      ...onTheWire(deadlines, locale)
    })),
    ...onTheWire(found, locale)
  }
}

/** The steps that say why one day rules and not another, the most telling first. */
const WHY = {
  law: [
    'laws_earlier',
    'laws_agree',
    'laws_one',
    'laws_none',
    'extension_taken',
    'extension_stated',
    'promise_changes_nothing'
  ],
  promise: ['promise_decides', 'promised']
} as const satisfies Record<string, readonly TraceRule[]>

function whyOf({ trace }: Deadlines, by: 'law' | 'promise' | null): TraceStep | undefined {
  const telling: readonly TraceRule[] = WHY[by ?? 'law']
  return telling.flatMap(rule => trace.find(step => step.rule === rule) ?? [])[0]
}

function ruledBy({ effectiveDueOn, statutoryDueOn, isExtended }: RulingDeadlines): 'law' | 'promise' | null {
  if (effectiveDueOn === null) return null
  const isPromised = !isExtended && (statutoryDueOn === null || effectiveDueOn < statutoryDueOn)
  return isPromised ? 'promise' : 'law'
}

function onTheWire(found: Deadlines, locale: Locale) {
  return {
    dueOn: found.dueOn,
    statutoryDueOn: found.statutoryDueOn,
    promisedOn: found.promisedOn,
    extendedDueOn: found.extendedDueOn,
    effectiveDueOn: found.effectiveDueOn,
    acknowledgeBy: found.acknowledgeBy,
    targetOn: found.targetOn,
    extendedTargetOn: found.extendedTargetOn,
    extensionNoticeBy: found.extensionNoticeBy,
    refusalBy: found.refusalBy,
    dueEndsAt: found.dueEndsAt?.toISOString() ?? null,
    trace: found.trace.map(step => ({ ...step, params: { ...step.params }, sentence: explainStep(step, locale) }))
  }
}
