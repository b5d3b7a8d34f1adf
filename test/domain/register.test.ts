// What an entry forbids, and by which name somebody is found.

import fc from 'fast-check'
import t from 'tap'
import { HabeasError } from '../../src/domain/errors.ts'
import { findMailbox } from '../../src/domain/mailbox-address.ts'
import {
  DIRECT_MARKETING,
  entriesAtOnce,
  entriesOf,
  foldedIdentifier,
  forbids,
  type PurposeFacts,
  purposeForm,
  SALE_OR_SHARING,
  type StandingEntry
} from '../../src/domain/register.ts'
import type { Right } from '../../src/domain/rights.ts'
import type { Details } from '../../src/domain/subject-request.ts'

t.test('What an entry forbids', async t => {
  const none: PurposeFacts = { marketing: false, optOut: false }
  const marketing: PurposeFacts = { marketing: true, optOut: false }
  const optOut: PurposeFacts = { marketing: false, optOut: true }
  const rows: [StandingEntry['kind'], string | null, string, PurposeFacts, boolean, string][] = [
    ['restricted', null, 'billing', none, true, 'a restriction forbids what is not storage'],
    ['restricted', null, 'storage', none, false, 'and leaves storage: GDPR Art. 18(2)'],
    ['restricted', 'analytics', 'analytics', none, true, 'one of a purpose forbids that purpose'],
    ['restricted', 'analytics', 'billing', none, false, 'and no other'],
    ['objected', 'analytics', 'analytics', none, true, 'an objection forbids its purpose'],
    ['objected', 'analytics', 'billing', none, false, 'and no other'],
    ['objected', null, 'billing', none, true, 'one to everything forbids everything'],
    ['objected', null, 'storage', none, true, 'for storage is processing too: Art. 4(2)'],
    ['objected', DIRECT_MARKETING, 'newsletter', marketing, true, 'one to direct marketing forbids all: Art. 21(3)'],
    ['objected', DIRECT_MARKETING, 'newsletter', none, false, 'and nothing that is none'],
    ['objected', DIRECT_MARKETING, 'usage analytics', optOut, false, 'for it is no opt-out'],
    [
      'objected',
      'newsletter',
      'billing',
      marketing,
      false,
      'one to a newsletter alone says nothing of other marketing'
    ],
    ['objected', SALE_OR_SHARING, 'usage analytics', optOut, true, 'an opt-out forbids what the data map says it ends'],
    ['objected', SALE_OR_SHARING, 'billing', none, false, 'and nothing else'],
    ['erased', null, 'storage', none, true, 'nothing is done with what was erased'],
    ['erased', 'analytics', 'billing', none, true, 'for whatever purpose']
  ]
  for (const [kind, purpose, asked, facts, forbidden, why] of rows)
    t.equal(forbids({ kind, purpose }, asked, facts), forbidden, why)
})

t.test('A purpose is one, however it is written', async t => {
  for (const text of ['Usage analytics', 'usage-analytics', ' USAGE_ANALYTICS ', 'usage  analytics'])
    t.equal(purposeForm(text), 'usage_analytics', text)
  for (const text of ['', ' ', 'Please stop!', 'for anna@example.com', 'στατιστικά', '_x', 'x'.repeat(65)])
    t.equal(purposeForm(text), null, text)
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      const form = purposeForm(text)
      return form === null || (purposeForm(form) === form && /^[a-z0-9][a-z0-9_]{0,63}$/.test(form))
    })
  )
})

t.test('What is entered for what a person asked', async t => {
  const rows: [StandingEntry['kind'], Right, Details, (string | null)[], string][] = [
    [
      'objected',
      'objection',
      { purpose: 'Newsletter', directMarketing: true },
      ['newsletter', DIRECT_MARKETING],
      'marketing by its name, and all of it'
    ],
    ['objected', 'objection', { directMarketing: true }, [DIRECT_MARKETING], 'all of it'],
    [
      'objected',
      'objection',
      { purpose: 'Stop it, please!', directMarketing: true },
      [DIRECT_MARKETING],
      'in any words'
    ],
    ['objected', 'objection', { purpose: 'direct marketing', directMarketing: true }, [DIRECT_MARKETING], 'once'],
    ['objected', 'objection', { purpose: 'Analytics' }, ['analytics'], 'one purpose'],
    ['objected', 'objection', { purpose: 'You know what I mean.' }, [null], 'what is unclear is everything'],
    ['restricted', 'objection', { purpose: 'newsletter' }, ['newsletter'], 'until it is weighed'],
    ['objected', 'withdraw_consent', { purpose: 'newsletter' }, ['newsletter'], 'what was consented to'],
    ['objected', 'opt_out', {}, [SALE_OR_SHARING, DIRECT_MARKETING, 'analytics'], 'sale, marketing and analytics'],
    [
      'objected',
      'opt_out',
      { purpose: 'Look-alike audiences' },
      ['look_alike_audiences', SALE_OR_SHARING, DIRECT_MARKETING, 'analytics'],
      'whatever else it names'
    ],
    [
      'objected',
      'opt_out',
      { purpose: 'Leave me alone!' },
      [SALE_OR_SHARING, DIRECT_MARKETING, 'analytics'],
      'and never everything: the person goes on using the service'
    ],
    ['objected', 'limit_use', {}, ['sensitive_data'], 'sensitive data'],
    ['erased', 'erasure', {}, [null], 'everything']
  ]
  for (const [kind, right, details, purposes, why] of rows)
    t.same(
      entriesOf(kind, right, details),
      purposes.map(purpose => ({ kind, purpose })),
      `${right}: ${why}`
    )
})

t.test('What holds at once, before anybody has looked at the request', async t => {
  const rows: [Right, Details, StandingEntry['kind'] | null, string][] = [
    ['restriction', { ground: 'accuracy_contested' }, 'restricted', 'GDPR Art. 18(1)'],
    ['objection', { directMarketing: true }, 'objected', 'nobody weighs it: Art. 21(3)'],
    ['objection', { directMarketing: false }, 'restricted', 'until it is weighed: Art. 18(1)(d)'],
    ['objection', {}, 'restricted', 'nor where nobody said what it is about'],
    ['withdraw_consent', {}, 'objected', 'as easy as to give it: Art. 7(3)'],
    ['opt_out', {}, 'objected', '11 CCR 7026(f)'],
    ['limit_use', {}, 'objected', '11 CCR 7027(g)'],
    ['erasure', {}, null, 'entered once it is done'],
    ['access', {}, null, 'stops nothing']
  ]
  for (const [right, details, kind, why] of rows)
    t.same(
      [...new Set(entriesAtOnce(right, details).map(entry => entry.kind))],
      kind === null ? [] : [kind],
      `${right}: ${why}`
    )
})

t.test('Two spellings of a name are one person', async t => {
  const folded = (kind: string, value: string) => foldedIdentifier({ kind, value })?.value
  for (const text of ['Anna.Berg@Example.com', 'anna.berg@example.COM', ' anna.berg@example.com'])
    t.equal(folded('email', text), 'anna.berg@example.com')
  for (const text of ['+45 12 34 56 78', '0045-12345678', '+45 (12) 34.56.78'])
    t.equal(folded('phone', text), '+4512345678')
  t.equal(folded('user_id', 'Anna'), undefined, 'an id is what it is')
  t.throws(
    () => foldedIdentifier({ kind: 'email', value: 'anna@' }, '/subjects/0/email'),
    HabeasError,
    'what is no address is refused, not folded'
  )
})

t.test('The short way to fold an address gives what the whole reading gives', async t => {
  const letter = fc.constantFrom(...'abcXYZ019_+-.@é '.split(''), 'xn--', '--', '..')
  const address = fc
    .tuple(
      fc.array(letter, { maxLength: 12 }),
      fc.array(letter, { maxLength: 12 }),
      fc.constantFrom('.com', '.dk', '.c', '.xn--p1ai', '')
    )
    .map(([local, domain, top]) => `${local.join('')}@${domain.join('')}${top}`)
  let read = 0
  fc.assert(
    fc.property(fc.oneof(address, fc.emailAddress()), text => {
      const whole = findMailbox(text)
      if (whole !== null) read += 1
      return foldOrNull(text) === (whole?.foldedForm ?? null)
    }),
    { numRuns: 20_000 }
  )
  t.ok(read > 1_000, `${read} of them were addresses`)

  function foldOrNull(value: string): string | null {
    try {
      return foldedIdentifier({ kind: 'email', value })?.value ?? null
    } catch (error) {
      if (error instanceof HabeasError) return null
      throw error
    }
  }
})
