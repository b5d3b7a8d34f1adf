// What an answer says of proposed corrections: which were made, and why another was not (GDPR Art. 16).

import type { LocalDate } from '../../domain/deadline/local-date.ts'
import { HabeasError } from '../../domain/errors.ts'
import type { GroundCode } from '../../domain/grounds/ground.ts'
import { undecidedChanges } from '../../domain/proposed-changes.ts'
import type { Decision, Details } from '../../domain/subject-request.ts'
import type { Reason } from '../../letters/reason.ts'
import type { TaskContents, TaskRow } from '../../storage/tasks.ts'

interface Corrections {
  readonly details: Details
  readonly decision: Decision | null
  readonly tasks: readonly TaskRow[]
  readonly reports: readonly TaskContents[]
}

/**
 * What staff accepted; where they decided nothing field by field, what the systems say they changed.
 * @throws {HabeasError} `outcome_not_possible` while a proposed correction is neither accepted nor rejected
 */
export function fieldsCorrected(inputs: Corrections): string[] {
  requireDecided(inputs)
  const { decision, tasks, reports } = inputs
  // Where nobody holds the data, nothing was corrected in them.
  if (tasks.length > 0 && !tasks.some(({ result }) => result === 'done' || result === 'withheld')) return []
  const decided = decision?.changes ?? []
  const fields =
    decided.length > 0 ? decided.filter(change => change.accepted) : reports.flatMap(({ changes }) => changes)
  return [...new Set(fields.map(({ field }) => field))]
}

/**
 * Also what was found nowhere was asked of the systems only once somebody had accepted it.
 * @throws {HabeasError} `outcome_not_possible` while a proposed correction is neither accepted nor rejected
 */
export function requireDecided({ details, decision }: Pick<Corrections, 'details' | 'decision'>): void {
  if (undecidedChanges(details, decision).length > 0) {
    throw new HabeasError(
      'outcome_not_possible',
      'A proposed change is neither accepted nor rejected: decide each one, and send the request back to work for what was not asked of the systems.'
    )
  }
}

/** Each correction that was rejected, with its own reason. */
export function reasonsOfRejected(decision: Decision | null): Reason[] {
  return (decision?.changes ?? [])
    .filter(change => !change.accepted && change.ground !== undefined)
    .map(({ field, ground, note, citation, until }) => ({
      code: ground as GroundCode,
      what: field,
      note: note ?? null,
      citation: citation ?? null,
      until: (until ?? null) as LocalDate | null
    }))
}
