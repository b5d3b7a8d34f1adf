// Staff decide how a request ends, with what the law wants said about it.

import { HabeasError, invalid } from '../../domain/errors.ts'
import { canMove, nextState } from '../../domain/lifecycle.ts'
import { groundOfRejected } from '../../domain/proposed-changes.ts'
import { RIGHT_RULES } from '../../domain/rights.ts'
import type { DecidedChange, Decision, Outcome, RecipientReport } from '../../domain/subject-request.ts'
import { caseVaultFor } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { record } from '../../storage/history.ts'
import { lockSubjectRequest, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { decideChanges, factsOfChanges, outcomeDecided } from './decide-changes.ts'
import { requireGroundFor } from './ground-for.ts'
import { recipientsSaid } from './recipients-told.ts'
import { decisionOf, sealDecision } from './refuse-request.ts'
import { requireShown } from './require-shown.ts'

export interface Decided extends Pick<Decision, 'reasons' | 'weighing' | 'citation' | 'until'> {
  /** Null decides of proposed corrections alone. */
  readonly outcome: Outcome | null
  /** Null leaves what was decided of them. */
  readonly changes: readonly DecidedChange[] | null
  /** Null leaves what was said of them. */
  readonly recipients: readonly RecipientReport[] | null
  readonly ground: string | null
}

/**
 * Records the outcome while the request is in review, or before that what becomes of proposed corrections. Whoever decides has
 * prepared the answer: where four eyes are asked for, somebody else sends it.
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed` outside review, `ground_not_available`, `invalid`,
 *   `details_missing`; `outcome_not_possible` for what the work has not shown, and for a refusal of what was accepted
 */
export async function decideOutcome(scope: Scope, requestId: string, decided: Decided): Promise<SubjectRequestRow> {
  const row = await lockSubjectRequest(scope, requestId)
  const isEarly = !canMove(row.state, 'respond', scope.actor.mover)
  if (isEarly && decided.outcome === null && decided.changes !== null) {
    refuseEarly(decided)
    return await decideChanges(scope, row, decided.changes)
  }
  // Deciding the outcome belongs where answering does.
  nextState(row.state, 'respond', scope.actor.mover)
  const before = await decisionOf(scope, row)
  const { outcome, changes } = await outcomeDecided(scope, row, before, decided)
  if (outcome === 'forwarded' && before.forwardedTo === null) {
    throw new HabeasError(
      'outcome_not_possible',
      'Forwarding names the company that is responsible: use the forwarding of the request.'
    )
  }
  if (RIGHT_RULES[row.right].task === 'answer' && !decided.reasons) {
    throw invalid('Here the answer is what you found.', {
      pointer: '/reasons',
      rule: 'required',
      fix: 'Write it for the person to read.'
    })
  }
  const ground = await groundOf(scope, row, outcome, decided, changes)
  await requireShown(scope, row, outcome)
  const recipients = await recipientsSaid(scope, before, decided.recipients)
  const vault = await caseVaultFor(scope, row.caseId)
  const words = decided.weighing ?? decided.reasons
  return await record(
    scope,
    row,
    {
      kind: 'decided',
      to: row.state,
      data: { outcome, ground, weighed: decided.weighing !== null, ...factsOfChanges(changes) },
      text: words ? { words, vault } : undefined
    },
    {
      outcome,
      ground,
      preparedBy: scope.actor.id,
      sealed: await sealDecision(scope, row, { ...before, ...wordsOf(decided), changes, recipients })
    }
  )
}

/** Before review nothing is said yet of the whole: it would be lost. */
function refuseEarly(decided: Decided): void {
  const { ground, reasons, weighing, citation, until, recipients } = decided
  const early = Object.entries({ ground, reasons, weighing, citation, until, recipients }).filter(
    ([, said]) => said !== null
  )
  if (early.length === 0) return
  throw invalid(
    'Before review only proposed changes are decided.',
    ...early.map(([field]) => ({
      pointer: `/${field}`,
      rule: 'onlyInReview',
      fix: 'Leave it out until the request is in review; each change takes a ground and a note of its own.'
    }))
  )
}

/** What is sealed of a decision; outcome and ground stand in the row. */
function wordsOf({
  reasons,
  weighing,
  citation,
  until
}: Decided): Omit<Decision, 'note' | 'forwardedTo' | 'changes' | 'recipients'> {
  return { reasons, weighing, citation, until }
}

async function groundOf(
  scope: Scope,
  row: SubjectRequestRow,
  outcome: Outcome,
  decided: Decided,
  changes: readonly DecidedChange[]
): Promise<string | null> {
  if (outcome !== 'refused' && outcome !== 'partly_granted') return null
  if (decided.ground === null) {
    const ofRejected = groundOfRejected(changes)
    if (ofRejected !== null) return ofRejected
    throw invalid('A refusal or partial answer needs its ground.', {
      pointer: '/ground',
      rule: 'required',
      fix: 'Send one of the codes that the law offers for this right.'
    })
  }
  const { code } = await requireGroundFor(scope, row, {
    use: outcome === 'refused' ? 'refuse' : 'withhold',
    code: decided.ground,
    note: decided.reasons,
    citation: decided.citation,
    until: decided.until
  })
  return code
}
