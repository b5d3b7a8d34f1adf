// The addresses at which a tenant's programs hear of what happens.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { uuidv7 } from 'uuidv7'
import { type AskedWebhook, addWebhook } from '../../actions/webhooks/add-webhook.ts'
import { changeWebhook, removeWebhook } from '../../actions/webhooks/change-webhook.ts'
import type { CheckUrl } from '../../actions/webhooks/require-url.ts'
import { rotateSecret } from '../../actions/webhooks/rotate-secret.ts'
import { type EventType, kindOfType } from '../../domain/event-types.ts'
import { OVERLAP_HOURS } from '../../domain/webhooks.ts'
import { inTenant, type Scope } from '../../storage/database.ts'
import { listWebhooks } from '../../storage/webhooks.ts'
import { type ListParts, listPage } from '../lists.ts'
import { IdInPath, listQuery, NoQuery, Nothing, WriteQuery } from '../schemas/common.ts'
import { refer } from '../schemas/component.ts'
import {
  NewWebhook,
  SecretRotation,
  Webhook,
  WebhookChanges,
  Webhooks,
  WebhookWithSecret
} from '../schemas/webhooks.ts'
import { showWebhook, webhookOnTheWire } from '../webhook-view.ts'
import { removed, withETag, write } from '../writes.ts'

const tags = ['Webhooks']
const one = refer(Webhook)

interface Parts extends ListParts {
  /** The operator decides which addresses are reached. */
  checkUrl: CheckUrl
}

export const webhookRoutes: FastifyPluginAsyncTypebox<Parts> = async (app, parts) => {
  const { db, checkUrl } = parts
  for (const schema of [Webhook, WebhookWithSecret, NewWebhook, WebhookChanges, SecretRotation, Webhooks])
    app.addSchema(schema)

  app.get(
    '/webhooks',
    {
      schema: {
        operationId: 'listWebhooks',
        summary: 'List webhooks',
        tags,
        querystring: listQuery({}),
        response: { 200: refer(Webhooks) }
      }
    },
    async request =>
      await listPage(parts, request, {
        name: 'webhooks',
        rows: (scope, after: [string] | null, limit) => listWebhooks(scope, after?.[0] ?? null, limit),
        positionOf: row => [row.id],
        render: (row, scope) => webhookOnTheWire(scope, row)
      })
  )

  app.post(
    '/webhooks',
    {
      schema: {
        operationId: 'addWebhook',
        summary: 'Add a webhook',
        description: 'The secret is in this answer and in no other. It hears of what happens from now on.',
        tags,
        querystring: WriteQuery,
        body: refer(NewWebhook),
        response: { 201: refer(WebhookWithSecret) }
      }
    },
    async (request, reply) => {
      const { url, events = null, description = null, enabled = true } = request.body
      const asked = { url, kinds: kindsOf(events), description, enabled }
      const secret = keepSecret()
      return await write(
        db,
        request,
        reply,
        { status: 201, resource: uuidv7(), render: secret.show },
        async (scope, id) => secret.keep(await addWebhook(scope, id, asked, checkUrl))
      )
    }
  )

  app.get(
    '/webhooks/:id',
    {
      schema: {
        operationId: 'getWebhook',
        summary: 'Read a webhook',
        tags,
        params: IdInPath,
        querystring: NoQuery,
        response: { 200: one }
      }
    },
    async (request, reply) =>
      withETag(reply, await inTenant(db, request.who(), scope => showWebhook(scope, request.params.id)))
  )

  app.patch(
    '/webhooks/:id',
    {
      schema: {
        operationId: 'changeWebhook',
        summary: 'Change a webhook, or switch it on or off',
        tags,
        params: IdInPath,
        querystring: WriteQuery,
        body: refer(WebhookChanges),
        response: { 200: one }
      }
    },
    async (request, reply) => {
      const { events, ...facts } = request.body
      const changes: Partial<AskedWebhook> = { ...facts, ...(events === undefined ? {} : { kinds: kindsOf(events) }) }
      return await write(
        db,
        request,
        reply,
        { status: 200, resource: request.params.id, render: showWebhook },
        (scope, id) => changeWebhook(scope, id, changes, checkUrl)
      )
    }
  )

  app.delete(
    '/webhooks/:id',
    {
      schema: {
        operationId: 'removeWebhook',
        summary: 'Remove a webhook, with its address and secrets',
        tags,
        params: IdInPath,
        querystring: WriteQuery,
        response: { 204: Nothing }
      }
    },
    async (request, reply) => await removed(db, request, reply, request.params.id, removeWebhook)
  )

  app.post(
    '/webhooks/:id/secret',
    {
      schema: {
        operationId: 'rotateWebhookSecret',
        summary: 'Give a webhook a new secret',
        description: 'Both sign until the overlap ends: give the receiver the new one meanwhile.',
        tags,
        params: IdInPath,
        querystring: WriteQuery,
        body: refer(SecretRotation),
        response: { 201: refer(WebhookWithSecret) }
      },
      preValidation: async request => {
        request.body ??= {}
      }
    },
    async (request, reply) => {
      const { overlapHours = OVERLAP_HOURS } = request.body
      const secret = keepSecret()
      return await write(
        db,
        request,
        reply,
        { status: 201, resource: request.params.id, render: secret.show },
        async (scope, id) => secret.keep(await rotateSecret(scope, id, overlapHours))
      )
    }
  )
}

/** What a call makes is shown by that call; a repeated one makes nothing and has nothing to show. */
function keepSecret() {
  let kept: string | null = null
  return {
    keep: ({ secret }: { secret: string }) => {
      kept = secret
    },
    show: async (scope: Scope, id: string) => ({ ...(await showWebhook(scope, id)), secret: kept })
  }
}

const kindsOf = (types: readonly EventType[] | null) => types?.map(kindOfType) ?? null
