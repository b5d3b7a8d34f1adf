// The last guess of a case ends instead of being confirmed: the others waited for nothing else.

import t from 'tap'
import { asOwner } from '../support/cluster.ts'
import { requestOf } from '../support/fulfilment.ts'
import { type House, openHouse, type TenantInHouse } from '../support/house.ts'
import { ACCESS_MAIL, handIn, mail } from '../support/raw-mail.ts'

const BOTH = 'Please send me a copy of all personal data you hold about me, and delete all my personal data.'

interface Guessed {
  readonly id: string
  readonly right: string
}

async function twoGuesses(tenant: TenantInHouse): Promise<[Guessed, Guessed]> {
  const { requests } = (await handIn(tenant, mail({ ...ACCESS_MAIL, text: BOTH }))).json<{ requests: Guessed[] }>()
  return requests as [Guessed, Guessed]
}

const askedIn = (house: House): number =>
  house.letterbox.messages.filter(
    ({ to, parsed }) => to.includes('mia@example.com') && /\/verify\//.test(parsed.text ?? '')
  ).length

for (const [ending, body] of [
  ['cancellation', { reason: 'mistake' }],
  ['withdrawal', { note: 'She called.' }]
] as const) {
  t.test(`A ${ending} of the last guess`, async t => {
    const house = await openHouse(t)
    const tenant = await house.tenant()
    const [confirmed, guessed] = await twoGuesses(tenant)
    await tenant.agent.post(`/v1/requests/${confirmed.id}/right`, { right: confirmed.right })
    await house.doPromisedWork()
    t.equal(askedIn(house), 0, 'while one is a guess the person is asked nothing')
    t.equal((await tenant.agent.post(`/v1/requests/${guessed.id}/${ending}`, body)).statusCode, 201)
    await house.doPromisedWork()
    t.equal(askedIn(house), 1, 'and is asked once none is')
    t.equal((await requestOf(tenant, confirmed.id)).state, 'awaiting_verification')
  })
}

t.test('While another guess remains', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const [first, second] = await twoGuesses(tenant)
  await tenant.agent.post(`/v1/requests/${first.id}/cancellation`, { reason: 'mistake' })
  await house.doPromisedWork()
  t.equal(askedIn(house), 0)
  await tenant.agent.post(`/v1/requests/${second.id}/cancellation`, { reason: 'spam' })
  await house.doPromisedWork()
  t.equal(askedIn(house), 0, 'nor when nothing remains')
})

t.test('One guess is confirmed while the other is cancelled, at the same moment', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const cases = 10
  for (let n = 0; n < cases; n += 1) {
    const [one, other] = await twoGuesses(tenant)
    const answers = await Promise.all([
      tenant.agent.post(`/v1/requests/${one.id}/right`, { right: one.right }),
      tenant.agent.post(`/v1/requests/${other.id}/cancellation`, { reason: 'mistake' })
    ])
    t.same(
      answers.map(answer => answer.statusCode),
      [201, 201]
    )
  }
  await house.doPromisedWork()
  t.equal(askedIn(house), cases, 'neither leaves the asking to the other')
  const [left] = await asOwner(
    house.ownerUrl,
    sql => sql<{ count: number }[]>`select count(*)::int from subject_requests where state = 'received'`
  )
  t.equal(left?.count, 0)
})
