// What arrived, what of it waits to be sorted, and the right that a mail was about.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { confirmRight } from '../../actions/intake/confirm-right.ts'
import { dismissInbound, openFromInbound } from '../../actions/intake/sort-inbound.ts'
import { detailsByRight } from '../../domain/details.ts'
import { inTenant } from '../../storage/database.ts'
import { listInbound } from '../../storage/inbound.ts'
import { showInbound, showInboundList, showReceived } from '../inbound-view.ts'
import { type ListParts, listPage } from '../lists.ts'
import { showRequest } from '../request-view.ts'
import { IdInPath, NoQuery, WriteQuery } from '../schemas/common.ts'
import { refer } from '../schemas/component.ts'
import {
  ConfirmedRightBody,
  INBOUND_COMPONENTS,
  InboundItem,
  InboundListQuery,
  InboundPage,
  Received,
  SortedBody
} from '../schemas/inbound.ts'
import { SubjectRequest } from '../schemas/subject-requests.ts'
import { write } from '../writes.ts'
import { inboundMailRoute } from './inbound-mail.ts'

const tags = ['Inbound']

export const inboundRoutes: FastifyPluginAsyncTypebox<ListParts> = async (app, parts) => {
  const { db } = parts
  for (const schema of INBOUND_COMPONENTS) app.addSchema(schema)
  await app.register(inboundMailRoute, { db })

  app.get(
    '/inbound',
    {
      schema: {
        operationId: 'listInbound',
        summary: 'List what arrived, newest first',
        tags,
        querystring: InboundListQuery,
        response: { 200: refer(InboundPage) }
      }
    },
    async request => {
      const { query } = request
      return await listPage(parts, request, {
        name: 'inbound',
        rows: async (scope, after: [string] | null, limit) => {
          const rows = await listInbound(scope, query, { after: after?.[0] ?? null, limit })
          return rows.map(await showInboundList(scope, rows))
        },
        positionOf: ({ id }) => [id],
        render: shown => shown
      })
    }
  )

  app.get(
    '/inbound/:id',
    {
      schema: {
        operationId: 'getInbound',
        summary: 'Read a mail or form',
        tags,
        params: IdInPath,
        querystring: NoQuery,
        response: { 200: refer(InboundItem) }
      }
    },
    async request => await inTenant(db, request.who(), scope => showInbound(scope, request.params.id))
  )

  app.post(
    '/inbound/:id/case',
    {
      schema: {
        operationId: 'openFromInbound',
        summary: 'Make it a case',
        description: 'The rights are then the word of staff and no guess. Its period counts from when it arrived.',
        tags,
        params: IdInPath,
        querystring: WriteQuery,
        body: SortedBody,
        response: { 201: refer(Received) }
      }
    },
    async (request, reply) => {
      const { rights, details, identifiers = [] } = request.body
      const sorted = { rights, details: detailsByRight(rights, details, false), identifiers }
      const { id } = request.params
      return await write(db, request, reply, { status: 201, resource: id, render: showReceived }, scope =>
        openFromInbound(scope, id, sorted)
      )
    }
  )

  app.post(
    '/inbound/:id/dismissal',
    {
      schema: {
        operationId: 'dismissInbound',
        summary: 'Put it aside: it is no request',
        description: 'It stays, and can still be made a case.',
        tags,
        params: IdInPath,
        querystring: WriteQuery,
        response: { 201: refer(InboundItem) }
      }
    },
    async (request, reply) => {
      const { id } = request.params
      return await write(db, request, reply, { status: 201, resource: id, render: showInbound }, scope =>
        dismissInbound(scope, id)
      )
    }
  )

  app.post(
    '/requests/:id/right',
    {
      schema: {
        operationId: 'confirmRight',
        summary: 'Confirm or correct the right that was guessed from a mail',
        description:
          'Nothing else happens to the request before. With the last guess of a case confirmed, the person is asked to prove who they are.',
        tags,
        params: IdInPath,
        querystring: WriteQuery,
        body: ConfirmedRightBody,
        response: { 201: refer(SubjectRequest) }
      }
    },
    async (request, reply) => {
      const { right, details, identifiers = [] } = request.body
      const confirmed = { right, details: detailsByRight([right], details, false)[right] ?? null, identifiers }
      const { id } = request.params
      return await write(db, request, reply, { status: 201, resource: id, render: showRequest }, scope =>
        confirmRight(scope, id, confirmed)
      )
    }
  )
}
