// MirrorWorks keeps the promises of its privacy policy.

import t from 'tap'
import { mirrorworks } from '../../scripts/seed/mirrorworks.ts'
import { eventsOf } from '../support/fulfilment.ts'
import { openSeededTenant } from '../support/seeded-tenant.ts'

const LUCIA = 'lucia@example.com'
const TAX_RECORD = {
  category: 'tax records',
  ground: 'legal_obligation',
  citation: 'Directive 2006/112/EC Art. 369(2)',
  until: '2036-12-31'
}

t.test('A Spaniard writes a "Privacy Inquiry" and wants to be erased', async t => {
  const seeded = await openSeededTenant(t, mirrorworks, '2026-03-02T02:00:00Z')
  const { house, tenant, mail, prove, fulfil, answer, request, mayProcess } = seeded
  const text = 'I closed my account. Please erase all personal data you hold about me. Lucia Ferrer, Barcelona'
  const { erasure: id = '' } = await mail(`Lucia Ferrer <${LUCIA}>`, 'Privacy Inquiry', text)

  await t.test('which is taken under Australian law, with the promise of ninety days', async t => {
    t.match(await request(id), { right: 'erasure', rightGuessed: true, regime: 'au-privacy', receivedOn: '2026-03-02' })
    t.match(await request(id), { statutoryDueOn: null, promisedOn: '2026-05-31', dueOn: '2026-05-31' })
  })

  await t.test('until staff read where she lives: her own law gives more, counted from the same receipt', async t => {
    const note = 'She writes from Barcelona.'
    const vague = await tenant.agent.post(`/v1/requests/${id}/regime`, { regime: 'us-ca', region: 'CA', note })
    t.match(vague.json(), { status: 422, errors: [{ pointer: '/country' }] }, 'a region alone is no place')
    const corrected = await tenant.agent.post(`/v1/requests/${id}/regime`, { regime: 'eu-gdpr', country: 'ES', note })
    t.match(corrected.json(), {
      regime: 'eu-gdpr',
      statutoryDueOn: '2026-04-02',
      promisedOn: '2026-05-31',
      dueOn: '2026-04-02'
    })
    const confirmed = await tenant.agent.post(`/v1/requests/${id}/right`, { right: 'erasure' })
    t.equal(confirmed.statusCode, 201)
    await prove(LUCIA)
    t.equal((await request(id)).state, 'verified')
  })

  await t.test('all systems erase, but the tax record stays, on a ground, with its source and end', async t => {
    const done = { result: 'done' } as const
    await fulfil(id, {
      supabase: {
        ...done,
        anonymised: ['usage data'],
        recipientsTold: ['Users of your organisation, by their roles']
      },
      'aws-s3': done,
      'aws-ses': done,
      stripe: { result: 'withheld', withheld: [TAX_RECORD] }
    })
    t.match(await request(id), { state: 'in_review', outcome: 'partly_granted', ground: 'legal_obligation' })
  })

  await t.test('and four eyes see the answer', async t => {
    const path = `/v1/requests/${id}/response`
    const { previewHash, needsSecondPerson } = (await tenant.agent.get(path)).json()
    t.equal(needsSecondPerson, true)
    t.match((await tenant.agent.post(path, { previewHash })).json(), { status: 409, code: 'approval_required' })
    const other = tenant.staff('another agent', 'agent')
    t.match(
      (await other.post(path, { previewHash })).json(),
      { code: 'approval_required' },
      'an approver, not just anybody'
    )
    t.equal(house.letterbox.messages.filter(({ parsed }) => parsed.subject?.startsWith('Our answer')).length, 0)
  })

  await t.test('which names what stays, why, and until when', async t => {
    const letter = await answer(id, LUCIA)
    t.match(letter, 'Supabase (database, sign-in, files): erased: account, technical content and sign-in records')
    t.match(letter, 'Supabase (database, sign-in, files): made anonymous for good: usage data', 'deleted or anonymised')
    t.match(letter, 'Users of your organisation, by their roles: Told on')
    t.match(letter, 'Stripe (billing): erased: billing identifiers')
    t.match(letter, 'tax records: The law requires us to keep the data.')
    t.match(letter, 'Directive 2006/112/EC Art. 369(2)')
    t.match(letter, 'This applies until Wednesday 31 December 2036.')
    t.match(letter, 'Business data of customers: What your organisation enters', 'and where nobody looked')
    t.match(letter, /GDPR|General Data Protection Regulation/)
  })

  await t.test('and the authority of the place where she lives', async t => {
    const letter = house.letterbox.messages.at(-1)?.parsed.text ?? ''
    t.match(letter, 'Agencia Española de Protección de Datos')
    t.notMatch(letter, 'Office of the Australian Information Commissioner')
  })

  await t.test('and ends in the register', async t => {
    t.equal(await mayProcess('providing the service', { email: LUCIA }), false)
    t.match(
      (await eventsOf(house, id)).find(({ kind }) => kind === 'respond'),
      { data: { outcome: 'partly_granted', onTime: true } }
    )
  })
})

t.test('Each person has the law of their place', async t => {
  const { tenant } = await openSeededTenant(t, mirrorworks, '2026-03-02T02:00:00Z')
  const rows: [string, object, string, string, string | null, string][] = [
    ['access', { country: 'AU' }, 'au-privacy', '2026-04-01', null, 'thirty days by the guide, no holiday counts'],
    ['access', { country: 'DE' }, 'eu-gdpr', '2026-04-01', null, 'the thirty days at home end before the month'],
    ['objection', { country: 'DE' }, 'eu-gdpr', '2026-04-02', null, 'a month: Australia does not know the right'],
    ['restriction', { country: 'GB' }, 'uk-gdpr', '2026-04-02', null, 'a month'],
    ['opt_out', { country: 'US', region: 'CA' }, 'us-ca', '2026-03-23', null, 'fifteen business days'],
    ['access', { country: 'US', region: 'CA' }, 'us-ca', '2026-04-01', null, 'thirty days at home, not forty-five'],
    [
      'complaint',
      { country: 'US', region: 'CA' },
      'au-privacy',
      '2026-04-01',
      '2026-04-01',
      'a right that only home knows'
    ],
    ['information', { country: 'DE' }, 'au-privacy', '2026-04-01', null, 'and another'],
    ['withdraw_consent', { country: 'CA' }, 'ca-pipeda', '2026-04-01', null, 'thirty days'],
    ['rectification', { country: 'NZ' }, 'nz-privacy', '2026-03-30', null, 'twenty working days'],
    ['portability', { country: 'SG' }, 'sg-pdpa', '2026-04-01', null, 'thirty days'],
    ['erasure', { country: 'NZ' }, 'nz-privacy', '2026-05-31', '2026-05-31', 'the promise alone'],
    ['complaint', { country: 'DE' }, 'eu-gdpr', '2026-04-01', '2026-04-01', 'the promise of thirty days for complaints']
  ]
  for (const [right, place, regime, dueOn, promisedOn, why] of rows) {
    const details =
      right === 'restriction'
        ? { ground: 'unlawful_but_keep' }
        : right === 'rectification'
          ? { changes: [{ field: 'title', proposed: 'Lead' }] }
          : {}
    const opened = await tenant.agent.post('/v1/requests', {
      rights: [right],
      subject: { email: 'p@example.com', ...place },
      details
    })
    t.match(opened.json().requests?.[0], { regime, dueOn, promisedOn }, `${right} of ${JSON.stringify(place)}: ${why}`)
  }

  await t.test('and is refused a right that neither law nor policy gives', async t => {
    const refused = await tenant.agent.post('/v1/requests', {
      rights: ['objection'],
      subject: { email: 'p@example.com', country: 'AU' }
    })
    t.match(refused.json(), { status: 422, code: 'right_not_offered' })
  })
})

t.test('A mail that only says "Privacy Inquiry" is kept for staff', async t => {
  const { tenant, house } = await openSeededTenant(t, mirrorworks, '2026-03-02T02:00:00Z')
  const raw = [
    'From: Noah <noah@example.com>',
    'To: support@mirrorworks.app',
    'Subject: privacy  inquiry',
    'Message-ID: <1@example.com>',
    'Content-Type: text/plain',
    '',
    'Please call me.'
  ].join('\r\n')
  const type = { 'content-type': 'message/rfc822' }
  const kept = await tenant.integration.post('/v1/inbound/email', Buffer.from(raw), type)
  t.match(kept.json(), { result: 'to_sort', why: 'right_not_seen' })
  await house.doPromisedWork()
  t.match(house.letterbox.messages, [{ to: ['support@mirrorworks.app'] }], 'who are told')

  const [{ inboundId }] = [kept.json()]
  const opened = await tenant.agent.post(`/v1/inbound/${inboundId}/case`, { rights: ['information'] })
  t.match(opened.json(), { result: 'opened', requests: [{ right: 'information' }] })
})

t.test('A person in the business data of a customer is passed on to its administrators', async t => {
  const { tenant, prove, answer, request } = await openSeededTenant(t, mirrorworks, '2026-03-02T02:00:00Z')
  const opened = await tenant.agent.post('/v1/requests', {
    rights: ['access'],
    subject: { name: 'Kim Doyle', email: 'kim@example.com', country: 'AU' }
  })
  const { id } = opened.json().requests[0]
  await prove('kim@example.com')
  const controller = { name: 'Hunter Valley Castings', email: 'admin@hunter.example.com' }
  await tenant.agent.post(`/v1/requests/${id}/forwarding`, { controller })
  const letter = await answer(id, 'kim@example.com')
  t.match(letter, 'We forwarded your request to Hunter Valley Castings')
  t.match(letter, 'Office of the Australian Information Commissioner')
  t.match(await request(id), { outcome: 'forwarded' })
})

t.test('A Californian opts out', async t => {
  const seeded = await openSeededTenant(t, mirrorworks, '2026-03-02T02:00:00Z')
  const { tenant, answer, fulfil, mayProcess } = seeded
  const GRACE = { email: 'grace@example.com' }
  const opened = await tenant.integration.post('/v1/requests', {
    rights: ['opt_out'],
    subject: { ...GRACE, country: 'US', region: 'CA' },
    details: { text: 'Please stop selling what you know about me.' },
    verification: { method: 'session' }
  })
  const { id } = opened.json().requests[0]

  await t.test('of non-essential email and of analytics, as the policy promises, and of any sale', async t => {
    for (const purpose of [
      'sale or sharing',
      'direct marketing',
      'news about the product',
      'usage analytics',
      'analytics'
    ])
      t.equal(await mayProcess(purpose, GRACE), false, purpose)
    for (const purpose of ['providing the service', 'billing and refunds', 'security', 'service updates'])
      t.equal(await mayProcess(purpose, GRACE), true, purpose)
  })

  await t.test('which only systems that do such things are asked to stop, and no other is named', async t => {
    await fulfil(id, { supabase: { result: 'done' }, 'aws-ses': { result: 'done' } })
    const { data } = (await tenant.agent.get(`/v1/tasks?requestId=${id}`)).json()
    const asked = data.map(({ system, categories }: { system: { slug: string }; categories: string[] }) => [
      system.slug,
      categories
    ])
    t.same(asked.sort(), [
      ['aws-ses', ['non-essential email']],
      ['supabase', ['usage data']]
    ])
    const letter = await answer(id, GRACE.email)
    t.match(letter, 'no longer sell or share your data or use them for marketing or analytics')
    t.match(letter, 'AWS SES (email): processing stopped: non-essential email')
    t.notMatch(letter, /tax records|AWS S3|billing identifiers/)
  })
})
