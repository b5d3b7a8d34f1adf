// Takes requests in. A hot route: one round trip to the database, and the answer is made from what was written.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Static } from 'typebox'
import { type Asked, type Composed, openRequests, openRequestsIn } from '../../actions/intake/open-requests.ts'
import { parseLocalDate } from '../../domain/deadline/local-date.ts'
import { detailsByRight } from '../../domain/details.ts'
import { HabeasError } from '../../domain/errors.ts'
import { sessionOfStaff } from '../../domain/identity-proof.ts'
import { parseMailbox } from '../../domain/mailbox-address.ts'
import type { Database, Scope, Who } from '../../storage/database.ts'
import { inTenant } from '../../storage/database.ts'
import { gatherCases } from '../../storage/gathered-cases.ts'
import { rowsOf } from '../../storage/new-cases.ts'
import { rehearse } from '../../storage/rehearsal.ts'
import { versionOfCase } from '../../storage/subject-requests.ts'
import { idempotencyClaimOf } from '../idempotency.ts'
import { showCase, viewWith } from '../request-view.ts'
import { WriteQuery } from '../schemas/common.ts'
import { refer } from '../schemas/component.ts'
import { NewRequests } from '../schemas/intake.ts'
import { Case } from '../schemas/subject-requests.ts'
import { withETag } from '../writes.ts'

export const intakeRoutes: FastifyPluginAsyncTypebox<{ db: Database }> = async (app, { db }) => {
  const insertCase = gatherCases(db)

  app.post(
    '/requests',
    {
      schema: {
        operationId: 'openRequests',
        tags: ['Requests'],
        summary: 'Open a case: one request for each right',
        querystring: WriteQuery,
        body: NewRequests,
        response: { 201: refer(Case) }
      }
    },
    async (request, reply) => {
      const who = request.who()
      const asked = askedBy(who, request.body)
      reply.code(201)
      if (request.query.dryRun) {
        reply.header('dry-run', 'true')
        const open = async (scope: Scope) => await showCase(scope, (await openRequestsIn(scope, asked)).caseId)
        return withETag(reply, await rehearse(db, who, open))
      }
      const claim = idempotencyClaimOf(request, who)
      const { caseId, fresh, composed } = await openRequests({ db, insertCase }, who, asked, claim)
      if (!fresh) {
        reply.header('idempotency-replayed', 'true')
        return withETag(reply, await inTenant(db, who, scope => showCase(scope, caseId)))
      }
      return withETag(reply, showComposed(who, composed))
    }
  )
}

/** As `showCase`, from what was written. */
function showComposed(who: Who, { made, people, contents }: Composed) {
  const { theirs, rows } = rowsOf(made)
  const requests = rows.map((row, index) => viewWith(who, row, theirs, { people, contents: contents[index]! }))
  return { caseId: theirs.id, reference: theirs.reference, version: versionOfCase(rows), requests }
}

/** @throws {HabeasError} `invalid`; `forbidden` for what this caller may not say */
function askedBy(who: Who, body: Static<typeof NewRequests>): Asked {
  const { subject, requester, receivedAt, datedOn } = body
  if (receivedAt !== undefined && who.actor.mover !== 'agent') {
    throw new HabeasError('forbidden', 'Only staff may say that a request arrived earlier than now.')
  }
  const method = body.verification?.method ?? (subject.email === undefined ? 'none' : 'email')
  if (method === 'session' && who.actor.mover === 'integration' && !who.actor.scopes.includes('verification:assert')) {
    throw new HabeasError('forbidden', 'Asserting a signed-in session needs the scope verification:assert.', {
      scope: 'verification:assert'
    })
  }
  if (method === 'session' && who.actor.mover === 'agent') throw sessionOfStaff('/verification/method')
  return {
    rights: body.rights,
    details: detailsByRight(body.rights, body.details),
    subject: {
      name: subject.name ?? null,
      email: subject.email === undefined ? null : parseMailbox(subject.email, '/subject/email').address,
      locale: subject.locale ?? 'en',
      country: subject.country ?? null,
      region: subject.region ?? null,
      identifiers: subject.identifiers ?? []
    },
    requester:
      requester === undefined
        ? null
        : {
            ...requester,
            email: parseMailbox(requester.email, '/requester/email').address,
            authority: requester.authority ?? null
          },
    channel: body.channel,
    receivedAt: receivedAt === undefined ? who.now : new Date(receivedAt),
    isReceiptSaid: receivedAt !== undefined && new Date(receivedAt) < who.now,
    datedOn: datedOn === undefined ? null : parseLocalDate(datedOn, '/datedOn'),
    regime: body.regime ?? null,
    verification: method === 'session' ? { method, proven: true, by: who.actor.id } : { method, proven: false },
    externalId: body.externalId ?? null,
    metadata: body.metadata ?? {},
    guessed: false
  }
}
