// The register: who is restricted, has objected or was erased, and how an entry ends.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { giveLiftNotice } from '../../actions/register/give-lift-notice.ts'
import { liftEntry } from '../../actions/register/lift-register-entry.ts'
import { parseLocalDate } from '../../domain/deadline/local-date.ts'
import { parseMailbox } from '../../domain/mailbox-address.ts'
import { purposeForm } from '../../domain/register.ts'
import type { Scope } from '../../storage/database.ts'
import { type RegisterEntry as Entry, findEntry, listEntries } from '../../storage/register.ts'
import { type ListParts, listPage } from '../lists.ts'
import { IdInPath, WriteQuery } from '../schemas/common.ts'
import { refer } from '../schemas/component.ts'
import { Lifting, LiftNotice, RegisterEntry, RegisterPage, RegisterQuery } from '../schemas/register.ts'
import { write } from '../writes.ts'

const tags = ['Register']
const one = refer(RegisterEntry)

export const registerRoutes: FastifyPluginAsyncTypebox<ListParts> = async (app, parts) => {
  const { db } = parts
  for (const schema of [RegisterEntry, RegisterPage, LiftNotice, Lifting]) app.addSchema(schema)

  app.get(
    '/register',
    {
      schema: {
        operationId: 'listRegister',
        summary: 'List the register',
        tags,
        querystring: RegisterQuery,
        response: { 200: refer(RegisterPage) }
      }
    },
    async request => {
      const { query } = request
      const { kind, requestId, email, standing } = query
      const filter = {
        kind,
        requestId,
        standing,
        // What cannot be the name of a purpose is nobody's: the list is empty, as for any name that nobody objected to.
        purpose: query.purpose === undefined ? undefined : (purposeForm(query.purpose) ?? query.purpose),
        identifier:
          email === undefined ? undefined : { kind: 'email', value: parseMailbox(email, '/query/email').address }
      }
      return await listPage(parts, request, {
        name: 'register',
        rows: (scope, after: [string] | null, limit) =>
          listEntries(scope, filter, { after: after?.[0] ?? null, limit }),
        positionOf: entry => [entry.id],
        render: onTheWire
      })
    }
  )

  app.post(
    '/register/:id/notice',
    {
      schema: {
        operationId: 'giveLiftNotice',
        summary: 'Tell the person that a restriction will end (GDPR Art. 18(3))',
        tags,
        params: IdInPath,
        querystring: WriteQuery,
        body: refer(LiftNotice),
        response: { 201: one }
      }
    },
    async (request, reply) => {
      const { because, note, liftsOn } = request.body
      return await write(db, request, reply, { status: 201, resource: request.params.id, render }, (scope, id) =>
        giveLiftNotice(scope, id, { because, words: note, liftsOn: parseLocalDate(liftsOn, '/liftsOn') })
      )
    }
  )

  app.post(
    '/register/:id/lifting',
    {
      schema: {
        operationId: 'liftRegisterEntry',
        summary: 'End an entry; a restriction only after its notice was sent',
        tags,
        params: IdInPath,
        querystring: WriteQuery,
        body: refer(Lifting),
        response: { 201: one }
      }
    },
    async (request, reply) => {
      const { because, note = null } = request.body
      return await write(db, request, reply, { status: 201, resource: request.params.id, render }, (scope, id) =>
        liftEntry(scope, id, { because, words: note })
      )
    }
  )
}

async function render(scope: Scope, id: string): Promise<RegisterEntry> {
  return onTheWire(await findEntry(scope, id))
}

function onTheWire({ id, requestId, kind, purpose, sinceAt, names, liftedAt, notice }: Entry): RegisterEntry {
  return {
    id,
    requestId,
    kind,
    purpose,
    since: sinceAt.toISOString(),
    names,
    standing: liftedAt === null,
    liftedAt: liftedAt?.toISOString() ?? null,
    notice: notice === null ? null : { ...notice, at: notice.at.toISOString() }
  }
}
