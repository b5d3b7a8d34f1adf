// The answer: decided, previewed, sent.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { decideOutcome } from '../../actions/answers/decide-outcome.ts'
import { previewResponse, respond } from '../../actions/answers/respond.ts'
import { parseLocalDate } from '../../domain/deadline/local-date.ts'
import { type Database, inTenant } from '../../storage/database.ts'
import { showRequest } from '../request-view.ts'
import { DecisionBody, Preview, ResponseBody } from '../schemas/answers.ts'
import { IdInPath, NoQuery, WriteQuery } from '../schemas/common.ts'
import { refer } from '../schemas/component.ts'
import { SubjectRequest } from '../schemas/subject-requests.ts'
import { write } from '../writes.ts'

const tags = ['Answers']

export const responseRoutes: FastifyPluginAsyncTypebox<{ db: Database }> = async (app, { db }) => {
  app.put(
    '/requests/:id/decision',
    {
      schema: {
        operationId: 'recordDecision',
        summary: 'Decide the outcome, with what the law wants said about it',
        description:
          'Proposed corrections are accepted or rejected from proof of identity on, then without an outcome: systems are asked for what was accepted. Starting accepts every other one. A rejected one makes the outcome `partly_granted`, or `refused` when all are.',
        tags,
        params: IdInPath,
        querystring: WriteQuery,
        body: DecisionBody,
        response: { 200: refer(SubjectRequest) }
      }
    },
    async (request, reply) => {
      const { outcome, ground, reasons, weighing, citation, until, changes, recipients } = request.body
      return await write(db, request, reply, { status: 200, resource: request.params.id, render: showRequest }, scope =>
        decideOutcome(scope, request.params.id, {
          outcome: outcome ?? null,
          ground: ground ?? null,
          reasons: reasons ?? null,
          weighing: weighing ?? null,
          citation: citation ?? null,
          until: until ?? null,
          changes:
            changes?.map(change => ({ ...change, before: change.before ?? null, after: change.after ?? null })) ?? null,
          recipients:
            recipients?.map(({ name, result, toldOn, why }, at) => ({
              name,
              result,
              toldOn: toldOn === undefined ? null : parseLocalDate(toldOn, `/recipients/${at}/toldOn`),
              why: why ?? null
            })) ?? null
        })
      )
    }
  )

  app.get(
    '/requests/:id/response',
    {
      schema: {
        operationId: 'previewResponse',
        summary: 'The answer as it would go out now',
        tags,
        params: IdInPath,
        querystring: NoQuery,
        response: { 200: refer(Preview) }
      }
    },
    async request => await inTenant(db, request.who(), scope => previewResponse(scope, request.params.id))
  )

  app.post(
    '/requests/:id/response',
    {
      schema: {
        operationId: 'sendResponse',
        summary: 'Send the answer that was previewed',
        tags,
        params: IdInPath,
        querystring: WriteQuery,
        body: ResponseBody,
        response: { 201: refer(SubjectRequest) }
      }
    },
    async (request, reply) =>
      await write(db, request, reply, { status: 201, resource: request.params.id, render: showRequest }, scope =>
        respond(scope, request.params.id, request.body.previewHash)
      )
  )
}
