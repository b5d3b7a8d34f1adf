import t from 'tap'
import { LOCALES } from '../../src/domain/subject-request.ts'
import { type FactsByKind, LETTER_KINDS, type LetterKind } from '../../src/letters/facts.ts'
import { type Rendered, renderLetter } from '../../src/letters/letter.ts'
import { addressesIn, faultsOf, shownText } from './reading.ts'
import { ALL_RESPONSES } from './response-samples.ts'
import { SAMPLES } from './samples.ts'

const every = LOCALES.flatMap(locale => [
  ...LETTER_KINDS.map(kind => ({
    title: `${locale} ${kind}`,
    locale,
    facts: SAMPLES[kind],
    letter: render(kind, locale)
  })),
  ...ALL_RESPONSES.map(({ right, outcome, facts }) => ({
    title: `${locale} response ${right} ${outcome}`,
    locale,
    facts,
    letter: renderLetter('response', locale, facts)
  }))
])

function render<K extends LetterKind>(kind: K, locale: (typeof LOCALES)[number]): Rendered {
  return renderLetter(kind, locale, SAMPLES[kind])
}

t.test('Every letter in every language', async t => {
  await t.test('is written out in full', async t => {
    for (const { title, letter } of every) {
      t.notMatch(letter.subject + letter.text, /\{|\}|\[object|\b(undefined|null|NaN)\b/, title)
    }
  })

  await t.test('has a subject of one line with the reference, and no name in it', async t => {
    for (const { title, letter, facts } of every) {
      t.match(letter.subject, facts.reference, title)
      t.notMatch(letter.subject, /[\r\n]|Maja|Lund/, title)
    }
  })

  await t.test('is valid HTML in its own language', async t => {
    for (const { title, letter, locale } of every) {
      t.same(faultsOf(letter.html), [], title)
      t.match(letter.html, `<html lang="${locale}">`, title)
    }
  })

  await t.test('says the same in text and in HTML', async t => {
    for (const { title, letter } of every) {
      const inHtml = new Set([...wordsOf(shownText(letter.html)), ...addressesIn(letter.html)])
      t.same([...new Set(wordsOf(letter.text))].sort(), [...inHtml].sort(), title)
    }
  })

  await t.test('points only where it was told to, and fetches nothing', async t => {
    for (const { title, letter, facts } of every) {
      const given = JSON.stringify(facts)
      t.same(
        addressesIn(letter.html).filter(address => !given.includes(JSON.stringify(address))),
        [],
        title
      )
      t.notMatch(letter.html, /<(img|script|link|iframe|object|form|input)\b/i, title)
    }
  })

  await t.test('keeps its lines short, but for addresses, and ends them alike', async t => {
    for (const { title, letter } of every) {
      const long = letter.text.split('\n').filter(line => line.length > 72 && !line.includes('https://'))
      t.same(long, [], title)
      t.notMatch(letter.text, /\r|[ \t]\n|\n\n\n/, title)
      t.same(
        letter.html.split('\n').filter(line => line.length > 990),
        [],
        `${title}: short enough for the wire`
      )
    }
  })
})

t.test('The confirmation mail', async t => {
  const { text, subject } = renderLetter('verification', 'en', SAMPLES.verification)
  t.equal(subject, 'Please confirm your request to neexo ApS (HB-7K2M-4QX9)')
  t.match(text, '\n    K7QM2XW9\n', 'shows the code as it has to be typed')
  t.match(text, 'Monday 2 March 2026')
  t.match(unwrapped('en', 'verification'), 'choose “I did not ask for this”')
  t.match(text, SAMPLES.verification.link)
})

t.test('A name that is not known is not guessed', async t => {
  const unnamed = { ...SAMPLES.verification, name: null }
  t.match(renderLetter('verification', 'en', unnamed).text, /^Hello,\n/)
  t.match(renderLetter('verification', 'da', unnamed).text, /^Goddag\n/)
  t.match(renderLetter('verification', 'en', { ...unnamed, name: ' \u202E ' }).text, /^Hello,\n/)
})

t.test('Days and times stand as people write them', async t => {
  t.match(unwrapped('da', 'package_downloaded'), 'søndag den 29. marts 2026 kl. 00.30')
  t.match(unwrapped('el', 'extension'), 'Λάβαμε τη Δευτέρα 2 Μαρτίου 2026 το αίτημά σας')
  t.match(unwrapped('el', 'extension'), 'έως και την Τρίτη 7 Απριλίου 2026')
  t.match(unwrapped('en', 'alert_overdue'), 'The answer to this request is 1 day late.')
  t.match(unwrapped('en', 'download_code'), 'valid for 10 minutes')
})

t.test('Staff mail carries no name, not even the tenant’s contact', async t => {
  const staff = LETTER_KINDS.filter(kind => kind.startsWith('alert_') || kind === 'task_assigned')
  for (const kind of staff) t.notMatch(render(kind, 'en').text, /Maja|hello@neexo/, kind)
})

t.test('A digest puts first what is late, and says of each request what is to be done', async t => {
  const text = unwrapped('en', 'alert_digest')
  t.match(text, /Overdue -+ .* Today or tomorrow -+ .* Coming up -+ /)
  t.match(text, 'Erasure of personal data. Answer due by Tuesday 7 April 2026 (8 days late). Next: read the preview')
  t.match(text, '(1 day late). Today or tomorrow')
  t.match(text, 'Access to personal data. Answer due by Tuesday 7 April 2026 (today). Next: decide the outcome.')
  t.match(text, 'Receipt to be confirmed by Tuesday 7 April 2026 (in 2 days). Next: ask for proof of identity')
  t.match(text, '3 more requests stand in the list.')
  t.match(unwrapped('da', 'alert_digest'), 'Svar senest tirsdag den 7. april 2026 (8 dage for sent)')
  t.match(unwrapped('el', 'alert_digest'), 'Απάντηση έως την Τρίτη 7 Απριλίου 2026 (σήμερα)')

  const quiet = renderLetter('alert_digest', 'en', {
    ...SAMPLES.alert_digest,
    items: SAMPLES.alert_digest.items.slice(5),
    more: 0
  })
  t.notMatch(quiet.text, /Overdue|Today|more requests/, 'and nothing of what there is none of')
  t.equal(quiet.subject, `Deadline: ${SAMPLES.alert_digest.reference}`)
})

t.test('A link that is no web address is not sent', async t => {
  for (const url of ['javascript:alert(1)', '/relative', 'ftp://x.example/', '']) {
    t.throws(() => renderLetter('message', 'en', { ...SAMPLES.message, link: url }), url)
  }
})

t.test('A letter without the authority is not written', async t => {
  for (const kind of ['extension', 'response', 'restriction_lift_notice'] as const) {
    const { authority, ...rest } = SAMPLES[kind]
    t.ok(authority)
    t.throws(() => renderLetter(kind, 'en', rest as FactsByKind[typeof kind]), { code: 'outcome_not_possible' }, kind)
  }
})

function unwrapped(locale: (typeof LOCALES)[number], kind: LetterKind): string {
  return render(kind, locale).text.replace(/\s+/g, ' ')
}

/** Words without what only one of the two forms has: bullets, quotation marks of mail, underlines, the colon of a term. */
function wordsOf(text: string): string[] {
  return text
    .split(/\s+/)
    .filter(word => !/^(-+|>|)$/.test(word))
    .map(word => word.replace(/:$/, ''))
}
