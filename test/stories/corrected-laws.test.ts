// A request that was extended turns out to fall under another law: what became of its extension.

import t from 'tap'
import type { SubjectRequestShape } from '../../src/http/schemas/subject-requests.ts'
import { well } from '../support/fulfilment.ts'
import { type House, openHouse, type TenantInHouse } from '../support/house.ts'

const COMPLEXITY = { ground: 'complexity', note: 'Nine systems have to be searched.' }
const BY_PLACE = { 'CA-QC': 'ca-qc', NZ: 'nz-privacy', 'US-CA': 'us-ca' } as const
const POLICY = { regimes: { default: 'eu-gdpr', byPlace: BY_PLACE } } as const

/** Received on 2 March 2026, and then extended. */
async function extended(tenant: TenantInHouse, house: House, place: object, more: object = {}, day = '2026-03-20') {
  house.at('2026-03-02T10:00:00Z')
  const { requests } = await well<{ requests: [{ id: string }] }>(
    tenant.integration.post('/v1/requests', {
      rights: ['access'],
      subject: { email: 'mia@example.com', ...place },
      verification: { method: 'session' }
    })
  )
  house.at(`${day}T10:00:00Z`)
  const path = `/v1/requests/${requests[0].id}`
  const answer = await well<SubjectRequestShape>(tenant.agent.post(`${path}/extension`, { ...COMPLEXITY, ...more }))
  const correct = (regime: string, body: object = {}) =>
    tenant.agent.post(`${path}/regime`, { regime, note: 'She has moved.', ...body })
  return { answer, correct, path }
}

t.test('The law of an extended request is corrected', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant({ policy: POLICY })

  await t.test('to one that gives no extension: its own day counts', async t => {
    const { answer, correct, path } = await extended(tenant, house, {})
    t.equal(answer.dueOn, '2026-06-02')
    t.match(await well(correct('ca-qc')), {
      regime: 'ca-qc',
      dueOn: '2026-04-01',
      statutoryDueOn: '2026-04-01',
      extendedDueOn: null
    })
    const { trace } = await well<{ trace: { rule: string }[] }>(tenant.agent.get(`${path}/clock`))
    t.ok(
      trace.some(({ rule }) => rule === 'extension_not_known'),
      'and the clock says why'
    )

    await t.test('and back again, where it was', async t => {
      t.match(await well(correct('eu-gdpr')), { dueOn: '2026-06-02', extendedDueOn: '2026-06-02' })
    })
  })

  await t.test('to one that counts it in working days', async t => {
    const { correct } = await extended(tenant, house, {})
    t.match(await well(correct('nz-privacy')), { dueOn: '2026-03-30', extendedDueOn: null }, 'which nobody has said')
    t.match(await well(correct('nz-privacy', { workingDays: 10 })), {
      dueOn: '2026-04-15',
      extendedDueOn: '2026-04-15'
    })
    const again = await correct('nz-privacy', { workingDays: 20 })
    t.match(again.json(), { status: 422, errors: [{ pointer: '/workingDays', rule: 'notAllowed' }] }, 'said once')
  })

  await t.test('from one that does', async t => {
    const { answer, correct } = await extended(tenant, house, { country: 'NZ' }, { workingDays: 10 })
    t.match(answer, { regime: 'nz-privacy', extendedDueOn: '2026-04-15' })
    t.match(await well(correct('eu-gdpr')), { dueOn: '2026-06-02', extendedDueOn: '2026-06-02' })
    t.match(await well(correct('us-ca')), { dueOn: '2026-05-31', extendedDueOn: '2026-05-31' })
    t.match(await well(correct('nz-privacy')), { dueOn: '2026-04-15', extendedDueOn: '2026-04-15' })
  })

  await t.test('but working days are for an extension that is counted in them', async t => {
    const { correct } = await extended(tenant, house, {})
    const refused = await correct('us-ca', { workingDays: 10 })
    t.match(refused.json(), { status: 422, errors: [{ pointer: '/workingDays', rule: 'notAllowed' }] })
  })
})

t.test('Where the other law has no such extension, the promise counts again', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant({ policy: { ...POLICY, promiseDays: { all: 25 } } })
  const { answer, correct } = await extended(tenant, house, {})
  t.equal(answer.dueOn, '2026-06-02')
  t.match(await well(correct('ca-qc')), { dueOn: '2026-03-27', promisedOn: '2026-03-27', statutoryDueOn: '2026-04-01' })
})

t.test('An extension of which the person was told too late for the other law moves nothing there', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant({ policy: POLICY })
  const { answer, correct, path } = await extended(tenant, house, { country: 'US', region: 'CA' }, {}, '2026-04-10')
  t.match(answer, { regime: 'us-ca', dueOn: '2026-05-31' })
  t.match(await well(correct('eu-gdpr')), { dueOn: '2026-04-07', extendedDueOn: null, overdue: true })
  const { trace } = await well<{ trace: { rule: string }[] }>(tenant.agent.get(`${path}/clock`))
  t.ok(trace.some(({ rule }) => rule === 'extension_not_announced'))
})
