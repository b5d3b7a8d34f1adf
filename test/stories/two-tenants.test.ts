// Two tenants under one roof: what belongs to the other answers as what never was.

import { randomUUID } from 'node:crypto'
import t from 'tap'
import { openHouse, type TenantInHouse } from '../support/house.ts'

const BARE = {
  purposes: ['selling'],
  legalBasis: 'contract',
  retention: 'Five years',
  source: 'The person',
  recipients: []
}
const SYSTEM = {
  slug: 'shop',
  name: 'Shop database',
  location: 'Frankfurt, Germany',
  categories: [
    {
      name: 'Orders',
      ...BARE,
      providedBySubject: true,
      automatedProcessing: true,
      directMarketing: false,
      specialCategory: false
    }
  ]
}

interface Operation {
  readonly operationId: string
  readonly requestBody?: {
    readonly content: Readonly<
      Record<string, { readonly example?: unknown; readonly schema?: { readonly $ref?: string } }>
    >
  }
}

t.test('Every route, with the ids of another tenant', async t => {
  const house = await openHouse(t)
  const [mine, theirs] = [await house.tenant(), await house.tenant()]
  const ids = await furnish(theirs)
  await furnish(mine)
  const { paths, components } = (await house.stranger.get('/openapi.json')).json<{
    paths: Record<string, Record<string, Operation>>
    components: { schemas: Record<string, { examples?: unknown[]; example?: unknown }> }
  }>()
  const namedExample = (ref = '') => {
    const named = components.schemas[ref.split('/').at(-1) ?? '']
    return named?.examples?.[0] ?? named?.example
  }

  let asked = 0
  for (const [path, operations] of Object.entries(paths)) {
    const kind = /^\/v1\/([a-z-]+)\/\{id\}/.exec(path)?.[1]
    if (kind === undefined) continue
    const foreign = ids[kind]
    if (!t.ok(foreign, `there is one of the other's ${kind}`)) continue
    for (const [method, { operationId, requestBody }] of Object.entries(operations)) {
      const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? ['application/json', {}]
      const body =
        type === 'application/json'
          ? (content.example ?? namedExample(content.schema?.$ref))
          : type === 'application/x-ndjson'
            ? '{"a":1}\n'
            : 'text'
      const callWith = async (caller: 'admin' | 'integration', id: string) => {
        const answer = await house.app.inject({
          method: method.toUpperCase() as 'POST',
          url: path
            .replace('{id}', id)
            .replace('{dataset}', 'profile')
            .replace('{name}', 'letter.txt')
            .replace('{letterId}', randomUUID())
            .replace('{deliveryId}', ids.deliveries!),
          headers: {
            authorization: `Bearer ${mine[caller].token()}`,
            ...(requestBody === undefined ? {} : { 'content-type': type })
          },
          ...(requestBody === undefined
            ? {}
            : { payload: typeof body === 'string' ? body : JSON.stringify(body ?? {}) })
        })
        const { requestId: _, ...rest } = answer.body === '' ? { requestId: '' } : answer.json()
        return { status: answer.statusCode, body: rest }
      }
      for (const caller of ['admin', 'integration'] as const) {
        const missing = await callWith(caller, randomUUID())
        t.same(await callWith(caller, String(foreign)), missing, `${caller} ${operationId}`)
        t.ok(missing.status === 404 || missing.status === 403, `${caller} ${operationId} answers ${missing.status}`)
        asked += 1
      }
    }
  }
  t.ok(asked > 60, `${asked} were asked`)

  await t.test('and nothing of theirs is in any list', async t => {
    for (const [path, operations] of Object.entries(paths)) {
      if (!path.startsWith('/v1/') || path.includes('{') || operations.get === undefined) continue
      const answer = await mine.admin.get(path)
      // A live tenant has no clock of its own.
      t.equal(answer.statusCode, path === '/v1/test-clock' ? 403 : 200, path)
      for (const id of Object.values(ids)) t.notOk(answer.body.includes(id), `${path} shows none of theirs`)
    }
  })

  await t.test('and no header, query or field makes somebody the other', async t => {
    const before = (await mine.agent.get('/v1/requests')).json()
    for (const headers of [
      { 'x-tenant-id': theirs.id },
      { 'x-tenant': theirs.slug },
      { host: `${theirs.slug}.example` }
    ]) {
      t.same((await mine.agent.get('/v1/requests', headers as Record<string, string>)).json(), before)
    }
    for (const query of [`tenant=${theirs.slug}`, `tenantId=${theirs.id}`]) {
      t.equal((await mine.agent.get(`/v1/requests?${query}`)).statusCode, 422, query)
    }
  })
})

/** One of everything that has an id. */
async function furnish(tenant: TenantInHouse): Promise<Record<string, string>> {
  const made = async (answer: Promise<{ statusCode: number; body: string; json(): Record<string, unknown> }>) => {
    const { statusCode, body, json } = await answer
    if (statusCode > 299) throw new Error(body)
    return { ...(await answer).json(), json } as unknown as Record<string, unknown>
  }
  const system = await made(tenant.admin.post('/v1/systems', SYSTEM))
  const opened = await made(
    tenant.agent.post('/v1/requests', {
      rights: ['restriction'],
      subject: { name: 'Mia Holm', email: 'mia@example.com' },
      details: { ground: 'accuracy_contested' },
      verification: { method: 'none' }
    })
  )
  const { id } = (opened.requests as { id: string }[])[0]!
  await made(
    tenant.agent.post(`/v1/requests/${id}/verification/confirmation`, { method: 'in_person', note: 'At the desk.' })
  )
  await made(tenant.agent.post(`/v1/requests/${id}/fulfilment`))
  const tasks = await made(tenant.agent.get('/v1/tasks'))
  const mail =
    'From: Bo <bo@example.org>\r\nTo: privacy@house.example\r\nSubject: Hello\r\nMessage-ID: <1@example.org>\r\n\r\nWhere is my invoice?\r\n'
  const inbound = await made(tenant.agent.post('/v1/inbound/email', mail, { 'content-type': 'message/rfc822' }))
  const key = await made(tenant.admin.post('/v1/api-keys', { name: 'Another', scopes: ['requests:read'] }))
  const register = await made(tenant.agent.get('/v1/register'))
  const feed = await made(tenant.agent.post('/v1/calendar-feeds', { name: 'Office wall' }))
  const webhook = await made(tenant.admin.post('/v1/webhooks', { url: 'https://hooks.example.com/' }))
  const delivery = await made(tenant.admin.post(`/v1/webhooks/${webhook.id}/test`))
  return {
    systems: String(system.id),
    requests: id,
    cases: String(opened.caseId),
    tasks: String((tasks.data as { id: string }[])[0]?.id),
    inbound: String(inbound.inboundId),
    'api-keys': String(key.id),
    'calendar-feeds': String(feed.id),
    register: String((register.data as { id: string }[])[0]?.id),
    webhooks: String(webhook.id),
    deliveries: String(delivery.id)
  }
}
