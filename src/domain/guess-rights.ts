// Which rights a letter exercises, guessed from its words, so that a mail becomes a request without waiting for somebody to
// read it. A guess opens and fills in a form; what is done about it, a person decides.

import { guessLanguage } from './guess-language.ts'
import { articlesIn, RIGHTS_BY_ARTICLE } from './request-words/articles.ts'
import { DANISH } from './request-words/danish.ts'
import { ENGLISH } from './request-words/english.ts'
import { sentencesOf } from './request-words/fold.ts'
import { GREEK } from './request-words/greek.ts'
import { mendTypos } from './request-words/mend-typos.ts'
import { type CompiledWords, compileWords, type RequestWords } from './request-words/phrase.ts'
import { RIGHTS, type Right } from './rights.ts'
import { LOCALES, type Locale } from './subject-request.ts'

export interface GuessedRight {
  readonly right: Right
  /** `high`: at least one turn of phrase that hardly means anything else. */
  readonly confidence: 'high' | 'low'
  /** The words it was told by: only those that our tables look for, so nothing personal. */
  readonly because: readonly string[]
}

export interface GuessedRequest {
  /** In the order of `RIGHTS`; empty where it is no request. */
  readonly rights: readonly GuessedRight[]
  /** The language given, or that of the words; English where neither says. */
  readonly language: Locale
  readonly isRequest: boolean
}

/** From this weight on a guess is certain, and below the second it is none. */
const HIGH = 3
const LOW = 1
/** Who asks how to do something has perhaps not asked us to do it. */
const HOW_TO_SHARE = 0.5

const WORDS: Readonly<Record<Locale, RequestWords>> = { en: ENGLISH, da: DANISH, el: GREEK }
/** Filled as languages are met: hundreds of patterns that most processes never need have no place at start-up. */
const compiled = new Map<Locale, CompiledWords>()

interface Evidence {
  readonly right: Right
  readonly weight: number
  readonly because: string
}

/**
 * Guesses from English, Danish and Greek phrases, and from the articles named. A phrase counts where somebody speaks of
 * themselves and does not deny it: "your account" in a newsletter, a configuration to be deleted and "do not delete my
 * data" are no requests to erase.
 */
export function guessRights({
  subject,
  text,
  language
}: {
  subject: string
  text: string
  language?: Locale
}): GuessedRequest {
  const known = language ?? guessLanguage(`${subject}\n${text}`)
  // Danes and Greeks put English terms into their letters; a text too short to place is read in all three.
  const locales = known === null ? LOCALES : known === 'en' ? (['en'] as const) : ([known, 'en'] as const)
  const words = locales.map(wordsOf)

  const sentences = [...sentencesOf(subject), ...sentencesOf(text)]
  const isOffer = sentences.some(sentence => words.some(({ offers }) => offers.test(sentence)))
  const asking = isOffer
    ? []
    : sentences.filter(sentence => !words.some(({ toTheReader }) => toTheReader.test(sentence)))

  const evidence = [
    ...words.flatMap(each => findPhrases(asking, each)),
    ...words.flatMap(each => findLoneWord(asking, each)),
    ...findArticles(asking, words)
  ]
  const rights = settle(RIGHTS.map(right => weigh(right, evidence)).filter(guess => guess !== null))
  return { rights, language: known ?? 'en', isRequest: rights.length > 0 }
}

function wordsOf(locale: Locale): CompiledWords {
  const words = compiled.get(locale) ?? compileWords(WORDS[locale])
  compiled.set(locale, words)
  return words
}

function findPhrases(sentences: readonly string[], words: CompiledWords): Evidence[] {
  return sentences.flatMap(sentence => {
    const mended = mendTypos(sentence, words)
    const speaksOfSelf = words.me.test(mended)
    const share = words.howTo.test(mended) ? HOW_TO_SHARE : 1
    return words.phrases
      .filter(phrase => speaksOfSelf || !phrase.needsMe)
      .flatMap(({ right, weight, pattern }) =>
        [...mended.matchAll(pattern)]
          .filter(match => !words.notMeant.test(mended.slice(0, match.index)))
          .map(match => ({ right, weight: weight * share, because: match.slice(1).filter(Boolean).join(' … ') }))
      )
  })
}

/** "Unsubscribe" and nothing else. */
function findLoneWord([only, ...more]: readonly string[], { alone }: CompiledWords): Evidence[] {
  if (only === undefined || more.length > 0) return []
  return alone
    .filter(({ pattern }) => pattern.test(only))
    .map(({ right }) => ({ right, weight: LOW, because: 'one word' }))
}

/** An article number, where the mail is about data protection and somebody speaks of themselves. */
function findArticles(sentences: readonly string[], words: readonly CompiledWords[]): Evidence[] {
  const speaksOfSelf = sentences.map(sentence => words.some(({ me }) => me.test(sentence)))
  return articlesIn(sentences, speaksOfSelf).map(article => ({
    right: RIGHTS_BY_ARTICLE[article],
    weight: HIGH,
    because: `Art. ${article}`
  }))
}

/** Different turns of phrase add up; one that is repeated says nothing new. */
function weigh(right: Right, evidence: readonly Evidence[]): GuessedRight | null {
  const found = new Map<string, number>()
  for (const each of evidence.filter(each => each.right === right)) {
    found.set(each.because, Math.max(each.weight, found.get(each.because) ?? 0))
  }
  const weight = [...found.values()].reduce((sum, each) => sum + each, 0)
  if (weight < LOW) return null
  return { right, confidence: weight >= HIGH ? 'high' : 'low', because: [...found.keys()] }
}

/** A copy comes with the information (Art. 15(1)), and the use of sensitive data is limited under a right of its own. */
function settle(rights: readonly GuessedRight[]): GuessedRight[] {
  const has = (right: Right) => rights.some(guess => guess.right === right)
  return rights.filter(
    ({ right, because }) =>
      !(right === 'information' && has('access')) &&
      !(right === 'restriction' && has('limit_use') && !because.includes('Art. 18'))
  )
}
