// The moves of a request: each is a thing one creates under it. What may follow what is for the lifecycle to say.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Static, TSchema } from 'typebox'
import { forwardRequest, refuseRequest } from '../../actions/answers/refuse-request.ts'
import { arrivalOf } from '../../actions/clock/arrivals.ts'
import { extendDeadline } from '../../actions/clock/extend-deadline.ts'
import { pauseClock, resumeClock } from '../../actions/clock/pause-clock.ts'
import { finishFulfilment } from '../../actions/fulfilment/finish-fulfilment.ts'
import { startFulfilment } from '../../actions/fulfilment/start-fulfilment.ts'
import { cancelRequest } from '../../actions/requests/cancel-request.ts'
import { answerClarification, askClarification } from '../../actions/requests/clarify.ts'
import { closeRequest, reopenRequest, withdrawRequest } from '../../actions/requests/end-request.ts'
import { reworkRequest } from '../../actions/requests/rework-request.ts'
import { askVerification } from '../../actions/verification/ask-verification.ts'
import { confirmByStaff, verifyIdentity } from '../../actions/verification/verify-identity.ts'
import { HabeasError } from '../../domain/errors.ts'
import { sessionOfStaff } from '../../domain/identity-proof.ts'
import { nextState } from '../../domain/lifecycle.ts'
import { parseMailbox } from '../../domain/mailbox-address.ts'
import type { Database, Scope } from '../../storage/database.ts'
import { lockSubjectRequest, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import type { OperationId } from '../access.ts'
import { showRequest } from '../request-view.ts'
import { IdInPath, strict, WriteQuery } from '../schemas/common.ts'
import { refer } from '../schemas/component.ts'
import {
  AnswerText,
  Arrival,
  CancellationBody,
  ClockMoveBody,
  Confirmation,
  ExtensionBody,
  ForwardingBody,
  OptionalNote,
  Question,
  RefusalBody,
  ReworkBody
} from '../schemas/moves.ts'
import { SubjectRequest } from '../schemas/subject-requests.ts'
import { write } from '../writes.ts'

interface MoveRoute<B extends TSchema> {
  readonly operationId: OperationId
  readonly summary: string
  readonly body: B
  readonly work: (scope: Scope, requestId: string, body: Static<B>) => Promise<unknown>
}

const NoBody = strict({}, { examples: [{}] })

export const lifecycleRoutes: FastifyPluginAsyncTypebox<{ db: Database }> = async (app, { db }) => {
  /** A move that takes nothing may come without a body as well. */
  function move<B extends TSchema>(path: string, { operationId, summary, body, work }: MoveRoute<B>): void {
    app.post(
      `/requests/:id/${path}`,
      {
        schema: {
          operationId,
          summary,
          tags: ['Lifecycle'],
          params: IdInPath,
          querystring: WriteQuery,
          body,
          response: { 201: refer(SubjectRequest) }
        },
        preValidation: async (request: { body: unknown }) => {
          request.body ??= {}
        }
      },
      async (request, reply) =>
        await write(db, request, reply, { status: 201, resource: request.params.id, render: showRequest }, scope =>
          work(scope, request.params.id, request.body as Static<B>)
        )
    )
  }

  move('verification', {
    operationId: 'askVerification',
    summary: 'Send the link and code, or send them anew',
    body: NoBody,
    work: async (scope, id) => await askVerification(scope, (await lockMovable(scope, id, 'ask_verification')).caseId)
  })
  move('verification/confirmation', {
    operationId: 'confirmVerification',
    summary: 'Confirm who it is: staff with method and note, integrations for their signed-in user',
    body: Confirmation,
    work: async (scope, id, { method, note, ...said }) => {
      const row = await lockMovable(scope, id, 'verify')
      const arrival = await arrivalOf(scope, row, said, 'identity')
      const { caseId } = row
      if (scope.actor.mover === 'integration') {
        if (method !== 'session')
          throw new HabeasError('forbidden', 'An integration asserts its own session and nothing else.')
        return await verifyIdentity(scope, caseId, { method, note: note ?? null })
      }
      if (method === 'session') throw sessionOfStaff('/method')
      return await confirmByStaff(scope, caseId, method, note ?? '', arrival)
    }
  })
  move('clarification', {
    operationId: 'askClarification',
    summary: 'Ask the person to say more',
    body: Question,
    work: askClarification
  })
  move('clarification/answer', {
    operationId: 'answerClarification',
    summary: 'Record the answer',
    body: AnswerText,
    work: answerClarification
  })
  move('fulfilment', {
    operationId: 'startFulfilment',
    summary: 'Start: plan a task for each system',
    body: NoBody,
    work: startFulfilment
  })
  move('finish', { operationId: 'finishFulfilment', summary: 'End fulfilment', body: NoBody, work: finishFulfilment })
  move('rework', {
    operationId: 'reworkRequest',
    summary: 'Send it back to the systems',
    body: ReworkBody,
    work: (scope, id, { taskIds, note }) => reworkRequest(scope, id, { taskIds: taskIds ?? [], note })
  })
  move('refusal', {
    operationId: 'refuseRequest',
    summary: 'To review, refused with a ground',
    body: RefusalBody,
    work: (scope, id, { ground, reasons, citation, until, weighing }) =>
      refuseRequest(scope, id, {
        ground,
        reasons,
        citation: citation ?? null,
        until: until ?? null,
        weighing: weighing ?? null
      })
  })
  move('forwarding', {
    operationId: 'forwardRequest',
    summary: 'To review, passed on to who is responsible',
    body: ForwardingBody,
    work: (scope, id, { controller: { name, email }, note }) => {
      const address = email === undefined ? null : parseMailbox(email, '/controller/email').address
      return forwardRequest(scope, id, { name, email: address, note: note ?? null })
    }
  })
  move('extension', {
    operationId: 'extendDeadline',
    summary: 'Take the one extension',
    body: ExtensionBody,
    work: extendDeadline
  })
  move('pause', { operationId: 'pauseClock', summary: 'Stop the clock', body: ClockMoveBody, work: pauseClock })
  move('resumption', {
    operationId: 'resumeClock',
    summary: 'Let the clock run again',
    body: Arrival,
    work: resumeClock
  })
  move('withdrawal', {
    operationId: 'withdrawRequest',
    summary: "End it on the person's word",
    body: OptionalNote,
    work: (scope, id, { note }) => withdrawRequest(scope, id, note ?? null)
  })
  move('cancellation', {
    operationId: 'cancelRequest',
    summary: 'End a duplicate, spam or a mistake',
    body: CancellationBody,
    work: (scope, id, { reason, note, duplicateOf }) =>
      cancelRequest(scope, id, { reason, note: note ?? null, duplicateOf: duplicateOf ?? null })
  })
  move('closure', { operationId: 'closeRequest', summary: 'Close what was answered', body: NoBody, work: closeRequest })
  move('reopening', {
    operationId: 'reopenRequest',
    summary: 'Take an answered request up again',
    body: OptionalNote,
    work: (scope, id, { note }) => reopenRequest(scope, id, note ?? null)
  })
}

/**
 * The request whose case is meant, when this very one can make the move.
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed`
 */
async function lockMovable(
  scope: Scope,
  requestId: string,
  move: 'ask_verification' | 'verify'
): Promise<SubjectRequestRow> {
  const row = await lockSubjectRequest(scope, requestId)
  nextState(row.state, move, scope.actor.mover)
  return row
}
