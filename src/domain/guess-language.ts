// Which of the languages we answer in a text is written in, by its small words. Nobody is asked to tell us.

import { LOCALES, type Locale } from './subject-request.ts'

/** Words that are frequent in one language and mean nothing in the others; `i`, `at`, `for`, `de` and their like are not. */
const SMALL_WORDS: Readonly<Record<Locale, string>> = {
  en: 'the and you your my is are was have has that this with would please not from about which what of to be been it do want will when send',
  da: 'og jeg min mit mine jeres det der er til har ikke af på paa hvad hvilke kan gerne vil mig om med hej venlig hilsen som skal være vaere fra når naar hvis også ogsaa bedes ønsker oensker',
  // Greek letters decide by themselves; these are Greek in Latin letters.
  el: 'thelo mou na sas parakalo kai ta tin ton den mporeite exete gia apo oti'
}

/** The neighbours, so that German is not taken for Danish nor French for English. */
const OTHER_WORDS =
  'und ich nicht die das ist sie bitte meine und mit für wir och jag inte att är mina mitt från je vous les des et mes est pour une ik het een niet mijn que por mis los las una che sono della jeg'

/** The share of letters from which on a text is Greek, names and product words in Latin letters notwithstanding. */
const GREEK_SHARE = 0.3

const WORDS_READ = 400

/** @returns the language, or null where the text is too short or in none of ours */
export function guessLanguage(text: string): Locale | null {
  const words = (text.toLowerCase().match(/\p{L}+/gu) ?? []).slice(0, WORDS_READ)
  const letters = words.join('')
  if (letters === '') return null
  if ((letters.match(/\p{Script=Greek}/gu)?.length ?? 0) / letters.length >= GREEK_SHARE) return 'el'

  const hits = (list: ReadonlySet<string>) => words.filter(word => list.has(word)).length
  const [best, second] = LOCALES.map(locale => ({ locale, hits: hits(SETS[locale]) })).sort((a, b) => b.hits - a.hits)
  if (best === undefined || second === undefined || best.hits === second.hits) return null
  return hits(OTHERS) > best.hits ? null : best.locale
}

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '))
const SETS = { en: setOf(SMALL_WORDS.en), da: setOf(SMALL_WORDS.da), el: setOf(SMALL_WORDS.el) }
const OTHERS = new Set([...setOf(OTHER_WORDS)].filter(word => !LOCALES.some(locale => SETS[locale].has(word))))
