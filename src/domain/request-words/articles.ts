// Articles of the GDPR named in a letter: "Art. 15", "artikel 17", "άρθρα 15 και 20".

import type { Right } from '../rights.ts'

export const RIGHTS_BY_ARTICLE = {
  7: 'withdraw_consent',
  15: 'access',
  16: 'rectification',
  17: 'erasure',
  18: 'restriction',
  20: 'portability',
  21: 'objection',
  22: 'automated_decision'
} as const satisfies Readonly<Record<number, Right>>

export type Article = keyof typeof RIGHTS_BY_ARTICLE

/** One article, or several in a row: `art 15 16 and 17`, as folding leaves them. */
const ARTICLES =
  /(?<= )(?:art|article|articles|artikel|artikler|artikels|αρθρο|αρθρου|αρθρα|αρθρων|αρ|§) ((?:(?:\d{1,2}|and|og|και|or|eller|to|til|εωσ|stk|paragraph|para|lit|[a-h]|[1-9]) )+)/g
/** Catalogues and laws of all kinds have articles: these words say that it is this one. */
const DATA_PROTECTION =
  / (?:gdpr|dsgvo|rgpd|ukgdpr|general data protection|data protection|databeskyttelse[^ ]*|persondata[^ ]*|personoplysninger|personal data|forordning[^ ]*|regulation 2016|2016 679|γκπδ|γενικ[^ ]* κανονισμ[^ ]*|κανονισμ[^ ]*|προσωπικ[^ ]* δεδομεν[^ ]*|δεδομεν[^ ]* προσωπικ[^ ]*) /
/**
 * @param sentences    folded, as `sentencesOf` gives them
 * @param speaksOfSelf for each sentence, whether the writer speaks of themselves in it
 * @returns each article that the writer relies on, once
 */
export function articlesIn(sentences: readonly string[], speaksOfSelf: readonly boolean[]): Article[] {
  if (!sentences.some(sentence => DATA_PROTECTION.test(sentence))) return []
  const found = sentences
    // "Under Art. 15. I want ...": the sentence before or after may be the one that says I.
    .filter((_, i) => [i - 1, i, i + 1].some(near => speaksOfSelf[near]))
    .flatMap(sentence => [...sentence.matchAll(ARTICLES)])
    .flatMap(([, list = '']) => numbersIn(list))
  return [...new Set(found)]
}

/** The first number counts, and those that follow an "and"; paragraph numbers do not. */
function numbersIn(list: string): Article[] {
  const numbers = list.trim().split(' ').map(Number)
  return numbers.filter(isArticle)
}

function isArticle(number: number): number is Article {
  return number in RIGHTS_BY_ARTICLE
}
