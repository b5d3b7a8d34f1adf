// The history of a request: in words for people, as data for programs, and checked.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { verifyRequestHistory } from '../../actions/proof/verify-history.ts'
import { type CodeNames, explainEvent } from '../../domain/explain-event.ts'
import { GROUND_CODES } from '../../domain/grounds/ground.ts'
import { RIGHTS, TASK_KINDS } from '../../domain/rights.ts'
import { type Locale, OUTCOMES } from '../../domain/subject-request.ts'
import { groundText, outcomeName, rightName, taskName } from '../../letters/words.ts'
import { findCase } from '../../storage/cases.ts'
import { type Database, inTenant, type Scope } from '../../storage/database.ts'
import { openEventText } from '../../storage/event-texts.ts'
import { type EventRow, listEvents } from '../../storage/history.ts'
import { findSubjectRequest } from '../../storage/subject-requests.ts'
import { badLinkOnTheWire } from '../bad-links.ts'
import { localeAsked } from '../locale.ts'
import { IdInPath, NoQuery } from '../schemas/common.ts'
import { refer } from '../schemas/component.ts'
import { History, HistoryEntry, HistoryQuery, HistoryVerification } from '../schemas/history.ts'

const tags = ['Requests']

export const historyRoutes: FastifyPluginAsyncTypebox<{ db: Database }> = async (app, { db }) => {
  for (const schema of [HistoryEntry, History, HistoryVerification]) app.addSchema(schema)

  app.get(
    '/requests/:id/events',
    {
      schema: {
        operationId: 'listRequestEvents',
        summary: 'Read what happened, the first entry first',
        tags,
        params: IdInPath,
        querystring: HistoryQuery,
        response: { 200: refer(History) }
      }
    },
    async request => {
      const { after = 0, limit = 100, locale = localeAsked(request.headers['accept-language']) } = request.query
      return await inTenant(db, request.who(), async scope => {
        const { caseId } = await findSubjectRequest(scope, request.params.id)
        const found = await listEvents(scope, request.params.id, after, limit + 1)
        const shown = found.slice(0, limit)
        const textOf = await textReader(scope, caseId)
        const data = shown.map(row => ({ ...onTheWire(row, locale), text: textOf(row) }))
        return { data, nextAfter: found.length > limit ? shown.at(-1)!.seq : null }
      })
    }
  )

  app.get(
    '/requests/:id/events/verification',
    {
      schema: {
        operationId: 'verifyRequestEvents',
        summary: 'Verify the history of one request',
        tags,
        params: IdInPath,
        querystring: NoQuery,
        response: { 200: refer(HistoryVerification) }
      }
    },
    async request => {
      const { events, firstBadLink } = await inTenant(db, request.who(), scope =>
        verifyRequestHistory(scope, request.params.id)
      )
      return { verified: firstBadLink === null, events, firstBadLink: badLinkOnTheWire(firstBadLink) }
    }
  )
}

/** What people wrote is for staff: a program reads the facts. */
async function textReader(scope: Scope, caseId: string): Promise<(row: EventRow) => string | null> {
  if (scope.actor.mover !== 'agent') return () => null
  const theirs = await findCase(scope, caseId)
  return row => openEventText(scope, theirs, row)
}

function onTheWire(
  { seq, kind, fromState, toState, at, mover, actorId, data }: EventRow,
  locale: Locale
): Omit<HistoryEntry, 'text'> {
  return {
    seq,
    kind,
    from: fromState,
    to: toState,
    at: at.toISOString(),
    by: { mover, id: actorId },
    data,
    words: explainEvent({ kind, mover, data }, locale, namesIn(locale))
  }
}

/** As the letters call them; a code that they do not know is left to itself. */
function namesIn(locale: Locale): CodeNames {
  return {
    right: code => nameOf(RIGHTS, code, right => rightName(right, locale)),
    outcome: code => nameOf(OUTCOMES, code, outcome => outcomeName(outcome, locale)),
    ground: code => nameOf(GROUND_CODES, code, ground => groundText(ground, locale)),
    task: code => nameOf(TASK_KINDS, code, kind => taskName(kind, locale))
  }
}

function nameOf<C extends string>(codes: readonly C[], code: string, name: (known: C) => string): string | undefined {
  const known = codes.find(each => each === code)
  return known === undefined ? undefined : name(known)
}
