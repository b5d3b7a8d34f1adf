// Staff accept or reject the corrections that were proposed, one by one (GDPR Art. 16).

import { type Fault, HabeasError, invalid } from '../../domain/errors.ts'
import { requireGround } from '../../domain/grounds.ts'
import { CHANGES_DECIDED_IN, movesOpenTo } from '../../domain/lifecycle.ts'
import { allRejected, asProposed, outcomeWithRejected } from '../../domain/proposed-changes.ts'
import type { DecidedChange, Decision, Details, Outcome } from '../../domain/subject-request.ts'
import { caseVaultFor } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { record } from '../../storage/history.ts'
import { contentsOf, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { decisionOf, sealDecision } from './refuse-request.ts'

/**
 * Records what was decided of proposed corrections before the outcome is known: systems are asked for those that were accepted.
 *
 * @param row  as locked by this transaction
 * @throws {HabeasError} `move_not_allowed` before identity is proven and once answered; `ground_not_available`, `invalid`
 */
export async function decideChanges(
  scope: Scope,
  row: SubjectRequestRow,
  given: readonly DecidedChange[]
): Promise<SubjectRequestRow> {
  if (scope.actor.mover !== 'agent' || !CHANGES_DECIDED_IN.includes(row.state)) {
    throw new HabeasError('move_not_allowed', `Nothing is decided of a request that is ${row.state}.`, {
      state: row.state,
      allowedActions: movesOpenTo(scope.actor.mover, row.state)
    })
  }
  const before = await decisionOf(scope, row)
  const { details } = contentsOf(await caseVaultFor(scope, row.caseId), row)
  const changes = changesDecided(row, details, before, given)
  return await record(
    scope,
    row,
    { kind: 'decided', to: row.state, data: factsOfChanges(changes) },
    { preparedBy: scope.actor.id, sealed: await sealDecision(scope, row, { ...before, changes }) }
  )
}

/** How the whole is to end, and what becomes of the corrections proposed in it. */
export interface GivenOutcome {
  readonly outcome: Outcome | null
  readonly changes: readonly DecidedChange[] | null
  readonly reasons: string | null
}

/**
 * The outcome as it can only be with what was decided of proposed corrections: never "granted" while one is rejected, and a
 * refusal when all are.
 * @throws {HabeasError} `invalid`, `ground_not_available`; `outcome_not_possible` for a refusal of what was accepted
 */
export async function outcomeDecided(
  scope: Scope,
  row: SubjectRequestRow,
  before: Decision,
  { outcome, changes: given, reasons }: GivenOutcome
): Promise<{ outcome: Outcome; changes: readonly DecidedChange[] }> {
  if (outcome === null) {
    throw invalid('A decision in review says how the request ends.', {
      pointer: '/outcome',
      rule: 'required',
      fix: 'Send the outcome; what is decided of single changes can go with it.'
    })
  }
  const { details } = contentsOf(await caseVaultFor(scope, row.caseId), row)
  // Who refuses the whole, and says nothing of its parts, refuses them all; what was decided of each holds on for a rework.
  if (outcome === 'refused' && given === null) return { outcome, changes: before.changes }
  const changes = given === null ? before.changes : changesDecided(row, details, before, given, reasons)
  const forced = outcomeWithRejected(outcome, details, changes) ?? outcome
  if (forced === 'refused' && changes.some(change => change.accepted)) {
    throw new HabeasError(
      'outcome_not_possible',
      'Every proposed change is accepted: reject those that are not made, each with its ground.'
    )
  }
  return { outcome: forced, changes }
}

/**
 * What stands of the proposed corrections with these decisions: those not named stay as they were.
 * @param reasons  what is said of the whole, and of a rejection without a note of its own
 * @throws {HabeasError} `ground_not_available`; `invalid` for a field that nobody proposed to change, one named twice, or a
 *   rejection without its ground or what the law wants said with it
 */
function changesDecided(
  row: SubjectRequestRow,
  details: Details,
  before: Decision,
  given: readonly DecidedChange[],
  reasons: string | null = null
): DecidedChange[] {
  const faults = given.flatMap((change, index) => faultsOf(details, given, change, index))
  if (faults.length > 0) throw invalid('Decide each correction that was proposed, once.', ...faults)

  const named = new Set(given.map(({ field }) => field))
  const changes = [...before.changes.filter(({ field }) => !named.has(field)), ...given.map(filledFrom(details))]
  const use = allRejected(details, { ...before, changes }) ? 'refuse' : 'withhold'
  for (const [index, { accepted, ground, note, citation, until }] of given.entries()) {
    if (accepted) continue
    const { right, regime } = row
    const said = { note: note ?? reasons, citation: citation ?? null, until: until ?? null }
    requireGround({ use, right, regime, code: ground ?? '', ...said, at: `/changes/${index}` })
  }
  return changes
}

/** How many, for the history: which fields they are about is the person's own business. */
export function factsOfChanges(changes: readonly DecidedChange[]): { changes: number; rejected?: number } {
  const rejected = changes.filter(change => !change.accepted).length
  return { changes: changes.length, ...(rejected > 0 ? { rejected } : {}) }
}

function faultsOf(
  { changes = [] }: Details,
  given: readonly DecidedChange[],
  { field, accepted, ground }: DecidedChange,
  index: number
): Fault[] {
  const at = `/changes/${index}`
  const isProposed = changes.some(change => change.field === field)
  const isRepeated = given.findIndex(change => change.field === field) < index
  return [
    ...(isProposed
      ? []
      : [
          {
            pointer: `${at}/field`,
            rule: 'oneOf',
            fix: 'Name a field that the details propose to change; PUT /v1/requests/{id}/details adds one.'
          }
        ]),
    ...(isRepeated ? [{ pointer: `${at}/field`, rule: 'unique', fix: 'Name each field once.' }] : []),
    ...(accepted || ground !== undefined
      ? []
      : [
          {
            pointer: `${at}/ground`,
            rule: 'required',
            fix: 'Send the code of the ground on which the change is rejected.'
          }
        ])
  ]
}

/** A decision says how the field read and reads only where it differs from what was proposed. */
function filledFrom({ changes = [] }: Details): (decided: DecidedChange) => DecidedChange {
  return decided => {
    const { before, after } = asProposed(changes.find(({ field }) => field === decided.field)!)
    return { ...decided, before: decided.before ?? before, after: decided.after ?? after }
  }
}
