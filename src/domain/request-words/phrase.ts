// Phrases as people write them, in a small notation that the word tables of each language use.
//
//   word, stem*, one|other   a word, a beginning, alternatives; two words are written with an underscore: right_to
//   GROUP                    any word of the language's group of that name
//   word?, GROUP?            the same, or nothing
//   ~                        up to four words that add nothing (`all of the`)
//   _                        up to two words of any kind (`my old personal data`)
//   ..                       up to eight, but not past a denial or the verb of another request
//   ...                      up to thirty of any kind
//   !word, !GROUP            not right before here, fillers or none between
//   ^                        the beginning of the sentence
//   @me                      somewhere in the sentence somebody speaks of themselves

import type { Right } from '../rights.ts'
import { fold } from './fold.ts'

/** A phrase and how much it says: 3 is a request by itself, less needs company or stays a guess. */
export type Phrase = readonly [weight: number, phrase: string]

export interface RequestWords {
  /** Words by group. `ME`, `FILLER`, `BREAK`, `NOT` and `CHAIN` are always there. */
  readonly groups: Readonly<Record<string, string>>
  readonly phrases: Readonly<Partial<Record<Right, readonly Phrase[]>>>
  /** How the sentence begins that asks for instructions instead of action. */
  readonly howTo: readonly string[]
  /** Before a phrase, it means that the phrase is not asked for: `if I`. `NOT` with any of `CHAIN` between is understood. */
  readonly notMeant: readonly string[]
  /** A sentence that tells the reader of rights, as a privacy notice does: nobody asks for anything in it. */
  readonly toTheReader: readonly string[]
  /** A mail with one of these sells something, often the answering of requests. */
  readonly offers: readonly string[]
  /** Whole mails of no more than these words. */
  readonly alone: Readonly<Partial<Record<Right, string>>>
}

export interface CompiledPhrase {
  readonly right: Right
  readonly weight: number
  readonly pattern: RegExp
  readonly needsMe: boolean
}

export interface CompiledWords {
  readonly phrases: readonly CompiledPhrase[]
  readonly me: RegExp
  readonly howTo: RegExp
  readonly notMeant: RegExp
  readonly toTheReader: RegExp
  readonly offers: RegExp
  readonly alone: readonly { right: Right; pattern: RegExp }[]
  /** Words and beginnings of six letters and more, that a slip of the finger is forgiven in. */
  readonly vocabulary: readonly string[]
  readonly known: RegExp
}

const FORGIVEN_LENGTH = 6

/** @throws {Error} when a phrase names a group that the table does not have */
export function compileWords({ groups, phrases, alone, ...lists }: RequestWords): CompiledWords {
  const words = (name: string): string[] => wordsOf(groups, name)
  const sequence = (phrase: string): string =>
    phrase
      .split(' ')
      .filter(part => part !== '@me')
      .map(part => partPattern(part, words))
      .join('')

  const anyOf = (list: readonly string[]) => `(?:${list.map(sequence).join('|')})`

  const names = Object.keys(groups).filter(name => name !== 'FILLER' && name !== 'CHAIN')
  const all = [...new Set(names.flatMap(words))]
  const denied = `${oneOf(words('NOT'))} (?:${oneOf(words('CHAIN'))} ){0,5}`
  return {
    phrases: (Object.entries(phrases) as [Right, readonly Phrase[]][]).flatMap(([right, list]) =>
      list.map(([weight, phrase]) => ({
        right,
        weight,
        pattern: new RegExp(`(?<= )${sequence(phrase)}`, 'g'),
        needsMe: phrase.startsWith('@me ')
      }))
    ),
    me: new RegExp(` ${oneOf(words('ME'))} `),
    howTo: new RegExp(`(?<= )${anyOf(lists.howTo)}`),
    notMeant: new RegExp(` (?:${denied}|${anyOf(lists.notMeant)})$`),
    toTheReader: new RegExp(`(?<= )${anyOf(lists.toTheReader)}`),
    offers: new RegExp(`(?<= )${anyOf(lists.offers)}`),
    alone: (Object.entries(alone) as [Right, string][]).map(([right, list]) => ({
      right,
      pattern: new RegExp(`^ (?:${oneOf(list.split(' ').map(foldWord))} ){1,3}$`)
    })),
    vocabulary: all
      .map(word => word.replace(/\*$/, ''))
      .filter(word => word.length >= FORGIVEN_LENGTH && !word.includes(' ')),
    known: new RegExp(`^${oneOf(all)}$`)
  }
}

function partPattern(part: string, words: (name: string) => string[]): string {
  switch (part) {
    case '~':
      return `(?:${oneOf(words('FILLER'))} ){0,4}`
    case '_':
      return '(?:[^ ]+ ){0,2}?'
    case '..':
      return `(?:(?!${oneOf([...words('BREAK'), ...words('NOT')])} )[^ ]+ ){0,8}?`
    case '...':
      return '(?:[^ ]+ ){0,30}?'
    case '^':
      return '(?<=^ )'
    default: {
      if (part.startsWith('!')) return `(?<! ${alternatives(part.slice(1), words)} (?:${oneOf(words('FILLER'))} ){0,4})`
      const isOptional = part.endsWith('?')
      const word = `(${alternatives(isOptional ? part.slice(0, -1) : part, words)}) `
      return isOptional ? `(?:${word})?` : word
    }
  }
}

function alternatives(part: string, words: (name: string) => string[]): string {
  return oneOf(part.split('|').flatMap(name => (/^[A-Z]/.test(name) ? words(name) : [foldWord(name)])))
}

function wordsOf(groups: RequestWords['groups'], name: string): string[] {
  const list = groups[name]
  if (list === undefined) throw new Error(`There is no group ${name}.`)
  return list.split(' ').map(foldWord)
}

function foldWord(word: string): string {
  return fold(word).replaceAll('_', ' ')
}

/** The longest first, so that `right to` is not cut short by `right`. */
function oneOf(words: readonly string[]): string {
  const patterns = words.toSorted((a, b) => b.length - a.length).map(word => word.replace(/\*$/, '[^ ]*'))
  return `(?:${patterns.join('|')})`
}
