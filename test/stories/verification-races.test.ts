// A link is used while a fresh one is sent: whoever comes second waits, and nobody is given up.

import t from 'tap'
import { verifyByBrowser, verifyByCode } from '../../src/actions/verification/verify-identity.ts'
import { SUBJECT, SYSTEM } from '../../src/domain/actor.ts'
import { inTenant } from '../../src/storage/database.ts'
import { lockRequestsOfCase } from '../../src/storage/subject-requests.ts'
import { createToken, supersede } from '../../src/storage/tokens.ts'
import { asOwner } from '../support/cluster.ts'
import { requestOf, well } from '../support/fulfilment.ts'
import { type House, openHouse, type TenantInHouse } from '../support/house.ts'

interface Asked {
  readonly caseId: string
  readonly requestId: string
  readonly token: string
  readonly code: string
}

/** A request that waits for proof, with a link of which we know the code. */
async function openOne(house: House, tenant: TenantInHouse): Promise<Asked> {
  const { caseId, requests } = await well<{ caseId: string; requests: { id: string }[] }>(
    tenant.agent.post('/v1/requests', {
      rights: ['access', 'erasure'],
      subject: { email: 'mia@example.com' },
      verification: { method: 'email' }
    })
  )
  await house.doPromisedWork()
  const expiresAt = new Date('2026-03-20T10:00:00Z')
  const { token, code } = await inTenant(house.db, { tenantId: tenant.id, actor: SYSTEM, now: house.now() }, scope =>
    createToken(scope, { caseId, purpose: 'verify', expiresAt })
  )
  return { caseId, requestId: requests[0]!.id, token, code }
}

t.test('Who uses a link', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const asPerson = { tenantId: tenant.id, actor: SUBJECT, now: house.now() }
  const ways = {
    'by its code': ({ token, code }: Asked) => inTenant(house.db, asPerson, scope => verifyByCode(scope, token, code)),
    'by the browser': ({ token, caseId }: Asked) =>
      inTenant(house.db, asPerson, scope => verifyByBrowser(scope, token, caseId))
  }
  for (const [way, use] of Object.entries(ways)) {
    await t.test(`${way} waits for the requests before it touches the link`, async t => {
      const asked = await openOne(house, tenant)
      let used: Promise<unknown> = Promise.resolve()
      // As a resend does: the requests first, then the link. Whoever held the link by then would wait for us, and we for them.
      await inTenant(house.db, { ...asPerson, actor: SYSTEM }, async scope => {
        await lockRequestsOfCase(scope, asked.caseId)
        used = use(asked).catch((error: { code?: string }) => error.code)
        await untilSomebodyWaits(house)
        await supersede(scope, asked.caseId, 'verify')
      })
      t.equal(await used, 'link_not_valid', 'and finds it replaced')
      t.equal((await requestOf(tenant, asked.requestId)).state, 'awaiting_verification')
    })
  }
})

t.test('Resent and used at once, again and again', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const asPerson = { tenantId: tenant.id, actor: SUBJECT, now: house.now() }
  for (let round = 0; round < 12; round += 1) {
    const asked = await openOne(house, tenant)
    const [resent, used] = await Promise.all([
      tenant.agent.post(`/v1/requests/${asked.requestId}/verification`),
      inTenant(house.db, asPerson, scope => verifyByCode(scope, asked.token, asked.code)).catch(
        (error: { code?: string }) => error
      )
    ])
    const { state } = await requestOf(tenant, asked.requestId)
    const outcome = `${resent.statusCode} ${'verified' in used ? 'verified' : used.code}`
    t.ok(
      ['409 verified', '201 link_not_valid'].includes(outcome),
      `one of them came first and the other was told: ${outcome}`
    )
    t.equal(state, outcome.endsWith('verified') ? 'verified' : 'awaiting_verification')
  }
})

/** Waits until a connection of the service waits for a lock. */
async function untilSomebodyWaits(house: House): Promise<void> {
  await asOwner(house.ownerUrl, async sql => {
    for (;;) {
      const [{ waiting = 0 } = {}] = await sql<{ waiting: number }[]>`
        select count(*)::int as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
      if (waiting > 0) return
    }
  })
}
