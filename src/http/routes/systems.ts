// The tenant's data map.

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { uuidv7 } from 'uuidv7'
import { addSystem, changeSystem, removeSystem } from '../../actions/tenancy/change-data-map.ts'
import { inTenant, type Scope } from '../../storage/database.ts'
import { findSystem, listSystems, type SystemRow } from '../../storage/systems.ts'
import { type ListParts, listPage } from '../lists.ts'
import { IdInPath, listQuery, NoQuery, Nothing, WriteQuery } from '../schemas/common.ts'
import { refer } from '../schemas/component.ts'
import { DataCategory, NewSystem, System, SystemChanges, Systems } from '../schemas/systems.ts'
import { removed, withETag, write } from '../writes.ts'

const tags = ['Tenant']
const one = refer(System)

export const systemRoutes: FastifyPluginAsyncTypebox<ListParts> = async (app, parts) => {
  const { db } = parts
  for (const schema of [DataCategory, System, NewSystem, SystemChanges, Systems]) app.addSchema(schema)

  app.get(
    '/systems',
    {
      schema: {
        operationId: 'listSystems',
        summary: 'List the data map',
        tags,
        querystring: listQuery({}),
        response: { 200: refer(Systems) }
      }
    },
    async request =>
      await listPage(parts, request, {
        name: 'systems',
        rows: (scope, after: [string] | null, limit) => listSystems(scope, after?.[0] ?? null, limit),
        positionOf: row => [row.slug],
        render: onTheWire
      })
  )

  app.post(
    '/systems',
    {
      schema: {
        operationId: 'addSystem',
        summary: 'Add a system',
        tags,
        querystring: WriteQuery,
        body: refer(NewSystem),
        response: { 201: one }
      }
    },
    async (request, reply) =>
      await write(db, request, reply, { status: 201, resource: uuidv7(), render }, (scope, id) =>
        addSystem(scope, id, { ...UNSAID, ...request.body })
      )
  )

  app.get(
    '/systems/:id',
    {
      schema: {
        operationId: 'getSystem',
        summary: 'Read a system',
        tags,
        params: IdInPath,
        querystring: NoQuery,
        response: { 200: one }
      }
    },
    async (request, reply) =>
      withETag(reply, await inTenant(db, request.who(), scope => render(scope, request.params.id)))
  )

  app.patch(
    '/systems/:id',
    {
      schema: {
        operationId: 'changeSystem',
        summary: 'Change a system',
        tags,
        params: IdInPath,
        querystring: WriteQuery,
        body: refer(SystemChanges),
        response: { 200: one }
      }
    },
    async (request, reply) =>
      await write(db, request, reply, { status: 200, resource: request.params.id, render }, (scope, id) =>
        changeSystem(scope, id, request.body)
      )
  )

  app.delete(
    '/systems/:id',
    {
      schema: {
        operationId: 'removeSystem',
        summary: 'Remove a system',
        tags,
        params: IdInPath,
        querystring: WriteQuery,
        response: { 204: Nothing }
      }
    },
    async (request, reply) => await removed(db, request, reply, request.params.id, removeSystem)
  )
}

/** What a new system is when nothing is said. */
const UNSAID = {
  personalData: 'held',
  role: 'controller',
  categories: [],
  automatedDecisions: [],
  transferSafeguard: null,
  description: null,
  assignee: null,
  instructions: null
} as const

async function render(scope: Scope, id: string): Promise<System> {
  return onTheWire(await findSystem(scope, id))
}

function onTheWire({ tenantId: _, removedAt: __, createdAt, updatedAt, ...system }: SystemRow): System {
  return { ...system, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() }
}
