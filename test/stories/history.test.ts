// What happened to a request, as people and programs read it.

import t from 'tap'
import { ask, well } from '../support/fulfilment.ts'
import { openHouse } from '../support/house.ts'

interface Entry {
  readonly seq: number
  readonly kind: string
  readonly from: string
  readonly to: string
  readonly at: string
  readonly by: { mover: string; id: string | null }
  readonly words: string
  readonly text: string | null
}
interface History {
  readonly data: Entry[]
  readonly nextAfter: number | null
}

t.test('The history of a request', async t => {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const id = await ask(tenant, 'access', { proven: false })
  const path = `/v1/requests/${id}/events`
  house.pass({ hours: 1 })
  await well(
    tenant.agent.post(`/v1/requests/${id}/verification/confirmation`, {
      method: 'phone_callback',
      note: 'Called Mia on the number on file.'
    })
  )
  await well(tenant.agent.post(`/v1/requests/${id}/clarification`, { question: 'Which account do you mean, Mia?' }))
  await well(tenant.agent.post(`/v1/requests/${id}/clarification/answer`, { text: 'The old one.' }))

  await t.test('tells who did what, when, and from which state to which', async t => {
    const { data, nextAfter } = await well<History>(tenant.agent.get(path))
    t.equal(nextAfter, null)
    t.same(
      data.map(entry => entry.seq),
      data.map((_, place) => place + 1)
    )
    t.same(data[0]?.kind, 'opened')
    t.match(
      data.find(entry => entry.kind === 'verify'),
      {
        from: 'received',
        to: 'verified',
        at: '2026-02-20T11:00:00.000Z',
        by: { mover: 'agent', id: 'agent' },
        data: { method: 'phone_callback' },
        words: 'A staff member established the identity of the person by calling back.',
        text: 'Called Mia on the number on file.'
      }
    )
  })

  await t.test('speaks the language of whoever reads it', async t => {
    const wordsIn = async (query: string, headers = {}) =>
      (await well<History>(tenant.agent.get(`${path}${query}`, headers))).data.find(entry => entry.kind === 'verify')
        ?.words
    t.equal(await wordsIn('?locale=da'), 'En medarbejder fastslog personens identitet ved at ringe tilbage.')
    t.equal(
      await wordsIn('?locale=el'),
      'Μέλος του προσωπικού επιβεβαίωσε την ταυτότητα του υποκειμένου με τηλεφωνική επανάκληση.'
    )
    t.match(await wordsIn('', { 'accept-language': 'fr;q=0.9, da-DK;q=0.8, en;q=0.1' }), /^En medarbejder/)
    t.match(
      await wordsIn('?locale=en', { 'accept-language': 'da' }),
      /^A staff member/,
      'what is asked for comes before what the browser says'
    )
    t.match(await wordsIn('', { 'accept-language': 'da;q=0, tlh' }), /^A staff member/)
  })

  await t.test('comes in pages', async t => {
    const whole = (await well<History>(tenant.agent.get(path))).data
    const seen: Entry[] = []
    let after: number | null = 0
    while (after !== null) {
      const page: History = await well(tenant.agent.get(`${path}?after=${after}&limit=2`))
      t.ok(page.data.length <= 2)
      seen.push(...page.data)
      after = page.nextAfter
    }
    t.same(seen, whole)
    t.same((await well<History>(tenant.agent.get(`${path}?after=${whole.length}`))).data, [])
  })

  await t.test('keeps what people wrote for staff', async t => {
    const texts = async (client: typeof tenant.agent) =>
      (await well<History>(client.get(path))).data.map(entry => entry.text).filter(text => text !== null)
    t.same(await texts(tenant.auditor), [
      'Called Mia on the number on file.',
      'Which account do you mean, Mia?',
      'The old one.'
    ])
    t.same(await texts(tenant.integration), [], 'a program reads the facts')
    const { body } = await tenant.integration.get(path)
    t.notMatch(body, /Mia/)
  })

  await t.test('is verified on demand', async t => {
    t.match(await well(tenant.auditor.get(`${path}/verification`)), { verified: true, events: 4, firstBadLink: null })
  })

  await t.test('is nobody else’s', async t => {
    const neighbour = await house.tenant()
    t.equal((await neighbour.agent.get(path)).statusCode, 404)
    t.equal((await neighbour.agent.get(`${path}/verification`)).statusCode, 404)
    t.equal((await (await tenant.key('checks:read')).get(path)).statusCode, 403)
  })

  await t.test('outlives the personal data, without what was written', async t => {
    const { caseId } = await well<{ caseId: string }>(tenant.agent.post(`/v1/requests/${id}/withdrawal`))
    await house.doPromisedWork()
    await well(tenant.admin.post(`/v1/cases/${caseId}/erasure`, { because: 'person_asked' }))
    const { data } = await well<History>(tenant.agent.get(path))
    t.match(data.at(-1), { kind: 'personal_data_erased', words: /because the person asked for it/ })
    t.same([...new Set(data.map(entry => entry.text))], [null])
    t.match(data[1]?.words, /established the identity/)
    t.match(await well(tenant.auditor.get(`${path}/verification`)), { verified: true })
  })
})
