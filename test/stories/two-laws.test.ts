// A tenant that keeps one law for everybody, and a person who has another of their own.

import t from 'tap'
import { type House, openHouse, type TenantInHouse } from '../support/house.ts'

const RIGHTS = ['access', 'rectification', 'erasure', 'objection', 'opt_out', 'complaint', 'information'] as const
const POLICY = {
  timeZone: 'Australia/Sydney',
  holidays: 'AU-NSW',
  authority: 'AU',
  regimes: {
    default: 'au-privacy',
    baseline: 'au-privacy',
    byPlace: { DE: 'eu-gdpr', 'US-CA': 'us-ca', GB: 'uk-gdpr' }
  },
  rights: RIGHTS
} as const

t.test('A German asks an Australian business, on 2 March', async t => {
  const house = await openHouse(t, { at: '2026-03-02T02:00:00Z' })
  const tenant = await house.tenant({ policy: POLICY })
  const id = await openProven(house, tenant, 'access', { country: 'DE' })
  const request = async () => (await tenant.agent.get(`/v1/requests/${id}`)).json()
  const lastMail = () => {
    const mail = house.letterbox.messages.findLast(({ to }) => to.includes('mia@example.com'))
    return String(mail?.parsed.text).replace(/\s+/g, ' ')
  }

  await t.test('and both laws count, the thirty days at home ending first', async t => {
    t.match(await request(), {
      regime: 'eu-gdpr',
      dueOn: '2026-04-01',
      statutoryDueOn: '2026-04-01',
      laws: [
        {
          regime: 'eu-gdpr',
          rules: false,
          dueOn: '2026-04-02',
          extensionNoticeBy: '2026-04-02',
          refusalBy: '2026-04-02'
        },
        { regime: 'au-privacy', rules: true, dueOn: '2026-04-01', extensionNoticeBy: null, refusalBy: null }
      ]
    })
  })

  await t.test('which the person is told of', async t => {
    const text = lastMail()
    t.match(text, 'From Monday 2 March 2026 to Wednesday 1 April 2026')
    t.match(
      text,
      /Two laws apply to it: under the General Data Protection Regulation \(GDPR\) our answer is due by Thursday 2 April 2026/
    )
    t.match(text, 'The earlier day counts.')
  })

  await t.test('and the clock shows each of them step by step, and why the one rules', async t => {
    const clock = (await tenant.agent.get(`/v1/requests/${id}/clock`)).json()
    t.match(clock, {
      dueOn: '2026-04-01',
      holidays: 'none',
      calendarChanged: false,
      ruling: {
        by: 'law',
        regime: 'au-privacy',
        on: '2026-04-01',
        sentence: /The earlier day rules: Wednesday 1 April\.$/
      }
    })
    const [gdpr, app] = clock.laws
    t.match(gdpr, { regime: 'eu-gdpr', rules: false, dueOn: '2026-04-02', holidays: 'none', extended: false })
    t.match(app, { regime: 'au-privacy', rules: true, dueOn: '2026-04-01', holidays: 'AU-NSW' })
    t.equal(gdpr.trace[1].rule, 'no_holidays', 'no Member State, so no holiday of one')
    t.match(gdpr.trace.map((step: { source: string }) => step.source).join(), /EDPB/)
    t.match(app.trace.map((step: { source: string }) => step.source).join(), /OAIC/)
    t.equal(clock.trace.at(-2).rule, 'laws_earlier')
    const greek = (await tenant.agent.get(`/v1/requests/${id}/clock?locale=el`)).json()
    t.match(greek.ruling.sentence, /Ισχύουν δύο νόμοι\. Κατά τον ΓΚΠΔ/)
  })

  await t.test('A wait for proof stops one of the two clocks', async t => {
    house.at('2026-03-03T02:00:00Z')
    const move = { ground: 'identity', note: 'Two accounts bear this name.' }
    const paused = await tenant.agent.post(`/v1/requests/${id}/pause`, move)
    t.match(paused.json(), { clock: 'paused', dueOn: '2026-04-01' })
    await house.doPromisedWork()
    t.match(
      lastMail(),
      /Another law applies as well: under the Australian Privacy Act 1988.* our answer is due by Wednesday 1 April 2026/
    )
    house.at('2026-03-13T02:00:00Z')
    t.match((await tenant.agent.post(`/v1/requests/${id}/resumption`)).json(), {
      dueOn: '2026-04-01',
      laws: [{ dueOn: '2026-04-13' }, { dueOn: '2026-04-01' }]
    })
  })

  await t.test('An extension moves the one that gives it', async t => {
    house.at('2026-03-20T02:00:00Z')
    t.ok((await request()).allowedActions.includes('extend'))
    const move = { ground: 'complexity', note: 'Nine systems have to be searched.' }
    const extended = await tenant.agent.post(`/v1/requests/${id}/extension`, move)
    t.match(extended.json(), {
      extended: true,
      dueOn: '2026-04-01',
      extendedDueOn: '2026-06-12',
      laws: [
        { regime: 'eu-gdpr', dueOn: '2026-06-12', extendedDueOn: '2026-06-12' },
        { regime: 'au-privacy', rules: true, dueOn: '2026-04-01', extendedDueOn: null }
      ]
    })
    t.notOk(extended.json().allowedActions.includes('extend'))
    await house.doPromisedWork()
    const text = lastMail()
    t.match(
      text,
      'Our answer was due by Monday 13 April 2026. We need more time and will answer by Friday 12 June 2026'
    )
    t.match(text, /under the Australian Privacy Act 1988.* our answer stays due by Wednesday 1 April 2026/)
  })

  await t.test('and the history says what became of both', async t => {
    const { data } = (await tenant.agent.get(`/v1/requests/${id}/events?limit=200`)).json()
    const entry = data.find((event: { kind: string }) => event.kind === 'extended')
    t.match(entry.data, { laws: { 'eu-gdpr': '2026-06-12', 'au-privacy': '2026-04-01' }, dueOn: '2026-04-01' })
  })

  await t.test('When she turns out to live in London, the law of that place takes the part of hers', async t => {
    const note = 'She moved to London in January.'
    const corrected = await tenant.agent.post(`/v1/requests/${id}/regime`, { regime: 'uk-gdpr', country: 'GB', note })
    t.match(corrected.json(), {
      regime: 'uk-gdpr',
      dueOn: '2026-04-01',
      laws: [
        { regime: 'uk-gdpr', extendedDueOn: '2026-06-15' },
        { regime: 'au-privacy', dueOn: '2026-04-01' }
      ]
    })
  })

  await t.test('and at home there is one law again', async t => {
    const other = await openProven(house, tenant, 'access', { country: 'DE' })
    const note = 'He lives in Sydney.'
    const corrected = await tenant.agent.post(`/v1/requests/${other}/regime`, {
      regime: 'au-privacy',
      country: 'AU',
      note
    })
    t.match(corrected.json(), { regime: 'au-privacy', laws: [{ regime: 'au-privacy', rules: true }] })
    t.equal(corrected.json().laws.length, 1)
  })
})

t.test('A right that only the law at home knows is taken under that law', async t => {
  const house = await openHouse(t, { at: '2026-03-02T02:00:00Z' })
  const tenant = await house.tenant({ policy: POLICY })
  const taken = await open(tenant, 'information', { country: 'DE' })
  t.match(taken, { regime: 'au-privacy', dueOn: '2026-04-01', laws: [{ regime: 'au-privacy' }] })
  const german = await open(tenant, 'objection', { country: 'DE' })
  t.match(german, { regime: 'eu-gdpr', dueOn: '2026-04-02' })
  t.equal(german.laws.length, 1, 'and one that only the other knows under the other alone')
  const refused = await tenant.agent.post('/v1/requests', {
    rights: ['information'],
    regime: 'eu-gdpr',
    subject: { email: 'mia@example.com', country: 'DE' }
  })
  t.match(refused.json(), { status: 422, code: 'right_not_offered' }, 'staff who choose a law get that law')
})

t.test('A baseline that is no law is refused', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant({ policy: POLICY })
  const { policy } = (await tenant.admin.get('/v1/policy')).json()
  const put = async (regimes: object) =>
    (await tenant.admin.put('/v1/policy', { ...policy, regimes: { ...policy.regimes, ...regimes } })).json()
  t.match(await put({ baseline: 'us-tx' }), { status: 422, errors: [{ pointer: '/regimes/baseline' }] })
  t.match(await put({ holidays: { 'eu-gdpr': 'XX' } }), {
    status: 422,
    errors: [{ pointer: '/regimes/holidays/eu-gdpr' }]
  })
  t.match(await put({ holidays: { 'eu-gdpr': 'IE' } }), { policy: { regimes: { holidays: { 'eu-gdpr': 'IE' } } } })
})

interface Place {
  readonly country: string
  readonly region?: string
}

async function open(tenant: TenantInHouse, right: string, place: Place) {
  const opened = await tenant.agent.post('/v1/requests', {
    rights: [right],
    subject: { name: 'Mia Holm', email: 'mia@example.com', ...place },
    verification: { method: 'none' }
  })
  return opened.json().requests[0]
}

async function openProven(house: House, tenant: TenantInHouse, right: string, place: Place): Promise<string> {
  const { id } = await open(tenant, right, place)
  const proof = { method: 'phone_callback', note: 'Called back.' }
  const confirmed = await tenant.agent.post(`/v1/requests/${id}/verification/confirmation`, proof)
  if (confirmed.statusCode !== 201) throw new Error(confirmed.body)
  await house.doPromisedWork()
  return id
}
