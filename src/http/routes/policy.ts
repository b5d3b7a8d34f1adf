// What the tenant promises and chooses.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { setPolicy } from '../../actions/tenancy/set-policy.ts'
import { type Database, inTenant, type Scope } from '../../storage/database.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { NoQuery, WriteQuery } from '../schemas/common.ts'
import { refer } from '../schemas/component.ts'
import { Policy, PolicyDraft, PolicyInForce } from '../schemas/policy.ts'
import { withETag, write } from '../writes.ts'

const tags = ['Tenant']
const inForce = refer(PolicyInForce)

export const policyRoutes: FastifyPluginAsyncTypebox<{ db: Database }> = async (app, { db }) => {
  for (const schema of [Policy, PolicyDraft, PolicyInForce]) app.addSchema(schema)

  app.get(
    '/policy',
    {
      schema: {
        operationId: 'getPolicy',
        summary: 'Read the policy in force',
        tags,
        querystring: NoQuery,
        response: { 200: inForce }
      }
    },
    async (request, reply) => withETag(reply, await inTenant(db, request.who(), render))
  )

  app.put(
    '/policy',
    {
      schema: {
        operationId: 'setPolicy',
        summary: 'Set a new version of the policy',
        description: 'Requests that are open keep the clock they were opened with, but go by the new public holidays.',
        tags,
        querystring: WriteQuery,
        body: refer(PolicyDraft),
        response: { 200: inForce }
      }
    },
    async (request, reply) =>
      await write(db, request, reply, { status: 200, resource: request.who().tenantId, render }, scope =>
        setPolicy(scope, request.body)
      )
  )
}

async function render(scope: Scope): Promise<PolicyInForce> {
  const { version, body, setAt, setBy } = await currentPolicy(scope)
  return { version, setAt: setAt.toISOString(), setBy, policy: body }
}
