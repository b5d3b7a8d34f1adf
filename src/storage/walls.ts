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
  cases_erasure_waits_for_copies: () =>
    new HabeasError(
      'waits_for_other_request',
      'This person has an open access or portability request; the erasure waits for its answer.'
    ),
  cases_erasure_waits_for_restriction: () =>
    new HabeasError('conflict', 'The data of this person is restricted: until that is lifted it may only be stored.'),
  cases_erased_once_ended: () =>
    new HabeasError('move_not_allowed', 'The personal data of a case is erased once all its requests have ended.'),
  cases_keep_their_key: () => new HabeasError('personal_data_erased', 'The personal data of this case was erased.'),
  register_entries_told_before_lifting: () =>
    new HabeasError('not_told', 'The person is told before a restriction ends (GDPR Art. 18(3)).'),
  register_entries_lifted_once: changedMeanwhile,
  register_entries_once: changedMeanwhile,
  checkpoints_pk: changedMeanwhile,
  responses_four_eyes: () => new HabeasError('approval_required', 'A second person has to send this answer.'),
  responses_weighed: () =>
    new HabeasError('weighing_required', 'The weighing that GDPR Art. 21(1) asks for is not on record.'),
  subject_requests_nothing_before_verified: notProven,
  subject_requests_unproven_only_refused: notProven,
  subject_requests_right_confirmed_first: () =>
    new HabeasError('right_not_confirmed', 'The right was guessed from a mail: confirm or correct it first.'),
  collected_only_in_fulfilment: () =>
    new HabeasError('move_not_allowed', 'Data is handed in for a task that somebody works on.'),
  test_clocks_only_forward: () =>
    new HabeasError('conflict', 'The clock was advanced at the same moment; read it again.'),
  tasks_only_in_fulfilment: () => new HabeasError('move_not_allowed', 'The request is not in fulfilment.'),
  events_follow_the_last: changedMeanwhile,
  events_pk: changedMeanwhile
}

/** The walls that are told apart. */
export const WALLS = Object.keys(REFUSALS)

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
  return new HabeasError('conflict', 'Somebody changed the same thing at the same moment; read it again.')
}
