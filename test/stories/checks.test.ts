// Asking the register, one by one, by the thousand and all at once.

import t from 'tap'
import { addSystem, askAndStart, dataCategory, well } from '../support/fulfilment.ts'
import { openHouse } from '../support/house.ts'

interface Answers {
  readonly data: { ref: string | null; mayProcess: boolean }[]
}

const house = await openHouse(t)
const tenant = await house.tenant()
const neighbour = await house.tenant()
await addSystem(tenant, 'shop', [dataCategory('account')])
await askAndStart(tenant, 'restriction', { details: { ground: 'accuracy_contested' } })

const ask = (body: object, client = tenant.integration) => client.post('/v1/checks', body)

t.test('A thousand people at once are answered in their order', async t => {
  const subjects = Array.from({ length: 1_000 }, (_, n) => ({
    ref: `line ${n}`,
    email: n % 250 === 7 ? 'Mia@example.com' : `person${n}@example.com`
  }))
  const { data } = await well<Answers>(ask({ purpose: 'statistics', subjects }))
  t.same(
    data.map(answer => answer.ref),
    subjects.map(subject => subject.ref)
  )
  t.same(
    data.flatMap(({ mayProcess }, n) => (mayProcess ? [] : [n])),
    [7, 257, 507, 757]
  )
})

t.test('Whoever asks at the same moment gets the answer to their own question', async t => {
  const emailOf = (n: number) => (n % 3 === 0 ? 'mia@example.com' : `person${n}@example.com`)
  const answers = await Promise.all(
    Array.from({ length: 300 }, async (_, n) => {
      const client = n % 2 === 0 ? tenant.integration : neighbour.integration
      const { data } = await well<Answers>(
        ask({ purpose: 'statistics', subjects: [{ ref: String(n), email: emailOf(n) }] }, client)
      )
      return data[0]!
    })
  )
  t.same(
    answers.map(answer => answer.ref),
    answers.map((_, n) => String(n))
  )
  t.same(
    answers.flatMap(({ mayProcess }, n) => (mayProcess ? [] : [n])),
    answers.flatMap((_, n) => (n % 6 === 0 ? [n] : []))
  )
})

t.test('What cannot be answered is refused, with the place and the fix', async t => {
  const rows: [string, object, { pointer: string; rule: string }][] = [
    ['nobody at all', { purpose: 'statistics', subjects: [] }, { pointer: '/subjects', rule: 'minItems' }],
    [
      'more than a thousand',
      { purpose: 'statistics', subjects: Array.from({ length: 1_001 }, () => ({ email: 'a@example.com' })) },
      { pointer: '/subjects', rule: 'maxItems' }
    ],
    [
      'a line that names nobody',
      { purpose: 'statistics', subjects: [{ email: 'a@example.com' }, { ref: 'x' }] },
      { pointer: '/subjects/1', rule: 'required' }
    ],
    [
      'an address that is none',
      { purpose: 'statistics', subjects: [{ email: 'a@example.com' }, { email: 'a@@example' }] },
      { pointer: '/subjects/1/email', rule: 'mailbox' }
    ],
    [
      'the same among the identifiers',
      { purpose: 'statistics', subjects: [{ identifiers: [{ kind: 'email', value: 'nobody' }] }] },
      { pointer: '/subjects/0/identifiers/0/value', rule: 'mailbox' }
    ],
    [
      'a purpose that is a sentence',
      { purpose: 'Whatever we like!', subjects: [{ email: 'a@example.com' }] },
      { pointer: '/purpose', rule: 'purpose' }
    ],
    [
      'a field that is not known',
      { purpose: 'statistics', subjects: [{ email: 'a@example.com', mail: 'x' }] },
      { pointer: '/subjects/0/mail', rule: 'unknown' }
    ],
    ['no purpose', { subjects: [{ email: 'a@example.com' }] }, { pointer: '/purpose', rule: 'required' }]
  ]
  for (const [what, body, fault] of rows) {
    const answer = await ask(body)
    t.equal(answer.statusCode, 422, what)
    t.match(answer.json(), { code: 'invalid', errors: [fault] }, what)
  }
  const secret = await ask({ purpose: 'statistics', subjects: [{ email: 'secret-name@@example.com' }] })
  t.notMatch(secret.body, 'secret-name', 'and no address is repeated')
})

t.test('Only who may ask is answered', async t => {
  const body = { purpose: 'statistics', subjects: [{ email: 'mia@example.com' }] }
  t.equal((await ask(body, house.stranger)).statusCode, 401)
  t.equal((await ask(body, await tenant.key('requests:read'))).statusCode, 403)
  t.equal((await ask(body, await tenant.key('checks:read'))).statusCode, 200)
  t.equal((await ask(body, tenant.auditor)).statusCode, 200)
})

t.test('The list of the register', async t => {
  for (let n = 0; n < 4; n += 1)
    await askAndStart(tenant, 'restriction', { email: `p${n}@example.com`, details: { ground: 'accuracy_contested' } })
  const list = async (query: string, client = tenant.agent) =>
    await well<{ data: { id: string }[]; nextCursor: string | null }>(client.get(`/v1/register?${query}`))

  await t.test('comes in pages, the newest first, each entry once', async t => {
    const whole = await list('limit=200')
    t.equal(whole.data.length, 5)
    const ids: string[] = []
    let cursor: string | null = ''
    for (let pages = 0; cursor !== null && pages < 9; pages += 1) {
      const page: Awaited<ReturnType<typeof list>> = await list(
        `limit=2${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`
      )
      ids.push(...page.data.map(entry => entry.id))
      cursor = page.nextCursor
    }
    t.same(
      ids,
      whole.data.map(entry => entry.id)
    )
    t.same(ids, [...ids].sort().reverse())
  })

  await t.test('is narrowed by person, kind, purpose and whether an entry stands', async t => {
    t.equal((await list('email=P2%40example.com')).data.length, 1)
    t.equal((await list('email=nobody%40example.com')).data.length, 0)
    t.equal((await list('kind=restricted')).data.length, 5)
    t.equal((await list('kind=erased')).data.length, 0)
    t.equal((await list('purpose=newsletter')).data.length, 0)
    t.equal((await list('standing=false')).data.length, 0)
    const nonsense = await tenant.agent.get('/v1/register?email=nonsense')
    t.equal(nonsense.statusCode, 422)
    t.match(nonsense.json(), { errors: [{ pointer: '/query/email', rule: 'mailbox' }] })
    t.equal((await tenant.agent.get('/v1/register?emial=x')).statusCode, 422)
  })

  await t.test('says nothing of whose entries they are', async t => {
    const { body } = await tenant.agent.get('/v1/register?limit=200')
    t.notMatch(body, /example\.com|Mia|Holm/)
  })

  await t.test('is not shown to keys, nor to others, and an auditor lifts nothing', async t => {
    t.equal((await tenant.integration.get('/v1/register')).statusCode, 403)
    t.same((await list('', neighbour.agent)).data, [])
    const [{ id } = { id: '' }] = (await list('')).data
    t.equal((await tenant.auditor.post(`/v1/register/${id}/lifting`, { because: 'person_asked' })).statusCode, 403)
    t.equal((await neighbour.agent.post(`/v1/register/${id}/lifting`, { because: 'person_asked' })).statusCode, 404)
    t.equal(
      (
        await neighbour.agent.post(`/v1/register/${id}/notice`, {
          because: 'person_asked',
          note: 'x',
          liftsOn: '2026-03-01'
        })
      ).statusCode,
      404
    )
  })
})
