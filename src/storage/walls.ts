// What the database refuses, in the caller's language. Told apart by SQLSTATE and the constraint's name, never by its words.

import { HabeasError } from '../domain/errors.ts'

const CHECK_VIOLATION = '23514'
const UNIQUE_VIOLATION = '23505'
const FOREIGN_KEY_VIOLATION = '23503'

const REFUSALS: Readonly<Record<string, () => HabeasError>> = {
  answer_waits_for_every_system: () => new HabeasError('tasks_open', 'A system in scope has not answered yet.'),
  nothing_found_was_searched: () =>
    new HabeasError(
      'outcome_not_possible',
      'Nothing found can only be said when every system searched and found nothing.'
    ),
  erasure_waits_for_access: () =>
    new HabeasError(
      'waits_for_other_request',
      'This person has an open access or portability request; the erasure waits for its answer.'
    ),
  responses_four_eyes: () => new HabeasError('approval_required', 'A second person has to send this answer.'),
  responses_weighed: () =>
    new HabeasError('weighing_required', 'The weighing that GDPR Art. 21(1) asks for is not on record.'),
  subject_requests_nothing_before_verified: notProven,
  subject_requests_unproven_only_refused: notProven,
  subject_requests_right_confirmed_first: () =>
    new HabeasError('right_not_confirmed', 'The right was guessed from a mail: confirm or correct it first.'),
  collected_only_in_fulfilment: () =>
    new HabeasError('move_not_allowed', 'Data is handed in for a task that somebody works on.'),
  tasks_only_in_fulfilment: () => new HabeasError('move_not_allowed', 'The request is not in fulfilment.'),
  events_follow_the_last: changedMeanwhile,
  events_pk: changedMeanwhile
}

/** @returns the refusal that a violated constraint means, or undefined when it is no wall of ours */
export function refusalOfWall(error: unknown): HabeasError | undefined {
  const { code, constraint } = causeOf(error)
  if (code !== CHECK_VIOLATION && code !== UNIQUE_VIOLATION && code !== FOREIGN_KEY_VIOLATION) return undefined
  return constraint === undefined ? undefined : REFUSALS[constraint]?.()
}

/** The driver's error under Drizzle's, which carries bound values in its message and must not be shown or logged. */
export function causeOf(error: unknown): { code?: string; constraint?: string } {
  if (typeof error !== 'object' || error === null) return {}
  if ('code' in error && typeof error.code === 'string') return error as { code: string; constraint?: string }
  return 'cause' in error ? causeOf(error.cause) : {}
}

function notProven(): HabeasError {
  return new HabeasError('identity_not_proven', 'Nothing is done for a person who has not proven who they are.')
}

function changedMeanwhile(): HabeasError {
  return new HabeasError('conflict', 'The request was changed at the same moment; read it again.')
}
