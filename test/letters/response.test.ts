import t from 'tap'
import { LOCALES, type Locale } from '../../src/domain/subject-request.ts'
import { say } from '../../src/letters/catalogue.ts'
import { renderLetter } from '../../src/letters/letter.ts'
import type { ResponseFacts } from '../../src/letters/response-facts.ts'
import { yourRequest } from '../../src/letters/words.ts'
import { ALL_RESPONSES, authority, DONE, sampleResponse } from './response-samples.ts'

const said = (facts: ResponseFacts, locale: Locale = 'en'): string => flat(renderLetter('response', locale, facts).text)

t.test('Every answer says what was asked, when, and under which law', async t => {
  for (const locale of LOCALES) {
    for (const { right, outcome, facts } of ALL_RESPONSES) {
      const text = said(facts, locale)
      t.match(text, yourRequest(right, locale), `${locale} ${right} ${outcome}`)
      t.match(text, say(locale, 'law.eu-gdpr'), `${locale} ${right} ${outcome}`)
    }
  }
})

t.test('Access: everything of Art. 15(1) and (2)', async t => {
  const text = said(sampleResponse('access', 'granted'))
  const items: [string, string][] = [
    ['confirmation', 'We process personal data about you.'],
    ['(a) purposes', 'Identity: purposes: signing in and support'],
    ['(b) categories', 'Usage events: purposes: analytics'],
    ['(c) recipients by name', 'Neon: Germany'],
    ['(d) storage', 'Usage events: how long they are kept: 12 months'],
    ['(e) rights', 'You may ask us to correct or erase your data or to restrict their processing, and you may object'],
    ['(f) complaint', 'You have the right to lodge a complaint with a supervisory authority'],
    ['(g) source', 'Usage events: source: your employer'],
    ['(g) source, when it is the person', 'Identity: source: you yourself'],
    ['(h) logic', 'Credit limit: how it is made: Turnover of the last year.'],
    ['(h) data', 'Credit limit: data it rests on: orders and payments'],
    ['(h) significance', 'Credit limit: what it means for you: How much you may owe us.'],
    ['(h) consequences', 'Credit limit: what follows from it: A higher or lower limit.'],
    ['(2) safeguards', 'Clerk: USA; the transfer is safeguarded by: Standard Contractual Clauses'],
    ['the copy', 'https://habeas.example/privacy/neexo/package?t=xyz'],
    ['until when', 'until Monday 20 April 2026']
  ]
  for (const [item, sentence] of items) t.match(text, sentence, item)
})

t.test('Access: silence is not an answer', async t => {
  const none = { ...DONE.access.information, recipients: [], automatedDecisions: [] }
  const quiet = {
    ...sampleResponse('access', 'granted'),
    done: { ...DONE.access, information: none }
  } as unknown as ResponseFacts
  t.match(said(quiet), 'Nobody outside our organisation has received the data.')
  t.match(said(quiet), 'No decision about you is taken by a machine alone')

  const nameless = { ...DONE.access.information, categories: [] }
  const empty = { ...quiet, done: { ...DONE.access, information: nameless } } as unknown as ResponseFacts
  t.throws(() => renderLetter('response', 'en', empty), { code: 'outcome_not_possible' })

  const [decision] = DONE.access.information.automatedDecisions
  const mute = { ...none, automatedDecisions: [{ ...decision!, logic: ' ' }] }
  const opaque = { ...quiet, done: { ...DONE.access, information: mute } } as unknown as ResponseFacts
  t.throws(
    () => renderLetter('response', 'en', opaque),
    { code: 'outcome_not_possible' },
    'nor a decision without its logic'
  )

  const unkept = {
    ...none,
    categories: [{ name: 'Identity', purposes: ['x'], legalBasis: null, retention: ' ', source: null }]
  }
  const vague = { ...quiet, done: { ...DONE.access, information: unkept } } as unknown as ResponseFacts
  t.throws(() => renderLetter('response', 'en', vague), { code: 'outcome_not_possible' })
})

t.test('Nothing found is never mistaken for not searched', async t => {
  const found = sampleResponse('access', 'nothing_found')
  t.match(said(found), 'We process no personal data about you.')
  t.match(said(found), '- Clerk - Neon PostgreSQL')
  t.throws(() => renderLetter('response', 'en', { ...found, searched: [] } as ResponseFacts), {
    code: 'outcome_not_possible'
  })

  const looked = said(sampleResponse('access', 'granted'))
  t.match(looked, 'Where we did not search, and why')
  t.match(looked, 'CAD files: They stay on your own file server.')
  t.match(looked, 'Production data: Kept on behalf of another organisation, which decides about the data')
})

t.test('Correction: before and after, or neither where the answer travels by mail', async t => {
  const text = said(sampleResponse('rectification', 'granted'))
  t.match(text, 'Surname: corrected; before: Lnud; now: Lund')
  t.match(text, 'Telephone: corrected; before: (empty); now: +45 00 00 00 00')
  t.match(text, 'Title: corrected')
  t.match(text, 'The values themselves are not shown in this message')
  t.match(text, 'Clerk: Told on Friday 20 March 2026')
  t.match(
    text,
    'A newspaper: Not told, because this proved impossible or would take disproportionate effort: it no longer exists'
  )
})

t.test('Erasure: what went, what stays, and until when', async t => {
  const text = said(sampleResponse('erasure', 'partly_granted'))
  t.match(text, 'Clerk: erased: Name and Email')
  t.match(text, 'Sentry: searched, nothing found')
  t.match(text, 'Clerk: made anonymous for good: Usage events')
  t.match(text, 'We keep the minimum needed to recognise you')
  t.match(text, 'Invoices: The law requires us to keep the data.')
  t.match(text, 'This applies until Tuesday 31 December 2030.')
})

t.test('Restriction: since when, what, and the promise to warn (Art. 18(3))', async t => {
  const text = said(sampleResponse('restriction', 'granted'))
  t.match(text, 'restricted since Tuesday 3 March 2026')
  t.match(text, '- Usage events')
  t.match(text, 'We will tell you before we lift the restriction.')
  t.match(text, 'We have no other recipient on record who had to be told.')
})

t.test('Portability: what the files are and where they went', async t => {
  const text = said(sampleResponse('portability', 'granted'))
  t.match(text, 'identity.json: JSON: your account')
  t.match(text, 'We sent the data directly to Other ApS on Sunday 15 March 2026.')
  t.match(text, 'Receipt: R-1')
})

t.test('Objection: stopped without weighing, or weighed in plain words', async t => {
  t.match(said(sampleResponse('objection', 'granted')), 'We did not weigh this: your word is enough.')
  t.match(said(sampleResponse('objection', 'refused')), 'How we weighed your objection')
  t.notMatch(said(sampleResponse('access', 'refused')), 'How we weighed your objection')
})

t.test('An answer that consists of words needs them', async t => {
  for (const right of ['complaint', 'appeal'] as const) {
    const facts = { ...sampleResponse(right, 'granted'), done: { finding: ' ' } } as unknown as ResponseFacts
    t.throws(() => renderLetter('response', 'en', facts), { code: 'outcome_not_possible' }, right)
  }
})

t.test('Only California waits twelve months', async t => {
  const californian = sampleResponse('opt_out', 'granted', 'us-ca', authority('US-CA'))
  t.match(said(californian), 'at least twelve months')
  t.notMatch(said(sampleResponse('opt_out', 'granted')), 'at least twelve months')
})

function flat(text: string): string {
  return text.replace(/\n> ?/g, ' ').replace(/\s+/g, ' ')
}
