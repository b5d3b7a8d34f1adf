import Fastify from 'fastify'
import t from 'tap'
import { type ApiScope, SCOPES, STAFF_ROLES } from '../../src/domain/actor.ts'
import { ACCESS, type Access, isCovered, requireAccess } from '../../src/http/access.ts'
import { openHouse } from '../support/house.ts'

const NOBODY = 'b7134a7d-cccf-4c65-af82-831a0a4bb617'

t.test('Every operation lets in whom its row names, and nobody else', async t => {
  const house = await openHouse(t)
  const { staff, key } = await house.tenant()
  const operations = operationsOf(house.app.swagger())
  t.ok(operations.length > 20, 'the routes are there')

  const callers = [
    ...STAFF_ROLES.map(role => ({
      name: role,
      client: staff(role, role),
      mover: 'agent' as const,
      roles: [role],
      scopes: []
    })),
    { name: 'staff without a role', client: staff('new'), mover: 'agent' as const, roles: [], scopes: [] },
    ...(await Promise.all(
      SCOPES.map(async (scope: ApiScope) => ({
        name: scope,
        client: await key(scope),
        mover: 'integration' as const,
        roles: [],
        scopes: [scope]
      }))
    ))
  ]
  for (const { operationId, method, path } of operations) {
    const access = (ACCESS as Record<string, Access>)[operationId]!
    const wrong: string[] = []
    for (const { name, client, ...actor } of callers) {
      // A query that no operation takes: whoever is let in is stopped there, before anything is done.
      const answer = await house.app.inject({
        method,
        url: `${path}?none=1`,
        headers: { authorization: `Bearer ${client.token()}` }
      })
      const isIn = answer.statusCode !== 403
      if (answer.statusCode === 401 || isIn !== isCovered(actor, access)) wrong.push(`${name} got ${answer.statusCode}`)
    }
    t.same(wrong, [], operationId)
    const stranger = await house.app.inject({ method, url: path })
    t.equal(stranger.statusCode, 401, `${operationId} is closed to strangers`)
  }
})

t.test('Who is let in', async t => {
  const rows = Object.entries(ACCESS) as [string, Access][]
  for (const [operationId, { staff, scope }] of rows.filter(([, row]) => row.staff.includes('auditor'))) {
    t.match(operationId, /^(list|get|preview|check|verify)/, `an auditor only reads: ${operationId}`)
    t.ok(scope === null || scope === 'any' || /:read$/.test(scope), `so does the scope of ${operationId}`)
    t.ok(STAFF_ROLES.includes(staff[0]!))
  }
  t.equal(ACCESS.issueApiKey.scope, null, 'a key mints no keys')
  t.notOk(
    isCovered({ mover: 'subject', roles: ['admin'], scopes: [...SCOPES] }, ACCESS.getPolicy),
    'a person with a link is no caller of the API'
  )
  t.notOk(
    isCovered({ mover: 'integration', roles: ['admin'], scopes: [] }, ACCESS.setPolicy),
    'a role does nothing for a key'
  )
  t.notOk(isCovered({ mover: 'agent', roles: [], scopes: [...SCOPES] }, ACCESS.getPolicy), 'nor a scope for staff')
})

t.test('A route without a row', async t => {
  for (const schema of [{}, { operationId: 'openBackDoor' }]) {
    const app = Fastify()
    requireAccess(app)
    t.throws(
      () => app.get('/back-door', { schema }, async () => 'in'),
      /no row in the access table/,
      'is refused at boot'
    )
  }
})

function operationsOf(document: object): { operationId: string; method: 'GET'; path: string }[] {
  const { paths } = document as { paths: Record<string, Record<string, { operationId: string }>> }
  return Object.entries(paths)
    .filter(([path]) => path.startsWith('/v1/'))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { operationId }]) => ({
        operationId,
        method: method.toUpperCase() as 'GET',
        path: path.replaceAll(/\{\w+\}/g, NOBODY)
      }))
    )
}
