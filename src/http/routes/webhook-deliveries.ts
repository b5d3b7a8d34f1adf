// What was promised to a webhook, and what became of it.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { uuidv7 } from 'uuidv7'
import { redeliver, sendPing } from '../../actions/webhooks/send-again.ts'
import { inTenant, type Scope } from '../../storage/database.ts'
import { listDeliveries } from '../../storage/webhook-deliveries.ts'
import { findWebhook } from '../../storage/webhooks.ts'
import { type ListParts, listPage } from '../lists.ts'
import { IdInPath, NoQuery, WriteQuery } from '../schemas/common.ts'
import { refer } from '../schemas/component.ts'
import { DeliveryInPath, DeliveryListQuery, WebhookDeliveries, WebhookDelivery } from '../schemas/webhooks.ts'
import { deliveryOnTheWire, showDelivery } from '../webhook-view.ts'
import { write } from '../writes.ts'

const tags = ['Webhooks']
const one = refer(WebhookDelivery)

export const webhookDeliveryRoutes: FastifyPluginAsyncTypebox<ListParts> = async (app, parts) => {
  const { db } = parts
  for (const schema of [WebhookDelivery, WebhookDeliveries]) app.addSchema(schema)

  app.get(
    '/webhooks/:id/deliveries',
    {
      schema: {
        operationId: 'listWebhookDeliveries',
        summary: 'List what was promised to a webhook, newest first',
        tags,
        params: IdInPath,
        querystring: DeliveryListQuery,
        response: { 200: refer(WebhookDeliveries) }
      }
    },
    async request => {
      const { query, params } = request
      return await listPage(parts, request, {
        name: `deliveries of ${params.id}`,
        rows: async (scope, after: [string, string] | null, limit) => {
          await findWebhook(scope, params.id)
          const before = after === null ? null : { at: after[0], id: after[1] }
          return await listDeliveries(scope, params.id, { state: query.status, before, limit })
        },
        positionOf: ({ row }) => [row.createdAt.toISOString(), row.id],
        render: deliveryOnTheWire
      })
    }
  )

  app.get(
    '/webhooks/:id/deliveries/:deliveryId',
    {
      schema: {
        operationId: 'getWebhookDelivery',
        summary: 'Read a delivery',
        tags,
        params: DeliveryInPath,
        querystring: NoQuery,
        response: { 200: one }
      }
    },
    async request => {
      const { id, deliveryId } = request.params
      return await inTenant(db, request.who(), scope => showDelivery(scope, id, deliveryId))
    }
  )

  app.post(
    '/webhooks/:id/deliveries/:deliveryId/redelivery',
    {
      schema: {
        operationId: 'redeliverWebhook',
        summary: 'Have it delivered once more, under the same id',
        tags,
        params: DeliveryInPath,
        querystring: WriteQuery,
        response: { 202: one }
      }
    },
    async (request, reply) => {
      const { id, deliveryId } = request.params
      const render = (scope: Scope, resource: string) => showDelivery(scope, id, resource)
      return await write(db, request, reply, { status: 202, resource: deliveryId, render }, scope =>
        redeliver(scope, id, deliveryId)
      )
    }
  )

  app.post(
    '/webhooks/:id/test',
    {
      schema: {
        operationId: 'testWebhook',
        summary: 'Send a ping to a webhook',
        description:
          'An event of the type `webhook.ping`, signed like any other. Read the delivery to see what became of it.',
        tags,
        params: IdInPath,
        querystring: WriteQuery,
        response: { 202: one }
      }
    },
    async (request, reply) => {
      const { id } = request.params
      const render = (scope: Scope, resource: string) => showDelivery(scope, id, resource)
      return await write(db, request, reply, { status: 202, resource: uuidv7(), render }, (scope, deliveryId) =>
        sendPing(scope, id, deliveryId)
      )
    }
  )
}
