// The words of every letter, one ICU MessageFormat catalogue a language. Values are put in as they are and never parsed.

import IntlMessageFormat from 'intl-messageformat'
import type { Locale } from '../domain/subject-request.ts'
import da from './catalogue/da.json' with { type: 'json' }
import el from './catalogue/el.json' with { type: 'json' }
import en from './catalogue/en.json' with { type: 'json' }

export type MessageKey = keyof typeof en

export const CATALOGUES: Readonly<Record<Locale, Readonly<Record<MessageKey, string>>>> = { en, da, el }

/** BCP 47 tags for dates, numbers and lists. English is British, because its dates are read alike on both sides of the Atlantic. */
export const TAGS = { en: 'en-GB', da: 'da-DK', el: 'el-GR' } as const satisfies Record<Locale, string>

const compiled = new Map<string, IntlMessageFormat>()

/**
 * The message in this language with its arguments put in.
 * @throws {Error} when the catalogue lacks the key or an argument is missing
 */
export function say(locale: Locale, key: MessageKey, values: Readonly<Record<string, string | number>> = {}): string {
  const id = `${locale} ${key}`
  const message = compiled.get(id) ?? compile(id, locale, key)
  const text = message.format({ ...values })
  if (typeof text !== 'string') throw new Error(`The message ${key} does not format to text.`)
  return text
}

function compile(id: string, locale: Locale, key: MessageKey): IntlMessageFormat {
  const source = CATALOGUES[locale][key]
  if (source === undefined) throw new Error(`The catalogue ${locale} lacks the message ${key}.`)
  const message = new IntlMessageFormat(source, TAGS[locale], undefined, { ignoreTag: true })
  compiled.set(id, message)
  return message
}
