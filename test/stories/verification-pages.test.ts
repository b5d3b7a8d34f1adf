// "Was this you?": the pages behind the mailed link, from the street.

import t from 'tap'
import { asOwner } from '../support/cluster.ts'
import { eventsOf, kindsOf } from '../support/fulfilment.ts'
import { type House, openHouse, type TenantInHouse } from '../support/house.ts'
import { formsOf, linkIn, textIn, visitorTo } from '../support/visitor.ts'

const MIA = 'mia@example.com'

t.test('A person confirms with the code', async t => {
  const { house, tenant, requests } = await asked(t, { rights: ['access', 'erasure'] })
  const { path, code } = linkIn(house, MIA, 'verify')
  const mia = visitorTo(house.app)
  const page = await mia.open(path)

  await t.test('on a page that says who asks, for what, when and where we wrote', async t => {
    t.equal(page.statusCode, 200)
    const text = textIn(page.body)
    for (const said of [
      'Example ApS received',
      'Friday 20 February 2026',
      'Access to',
      'Erasure of',
      'm•••@example.com',
      'Yes, this was me',
      'I did not ask for this'
    ])
      t.match(text, said, said)
    t.notMatch(page.body, /mia@example\.com|Mia Holm/, 'and nothing that a stranger would learn from it')
  })

  await t.test('types it as people do', async t => {
    const confirmed = await mia.submit(page, '/confirmation', {
      code: ` ${code.slice(0, 4).toLowerCase()}-${code.slice(4)} `
    })
    t.equal(confirmed.statusCode, 200)
    t.match(textIn(confirmed.body), /You have confirmed this request/)
    for (const { id } of requests) {
      t.match((await tenant.agent.get(`/v1/requests/${id}`)).json(), {
        state: 'verified',
        verification: { method: 'email_link_and_code', by: null }
      })
    }
  })

  await t.test('and finds where it stands when the link is opened again', async t => {
    const again = await mia.open(path)
    t.equal(again.statusCode, 200)
    t.match(textIn(again.body), /You have confirmed this request.*Confirmed/)
    const twice = await mia.send(`${path}/confirmation`, { code })
    t.match([twice.statusCode, textIn(twice.body)], [200, /You have confirmed/], 'also when the form is sent again')
  })

  await t.test('then follows it under the link of the next mail', async t => {
    await house.doPromisedWork()
    const status = await mia.open(linkIn(house, MIA, 'status').path)
    t.match(textIn(status.body), /Where your request stands.*Access to.*Confirmed.*20 March 2026.*Datatilsynet/)
  })
})

t.test('A wrong code', async t => {
  const { house, tenant, requests } = await asked(t)
  const { path, code } = linkIn(house, MIA, 'verify')
  const mia = visitorTo(house.app)

  await t.test('is counted, five times', async t => {
    for (const left of [4, 3, 2, 1]) {
      const wrong = await mia.submit(await mia.open(path), '/confirmation', { code: 'BBBBBBBB' })
      t.equal(wrong.statusCode, 422)
      t.match(textIn(wrong.body), `You can try ${left} more time`)
    }
    const locked = await mia.submit(await mia.open(path), '/confirmation', { code: 'BBBBBBBB' })
    t.match([locked.statusCode, textIn(locked.body)], [200, /typed wrong five times/])
    t.match(
      textIn((await mia.send(`${path}/confirmation`, { code })).body),
      /typed wrong five times/,
      'after which the right one counts no more'
    )
    t.equal((await tenant.agent.get(`/v1/requests/${requests[0].id}`)).json().state, 'awaiting_verification')
    t.equal((await eventKinds(house, requests[0].id)).filter(kind => kind === 'code_locked').length, 1)
  })

  await t.test('but what cannot be a code is no try', async t => {
    const { house, requests } = await asked(t)
    const { path } = linkIn(house, MIA, 'verify')
    const bot = visitorTo(house.app)
    for (const code of ['', ' ', 'short', 'much too long for it', '<script>', 'ΑΒΓΔΕΖΗΘ']) {
      const refused = await bot.send(`${path}/confirmation`, { code })
      t.match([refused.statusCode, textIn(refused.body)], [422, /Please type the code/], JSON.stringify(code))
    }
    t.equal((await visitorTo(house.app).send(`${path}/confirmation`, {})).statusCode, 422)
    t.same(await attempts(house), [0])
    t.equal(requests.length, 1)
  })

  await t.test('and a fresh link goes to the address on file', async t => {
    const sent = await mia.submit(await mia.open(path), '/fresh-link')
    t.match(textIn(sent.body), /A link is on its way/)
    await house.doPromisedWork()
    const fresh = linkIn(house, MIA, 'verify')
    t.not(fresh.path, path)
    t.match(textIn((await mia.open(path)).body), /replaced by a newer one/, 'while the old one says so')
    t.match(
      textIn((await mia.submit(await mia.open(fresh.path), '/confirmation', { code: fresh.code })).body),
      /You have confirmed/
    )
  })
})

t.test('Fresh links', async t => {
  const { house, tenant, requests } = await asked(t)
  const first = linkIn(house, MIA, 'verify')
  await tenant.agent.post(`/v1/requests/${requests[0].id}/verification`)
  await house.doPromisedWork()
  const second = linkIn(house, MIA, 'verify')
  const mia = visitorTo(house.app)
  const before = house.letterbox.messages.length

  await t.test('asked for on an old link repeat the newest one that works', async t => {
    await mia.submit(await mia.open(first.path), '/fresh-link')
    await house.doPromisedWork()
    t.equal(linkIn(house, MIA, 'verify').path, second.path, 'so that whoever holds an old link cannot end the newest')
    t.match(textIn((await mia.open(second.path)).body), /Was this you/)
  })

  await t.test('are three a day, also when they are asked for at once', async t => {
    const page = await mia.open(first.path)
    const answers = await Promise.all(Array.from({ length: 12 }, () => mia.submit(page, '/fresh-link')))
    await house.doPromisedWork()
    t.equal(house.letterbox.messages.length - before, 2, 'the resend by staff was the first')
    t.equal(answers.filter(answer => /Not another link/.test(answer.body)).length, 11)
    house.pass({ hours: 25 })
    t.match(
      textIn((await mia.submit(await mia.open(first.path), '/fresh-link')).body),
      /A link is on its way/,
      'and three more the next day'
    )
  })

  await t.test('are not to be had for what has ended', async t => {
    house.pass({ days: 10 })
    await house.doPromisedWork()
    const page = await mia.open(second.path)
    t.match(textIn(page.body), /Nothing remains to be confirmed.*Lapsed.*was not confirmed in time.*Make a new request/)
    t.same(formsOf(page.body), [])
    const count = house.letterbox.messages.length
    t.equal((await mia.send(`${second.path}/fresh-link`, {})).statusCode, 200)
    await house.doPromisedWork()
    t.equal(house.letterbox.messages.length, count)
  })
})

t.test('"I did not ask for this"', async t => {
  const { house, tenant, requests } = await asked(t, { rights: ['access', 'erasure'] })
  const { path, code } = linkIn(house, MIA, 'verify')
  const mia = visitorTo(house.app)
  const page = await mia.open(path)

  await t.test('asks once more, for a word that machines do not type', async t => {
    const sure = await mia.submit(page, '/denial')
    t.match([sure.statusCode, textIn(sure.body)], [200, /You did not ask for this\?.*type the word STOP/])
    const pressed = await mia.submit(sure, '/denial')
    t.match(textIn(pressed.body), /Please type the word STOP/)
    t.equal(
      (await tenant.agent.get(`/v1/requests/${requests[0].id}`)).json().state,
      'awaiting_verification',
      'and pressing alone changes nothing'
    )
  })

  await t.test('then ends every request of the case and wakes staff', async t => {
    const denied = await mia.submit(await mia.submit(page, '/denial'), '/denial', { word: ' stop ' })
    t.match(textIn(denied.body), /Cancelled.*The request was cancelled/)
    t.same(formsOf(denied.body), [], 'and leaves nothing to press')
    for (const { id } of requests) t.equal((await tenant.agent.get(`/v1/requests/${id}`)).json().state, 'cancelled')
    await house.doPromisedWork()
    const alerts = house.letterbox.messages.filter(mail => mail.to.includes('team@house.example'))
    t.equal(alerts.filter(mail => /not requested/i.test(mail.parsed.subject ?? '')).length, 2)
  })

  await t.test('and no more mail goes there', async t => {
    const count = house.letterbox.messages.length
    t.match(
      (
        await tenant.agent.post(`/v1/requests/${requests[0].id}/messages`, { text: 'Hello?', about: 'verification' })
      ).json(),
      { status: 409, code: 'outcome_not_possible' }
    )
    await mia.send(`${path}/fresh-link`, {})
    house.pass({ days: 2 })
    await house.doPromisedWork()
    t.equal(house.letterbox.messages.length, count)
    t.match(
      textIn((await mia.send(`${path}/confirmation`, { code })).body),
      /Nothing remains to be confirmed/,
      'nor can it be confirmed after all'
    )
  })
})

t.test('What was confirmed cannot be denied with the old link', async t => {
  const { house, tenant, requests } = await asked(t)
  const { path, code } = linkIn(house, MIA, 'verify')
  const mia = visitorTo(house.app)
  await mia.send(`${path}/confirmation`, { code })
  const denied = await mia.send(`${path}/denial`, { word: 'STOP' })
  t.match([denied.statusCode, textIn(denied.body)], [200, /You have confirmed/])
  t.equal((await tenant.agent.get(`/v1/requests/${requests[0].id}`)).json().state, 'verified')
})

t.test('Many at once', async t => {
  await t.test('a hundred guesses are five', async t => {
    const { house, tenant, requests } = await asked(t)
    const { path } = linkIn(house, MIA, 'verify')
    const guess = (i: number) =>
      `BB${String(i)
        .padStart(3, 'C')
        .replaceAll(/[0159]/g, 'D')}FGH`
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) => visitorTo(house.app).send(`${path}/confirmation`, { code: guess(i) }))
    )
    t.ok(answers.every(answer => answer.statusCode === 200 || answer.statusCode === 422))
    t.same(await attempts(house), [5])
    t.equal(
      answers.filter(answer => answer.statusCode === 422).length,
      4,
      'the fifth, and all after it, are told that the link is locked'
    )
    t.equal((await tenant.agent.get(`/v1/requests/${requests[0].id}`)).json().state, 'awaiting_verification')
  })

  await t.test('twenty right codes are one confirmation', async t => {
    const { house, requests } = await asked(t)
    const { path, code } = linkIn(house, MIA, 'verify')
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => visitorTo(house.app).send(`${path}/confirmation`, { code }))
    )
    t.ok(
      answers.every(answer => answer.statusCode === 200 && /You have confirmed/.test(answer.body)),
      'and everybody is shown the same'
    )
    t.equal((await eventKinds(house, requests[0].id)).filter(kind => kind === 'verify').length, 1)
    await house.doPromisedWork()
    t.equal(
      house.letterbox.messages.filter(mail => mail.to.includes(MIA) && (mail.parsed.text ?? '').includes('/status/'))
        .length,
      1,
      'with one mail'
    )
  })

  await t.test('confirming, denying and a resend come to one end', async t => {
    const { house, tenant, requests } = await asked(t)
    const { path, code } = linkIn(house, MIA, 'verify')
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () => visitorTo(house.app).send(`${path}/confirmation`, { code })),
      ...Array.from({ length: 5 }, () => visitorTo(house.app).send(`${path}/denial`, { word: 'STOP' })),
      ...Array.from({ length: 5 }, () => tenant.agent.post(`/v1/requests/${requests[0].id}/verification`))
    ])
    t.ok(
      answers.every(({ statusCode }) => statusCode < 500),
      'and nobody meets an error'
    )
    const kinds = await eventKinds(house, requests[0].id)
    t.ok(kinds.filter(kind => kind === 'verify').length + kinds.filter(kind => kind === 'cancel').length <= 1)
  })
})

t.test('Links that are not', async t => {
  const { house } = await asked(t)
  const { path } = linkIn(house, MIA, 'verify')
  const elsewhere = await house.tenant()
  const token = path.split('/').at(-1) ?? ''
  const slug = path.split('/')[2] ?? ''
  const stranger = visitorTo(house.app)
  const never = await stranger.open(`/privacy/${slug}/verify/${'x'.repeat(43)}`)
  t.equal(never.statusCode, 404)
  t.match(textIn(never.body), /There is nothing at this address/)

  const others = {
    'of another tenant': `/privacy/${elsewhere.slug}/verify/${token}`,
    'of no tenant': `/privacy/nobody-here/verify/${token}`,
    'for another purpose': `/privacy/${slug}/status/${token}`,
    'for a download': `/privacy/${slug}/package/${token}`,
    'with a part missing': `/privacy/${slug}/verify/`,
    'too long': `/privacy/${slug}/verify/${'x'.repeat(399)}`,
    'of nobody': '/privacy/nobody-here'
  }
  for (const [label, other] of Object.entries(others)) {
    const answer = await stranger.open(other)
    t.same([answer.statusCode, answer.body], [404, never.body], `${label}: as for one that never was`)
  }
  for (const action of ['confirmation', 'denial', 'fresh-link']) {
    t.equal(
      (await stranger.send(`/privacy/${elsewhere.slug}/verify/${token}/${action}`, { code: 'BCDFGHJK', word: 'STOP' }))
        .statusCode,
      404,
      action
    )
  }
})

t.test('Every purpose opens its own page and no other', async t => {
  const { house, tenant } = await asked(t)
  const verify = linkIn(house, MIA, 'verify')
  await visitorTo(house.app).send(`${verify.path}/confirmation`, { code: verify.code })
  await house.doPromisedWork()
  const tokens = { verify: tokenOf(verify.path), status: tokenOf(linkIn(house, MIA, 'status').path) }
  for (const [made, token] of Object.entries(tokens)) {
    for (const page of ['verify', 'status', 'package']) {
      const answer = await visitorTo(house.app).open(`/privacy/${tenant.slug}/${page}/${token}`)
      t.equal(answer.statusCode, page === made ? 200 : 404, `${made} at ${page}`)
    }
  }
})

t.test('The page speaks the language of the person', async t => {
  const { house } = await asked(t, { subject: { locale: 'el' } })
  const { path } = linkIn(house, MIA, 'verify')
  const maria = visitorTo(house.app)
  const page = await maria.open(path)
  t.match(page.body, /<html lang="el">/)
  const sure = await maria.submit(page, '/denial')
  t.match(textIn(sure.body), /γράψτε τη λέξη ΣΤΟΠ/)
  t.match(textIn((await maria.submit(sure, '/denial', { word: 'στοπ' })).body), /ακυρώθηκε/)
})

t.test('A reminder stands in the history of each request that waits, once', async t => {
  const { house, requests } = await asked(t, { rights: ['access', 'erasure'] })
  const reminders = async () =>
    await Promise.all(
      requests.map(
        async ({ id }) => (await eventKinds(house, id)).filter(kind => kind === 'verification_reminded').length
      )
    )
  t.same(await reminders(), [0, 0])
  for (let day = 0; day < 3; day += 1) {
    house.pass({ days: 1, minutes: 1 })
    await house.doPromisedWork()
  }
  t.same(await reminders(), [1, 1])
  t.equal(house.letterbox.messages.filter(({ parsed }) => parsed.subject?.includes('Reminder')).length, 1)
})

const tokenOf = (path: string) => path.split('/').at(-1) ?? ''

interface Asked {
  readonly house: House
  readonly tenant: TenantInHouse
  readonly requests: readonly { readonly id: string }[] & { 0: { readonly id: string } }
}

/** A case whose person was asked for proof. */
async function asked(
  t: Parameters<typeof openHouse>[0],
  more: { rights?: string[]; subject?: object } = {}
): Promise<Asked> {
  const house = await openHouse(t)
  const tenant = await house.tenant()
  const body = { rights: more.rights ?? ['access'], subject: { name: 'Mia Holm', email: MIA, ...more.subject } }
  const { requests } = (await tenant.agent.post('/v1/requests', body)).json()
  await house.doPromisedWork()
  return { house, tenant, requests }
}

async function eventKinds(house: House, requestId: string): Promise<string[]> {
  return kindsOf(await eventsOf(house, requestId))
}

async function attempts({ ownerUrl }: House): Promise<number[]> {
  return await asOwner(ownerUrl, async sql =>
    (await sql<{ attempts: number }[]>`select attempts from tokens where purpose = 'verify'`).map(row => row.attempts)
  )
}
