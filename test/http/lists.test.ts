import t from 'tap'
import { openHouse } from '../support/house.ts'

t.test('A list', async t => {
  const house = await openHouse(t)
  const { admin, agent } = await house.tenant()
  const { agent: neighbour } = await house.tenant()
  const slugs = Array.from({ length: 7 }, (_, n) => `system-${n}`)
  for (const slug of [...slugs].reverse())
    await admin.post('/v1/systems', { slug, name: slug, location: 'Vejle', personalData: 'none' })
  const page = async (query: string) => (await agent.get(`/v1/systems${query}`)).json()
  const shown = (answer: { data: { slug: string }[] }) => answer.data.map(({ slug }) => slug)

  await t.test('is walked from page to page, each once', async t => {
    const first = await page('?limit=3')
    const second = await page(`?limit=3&cursor=${first.nextCursor}`)
    const third = await page(`?limit=3&cursor=${second.nextCursor}`)
    t.same([...shown(first), ...shown(second), ...shown(third)], slugs)
    t.equal(third.nextCursor, null)
    t.equal((await page('?limit=7')).nextCursor, null, 'a page that is just full has no next one')
  })

  await t.test('goes on with another page size', async t => {
    const { nextCursor } = await page('?limit=2')
    t.same(shown(await page(`?limit=200&cursor=${nextCursor}`)), slugs.slice(2))
  })

  await t.test('goes on where it was though something was added before', async t => {
    const { nextCursor } = await page('?limit=2')
    await admin.post('/v1/systems', { slug: 'a-first', name: 'A', location: 'Vejle', personalData: 'none' })
    t.same(shown(await page(`?limit=2&cursor=${nextCursor}`)), slugs.slice(2, 4))
  })

  await t.test('takes no cursor of another tenant or list, nor one that was altered', async t => {
    const { nextCursor } = await page('?limit=2')
    const [position, mac] = nextCursor.split('.')
    const elsewhere = Buffer.from('["zzz"]').toString('base64url')
    const tries = [
      await neighbour.get(`/v1/systems?cursor=${nextCursor}`),
      await admin.get(`/v1/api-keys?cursor=${nextCursor}`),
      await agent.get(`/v1/systems?cursor=${elsewhere}.${mac}`),
      await agent.get(`/v1/systems?cursor=${position}`),
      await agent.get('/v1/systems?cursor=2')
    ]
    for (const answer of tries)
      t.match(answer.json(), { status: 422, errors: [{ pointer: '/query/cursor', rule: 'cursor' }] })
  })

  await t.test('has bounds', async t => {
    for (const limit of ['0', '201', '-1', '2.5', 'all'])
      t.equal((await agent.get(`/v1/systems?limit=${limit}`)).statusCode, 422, limit)
  })

  t.same((await neighbour.get('/v1/systems')).json().data, [], 'and neighbours see their own')
})

t.test('The requests that have not ended', async t => {
  const house = await openHouse(t)
  const { agent, integration } = await house.tenant()
  const ids: string[] = []
  for (const number of [0, 1, 2]) {
    const asked = { rights: ['access'], subject: { email: `mia.${number}@example.com` } }
    ids.push((await integration.post('/v1/requests', asked)).json().requests[0].id)
    house.pass({ days: 2 })
  }
  const [, ended] = ids
  await agent.post(`/v1/requests/${ended}/cancellation`, { reason: 'duplicate' })
  const listed = async (query: string) =>
    (await agent.get(`/v1/requests?${query}`)).json().data.map((request: { id: string }) => request.id)

  t.same(await listed('open=true&sort=dueOn'), [ids[0], ids[2]], 'the first to be due comes first')
  t.same(await listed('open=false'), [ended])
  t.equal((await listed('sort=dueOn')).length, 3)
})

t.test('Requests for which no answer is due on any day come after those that are', async t => {
  const house = await openHouse(t, { at: '2026-07-01T09:00:00Z' })
  const britain = { timeZone: 'Europe/London', holidays: 'GB-EAW', rights: ['access', 'complaint'] } as const
  const { agent } = await house.tenant({ policy: { ...britain, regimes: { default: 'uk-gdpr', byPlace: {} } } })
  const opened = async (right: string) =>
    (await agent.post('/v1/requests', { rights: [right], subject: { email: 'mia@example.com' } })).json().requests[0].id
  const complaints = [await opened('complaint'), await opened('complaint')]
  const access = await opened('access')
  const other = await opened('access')
  for (const limit of [1, 2, 3, 200]) {
    const seen: { id: string }[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: { data: { id: string }[]; nextCursor: string | null } = (
        await agent.get(`/v1/requests?sort=dueOn&open=true&limit=${limit}${cursor && `&cursor=${cursor}`}`)
      ).json()
      t.ok(page.data.length <= limit)
      seen.push(...page.data)
      cursor = page.nextCursor
    }
    t.same(
      seen.map(({ id }) => id),
      [access, other, ...complaints],
      `${limit} at a time`
    )
    t.match(seen[2], { dueOn: null, acknowledgeBy: '2026-07-31' })
  }
  t.same((await agent.get('/v1/requests?sort=dueOn&dueBefore=2027-01-01')).json().data.length, 2)
})
