// Reading what forms are sent, and saying as little as is needed.

import fc from 'fast-check'
import t from 'tap'
import { codeOf, isWordTyped, textOf, textsOf } from '../../src/pages/forms.ts'
import { maskAddress } from '../../src/pages/mask-address.ts'
import { faultsOf, nothingTyped, type Offer, submissionOf, typedIn } from '../../src/pages/portal-form.ts'
import { portalPage } from '../../src/pages/portal-page.ts'
import { preferredLocale } from '../../src/pages/preferred-locale.ts'
import { HOUSE_POLICY } from '../support/tenant-in-house.ts'

const OFFER: Offer = { rights: ['access', 'erasure'], locales: ['en', 'da'], places: ['DK', 'US-CA'] }

t.test('A code', async t => {
  const read = (code: unknown) => codeOf({ code })
  t.equal(read('BCDF2346'), 'BCDF2346')
  t.equal(read(' bcdf-2346 '), 'bcdf2346', 'is read as people type it')
  for (const other of ['', 'BCDF234', 'BCDF23467', 'ΒΓΔΖ2346', 'BCDF 23_6', ['BCDF2346', 'BCDF2346'], null, 7])
    t.equal(read(other), null, JSON.stringify(other))
  t.equal(codeOf(null), null)
  t.equal(codeOf(Object.create({ code: 'BCDF2346' })), null, 'and not from where nobody typed it')
})

t.test('The word', async t => {
  for (const word of ['STOP', ' stop ', 'Stop', 'ΣΤΟΠ', 'στοπ']) t.ok(isWordTyped({ word }), word)
  for (const word of ['', 'yes', 'STOP!', 'S T O P', 'on', 'true', '1']) t.notOk(isWordTyped({ word }), word)
})

t.test('Texts', async t => {
  t.equal(textOf({ a: '  x ' }, 'a'), 'x')
  t.equal(textOf({ a: ['x', 'y'] }, 'a'), '', 'a name that comes twice says nothing')
  t.same(textsOf({ a: ['x', 'y'] }, 'a'), ['x', 'y'])
  t.same(textsOf({ a: 'x' }, 'a'), ['x'])
  t.same(textsOf({}, 'a'), [])
  t.equal(textOf({}, 'constructor'), '')
})

t.test('An address is masked', async t => {
  t.equal(maskAddress('mia@example.com'), 'm•••@example.com')
  t.equal(maskAddress('m@example.com'), 'm•••@example.com', 'so that its length is not told')
  t.equal(maskAddress('ægir@example.dk'), 'æ•••@example.dk')
})

t.test('The language of a page', async t => {
  const policy = { locales: ['en', 'da'], defaultLocale: 'da' } as const
  t.equal(preferredLocale('en', 'da', policy), 'en', 'is the one chosen')
  t.equal(
    preferredLocale(undefined, 'fr-FR, en-GB;q=0.8, da;q=0.5', policy),
    'en',
    "else the browser's first that is written here"
  )
  t.equal(preferredLocale('el', 'el', policy), 'da', "else the tenant's own")
  t.equal(preferredLocale(['en'], `${'x,'.repeat(100_000)}en`, policy), 'da', 'and no header is long enough to keep us')
})

t.test('The form', async t => {
  const typed = typedIn(
    {
      rights: ['erasure', 'access'],
      name: ' Mia ',
      email: 'mia@Example.com',
      country: 'US-CA',
      details: 'a\r\nb',
      language: 'da',
      more: 'x'
    },
    'en'
  )
  t.same(faultsOf(typed, OFFER), [])
  t.same(submissionOf(typed, OFFER), {
    rights: ['access', 'erasure'],
    subject: { name: 'Mia', email: 'mia@Example.com', locale: 'da', country: 'US', region: 'CA' },
    requester: null,
    details: { access: { text: 'a\nb' }, erasure: { text: 'a\nb' } }
  })
  t.match(submissionOf({ ...typed, country: 'XX', language: 'fr', details: '', name: '' }, OFFER), {
    subject: { name: null, country: null, region: null, locale: null },
    details: { access: {}, erasure: {} }
  })
  t.same(faultsOf(nothingTyped('en'), OFFER), ['form.error.rights', 'form.error.email'])
  t.same(
    faultsOf(
      {
        ...typed,
        rights: ['opt_out'],
        name: 'x'.repeat(201),
        email: 'a@b.example, c@d.example',
        details: 'x'.repeat(5_001)
      },
      OFFER
    ),
    ['form.error.right', 'form.error.name', 'form.error.email', 'form.error.details']
  )
})

t.test('Whatever is typed, the page has the same tags', async t => {
  const render = (text: string) => {
    const policy = { ...HOUSE_POLICY, organisation: { ...HOUSE_POLICY.organisation, name: text, email: text } }
    const typed = { ...nothingTyped('en'), name: text, email: text, details: text }
    return portalPage({ slug: 'acme', policy, locale: 'en', offer: OFFER, typed, faults: ['form.error.email'] })
  }
  const skeleton = (page: string) =>
    (page.match(/<[^>]*>/g) ?? []).map(tag => tag.replaceAll(/"[^"]*"/g, '""')).join('')
  const expected = skeleton(render('Acme'))
  const hostile = [
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onfocus='alert(1)",
    '</textarea><b>',
    '</title><b>',
    '<!--',
    ']]>',
    '{{7*7}}',
    '\u0024{7*7}',
    '<%= 7 %>',
    '&lt;b&gt;',
    '\u2028<b>',
    '\0<b>',
    '\ud800<b>',
    '{name}',
    "'{plural}"
  ]
  for (const [i, text] of hostile.entries()) t.equal(skeleton(render(text)), expected, `hostile text ${i}`)
  const property = fc.property(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.array(fc.constantFrom(...hostile, '<', '>', '"', "'", '&', 'a', ' ')).map(parts => parts.join(''))
    ),
    text => skeleton(render(text)) === expected
  )
  t.doesNotThrow(() => fc.assert(property, { numRuns: 1_000 }), 'nor do a thousand random texts more')
})
