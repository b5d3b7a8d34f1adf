// To review without fulfilment: refused with a ground, or passed on to whoever is responsible.

import { invalid } from '../../domain/errors.ts'
import type { Decision } from '../../domain/subject-request.ts'
import { findCase, openCaseVault } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { contentsOf, lockSubjectRequest, type SubjectRequestRow, sealContents } from '../../storage/subject-requests.ts'
import { moveRequest } from '../requests/move-request.ts'
import { requireGroundFor } from './ground-for.ts'

export interface Refusal {
  readonly ground: string
  /** The reasons as the person will read them: the facts of the case, not only the article. */
  readonly reasons: string
  readonly citation: string | null
  readonly until: string | null
  /** Objections: the interests weighed, in plain words (GDPR Art. 21(1)). */
  readonly weighing: string | null
}

/** Before anything was decided. */
export const NO_DECISION: Decision = {
  reasons: null,
  weighing: null,
  note: null,
  citation: null,
  until: null,
  changes: [],
  forwardedTo: null,
  recipients: []
}

/**
 * Brings a request to review with the outcome `refused`.
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed`, `right_not_confirmed`, `ground_not_available`, `invalid`,
 *   `details_missing`
 * @see GDPR Art. 12(4)-(5)
 */
export async function refuseRequest(scope: Scope, requestId: string, refusal: Refusal): Promise<SubjectRequestRow> {
  const row = await lockSubjectRequest(scope, requestId)
  const ground = await requireGroundFor(scope, row, {
    use: 'refuse',
    code: refusal.ground,
    note: refusal.reasons,
    citation: refusal.citation,
    until: refusal.until
  })
  // What was decided of single corrections holds on, should the refusal be taken back.
  const { changes } = await decisionOf(scope, row)
  const sealed = await sealDecision(scope, row, {
    ...NO_DECISION,
    changes,
    reasons: refusal.reasons,
    weighing: refusal.weighing,
    citation: refusal.citation,
    until: refusal.until
  })
  return await moveRequest(scope, row, 'refuse', {
    data: { ground: ground.code, source: ground.source },
    words: refusal.reasons,
    changes: { outcome: 'refused', ground: ground.code, preparedBy: scope.actor.id, sealed }
  })
}

/**
 * Brings a request to review with the outcome `forwarded`: the tenant is only a processor here, and names who is not. To an
 * address it goes with the answer that tells the person; without one staff have sent it themselves and note how.
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed`, `right_not_confirmed`, `invalid`
 * @see GDPR Art. 28(3)(e)
 */
export async function forwardRequest(
  scope: Scope,
  requestId: string,
  to: { name: string; email: string | null; note: string | null }
): Promise<SubjectRequestRow> {
  const row = await lockSubjectRequest(scope, requestId)
  if (to.name.trim() === '') {
    throw invalid('Say who is responsible.', {
      pointer: '/controller/name',
      rule: 'minLength',
      fix: 'Send the name of the company it goes to.'
    })
  }
  if (to.email === null && !to.note?.trim()) {
    throw invalid('A request is passed on by mail, or staff say how else it reached the company.', {
      pointer: '/note',
      rule: 'required',
      fix: 'Send controller.email, or write in note how and when it was sent.'
    })
  }
  const { changes } = await decisionOf(scope, row)
  const sealed = await sealDecision(scope, row, {
    ...NO_DECISION,
    changes,
    note: to.note,
    forwardedTo: { name: to.name, email: to.email }
  })
  return await moveRequest(scope, row, 'forward', {
    words: to.note,
    changes: { outcome: 'forwarded', preparedBy: scope.actor.id, sealed }
  })
}

/** Seals a decision into the request's own value, beside what was asked. */
export async function sealDecision(scope: Scope, row: SubjectRequestRow, decision: Decision): Promise<Buffer> {
  const vault = openCaseVault(scope, await findCase(scope, row.caseId))
  return sealContents(vault, row.id, { ...contentsOf(vault, row), decision })
}

/**
 * A request that begins anew: what was said of the answer that falls says nothing of the next one. What was decided of proposed
 * corrections holds on, and who was found responsible.
 */
export async function withoutWords(
  scope: Scope,
  row: SubjectRequestRow,
  also: Pick<Decision, 'recipients'> = {}
): Promise<SubjectRequestRow> {
  const { note, changes, forwardedTo, recipients } = await decisionOf(scope, row)
  const left = { ...NO_DECISION, note, changes, forwardedTo, recipients: recipients ?? [], ...also }
  return { ...row, sealed: await sealDecision(scope, row, left) }
}

/** The decision on record, empty where none was taken yet. */
export async function decisionOf(scope: Scope, row: SubjectRequestRow): Promise<Decision> {
  const vault = openCaseVault(scope, await findCase(scope, row.caseId))
  return contentsOf(vault, row).decision ?? NO_DECISION
}
