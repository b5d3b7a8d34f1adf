// The reasoning behind the dates, kept as data: every step names its rule, its source, and the day it led from and to.

import type { LocalDate } from './local-date.ts'

/** What a step did. Stable: stored with the request and published. `explainStep` has a sentence for each. */
export const TRACE_RULES = [
  'received',
  'no_holidays',
  'request_dated',
  'controller_kind',
  'transfer_needed',
  'pause_not_known',
  'pause_not_for_right',
  'pause_asked_late',
  'pause_running',
  'pause_too_late',
  'restarted',
  'restarted_after_days',
  'restart_ends_earlier',
  'no_period',
  'months',
  'months_to_month_end',
  'days',
  'working_days',
  'pause_credited',
  'pause_overlaps',
  'pause_without_days',
  'pause_before_start',
  'rolled',
  'not_rolled',
  'promised',
  'promise_decides',
  'promise_changes_nothing',
  'acknowledgement',
  'acknowledgement_not_in_force',
  'refusal',
  'extension_notice',
  'extension_possible',
  'extension_past',
  'extension_taken',
  'extension_stated',
  'extension_not_known',
  'extension_not_announced',
  'target',
  'extended_target',
  'calendar_ends',
  'laws_earlier',
  'laws_agree',
  'laws_one',
  'laws_none',
  'day_ends'
] as const

export type TraceRule = (typeof TRACE_RULES)[number]

export interface TraceStep {
  readonly rule: TraceRule
  /** What the sentence needs: numbers, days as `YYYY-MM-DD`, coded words. Never personal data. */
  readonly params: Readonly<Record<string, string | number>>
  /** The article, section or paragraph the step rests on; empty for plain arithmetic. */
  readonly source: string
  readonly from: LocalDate | null
  readonly to: LocalDate | null
}
