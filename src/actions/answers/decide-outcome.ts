// Staff decide how a request ends, with what the law wants said about it.

import { HabeasError, invalid } from '../../domain/errors.ts'
import { requireGround } from '../../domain/grounds.ts'
import { nextState } from '../../domain/lifecycle.ts'
import { RIGHT_RULES } from '../../domain/rights.ts'
import type { Decision, Outcome } from '../../domain/subject-request.ts'
import { caseVaultFor } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { record } from '../../storage/history.ts'
import { lockSubjectRequest, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { decisionOf, sealDecision } from './refuse-request.ts'

export interface Decided
  extends Pick<Decision, 'reasons' | 'weighing' | 'citation' | 'until' | 'changes' | 'recipientsTold'> {
  readonly outcome: Outcome
  readonly ground: string | null
}

/**
 * Records the outcome while the request is in review. Whoever decides has prepared the answer: where four eyes are asked for, somebody else sends it.
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed` outside review, `ground_not_available`, `invalid`
 */
export async function decideOutcome(scope: Scope, requestId: string, decided: Decided): Promise<SubjectRequestRow> {
  const row = await lockSubjectRequest(scope, requestId)
  // Deciding belongs where answering does.
  nextState(row.state, 'respond', scope.actor.mover)
  const before = await decisionOf(scope, row)
  if (decided.outcome === 'forwarded' && before.forwardedTo === null) {
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
  const ground = groundOf(row, decided)
  const vault = await caseVaultFor(scope, row.caseId)
  const words = decided.weighing ?? decided.reasons
  return await record(
    scope,
    row,
    {
      kind: 'decided',
      to: row.state,
      data: { outcome: decided.outcome, ground, weighed: decided.weighing !== null, changes: decided.changes.length },
      text: words ? { words, vault } : undefined
    },
    {
      outcome: decided.outcome,
      ground,
      preparedBy: scope.actor.id,
      sealed: await sealDecision(scope, row, { ...before, ...wordsOf(decided) })
    }
  )
}

/** What is sealed of a decision; outcome and ground stand in the row. */
function wordsOf({
  reasons,
  weighing,
  citation,
  until,
  changes,
  recipientsTold
}: Decided): Omit<Decision, 'note' | 'forwardedTo'> {
  return { reasons, weighing, citation, until, changes, recipientsTold }
}

function groundOf(row: SubjectRequestRow, decided: Decided): string | null {
  if (decided.outcome !== 'refused' && decided.outcome !== 'partly_granted') return null
  if (decided.ground === null) {
    throw invalid('A refusal or partial answer needs its ground.', {
      pointer: '/ground',
      rule: 'required',
      fix: 'Send one of the codes that the law offers for this right.'
    })
  }
  return requireGround({
    use: decided.outcome === 'refused' ? 'refuse' : 'withhold',
    right: row.right,
    regime: row.regime,
    directMarketing: row.directMarketing,
    code: decided.ground,
    note: decided.reasons,
    citation: decided.citation,
    until: decided.until
  }).code
}
