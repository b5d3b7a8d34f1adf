// Word that a request has arrived, where a law wants the person to have it and no other letter brings it.

import t from 'tap'
import { well } from '../support/fulfilment.ts'
import { type House, openHouse, type TenantInHouse } from '../support/house.ts'

const MIA = 'mia@example.com'
const CALIFORNIA = { regimes: { default: 'us-ca', byPlace: { DK: 'eu-gdpr' } } } as const

t.test('A letter from California is handed in with an address', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant({ policy: CALIFORNIA })
  const [id] = await open(tenant, { rights: ['access', 'erasure'], channel: 'post' })

  await t.test('and its receipt is confirmed by itself, once, and without a name', async t => {
    const [mail, ...more] = await mailsOf(house)
    t.match(mail, /^We have received your request \(H-/)
    t.match(mail, 'Hello, Your request reached us on Friday 20 February 2026.')
    t.match(mail, 'we make sure that it comes from you')
    t.match(mail, /Access to personal data: .*6 April 2026/, 'with the day of the answer')
    t.notMatch(mail, /Mia|https?:\/\/house/, 'nobody has proven to be her')
    t.same(more, [])
  })

  await t.test('so that staff are not reminded of it', async t => {
    house.at('2026-03-09T12:00:00Z')
    await house.doPromisedWork()
    const { acknowledgeBy } = await well<{ acknowledgeBy: string }>(tenant.agent.get(`/v1/requests/${id}/clock`))
    t.ok(acknowledgeBy < '2026-03-09')
    t.notMatch(subjectsTo(house, 'team@house.example'), [/Receipt|Deadlines/])
  })
})

t.test('It is not confirmed twice, nor where no law asks for it', async t => {
  const cases: [string, object, RegExp[]][] = [
    ['the mail that asks for proof says so', { verification: { method: 'email' } }, [/^Please confirm/]],
    ['a request of Europe', { subject: { email: MIA, country: 'DK' } }, []],
    ['a right of which no receipt is confirmed', { rights: ['opt_out'] }, []],
    ['nobody to write to', { subject: { identifiers: [{ kind: 'customer_number', value: '4711' }] } }, []]
  ]
  for (const [name, asked, expected] of cases) {
    await t.test(name, async t => {
      const house = await openHouse(t)
      const tenant = await house.tenant({ policy: { ...CALIFORNIA, rights: ['access', 'opt_out'] } })
      await open(tenant, asked)
      const mails = await mailsOf(house)
      t.equal(mails.length, expected.length)
      t.match(mails, expected)
    })
  }
})

t.test('Whoever is signed in learns it with what comes next', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant({ policy: CALIFORNIA })
  const asked = { rights: ['access'], subject: { email: MIA }, verification: { method: 'session' } }
  await well(tenant.integration.post('/v1/requests', asked))
  const mails = await mailsOf(house)
  t.equal(mails.length, 1)
  t.notMatch(mails[0], /^We have received your request/)
})

t.test('A request that turns out to be one of California is confirmed then', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant({ policy: CALIFORNIA })
  const [id] = await open(tenant, { subject: { email: MIA, country: 'DK' } })
  t.same(await mailsOf(house), [])
  await well(tenant.agent.post(`/v1/requests/${id}/regime`, { regime: 'us-ca', note: 'She lives in San Diego.' }))
  t.match(await mailsOf(house), [/^We have received your request/])
})

async function open(tenant: TenantInHouse, asked: object): Promise<string[]> {
  const { requests } = await well<{ requests: { id: string }[] }>(
    tenant.agent.post('/v1/requests', {
      rights: ['access'],
      subject: { name: 'Mia Holm', email: MIA },
      verification: { method: 'none' },
      ...asked
    })
  )
  return requests.map(({ id }) => id)
}

/** @returns what came to Mia in the end: subject and text, on one line each */
async function mailsOf(house: House): Promise<string[]> {
  await house.doPromisedWork()
  return house.letterbox.messages
    .filter(({ to }) => to.includes(MIA))
    .map(({ parsed }) => `${parsed.subject} ${parsed.text}`.replaceAll(/\s+/g, ' '))
}

function subjectsTo(house: House, address: string): string[] {
  return house.letterbox.messages.filter(({ to }) => to.includes(address)).map(({ parsed }) => parsed.subject ?? '')
}
