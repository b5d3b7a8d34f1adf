// What stories of fulfilment begin with: a data map, a person who is known to be who they say, and a look behind the doors.

import type { LightMyRequestResponse } from 'fastify'
import type { Right } from '../../src/domain/rights.ts'
import type { Details } from '../../src/domain/subject-request.ts'
import type { SubjectRequestShape } from '../../src/http/schemas/subject-requests.ts'
import type { TaskShape } from '../../src/http/schemas/tasks.ts'
import type { Client } from './client.ts'
import { asOwner } from './cluster.ts'
import type { House, TenantInHouse } from './house.ts'

/** One category of the data map: an account under contract, and what is said otherwise. */
export function dataCategory(name: string, facts: object = {}): object {
  return {
    name,
    purposes: ['providing the service'],
    legalBasis: 'contract',
    retention: 'until the account is deleted',
    source: 'the person',
    recipients: [],
    providedBySubject: true,
    automatedProcessing: true,
    directMarketing: false,
    specialCategory: false,
    ...facts
  }
}

/** Adds a system to the data map. @returns its id */
export async function addSystem(
  tenant: TenantInHouse,
  slug: string,
  categories: object[],
  facts: object = {}
): Promise<string> {
  const name = `${slug[0]!.toUpperCase()}${slug.slice(1)}`
  const body = { slug, name, location: 'Frankfurt, Germany', categories, ...facts }
  return (await well<{ id: string }>(tenant.admin.post('/v1/systems', body))).id
}

export interface Asking {
  readonly details?: Details
  readonly email?: string
  /** False: they have not shown yet who they are. */
  readonly proven?: boolean
}

/** A request of somebody who has just signed in at the tenant's. @returns its id */
export async function ask(tenant: TenantInHouse, right: Right, asking: Asking = {}): Promise<string> {
  const { details, email = 'mia@example.com', proven = true } = asking
  const { requests } = await well<{ requests: { id: string }[] }>(
    tenant.integration.post('/v1/requests', {
      rights: [right],
      subject: { name: 'Mia Holm', email, identifiers: [{ kind: 'user_id', value: `u-${email}` }] },
      ...(details === undefined ? {} : { details }),
      verification: { method: proven ? 'session' : 'none' }
    })
  )
  return requests[0]!.id
}

/** The same, with its tasks planned. */
export async function askAndStart(tenant: TenantInHouse, right: Right, asking: Asking = {}): Promise<string> {
  const id = await ask(tenant, right, asking)
  await well(tenant.agent.post(`/v1/requests/${id}/fulfilment`))
  return id
}

/** The tasks of a request by the slug of their system, as `client` sees them. */
export async function tasksOf(client: Client, requestId: string): Promise<Record<string, TaskShape>> {
  const { data } = await well<{ data: TaskShape[] }>(client.get(`/v1/tasks?requestId=${requestId}`))
  return Object.fromEntries(data.map(task => [task.system.slug, task]))
}

/** The one task of a request that one system has to act on. */
export async function onlyTaskOf(client: Client, requestId: string): Promise<TaskShape> {
  const tasks = Object.values(await tasksOf(client, requestId))
  if (tasks.length !== 1) throw new Error(`There are ${tasks.length} tasks.`)
  return tasks[0]!
}

/** The answer of a call that has to succeed. */
export async function well<T>(answer: Promise<LightMyRequestResponse>): Promise<T> {
  const response = await answer
  if (response.statusCode >= 300) throw new Error(`${response.statusCode}: ${response.body}`)
  return response.json<T>()
}

/** A request as staff see it. */
export async function requestOf(tenant: TenantInHouse, id: string): Promise<SubjectRequestShape> {
  return await well(tenant.agent.get(`/v1/requests/${id}`))
}

/** The history of a request, read past every door. */
export async function eventsOf(
  house: House,
  requestId: string
): Promise<{ kind: string; mover: string; data: Record<string, unknown> }[]> {
  return await asOwner(house.ownerUrl, async sql => [
    ...(await sql<{ kind: string; mover: string; data: Record<string, unknown> }[]>`
      select kind, mover, data from events where request_id = ${requestId} order by seq`)
  ])
}

export const kindsOf = (events: readonly { kind: string }[]): string[] => events.map(event => event.kind)
