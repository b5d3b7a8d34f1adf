// The credentials of a tenant's integrations.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { uuidv7 } from 'uuidv7'
import { issueApiKey } from '../../actions/tenancy/issue-api-key.ts'
import { revokeApiKey } from '../../actions/tenancy/revoke-api-key.ts'
import { type ApiKeyRow, findApiKey, listApiKeys, versionOfApiKey } from '../../storage/api-keys.ts'
import { type ListParts, listPage } from '../lists.ts'
import { ApiKey, ApiKeys, IssuedApiKey, NewApiKey } from '../schemas/api-keys.ts'
import { IdInPath, listQuery, Nothing, WriteQuery } from '../schemas/common.ts'
import { refer } from '../schemas/component.ts'
import { removed, write } from '../writes.ts'

const tags = ['Tenant']

export const apiKeyRoutes: FastifyPluginAsyncTypebox<ListParts> = async (app, parts) => {
  const { db } = parts
  for (const schema of [ApiKey, IssuedApiKey, NewApiKey, ApiKeys]) app.addSchema(schema)

  app.get(
    '/api-keys',
    {
      schema: {
        operationId: 'listApiKeys',
        summary: 'List API keys',
        tags,
        querystring: listQuery({}),
        response: { 200: refer(ApiKeys) }
      }
    },
    async request =>
      await listPage(parts, request, {
        name: 'api-keys',
        rows: (scope, after: [string] | null, limit) => listApiKeys(scope, after?.[0] ?? null, limit),
        positionOf: row => [row.id],
        render: onTheWire
      })
  )

  app.post(
    '/api-keys',
    {
      schema: {
        operationId: 'issueApiKey',
        summary: 'Issue an API key',
        description: 'The secret is in this answer and in no other.',
        tags,
        querystring: WriteQuery,
        body: refer(NewApiKey),
        response: { 201: refer(IssuedApiKey) }
      }
    },
    async (request, reply) => {
      const { name, scopes, kind, expiresAt } = request.body
      const asked = { name, scopes, kind, expiresAt: expiresAt == null ? null : new Date(expiresAt) }
      let secret: string | null = null
      return await write(
        db,
        request,
        reply,
        {
          status: 201,
          resource: uuidv7(),
          render: async (scope, id) => ({ ...onTheWire(await findApiKey(scope, id)), secret })
        },
        async (scope, id) => {
          secret = (await issueApiKey(scope, id, asked)).secret
        }
      )
    }
  )

  app.delete(
    '/api-keys/:id',
    {
      schema: {
        operationId: 'revokeApiKey',
        summary: 'Revoke an API key',
        description: 'Holds everywhere within five seconds.',
        tags,
        params: IdInPath,
        querystring: WriteQuery,
        response: { 204: Nothing }
      }
    },
    async (request, reply) => await removed(db, request, reply, request.params.id, revokeApiKey)
  )
}

function onTheWire(row: ApiKeyRow): ApiKey {
  const { id, name, prefix, scopes, createdBy, createdAt, expiresAt, revokedAt } = row
  return {
    id,
    version: versionOfApiKey(row),
    name,
    prefix,
    scopes,
    createdBy,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null
  }
}
