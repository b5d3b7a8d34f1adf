// A letter that lacks what the law wants said is not rendered.

import { HabeasError } from '../domain/errors.ts'

/** @returns the refusal to write a letter, with one sentence for staff about what is missing */
export function incomplete(sentence: string): HabeasError {
  return new HabeasError('outcome_not_possible', sentence)
}
