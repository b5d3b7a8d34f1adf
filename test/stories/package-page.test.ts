// Fetching the package: the link explains, the code opens, and every download is written down.

import { Readable } from 'node:stream'
import t from 'tap'
import { answerWithPackage } from '../support/answered.ts'
import { asOwner } from '../support/cluster.ts'
import { eventsOf, kindsOf, onlyTaskOf, requestOf, well } from '../support/fulfilment.ts'
import { openHouse } from '../support/house.ts'
import { unzip } from '../support/unzip.ts'
import { linkIn, newestCode, textIn, visitorTo } from '../support/visitor.ts'

const MIA = 'mia@example.com'

t.test('A person fetches their data', async t => {
  const { house, id, path } = await answered(t)
  const mia = visitorTo(house.app)
  const page = await mia.open(path)

  await t.test('with a code that goes to the address on file', async t => {
    t.match([page.statusCode, textIn(page.body)], [200, /we send a code to m•••@example\.com/])
    const sent = await mia.submit(page, '/code')
    t.match(textIn(sent.body), /A code is on its way to m•••@example\.com/)
    await house.doPromisedWork()
    t.match(house.letterbox.messages.at(-1), { to: [MIA] })
    t.match(house.letterbox.messages.at(-1)?.parsed.text, /valid for 10 minutes/)
  })

  await t.test('and receives the archive whole', async t => {
    const download = await mia.submit(page, '/download', { code: newestCode(house, MIA) })
    t.equal(download.statusCode, 200)
    t.match(download.headers, {
      'content-type': 'application/zip',
      'content-disposition': /^attachment; filename="H-[\w-]+\.zip"$/,
      'content-length': String(download.rawPayload.length),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff'
    })
    const entries = await unzip(download.rawPayload)
    t.ok([...entries.keys()].includes('index.html'))
    t.match([...entries.values()].map(String).join('\n'), /mia@example\.com/)
  })

  await t.test('of which the history knows and they are told', async t => {
    t.match(
      (await eventsOf(house, id)).filter(event => event.kind === 'package_downloaded'),
      [{ mover: 'subject', data: { downloads: 1 } }]
    )
    await house.doPromisedWork()
    t.match(house.letterbox.messages.at(-1)?.parsed.subject, /downloaded/)
  })

  await t.test('once a code', async t => {
    const again = await mia.submit(page, '/download', { code: newestCode(house, MIA) })
    t.match([again.statusCode, textIn(again.body)], [403, /no code that still counts/])
    const fetched = await fetchWithNewCode()
    t.equal(fetched.headers['content-type'], 'application/zip', 'and again with another')
  })

  await t.test('not with a wrong one, five times', async t => {
    await mia.submit(page, '/code')
    await house.doPromisedWork()
    for (const left of [4, 3, 2, 1])
      t.match(textIn((await mia.submit(page, '/download', { code: 'BBBBBBBB' })).body), `You can try ${left} more time`)
    t.match(textIn((await mia.submit(page, '/download', { code: 'BBBBBBBB' })).body), /no code that still counts/)
    t.equal((await mia.submit(page, '/download', { code: newestCode(house, MIA) })).statusCode, 403)
    t.equal((await mia.submit(page, '/download')).statusCode, 403, 'nor with none')
  })

  await t.test('nor after ten minutes, nor with the code before', async t => {
    await mia.submit(page, '/code')
    await house.doPromisedWork()
    const first = newestCode(house, MIA)
    house.pass({ minutes: 10, seconds: 1 })
    t.equal((await mia.submit(page, '/download', { code: first })).statusCode, 403)
    await mia.submit(page, '/code')
    await house.doPromisedWork()
    const second = newestCode(house, MIA)
    await mia.submit(page, '/code')
    t.equal((await mia.submit(page, '/download', { code: second })).statusCode, 403)
  })

  await t.test('nor without end', async t => {
    for (let i = 0; i < 10; i += 1) await mia.submit(page, '/code')
    const count = house.letterbox.messages.length
    const refused = await mia.submit(page, '/code')
    t.match([refused.statusCode, textIn(refused.body)], [429, /many codes today/])
    await house.doPromisedWork()
    t.ok(house.letterbox.messages.length - count <= 10)
  })

  await t.test('and not at all once the days are over', async t => {
    house.pass({ days: 8 })
    const gone = await mia.open(path)
    t.match([gone.statusCode, textIn(gone.body)], [410, /No longer available/])
    await house.doPromisedWork()
    for (const action of ['code', 'download'])
      t.equal((await mia.send(`${path}/${action}`, { code: 'BCDFGHJK' })).statusCode, 410, action)
    t.ok(kindsOf(await eventsOf(house, id)).includes('package_expired'))
    await t.rejects(house.objects.get(await objectKey()), { code: 'not_found' }, 'the archive itself is gone')
  })

  async function fetchWithNewCode() {
    await mia.submit(page, '/code')
    await house.doPromisedWork()
    return await mia.submit(page, '/download', { code: newestCode(house, MIA) })
  }

  async function objectKey(): Promise<string> {
    return await asOwner(house.ownerUrl, async sql => (await sql`select object_key from packages`)[0]?.object_key)
  }
})

t.test('Twenty who have the same code fetch one archive', async t => {
  const { house, id, path } = await answered(t)
  const page = await visitorTo(house.app).open(path)
  await visitorTo(house.app).submit(page, '/code')
  await house.doPromisedWork()
  const code = newestCode(house, MIA)
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => visitorTo(house.app).submit(page, '/download', { code }))
  )
  t.equal(answers.filter(answer => answer.statusCode === 200).length, 1)
  t.equal(kindsOf(await eventsOf(house, id)).filter(kind => kind === 'package_downloaded').length, 1)

  await visitorTo(house.app).submit(page, '/code')
  const guesses = await Promise.all(
    Array.from({ length: 100 }, () => visitorTo(house.app).submit(page, '/download', { code: 'BBBBBBBB' }))
  )
  t.ok(guesses.every(answer => answer.statusCode === 403))
  const tries = await asOwner(
    house.ownerUrl,
    async sql =>
      (await sql`select attempts from tokens where purpose = 'download_code' order by id desc limit 1`)[0]?.attempts
  )
  t.equal(tries, 5, 'and a hundred guesses are five')
})

t.test('A download that is cut off', async t => {
  const { house, id, path } = await answered(t)
  const url = await house.app.listen({ host: '127.0.0.1', port: 0 })
  const mia = visitorTo(house.app)
  const page = await mia.open(path)
  for (let i = 0; i < 5; i += 1) {
    await mia.submit(page, '/code')
    await house.doPromisedWork()
    const stop = new AbortController()
    const body = new URLSearchParams({ code: newestCode(house, MIA) })
    const answer = await fetch(`${url}${path}/download`, { method: 'POST', body, signal: stop.signal })
    t.equal(answer.status, 200)
    stop.abort()
  }
  t.equal(
    kindsOf(await eventsOf(house, id)).filter(kind => kind === 'package_downloaded').length,
    5,
    'was one all the same'
  )

  await mia.submit(page, '/code')
  await house.doPromisedWork()
  const whole = await mia.submit(page, '/download', { code: newestCode(house, MIA) })
  t.equal((await unzip(whole.rawPayload)).has('index.html'), true, 'and the next one is whole')
})

t.test('An archive that was damaged in the store', async t => {
  const { house, path } = await answered(t)
  const key = await asOwner(
    house.ownerUrl,
    async sql => (await sql`select object_key from packages`)[0]?.object_key as string
  )
  const chunks: Buffer[] = []
  for await (const chunk of await house.objects.get(key)) chunks.push(chunk)
  const damaged = Buffer.concat(chunks)
  damaged[damaged.length - 20]! ^= 1
  await house.objects.put(key, Readable.from([damaged]))

  const url = await house.app.listen({ host: '127.0.0.1', port: 0 })
  const mia = visitorTo(house.app)
  await mia.submit(await mia.open(path), '/code')
  await house.doPromisedWork()
  const body = new URLSearchParams({ code: newestCode(house, MIA) })
  const answer = await fetch(`${url}${path}/download`, { method: 'POST', body })
  t.equal(answer.status, 500, 'does not arrive as if it were whole')
  t.match(answer.headers.get('content-type'), /^text\/html/)
  t.equal(answer.headers.get('content-disposition'), null)
  t.notMatch(await answer.text(), /SealBroken|damaged|PK/)
})

t.test('The link of an earlier answer', async t => {
  const { house, tenant, id, path } = await answered(t)
  house.pass({ days: 1 })
  await well(tenant.agent.post(`/v1/requests/${id}/reopening`))
  await well(tenant.agent.post(`/v1/requests/${id}/fulfilment`))
  const mia = visitorTo(house.app)
  const page = await mia.open(path)
  t.equal(page.statusCode, 200, 'opens what it was sent for, until there is more')

  const { id: taskId } = await onlyTaskOf(tenant.agent, id)
  await well(tenant.agent.post(`/v1/tasks/${taskId}/completion`, { result: 'done' }))
  await house.doPromisedWork()
  t.match(await requestOf(tenant, id), { state: 'in_review' })
  t.equal((await mia.submit(page, '/code')).statusCode, 410, 'never gives out what nobody has reviewed')
  t.equal((await mia.open(path)).statusCode, 410)

  const { previewHash } = await well<{ previewHash: string }>(tenant.agent.get(`/v1/requests/${id}/response`))
  await well(tenant.approver.post(`/v1/requests/${id}/response`, { previewHash }))
  await house.doPromisedWork()
  const now = linkIn(house, MIA, 'package').path
  t.not(now, path)
  t.equal((await mia.open(now)).statusCode, 200, 'which the link of the new answer does')
})

async function answered(t: Parameters<typeof openHouse>[0]) {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const { requests } = (
    await tenant.agent.post('/v1/requests', { rights: ['access'], subject: { name: 'Mia Holm', email: MIA } })
  ).json()
  await house.doPromisedWork()
  const { path, code } = linkIn(house, MIA, 'verify')
  await visitorTo(house.app).send(`${path}/confirmation`, { code })
  await answerWithPackage(tenant, requests[0].id)
  await house.doPromisedWork()
  return { house, tenant, id: requests[0].id as string, path: linkIn(house, MIA, 'package').path }
}
