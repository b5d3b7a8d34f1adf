// The words of the pages, one ICU MessageFormat catalogue a language. Values are put in as they are and never parsed.

import IntlMessageFormat from 'intl-messageformat'
import type { Locale } from '../domain/subject-request.ts'
import da from './catalogue/da.json' with { type: 'json' }
import el from './catalogue/el.json' with { type: 'json' }
import en from './catalogue/en.json' with { type: 'json' }

export type PageWord = keyof typeof en

const CATALOGUES: Readonly<Record<Locale, Readonly<Record<PageWord, string>>>> = { en, da, el }

const compiled = new Map<string, IntlMessageFormat>()

/** Says things in one language. */
export type Say = (word: PageWord, values?: Readonly<Record<string, string | number>>) => string

/** @throws {Error} when an argument of the message is missing */
export function sayIn(locale: Locale): Say {
  return (word, values = {}) => {
    const text = messageOf(locale, word).format({ ...values })
    if (typeof text !== 'string') throw new Error(`The message ${word} does not format to text.`)
    return text
  }
}

function messageOf(locale: Locale, word: PageWord): IntlMessageFormat {
  const id = `${locale} ${word}`
  const known = compiled.get(id)
  if (known !== undefined) return known
  const message = new IntlMessageFormat(CATALOGUES[locale][word], locale, undefined, { ignoreTag: true })
  compiled.set(id, message)
  return message
}
