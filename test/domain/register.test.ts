// What an entry forbids, and by which name somebody is found.

import fc from 'fast-check'
import t from 'tap'
import { HabeasError } from '../../src/domain/errors.ts'
import { findMailbox } from '../../src/domain/mailbox-address.ts'
import {
  DIRECT_MARKETING,
  foldedIdentifier,
  forbids,
  purposeForm,
  purposesToEnter,
  type StandingEntry
} from '../../src/domain/register.ts'

t.test('What an entry forbids', async t => {
  const rows: [StandingEntry['kind'], string | null, string, boolean, boolean, string][] = [
    ['restricted', null, 'billing', false, true, 'a restriction forbids what is not storage'],
    ['restricted', null, 'storage', false, false, 'and leaves storage: GDPR Art. 18(2)'],
    ['restricted', 'analytics', 'analytics', false, true, 'one of a purpose forbids that purpose'],
    ['restricted', 'analytics', 'billing', false, false, 'and no other'],
    ['objected', 'analytics', 'analytics', false, true, 'an objection forbids its purpose'],
    ['objected', 'analytics', 'billing', false, false, 'and no other'],
    ['objected', null, 'billing', false, true, 'one to everything forbids everything'],
    ['objected', null, 'storage', false, true, 'for storage is processing too: Art. 4(2)'],
    ['objected', DIRECT_MARKETING, 'newsletter', true, true, 'one to direct marketing forbids all of it: Art. 21(3)'],
    ['objected', DIRECT_MARKETING, 'newsletter', false, false, 'and nothing that is none'],
    ['objected', 'newsletter', 'billing', true, false, 'one to a newsletter alone says nothing of other marketing'],
    ['erased', null, 'storage', false, true, 'nothing is done with what was erased'],
    ['erased', 'analytics', 'billing', false, true, 'for whatever purpose']
  ]
  for (const [kind, purpose, asked, marketing, forbidden, why] of rows)
    t.equal(forbids({ kind, purpose }, asked, marketing), forbidden, why)
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
  t.same(
    purposesToEnter('objected', 'Newsletter', true),
    ['newsletter', DIRECT_MARKETING],
    'marketing by its name, and all of it'
  )
  t.same(purposesToEnter('objected', null, true), [DIRECT_MARKETING])
  t.same(purposesToEnter('objected', 'Stop it, please!', true), [DIRECT_MARKETING])
  t.same(purposesToEnter('objected', 'direct marketing', true), [DIRECT_MARKETING], 'once')
  t.same(purposesToEnter('objected', 'Analytics', false), ['analytics'])
  t.same(purposesToEnter('objected', 'You know what I mean.', false), [null], 'what is unclear is everything')
  t.same(purposesToEnter('restricted', 'newsletter', true), ['newsletter'])
  t.same(purposesToEnter('erased', null, false), [null])
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
