// What a language has to be able to say, and what it is told.

import type { LocalDate } from './local-date.ts'
import type { TraceRule } from './trace.ts'

/** The contents of a step, by name. */
export interface Said {
  from(): LocalDate
  to(): LocalDate
  day(name: string): LocalDate
  count(name: string): number
  word(name: string): string
}

export type Phrases = Readonly<Record<TraceRule, (said: Said) => string>>

/** A word from a table of a language, or what stands for all it does not list. */
export function wordFrom(table: Readonly<Record<string, string>>, code: string, other: string): string {
  return Object.hasOwn(table, code) ? (table[code] ?? other) : other
}
