// Intake without credentials. The answer is the same for everybody: what is sent is kept, and read by a job.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { uuidv7 } from 'uuidv7'
import { receiveSubmission } from '../../actions/intake/receive-submission.ts'
import type { Clock } from '../../clock.ts'
import { SUBJECT } from '../../domain/actor.ts'
import { HabeasError } from '../../domain/errors.ts'
import { type Database, findDoor, type Who } from '../../storage/database.ts'
import { WriteQuery } from '../schemas/common.ts'
import { refer } from '../schemas/component.ts'
import { DetailsShape } from '../schemas/people.ts'
import { Accepted, SlugInPath, Submission } from '../schemas/public-intake.ts'
import { write } from '../writes.ts'

const ANSWER = {
  message:
    'Thank you. If the address can be written to, a mail with a link is on its way: open it to confirm the request. Nothing happens before.'
}

export const publicIntakeRoutes: FastifyPluginAsyncTypebox<{ db: Database; clock: Clock }> = async (
  app,
  { db, clock }
) => {
  for (const schema of [DetailsShape, Accepted]) app.addSchema(schema)

  app.post(
    '/:tenant/requests',
    {
      schema: {
        operationId: 'submitRequest',
        summary: 'Ask, without credentials',
        description: `Always 202 and the same body, whether or not the person is known. A mail with a link and a code goes to the address, and nothing happens before it is confirmed. No more than three forms a day lead to a mail to one address: later ones are kept for staff to look at.`,
        tags: ['Public'],
        security: [],
        params: SlugInPath,
        querystring: WriteQuery,
        body: Submission,
        response: { 202: refer(Accepted) }
      }
    },
    async (request, reply) => {
      const door = await findDoor(db, `tenant:${request.params.tenant}`)
      if (door === undefined) throw new HabeasError('not_found', 'There is no such organisation here.')
      const { rights, subject, requester, details } = request.body
      const submission = {
        rights,
        subject: {
          name: subject.name ?? null,
          email: subject.email,
          locale: subject.locale ?? null,
          country: subject.country ?? null,
          region: subject.region ?? null
        },
        requester: requester === undefined ? null : { ...requester, authority: requester.authority ?? null },
        details
      }
      const who = (): Who => ({ tenantId: door.tenantId, actor: SUBJECT, now: clock() })
      const { method, url, headers, body, query, routeOptions } = request
      return await write(
        db,
        { method, url, headers, body, query, routeOptions, who },
        reply,
        { status: 202, resource: uuidv7(), render: async () => ANSWER },
        (scope, id) => receiveSubmission(scope, id, submission, null)
      )
    }
  )
}
