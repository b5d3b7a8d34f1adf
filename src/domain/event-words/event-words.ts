// What a language has to say of a history.

import type { EventKind } from '../events.ts'
import type { Mover } from '../lifecycle.ts'

export interface EventWords {
  readonly movers: Readonly<Record<Mover, string>>
  /**
   * `{by}` is who did it, any other name in braces a fact of the entry; `{to:right}` says the fact `to` as rights are said.
   * What stands in square brackets is said only when all facts in it are known.
   */
  readonly sentences: Readonly<Record<EventKind, string>>
  /** Coded facts in words, as `fact.code`; an unlisted code is said as it is, with spaces for underscores. */
  readonly codes: Readonly<Record<string, string>>
  readonly quoted: (text: string) => string
}
