// What a law does not know is not offered, and refused to whoever asks all the same.

import t from 'tap'
import { type House, openHouse, type TenantInHouse } from '../support/house.ts'

const RIGHTS = [
  'access',
  'rectification',
  'erasure',
  'portability',
  'objection',
  'opt_out',
  'limit_use',
  'appeal'
] as const
const BY_PLACE = {
  US: 'us-va',
  'US-CA': 'us-ca',
  'CA-QC': 'ca-qc',
  GB: 'uk-gdpr',
  NZ: 'nz-privacy',
  BR: 'br-lgpd'
} as const
const POLICY = { rights: RIGHTS, regimes: { default: 'eu-gdpr', byPlace: BY_PLACE } } as const

const CALIFORNIA = { country: 'US', region: 'CA' }
const QUEBEC = { country: 'CA', region: 'QC' }
const IDENTITY = { ground: 'identity', note: 'Two accounts bear this name.' }
const COMPLEXITY = { ground: 'complexity', note: 'Nine systems have to be searched.' }

t.test('What may be done with a clock is what its law knows', async t => {
  const house = await openHouse(t, { at: '2026-03-02T10:00:00Z' })
  const tenant = await house.tenant({ policy: POLICY })
  const rows: [string, object, string, string[]][] = [
    ['access', {}, 'eu-gdpr', ['extend', 'pause']],
    ['access', { country: 'GB' }, 'uk-gdpr', ['extend', 'pause']],
    ['access', CALIFORNIA, 'us-ca', ['extend']],
    ['opt_out', CALIFORNIA, 'us-ca', []],
    ['limit_use', CALIFORNIA, 'us-ca', []],
    ['access', { country: 'US', region: 'VA' }, 'us-va', ['extend']],
    ['appeal', { country: 'US', region: 'VA' }, 'us-va', []],
    ['access', QUEBEC, 'ca-qc', []],
    ['access', { country: 'NZ' }, 'nz-privacy', ['extend']],
    ['access', { country: 'BR' }, 'br-lgpd', []]
  ]
  for (const [right, place, regime, offered] of rows) {
    const { id, request } = await open(house, tenant, right, place)
    const name = `${right} under ${regime}`
    t.equal(request.regime, regime, name)
    t.same(
      request.allowedActions.filter((action: string) => action === 'extend' || action === 'pause'),
      offered,
      name
    )
    const path = `/v1/requests/${id}`
    const paused = (await tenant.agent.post(`${path}/pause?dryRun=true`, IDENTITY)).json()
    if (!offered.includes('pause')) t.match(paused, { status: 409, code: 'cannot_pause', source: /.+/ }, name)
    else t.match(paused, { clock: 'paused' }, name)
    const stated = regime === 'nz-privacy' ? { ...COMPLEXITY, workingDays: 10 } : COMPLEXITY
    const extended = (await tenant.agent.post(`${path}/extension?dryRun=true`, stated)).json()
    if (!offered.includes('extend'))
      t.match(extended, { status: 409, code: 'extension_not_available', regime, right }, name)
    else t.match(extended, { extended: true }, name)
  }
})

t.test('A question may be asked under any law, but does not stop every clock', async t => {
  const house = await openHouse(t, { at: '2026-03-02T10:00:00Z' })
  const tenant = await house.tenant({ policy: POLICY })
  const { id } = await open(house, tenant, 'access', CALIFORNIA)
  const question = 'Which of your two accounts do you mean?'
  const path = `/v1/requests/${id}/clarification`
  const refused = await tenant.agent.post(path, { question, pausesClock: true })
  t.match(refused.json(), { status: 409, code: 'cannot_pause', detail: /CCPA/, source: /11 CCR 7021/ })
  t.equal((await tenant.agent.get(`/v1/requests/${id}`)).json().state, 'verified', 'and nothing has changed')
  const asked = await tenant.agent.post(path, { question })
  t.match(asked.json(), { state: 'awaiting_clarification', clock: 'running', dueOn: '2026-04-16' })
})

t.test('Once the last day for announcing it is over, an extension is no longer offered', async t => {
  const house = await openHouse(t, { at: '2026-03-02T10:00:00Z' })
  const tenant = await house.tenant({ policy: POLICY })
  const { id } = await open(house, tenant, 'access', {})
  const actions = async () => (await tenant.agent.get(`/v1/requests/${id}`)).json().allowedActions
  house.at('2026-04-07T21:59:59Z')
  t.ok((await actions()).includes('extend'), 'the last second of 7 April in Copenhagen')
  house.at('2026-04-07T22:00:00Z')
  t.notOk((await actions()).includes('extend'))
  t.match((await tenant.agent.post(`/v1/requests/${id}/extension`, COMPLEXITY)).json(), {
    status: 409,
    code: 'extension_too_late',
    extensionNoticeBy: '2026-04-07'
  })
})

t.test('A letter that lay in the post room', async t => {
  const house = await openHouse(t, { at: '2026-03-12T10:00:00Z' })
  const tenant = await house.tenant({ policy: POLICY })
  const subject = { name: 'Mia Holm', email: 'mia@example.com', country: 'DK' }
  const said = { rights: ['access'], subject, verification: { method: 'none' }, receivedAt: '2026-03-02T08:00:00Z' }
  const opened = (await tenant.agent.post('/v1/requests', said)).json()
  const { id, dueOn } = opened.requests[0]
  t.equal(dueOn, '2026-04-07', 'counts from the day it came')

  await t.test('and the history has an entry of who said so', async t => {
    for (const [locale, words] of Object.entries({
      en: /had arrived earlier, on 2026-03-02/,
      da: /modtaget tidligere/,
      el: /παραληφθεί νωρίτερα/
    })) {
      const { data } = (await tenant.agent.get(`/v1/requests/${id}/events?locale=${locale}`)).json()
      const [first, second] = data
      t.match(first, { kind: 'opened' })
      t.match(second, {
        kind: 'receipt_corrected',
        by: { mover: 'agent', id: 'agent' },
        data: { receivedAt: '2026-03-02T08:00:00.000Z', handedInAt: '2026-03-12T10:00:00.000Z' }
      })
      t.match(JSON.stringify(second), words, locale)
    }
  })

  await t.test('is never received tomorrow, nor before there were calendars, nor after its own date', async t => {
    const tries: [object, string, string][] = [
      [{ receivedAt: '2026-03-12T10:00:01Z' }, '/receivedAt', 'notInFuture'],
      [{ receivedAt: '2017-03-12T10:00:00Z' }, '/receivedAt', 'range'],
      [{ datedOn: '2026-03-03' }, '/datedOn', 'notAfterReceipt']
    ]
    for (const [more, pointer, rule] of tries) {
      const refused = await tenant.agent.post('/v1/requests', { ...said, ...more })
      t.match(refused.json(), { status: 422, errors: [{ pointer, rule }] })
    }
  })

  await t.test('and one from today needs no such entry', async t => {
    const { requests } = (await tenant.agent.post('/v1/requests', { ...said, receivedAt: undefined })).json()
    const { data } = (await tenant.agent.get(`/v1/requests/${requests[0].id}/events`)).json()
    t.notOk(data.some((event: { kind: string }) => event.kind === 'receipt_corrected'))
  })
})

t.test('A Canadian letter of 2 March that came on the 10th is extended by 1 April', async t => {
  const house = await openHouse(t, { at: '2026-03-10T15:00:00Z' })
  const tenant = await house.tenant({
    policy: {
      timeZone: 'America/Toronto',
      holidays: 'CA',
      authority: 'CA',
      regimes: { default: 'ca-pipeda', byPlace: {} }
    }
  })
  const subject = { name: 'Mia Holm', email: 'mia@example.com' }
  const asked = { rights: ['access'], subject, verification: { method: 'none' }, datedOn: '2026-03-02' }
  const { requests } = (await tenant.agent.post('/v1/requests', asked)).json()
  t.match(requests, [{ dueOn: '2026-04-09', extensionNoticeBy: '2026-04-01', targetOn: '2026-04-01' }])
  const clock = (await tenant.agent.get(`/v1/requests/${requests[0].id}/clock`)).json()
  t.match(clock.events, [{ type: 'request_dated', at: '2026-03-02' }])
  t.match(clock.trace[1], { rule: 'request_dated', to: '2026-03-02' })
})

t.test(
  'A government agency in Australia has its own thirty days, and a small business in Brazil twice the time',
  async t => {
    const house = await openHouse(t, { at: '2025-12-27T02:00:00Z' })
    const regimes = { default: 'au-privacy', byPlace: {} } as const
    const sydney = { timeZone: 'Australia/Sydney', holidays: 'AU-NSW', authority: 'AU', regimes } as const
    const due = async (policy: object) => {
      const tenant = await house.tenant({ policy })
      return (await open(house, tenant, 'access', {})).request.dueOn
    }
    t.equal(await due(sydney), '2026-01-26', 'Australia Day is no matter to a guide')
    t.equal(await due({ ...sydney, controllerKind: 'agency' }), '2026-01-27', 'but to the Acts Interpretation Act')
    t.equal(await due({ ...sydney, controllerKind: 'small_agent' }), '2026-01-26', 'a kind that only Brazil knows')
    const brazil = { timeZone: 'America/Sao_Paulo', holidays: 'BR', regimes: { ...regimes, default: 'br-lgpd' } }
    t.equal(await due(brazil), '2026-01-10')
    t.equal(await due({ ...brazil, controllerKind: 'small_agent' }), '2026-01-25')
    const tenant = await house.tenant({ policy: sydney })
    const { policy } = (await tenant.admin.get('/v1/policy')).json()
    const refused = await tenant.admin.put('/v1/policy', { ...policy, controllerKind: 'circus' })
    t.match(refused.json(), { status: 422, errors: [{ pointer: '/controllerKind', fix: /agency/ }] })
  }
)

async function open(house: House, tenant: TenantInHouse, right: string, place: object) {
  const opened = await tenant.agent.post('/v1/requests', {
    rights: [right],
    subject: { name: 'Mia Holm', email: 'mia@example.com', ...place },
    verification: { method: 'none' }
  })
  const { id } = opened.json().requests[0]
  const proof = { method: 'phone_callback', note: 'Called back.' }
  const confirmed = await tenant.agent.post(`/v1/requests/${id}/verification/confirmation`, proof)
  if (confirmed.statusCode !== 201) throw new Error(confirmed.body)
  await house.doPromisedWork()
  return { id: String(id), request: (await tenant.agent.get(`/v1/requests/${id}`)).json() }
}
