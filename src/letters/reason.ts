// Why something was refused, kept back or delayed, as the person reads it.

import type { LocalDate } from '../domain/deadline/local-date.ts'
import type { GroundCode } from '../domain/grounds/ground.ts'
import { type Block, paragraph } from './blocks.ts'
import { incomplete } from './incomplete.ts'
import type { Tongue } from './tongue.ts'
import { groundText } from './words.ts'

/** What a refusal, a partial answer, a pause or an extension rests on. */
export interface Reason {
  readonly code: GroundCode
  /** What it concerns: a category, a field, a system. Null for the whole request. */
  readonly what: string | null
  /** The facts of this case, in words for the person. */
  readonly note: string | null
  readonly citation: string | null
  /** The last day it holds. */
  readonly until: LocalDate | null
}

export type Reasons = readonly [Reason, ...Reason[]]

/**
 * Each reason with its facts, its provision and its end.
 * @throws {HabeasError} `outcome_not_possible` when there is none: a refusal without reasons is no refusal (GDPR Art. 12(4))
 */
export function reasonBlocks(reasons: readonly Reason[], tongue: Tongue): Block[] {
  if (reasons.length === 0)
    throw incomplete('A refusal, a partial answer, a pause or an extension has to carry its reasons.')
  return reasons.map(reason => paragraph(reasonText(reason, tongue)))
}

function reasonText({ code, what, note, citation, until }: Reason, { locale, say, on }: Tongue): string {
  const ground = groundText(code, locale)
  return [
    what === null ? ground : say('reason.concerns', { what, reason: ground }),
    note === null ? '' : say('reason.note', { note }),
    citation === null ? '' : say('reason.citation', { citation }),
    until === null ? '' : say('reason.until', { until: on(until) })
  ]
    .filter(sentence => sentence !== '')
    .join(' ')
}
