// An entry of the history as a plain sentence, for whoever asks later what happened and why.

import { DANISH } from './event-words/da.ts'
import { GREEK } from './event-words/el.ts'
import { ENGLISH } from './event-words/en.ts'
import type { EventWords } from './event-words/event-words.ts'
import type { EventKind } from './events.ts'
import type { Mover } from './lifecycle.ts'
import type { Locale } from './subject-request.ts'

/** What is told of an entry: its kind, who made it and its facts. */
export interface ToldEvent {
  readonly kind: EventKind
  readonly mover: Mover
  readonly data: Readonly<Record<string, unknown>>
}

/** How the letters call rights, outcomes, grounds and tasks: the same words here. */
export interface CodeNames {
  readonly right: (code: string) => string | undefined
  readonly outcome: (code: string) => string | undefined
  readonly ground: (code: string) => string | undefined
  readonly task: (code: string) => string | undefined
}

const WORDS: Readonly<Record<Locale, EventWords>> = { en: ENGLISH, da: DANISH, el: GREEK }

/** The sentence of an entry in this language. An entry of an older version that lacks a fact is told without it. */
export function explainEvent({ kind, mover, data }: ToldEvent, locale: Locale, names: CodeNames): string {
  const words = WORDS[locale]
  const factOf: FactOf = (name, said) =>
    name === 'by' ? words.movers[mover] : inWords(words, names, said ?? name, data[name])
  const sentence = words.sentences[kind].replace(OPTIONAL, (_, part: string) => (isComplete(part, factOf) ? part : ''))
  return filled(sentence, factOf)
}

type FactOf = (name: string, said: string | undefined) => string | undefined

const OPTIONAL = /\[([^\]]*)\]/g
const PLACE = /\{(\w+)(?::(\w+))?\}/g

function isComplete(text: string, factOf: FactOf): boolean {
  return [...text.matchAll(PLACE)].every(([, name, said]) => factOf(name!, said) !== undefined)
}

function filled(text: string, factOf: FactOf): string {
  return text.replace(PLACE, (_, name: string, said?: string) => factOf(name, said) ?? '–')
}

/** @returns undefined for what has no words: nothing, an object, an empty list, a plain no */
function inWords(words: EventWords, names: CodeNames, said: string, value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  if (value === true) return words.codes[said] ?? ''
  if (Array.isArray(value)) return listed(value.map(each => inWords(words, names, said, each)))
  if (typeof value !== 'string' || value === '') return undefined
  const name = NAMED[said]?.(names)(value)
  return name === undefined ? (words.codes[`${said}.${value}`] ?? plain(value)) : words.quoted(name)
}

function listed(parts: readonly (string | undefined)[]): string | undefined {
  const known = parts.filter(part => part !== undefined)
  return known.length === 0 ? undefined : known.join(', ')
}

const NAMED: Readonly<Record<string, (names: CodeNames) => (code: string) => string | undefined>> = {
  right: names => names.right,
  outcome: names => names.outcome,
  ground: names => names.ground,
  task: names => names.task
}

const INSTANT = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)[\d:.]*Z$/

/** A day stays as it is; an instant loses its seconds; a code its underscores. */
function plain(value: string): string {
  const instant = INSTANT.exec(value)
  return instant === null ? value.replaceAll('_', ' ') : `${instant[1]} ${instant[2]} UTC`
}
