// A slip of the finger in a word that matters: `delte`, `personnal`, `διαγραφτε`. Letters left out, doubled or swapped are
// forgiven anywhere; a wrong letter only in long words, where it does not make another one of them (`remove`, `remote`).

import type { CompiledWords } from './phrase.ts'

const WRONG_LETTER_FROM = 8

/** The sentence with its misspelt words set right, as far as the vocabulary knows them. */
export function mendTypos(sentence: string, { vocabulary, known }: CompiledWords): string {
  return sentence
    .split(' ')
    .map(word =>
      word.length < 5 || known.test(word) ? word : (vocabulary.find(right => isSlipOf(word, right)) ?? word)
    )
    .join(' ')
}

/** Whether one slip makes `word`, or its beginning where it goes on, out of `right`. */
export function isSlipOf(word: string, right: string): boolean {
  if (word.length < right.length - 1 || word[0] !== right[0]) return false
  let at = 1
  while (at < right.length && word[at] === right[at]) at += 1
  if (at >= right.length) return false
  const rest = right.slice(at)
  const isSwapped = word[at] === rest[1] && word[at + 1] === rest[0] && word.startsWith(rest.slice(2), at + 2)
  const isLeftOut = word.startsWith(rest.slice(1), at) && rest.length > 1
  const isAdded = word.startsWith(rest, at + 1)
  const isWrong = right.length >= WRONG_LETTER_FROM && word.startsWith(rest.slice(1), at + 1)
  return isSwapped || isLeftOut || isAdded || isWrong
}
