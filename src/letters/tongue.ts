// One language, for the length of one letter.

import type { Right } from '../domain/rights.ts'
import type { Locale } from '../domain/subject-request.ts'
import type { Block } from './blocks.ts'
import { type MessageKey, say } from './catalogue.ts'
import { dayInSentence, formatDay, joinWords, rightName, yourRequest } from './words.ts'

export interface Tongue {
  readonly locale: Locale
  readonly say: (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string
  /** A day as it stands inside a sentence. */
  readonly on: (day: string) => string
  /** A day as it stands alone. */
  readonly day: (day: string) => string
  readonly right: (right: Right) => string
  readonly yourRequest: (right: Right) => string
  readonly join: (words: readonly string[]) => string
}

export function tongueOf(locale: Locale): Tongue {
  return {
    locale,
    say: (key, values) => say(locale, key, values),
    on: day => dayInSentence(day, locale),
    day: day => formatDay(day, locale),
    right: right => rightName(right, locale),
    yourRequest: right => yourRequest(right, locale),
    join: words => joinWords(words, locale)
  }
}

/** What a kind of letter says of its own; greeting, redress and closing are put around it by `renderLetter`. */
export interface Body {
  readonly subject: string
  readonly blocks: readonly Block[]
}
