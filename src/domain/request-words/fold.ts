// Text brought down to what phrases are looked for in: lower case, no accents, words and single spaces.

/** Characters that are read; a request says what it wants before that. */
const TEXT_MAX = 20_000
/** Sentences that are read, were each of them one word. */
const SENTENCES_MAX = 300
/** Words of one sentence; more is a list or no prose, and would only cost time. */
const WORDS_MAX = 150

const LETTERS: Readonly<Record<string, string>> = { æ: 'ae', ø: 'oe', å: 'aa', ß: 'ss', ς: 'σ', ı: 'i' }

/** `Διαγράψτε` and `διαγραψτε` become one, as do `på` and `paa`, `don't` and `dont`. */
export function fold(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[æøåßςı]/g, letter => LETTERS[letter] ?? letter)
    .normalize('NFD')
    .replaceAll(/[\p{M}'’`´ʼ]/gu, '')
    .replaceAll(/\be-?mail/g, 'email')
}

/**
 * The sentences of a text, folded, each with a space before and after every word. Lines that an email program wrapped
 * belong together; a blank line or a bullet begins a new sentence. After Greek letters a semicolon is a question mark.
 */
export function sentencesOf(text: string): string[] {
  return fold(text.slice(0, TEXT_MAX))
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/\n(?:[ \t]*\n)+|\n[ \t]*(?:[-*•–]|\(?[0-9a-z]{1,2}[.)])[ \t]/g, ' \u0000 ')
    .split(/\0|[!?…]|(?<=\p{Script=Greek}\s?);|\.(?=\s+(?![0-9])|$)/u)
    .filter(sentence => /\p{L}/u.test(sentence))
    .slice(0, SENTENCES_MAX)
    .flatMap(sentence => chunk(sentence.match(/[\p{L}\p{N}]+/gu) ?? []))
    .map(words => ` ${words.join(' ')} `)
}

function chunk(words: readonly string[]): string[][] {
  const count = Math.ceil(words.length / WORDS_MAX)
  return Array.from({ length: count }, (_, i) => words.slice(i * WORDS_MAX, (i + 1) * WORDS_MAX))
}
