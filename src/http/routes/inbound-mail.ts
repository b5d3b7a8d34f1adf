// Mail that is handed in as it came off the wire. Apart from the other routes, because it takes mail and no JSON.

import { hash } from 'node:crypto'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { IncomingMail } from '../../actions/intake/incoming-mail.ts'
import { receiveEmail } from '../../actions/intake/receive-email.ts'
import { MAIL_BYTES_MAX, parseMail } from '../../inbound/parse-mail.ts'
import { type Database, inTenant, type Scope } from '../../storage/database.ts'
import { retryConflicts } from '../../storage/failures.ts'
import { rehearse } from '../../storage/rehearsal.ts'
import { showReceived } from '../inbound-view.ts'
import { refer } from '../schemas/component.ts'
import { MailBody, Received, ReceiveQuery } from '../schemas/inbound.ts'

const MAIL_TYPE = 'message/rfc822'

export const inboundMailRoute: FastifyPluginAsyncTypebox<{ db: Database }> = async (app, { db }) => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    MAIL_TYPE,
    { parseAs: 'buffer', bodyLimit: MAIL_BYTES_MAX },
    async (_request: unknown, body: Buffer) => body
  )
  const ownHost = new URL(db.publicUrl).hostname

  app.post(
    '/inbound/email',
    {
      bodyLimit: MAIL_BYTES_MAX,
      schema: {
        operationId: 'receiveEmail',
        summary: 'Hand in a mail as it came off the wire',
        description:
          'A raw RFC 5322 message of at most 25 MiB. A request in it opens a case (201), an answer to one of our letters joins its conversation (201), what nobody can tell waits to be sorted (202), and what a machine wrote is put aside (202). The Message-ID makes it safe to repeat: the same mail handed in again answers as the first did, with 200. Attachments of together at most 256 KiB are kept with it; larger ones are listed only, and stay in the mailbox the mail came to.',
        tags: ['Inbound'],
        body: MailBody,
        querystring: ReceiveQuery,
        response: { 200: refer(Received), 201: refer(Received), 202: refer(Received) }
      }
    },
    async (request, reply) => {
      const who = request.who()
      const { receivedAt, dryRun = false } = request.query
      const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      // Read before the transaction opens: a mail of 25 MiB takes a while.
      const mail: IncomingMail = { ...(await parseMail(raw, { ownHost })), digest: hash('sha256', raw, 'buffer') }
      const take = async (scope: Scope) => {
        const { inboundId, isNew } = await receiveEmail(
          scope,
          mail,
          receivedAt === undefined ? null : new Date(receivedAt)
        )
        return { answer: await showReceived(scope, inboundId), isNew }
      }
      const { answer, isNew } = await retryConflicts(() => (dryRun ? rehearse : inTenant)(db, who, take))
      if (dryRun) reply.header('dry-run', 'true')
      reply.code(statusOf(answer.result, isNew))
      return answer
    }
  )
}

function statusOf(result: string, isNew: boolean): 200 | 201 | 202 {
  if (!isNew) return 200
  return result === 'opened' || result === 'filed' ? 201 : 202
}
