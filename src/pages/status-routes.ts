// The link under which a person follows their case, takes its days along, answers questions, writes and withdraws.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { answersOf } from '../actions/answers/read-answer.ts'
import { receiveAnswer, receiveReply, reopenOnWord } from '../actions/intake/receive-reply.ts'
import { withdrawRequest } from '../actions/requests/end-request.ts'
import { sendFreshLink } from '../actions/verification/send-fresh-link.ts'
import { SYSTEM } from '../domain/actor.ts'
import { HabeasError } from '../domain/errors.ts'
import { canMove } from '../domain/lifecycle.ts'
import { personsCalendar } from '../letters/calendar-days.ts'
import { writeCalendar } from '../letters/calendar-file.ts'
import { openCaseVault } from '../storage/cases.ts'
import type { Scope } from '../storage/database.ts'
import { lastEvent, placeOfText } from '../storage/history.ts'
import { owedOn } from '../storage/owed-days.ts'
import type { SubjectRequestRow } from '../storage/subject-requests.ts'
import { isLive } from '../storage/tokens.ts'
import { type CaseBehind, caseBehind } from './case-behind.ts'
import { isWordTyped, textOf } from './forms.ts'
import { linkCookies } from './link-cookie.ts'
import { seeOther, show } from './show.ts'
import { freshPage, standingPage } from './standing-page.ts'
import {
  canBeReopened,
  DONE,
  type Following,
  MESSAGE_MAX,
  statusPage,
  waitsUntilADay,
  withdrawPage
} from './status-page.ts'
import { type PageParts, type Visit, visit } from './visit.ts'

interface OfLink {
  readonly Params: { tenant: string; token: string }
  readonly Querystring: { done?: string }
}

export async function statusRoutes(app: FastifyInstance, parts: PageParts): Promise<void> {
  const links = linkCookies(parts.db.publicUrl)
  const pathOf = ({ params }: FastifyRequest<OfLink>) => `/privacy/${params.tenant}/status/${params.token}`

  app.get<OfLink>('/:tenant/status/:token', async (request, reply) => {
    if (links.leadAway(request, reply)) return reply
    const { following } = await follow(request)
    const done = DONE.find(known => known === request.query.done) ?? null
    return following === null
      ? await showOld(request, reply)
      : show(reply, statusPage(following, pathOf(request), { done, error: null }))
  })

  app.get<OfLink>('/:tenant/status/:token/calendar.ics', async (request, reply) => {
    const { following } = await follow(request)
    // A program that takes files for calendars must not take the page for one.
    if (following === null) return await showOld(request, reply.code(410))
    const { theirs, requests, policy, frame } = following
    const file = personsCalendar({
      tenant: policy.organisation.name,
      locale: frame.locale,
      reference: theirs.reference,
      owed: requests.filter(waitsUntilADay).map(row => ({ ...row, dueOn: owedOn(row) }))
    })
    return reply
      .type('text/calendar; charset=utf-8')
      .header('content-disposition', `attachment; filename="${theirs.reference}.ics"`)
      .send(writeCalendar(file))
  })

  app.post<OfLink>('/:tenant/status/:token/message', async (request, reply) => {
    const { following, act } = await follow(request)
    if (following === null) return await showOld(request, reply)
    const text = writtenIn(request)
    if (text === null) return refuseBlank(request, reply, following)
    await act(scope => receiveReply(scope, following.theirs.id, { text, requestId: null, via: 'page' }))
    return seeOther(reply, `${pathOf(request)}?done=message`)
  })

  app.post<OfLink>('/:tenant/status/:token/answer', async (request, reply) => {
    const { following, act } = await follow(request)
    if (following === null) return await showOld(request, reply)
    const row = named(request, following)
    const text = writtenIn(request)
    if (text === null) return refuseBlank(request, reply, following)
    const answered = await act(scope => receiveAnswer(scope, row.id, text)).catch(ignoreOvertaken)
    return seeOther(reply, answered === 'overtaken' ? pathOf(request) : `${pathOf(request)}?done=answer`)
  })

  app.post<OfLink>('/:tenant/status/:token/withdrawal', async (request, reply) => {
    const { following, act } = await follow(request)
    if (following === null) return await showOld(request, reply)
    const row = named(request, following)
    if (!canMove(row.state, 'withdraw', 'subject')) return seeOther(reply, pathOf(request))
    if (!isWordTyped(request.body))
      return show(reply, withdrawPage(following, pathOf(request), row, textOf(request.body, 'asked') === 'yes'))
    const withdrawn = await act(scope => withdrawRequest(scope, row.id, null)).catch(ignoreOvertaken)
    return seeOther(reply, withdrawn === 'overtaken' ? pathOf(request) : `${pathOf(request)}?done=withdrawal`)
  })

  app.post<OfLink>('/:tenant/status/:token/reopening', async (request, reply) => {
    const { following, act } = await follow(request)
    if (following === null) return await showOld(request, reply)
    const row = named(request, following)
    if (!canBeReopened(row)) return seeOther(reply, pathOf(request))
    const text = writtenIn(request)
    if (text === null) return refuseBlank(request, reply, following)
    const reopened = await act(scope => reopenOnWord(scope, row, text)).catch(ignoreOvertaken)
    return seeOther(reply, reopened === 'overtaken' ? pathOf(request) : `${pathOf(request)}?done=reopening`)
  })

  app.post<OfLink>('/:tenant/status/:token/fresh-link', async (request, reply) => {
    const { following, behind, act } = await follow(request)
    if (following !== null) return seeOther(reply, pathOf(request))
    const result = await act(scope => sendFreshLink(scope, behind.theirs.id), SYSTEM)
    return result === 'ended' ? seeOther(reply, pathOf(request)) : show(reply, freshPage(behind, result))
  })

  /** @returns `following` is null for a link that no longer opens the page */
  async function follow(
    request: FastifyRequest<OfLink>
  ): Promise<{ behind: CaseBehind; following: Following | null; act: Visit['act'] }> {
    const { read, act } = await visit(parts, request.params.tenant)
    return await read(async scope => {
      const behind = await caseBehind(scope, 'follow', links.secretOf(request))
      const isOpen = isLive(behind.token, scope.now) && behind.theirs.sealedKey !== null
      return { behind, act, following: isOpen ? await followed(scope, behind) : null }
    })
  }

  async function showOld(request: FastifyRequest<OfLink>, reply: FastifyReply): Promise<FastifyReply> {
    const { behind } = await follow(request)
    return show(reply, standingPage(behind, pathOf(request)))
  }

  function refuseBlank(request: FastifyRequest<OfLink>, reply: FastifyReply, following: Following): FastifyReply {
    const error = following.frame.say('message.error', { max: MESSAGE_MAX })
    return show(reply.code(422), statusPage(following, pathOf(request), { done: null, error }))
  }
}

async function followed(scope: Scope, behind: CaseBehind): Promise<Following> {
  const { theirs, requests } = behind
  return {
    ...behind,
    questions: await questionsOf(scope, behind),
    answers: await answersOf(scope, theirs, requests)
  }
}

/** What was asked last, of each request that waits for an answer. */
async function questionsOf(scope: Scope, { requests, theirs }: CaseBehind): Promise<Map<string, string>> {
  const questions = new Map<string, string>()
  for (const row of requests.filter(row => canMove(row.state, 'clarify', 'subject'))) {
    const asked = await lastEvent(scope, row.id, 'ask_clarification')
    if (asked?.sealed == null) continue
    questions.set(row.id, openCaseVault(scope, theirs).openJson<string>(placeOfText(row.id, asked.seq), asked.sealed))
  }
  return questions
}

/** @throws {HabeasError} `not_found` for a request of another case */
function named({ body }: FastifyRequest, { requests }: Following): SubjectRequestRow {
  const row = requests.find(({ id }) => id === textOf(body, 'request'))
  if (row === undefined) throw new HabeasError('not_found', 'There is no such request in this case.')
  return row
}

function writtenIn({ body }: FastifyRequest): string | null {
  const text = textOf(body, 'text').replaceAll(/\r\n?/g, '\n')
  return text === '' || text.length > MESSAGE_MAX ? null : text
}

/** Answered or withdrawn a moment before, here or by staff: the page shows what became of it. */
function ignoreOvertaken(error: unknown): 'overtaken' {
  if (error instanceof HabeasError && ['move_not_allowed', 'conflict'].includes(error.code)) return 'overtaken'
  throw error
}
