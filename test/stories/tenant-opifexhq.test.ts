// OpifexHQ keeps the promises of its privacy policy.

import t from 'tap'
import { opifexhq } from '../../scripts/seed/opifexhq.ts'
import { eventsOf, kindsOf } from '../support/fulfilment.ts'
import { openSeededTenant } from '../support/seeded-tenant.ts'
import { textIn } from '../support/visitor.ts'

const ELENI = 'eleni@example.com'

t.test('A Greek worker mails and asks which parts she advanced, and when', async t => {
  const { house, tenant, mail, prove, answer, request } = await openSeededTenant(t, opifexhq, '2026-06-10T07:30:00Z')
  const text =
    'Εργάζομαι στην Aegean Machines. Ζητώ πρόσβαση στα προσωπικά μου δεδομένα: ποια εξαρτήματα έχουν καταγραφεί ότι προώθησα στην παραγωγή και πότε (άρθρο 15 ΓΚΠΔ).'
  const { access: id = '' } = await mail(`Eleni Nikolaou <${ELENI}>`, 'Αίτημα πρόσβασης', text)

  await t.test('which is read as access, in Greek, and waits for staff to say so', async t => {
    t.match(await request(id), { right: 'access', rightGuessed: true, regime: 'eu-gdpr', channel: 'email' })
    t.match((await request(id)).subject, { email: ELENI, locale: 'el' })
    t.match(
      await request(id),
      { receivedOn: '2026-06-10', dueOn: '2026-07-10', promisedOn: null },
      'the statutory clock alone'
    )
    const early = await tenant.agent.post(`/v1/requests/${id}/verification`)
    t.match(early.json(), { code: 'right_not_confirmed' })
  })

  await t.test('then proves who she is with the link and the code, in Greek', async t => {
    const details = { text: 'Traceability of parts.', categories: ['operational traceability'] }
    const confirmed = await tenant.agent.post(`/v1/requests/${id}/right`, { right: 'access', details })
    t.equal(confirmed.statusCode, 201)
    const page = await prove(ELENI)
    t.equal(page.statusCode, 200)
    t.match(textIn(page.body), /[α-ω]{4}/)
    t.match(await request(id), { state: 'verified', verification: { method: 'email_link_and_code' } })
  })

  await t.test('and is passed on to her company, which alone decides about it', async t => {
    house.pass({ days: 1 })
    const controller = { name: 'Aegean Machines SA', email: 'privacy@aegean.example.com' }
    const forwarded = await tenant.agent.post(`/v1/requests/${id}/forwarding`, {
      controller,
      note: 'As their agreement says.'
    })
    t.match(
      forwarded.json(),
      { state: 'in_review', outcome: 'forwarded', clock: 'running', daysLeft: 29 },
      'the clock of the forwarding runs'
    )

    const letter = await answer(id, ELENI)
    t.match(letter, 'Διαβιβάσαμε το αίτημά σας στον υπεύθυνο επεξεργασίας Aegean Machines SA')
    t.match(letter, 'privacy@aegean.example.com')
    t.match(letter, 'Αρχή Προστασίας Δεδομένων', 'with the Greek authority')
    t.match(await request(id), { state: 'responded', outcome: 'forwarded', clock: 'stopped' })
    const events = await eventsOf(house, id)
    t.match(
      events.find(({ kind }) => kind === 'respond'),
      { data: { outcome: 'forwarded', onTime: true } }
    )
  })

  await t.test('without any system having been searched', async t => {
    t.notOk(kindsOf(await eventsOf(house, id)).includes('task_planned'))
  })
})

t.test('Somebody with an account asks for a copy', async t => {
  const seeded = await openSeededTenant(t, opifexhq, '2026-06-10T07:30:00Z')
  const { tenant, prove, fulfil, answer, fetchPackage } = seeded
  const opened = await tenant.integration.post('/v1/requests', {
    rights: ['access'],
    subject: { name: 'Maria Kostas', email: 'maria@example.com', locale: 'en', country: 'GR' }
  })
  const { id } = opened.json().requests[0]
  await prove('maria@example.com')
  const accounts = [{ id: 'u-1042', fullName: 'Maria Kostas' }]
  await fulfil(id, { 'app-database': { result: 'done', records: { accounts } } })
  const letter = await answer(id, 'maria@example.com')

  await t.test('and CAD files, statistics and production data are never searched', async t => {
    const asked = await tenant.agent.get(`/v1/tasks?requestId=${id}`)
    const systems = asked.json().data.map((task: { system: { slug: string } }) => task.system.slug)
    t.same(systems.sort(), ['app-database', 'support-mailbox', 'web-app'])
  })

  await t.test('which the answer says, with the reason', async t => {
    t.match(letter, 'Where we did not search, and why')
    t.match(letter, 'CAD files: SolidWorks, DXF, STEP and Pack and Go files stay on the file server of your company.')
    t.match(letter, 'Traffic statistics (Vercel Analytics): Anonymous counts of visits')
    t.match(letter, /Production data of customer companies: .*Your company decides about it/)
    const page = String((await fetchPackage('maria@example.com')).get('index.html'))
    t.match(page, 'They are never uploaded to us, so we did not search them.')
    t.match(page, 'Frankfurt, Germany')
    t.match(page, 'Standard contractual clauses', 'and names the transfer')
  })
})

t.test('The Orthodox Easter moves a due day', async t => {
  const { tenant } = await openSeededTenant(t, opifexhq, '2026-03-10T08:00:00Z')
  const opened = await tenant.agent.post('/v1/requests', {
    rights: ['access'],
    subject: { email: 'petros@example.com' }
  })
  // Good Friday is 10 April, Easter Monday 13 April.
  t.equal(opened.json().requests[0].dueOn, '2026-04-14')
})
