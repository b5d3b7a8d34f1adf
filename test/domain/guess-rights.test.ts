import fc from 'fast-check'
import t from 'tap'
import { guessRights } from '../../src/domain/guess-rights.ts'
import { sentencesOf } from '../../src/domain/request-words/fold.ts'
import { isSlipOf } from '../../src/domain/request-words/mend-typos.ts'
import { RIGHTS, type Right } from '../../src/domain/rights.ts'
import type { Locale } from '../../src/domain/subject-request.ts'
import { DANISH_MAILS } from './mails/danish.ts'
import { ENGLISH_MAILS, type Mail } from './mails/english.ts'
import { GREEK_MAILS } from './mails/greek.ts'

const rightsIn = (text: string, language?: Locale) =>
  guessRights({ subject: '', text, ...(language === undefined ? {} : { language }) }).rights.map(({ right }) => right)

for (const [language, mails] of Object.entries({
  en: ENGLISH_MAILS,
  da: DANISH_MAILS,
  el: GREEK_MAILS
} satisfies Record<Locale, readonly Mail[]>)) {
  t.test(`What people write is understood (${language})`, async t => {
    for (const [subject, text, rights] of mails) {
      const guess = guessRights({ subject, text })
      const title = `${subject}: ${text}`.replaceAll(/\s+/g, ' ').slice(0, 90)
      t.same(
        guess.rights.map(({ right }) => right),
        rights,
        title
      )
      t.equal(guess.isRequest, rights.length > 0)
      if (rights.length > 0 && text.includes(' ')) t.equal(guess.language, language)
    }
  })
}

t.test('The mails cover enough to mean something', async t => {
  for (const mails of [ENGLISH_MAILS, DANISH_MAILS, GREEK_MAILS]) {
    t.ok(mails.filter(([, , rights]) => rights.length > 0).length >= 25, 'requests')
    t.ok(mails.filter(([, , rights]) => rights.length === 0).length >= 15, 'and mails that are none')
    const seen = new Set<Right>(mails.flatMap(([, , rights]) => rights))
    t.same(
      RIGHTS.slice(0, 6).filter(right => !seen.has(right)),
      [],
      'and each right of the GDPR'
    )
  }
})

t.test('A letter that says it outright is certain, one that may say it is not', async t => {
  const rows: [string, 'high' | 'low'][] = [
    ['I request erasure of my personal data.', 'high'],
    ['Please close my account.', 'low'],
    ['How do I delete my account?', 'low'],
    ['How do I delete my account? I want all my data erased.', 'high'],
    ['Hvordan sletter jeg min konto?', 'low'],
    ['Jeg vil have slettet mine data.', 'high'],
    ['Πώς μπορώ να διαγράψω τον λογαριασμό μου;', 'low'],
    ['Διαγράψτε τα δεδομένα μου.', 'high']
  ]
  for (const [text, confidence] of rows)
    t.match(guessRights({ subject: '', text }).rights, [{ right: 'erasure', confidence }], text)
})

t.test('What is denied is not asked for', async t => {
  const rows: [string, readonly Right[]][] = [
    ['I do not want you to delete my data.', []],
    ['Please don’t erase my account.', []],
    ['I never asked you to remove my information.', []],
    ['Send me a copy of my data instead of deleting my account.', ['access']],
    ['Please correct my name without deleting my profile.', ['rectification']],
    ['If that is not possible, please delete my data.', ['erasure']],
    ['I do not use the app any more, so delete my account.', ['erasure']],
    ['Jeg ønsker ikke at få slettet mine data.', []],
    ['Slet ikke mine oplysninger!', []],
    ['Jeg ønsker ikke længere at være kunde og vil have slettet mine data.', ['erasure']],
    ['Jeg vil have en kopi af mine data i stedet for at slette min konto.', ['access']],
    ['Δεν θέλω να διαγράψετε τα δεδομένα μου.', []],
    ['Μη σβήσετε τα στοιχεία μου.', []],
    ['Δεν θέλω να διαγραφούν τα δεδομένα μου.', []],
    ['I do not want my data deleted.', []],
    ['Διορθώστε το όνομά μου χωρίς να διαγράψετε τον λογαριασμό μου.', ['rectification']],
    ['Δεν χρησιμοποιώ πια την εφαρμογή, διαγράψτε τα δεδομένα μου.', ['erasure']]
  ]
  for (const [text, rights] of rows) t.same(rightsIn(text), rights, text)
})

t.test('Articles count where somebody relies on them', async t => {
  const rows: [string, readonly Right[]][] = [
    ['I rely on Art. 15 GDPR.', ['access']],
    [
      'I invoke Article 15(1) and Articles 16, 17 and 20 of the General Data Protection Regulation.',
      ['access', 'rectification', 'erasure', 'portability']
    ],
    ['Jeg påberåber mig artikel 18 og 21 i databeskyttelsesforordningen.', ['restriction', 'objection']],
    ['Επικαλούμαι τα άρθρα 20 και 22 του ΓΚΠΔ για τα δεδομένα μου.', ['portability', 'automated_decision']],
    ['I withdraw under Art. 7(3) GDPR.', ['withdraw_consent']],
    ['You have the right under Art. 17 GDPR to have data erased.', []],
    ['I need article 17 and article 20 from your catalogue.', []],
    ['Please sign our Art. 28 GDPR agreement, I need it today.', []]
  ]
  for (const [text, rights] of rows) t.same(rightsIn(text), rights, text)
})

t.test('Accents, keyboards and slips of the finger do not matter', async t => {
  const rows: [string, readonly Right[]][] = [
    ['PLEASE DELETE ALL MY DATA', ['erasure']],
    ['please delte my acount', ['erasure']],
    ['I withdarw my consent', ['withdraw_consent']],
    ['Please restict the procesing of my personal data', ['restriction']],
    ['JEG ØNSKER INDSIGT I MINE OPLYSNINGER', ['access']],
    ['jeg onsker at faa slettet mine oplysniger', ['erasure']],
    ['jeg goer indsigelse mod behandlingen af mine data', ['objection']],
    ['ΔΙΑΓΡΑΨΤΕ ΤΑ ΔΕΔΟΜΕΝΑ ΜΟΥ', ['erasure']],
    ['διαγραψτε τα δεδομενα μου', ['erasure']],
    ['Δι\u03b1\u0301γραψτε τα δεδομ\u03b5\u0301να μου', ['erasure']],
    ['thelo antigrafo ton dedomenon mou', ['access']]
  ]
  for (const [text, rights] of rows) t.same(rightsIn(text), rights, text)

  const slips: [string, string, boolean][] = [
    ['delte', 'delete', true],
    ['deelete', 'delete', true],
    ['deleet', 'delete', true],
    ['personel', 'personal', true],
    ['remote', 'remove', false],
    ['relate', 'delete', false],
    ['delete', 'delete', false],
    ['dele', 'delete', false],
    ['portbility', 'portab', true]
  ]
  for (const [word, right, expected] of slips) t.equal(isSlipOf(word, right), expected, `${word} for ${right}`)
})

t.test('The language can be given, and is guessed otherwise', async t => {
  t.same(rightsIn('Slet mine data', 'da'), ['erasure'])
  t.match(
    guessRights({ subject: 'Slet mine data', text: '', language: 'el' }),
    { language: 'el' },
    'what the caller knows stands'
  )
  t.match(guessRights({ subject: '', text: 'GDPR' }), { language: 'en', isRequest: false, rights: [] })
  t.same(
    rightsIn('Hej, jeg sender en subject access request efter GDPR, venlig hilsen Bo'),
    ['access'],
    'English terms stand in Danish letters'
  )
})

t.test('A wrapped mail reads like the unwrapped one', async t => {
  t.same(sentencesOf('Please delete all\nmy data.\n\nBest\n- one\n- two. Art. 15 applies'), [
    ' please delete all my data ',
    ' best ',
    ' one ',
    ' two ',
    ' art 15 applies '
  ])
  t.same(rightsIn('Jeg vil gerne bede jer om at slette\nalle de oplysninger, som I har\nom mig.'), ['erasure'])
})

t.test('The reasons hold no word but those we look for', async t => {
  const { rights } = guessRights({
    subject: 'Anna Berg',
    text: 'I am Anna Berg, CPR 010190-1234. Please delete my old data at Nordisk Staal and send me a copy of my whole purchase history.'
  })
  t.same(
    rights.map(({ right }) => right),
    ['access', 'erasure']
  )
  t.notMatch(JSON.stringify(rights), /anna|berg|0101|nordisk|staal|old|purchase/i)
})

t.test('Any text is read to the end', async t => {
  const words = [
    'delete',
    'my',
    'data',
    'not',
    'i',
    'the',
    'of',
    'about',
    'me',
    'slet',
    'mine',
    'διαγραφή',
    'μου',
    '.',
    '\n\n',
    ';',
    'Art. 15',
    'GDPR'
  ]
  const held = fc.property(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(...words), { maxLength: 300 }).map(list => list.join(' '))
    ),
    text => {
      const guess = guessRights({ subject: text.slice(0, 50), text })
      return guess.isRequest === guess.rights.length > 0 && guess.rights.every(({ because }) => because.length > 0)
    }
  )
  t.doesNotThrow(() => fc.assert(held, { numRuns: 100 }))
  for (const word of ['my ', 'delete my ', 'the ', 'i not want you ', 'a', ' ', 'copy of the ', 'μου τα ', '\n- x']) {
    t.doesNotThrow(() => guessRights({ subject: '', text: word.repeat(100_000) }), `${word.trim()} without end`)
  }
})
