// Previews the answer and sends it.

import { createHash } from 'node:crypto'
import { uuidv7 } from 'uuidv7'
import { HabeasError } from '../../domain/errors.ts'
import { nextState } from '../../domain/lifecycle.ts'
import { packageLink, portalLink } from '../../domain/links.ts'
import { needsSecondPerson } from '../../domain/policy.ts'
import { entriesOf } from '../../domain/register.ts'
import { RIGHT_RULES } from '../../domain/rights.ts'
import type { Outcome } from '../../domain/subject-request.ts'
import { inDays } from '../../domain/timers.ts'
import { type Rendered, renderLetter } from '../../letters/letter.ts'
import type { Scope } from '../../storage/database.ts'
import { note } from '../../storage/history.ts'
import { newestPackageOf } from '../../storage/packages.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { insertResponse } from '../../storage/responses.ts'
import { findSubjectRequest, lockSubjectRequest, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { setTimer } from '../../storage/timers.ts'
import { createToken } from '../../storage/tokens.ts'
import { endPause } from '../clock/pause-clock.ts'
import { enterRegister } from '../register/enter-register.ts'
import { liftRegister } from '../register/lift-register.ts'
import { moveRequest } from '../requests/move-request.ts'
import { tellSubject } from '../requests/tell.ts'
import { followLinkFor } from '../verification/follow-link.ts'
import { type AnswerInputs, composeAnswer, gatherAnswer } from './compose-answer.ts'
import { requirePackage } from './hand-over.ts'
import { planToLookAgain } from './look-again.ts'
import { passOn } from './pass-on.ts'

export interface Preview extends Rendered {
  readonly outcome: Outcome
  /** Of exactly these words: sending asks for it, so that nobody sends what they did not read. */
  readonly previewHash: string
  readonly needsSecondPerson: boolean
  readonly preparedBy: string | null
  readonly packageState: 'building' | 'ready' | 'failed' | 'expired' | null
}

/**
 * The letter as it would go out now. Links are made when it is sent, so a preview shows the tenant's page instead.
 * @throws {HabeasError} `not_found`, `move_not_allowed` outside review, `outcome_not_possible`
 */
export async function previewResponse(scope: Scope, requestId: string): Promise<Preview> {
  const row = await findSubjectRequest(scope, requestId)
  nextState(row.state, 'respond', 'agent')
  const { body: policy } = await currentPolicy(scope)
  return await previewOf(scope, await gatherAnswer(scope, policy, row))
}

/**
 * Sends the answer: outcome, letter and history in one transaction; the mail goes out once the package can be fetched.
 *
 * @throws {HabeasError} `not_found`, `version_stale`, `move_not_allowed`, `outcome_not_possible` (also without a package for
 *   what hands data over), `preview_stale`, `approval_required`, `weighing_required`, `tasks_open`
 * @see GDPR Art. 12(3)-(4)
 */
export async function respond(scope: Scope, requestId: string, previewHash: string): Promise<SubjectRequestRow> {
  const row = await lockSubjectRequest(scope, requestId)
  nextState(row.state, 'respond', scope.actor.mover)
  const { body: policy } = await currentPolicy(scope)
  const inputs = await gatherAnswer(scope, policy, row)
  const preview = await previewOf(scope, inputs)
  if (preview.previewHash !== previewHash) {
    throw new HabeasError('preview_stale', 'The answer has changed since it was previewed: read it again.')
  }
  if (preview.needsSecondPerson) requireSecondPerson(scope, row)
  if (needsWeighing(row, preview.outcome) && !inputs.decision?.weighing) {
    throw new HabeasError(
      'weighing_required',
      'Record the weighing first: what the person says of their situation against the grounds for going on.'
    )
  }

  const pack = await requirePackage(scope, row, preview.outcome)

  const links = await makeLinks(scope, inputs)
  const facts = composeAnswer(inputs, links)
  const letterId = await tellSubject(scope, policy, inputs.theirs, 'response', facts, {
    requestId,
    greetByName: inputs.name !== null,
    waitsForPackage: pack !== undefined && pack.state !== 'ready'
  })
  if (preview.outcome === 'forwarded') await passOn(scope, inputs)
  await insertResponse(scope, {
    id: uuidv7(),
    requestId,
    outcome: preview.outcome,
    ground: row.ground,
    letterId,
    previewHash,
    authority: { iso: facts.authority.iso, name: facts.authority.nameEn, url: facts.authority.complaintUrl },
    courtNamed: true,
    weighed: Boolean(inputs.decision?.weighing),
    needsWeighing: needsWeighing(row, preview.outcome),
    needsSecondPerson: preview.needsSecondPerson,
    preparedBy: row.preparedBy,
    sentBy: scope.actor.id ?? ''
  })
  // Until now the clock stood, so the days of the wait count.
  const running = await endPause(scope, row)
  const approved = preview.needsSecondPerson ? await note(scope, running, 'approval_given', { letterId }) : running
  const registered = await keepPromiseToRegister(scope, approved, inputs, preview.outcome, letterId)
  if (pack !== undefined)
    await setTimer(scope, { kind: 'package_expiry', dueAt: inDays(scope.now, policy.packageDays) }, { requestId })
  await setTimer(scope, { kind: 'close', dueAt: inDays(scope.now, policy.closesAfterDays) }, { requestId })
  await planToLookAgain(scope, policy, registered)
  return await moveRequest(scope, registered, 'respond', {
    data: {
      outcome: preview.outcome,
      ground: row.ground,
      letterId,
      onTime: running.dueOn === null || inputs.today <= running.dueOn
    },
    changes: { respondedAt: scope.now }
  })
}

async function previewOf(scope: Scope, inputs: AnswerInputs): Promise<Preview> {
  const portal = portalLink(scope.publicUrl, scope.tenant.slug)
  const facts = composeAnswer(inputs, { package: portal, status: portal })
  const rendered = renderLetter('response', inputs.theirs.locale, facts)
  const { row, policy } = inputs
  const pack = await newestPackageOf(scope, row.id)
  return {
    ...rendered,
    outcome: facts.outcome,
    previewHash: createHash('sha256')
      .update(JSON.stringify([rendered.subject, rendered.text, rendered.html]))
      .digest('base64url'),
    needsSecondPerson: needsSecondPerson(
      policy,
      row.right,
      facts.outcome === 'refused' || facts.outcome === 'partly_granted'
    ),
    preparedBy: row.preparedBy,
    packageState: pack?.state ?? null
  }
}

/** Two people: one who prepared it, and an approver who did not. */
function requireSecondPerson(scope: Scope, row: SubjectRequestRow): void {
  const { id, roles } = scope.actor
  if (row.preparedBy === null) {
    throw new HabeasError(
      'approval_required',
      'Nobody has prepared this answer yet: one person records the decision, another sends it.'
    )
  }
  if (id === row.preparedBy)
    throw new HabeasError('approval_required', 'You prepared this answer: a second person has to send it.')
  if (!roles.includes('approver') && !roles.includes('admin')) {
    throw new HabeasError('approval_required', 'The second person has to be an approver.')
  }
}

/** An objection that is not to direct marketing is decided by weighing (GDPR Art. 21(1)). */
function needsWeighing(row: SubjectRequestRow, outcome: Outcome): boolean {
  return row.right === 'objection' && !row.directMarketing && outcome !== 'forwarded' && outcome !== 'nothing_found'
}

async function makeLinks(
  scope: Scope,
  { row, policy, theirs }: AnswerInputs
): Promise<{ package: string; status: string | null }> {
  const slug = scope.tenant.slug
  if (row.verifiedAt === null) return { package: portalLink(scope.publicUrl, slug), status: null }
  const download = await createToken(scope, {
    caseId: theirs.id,
    requestId: row.id,
    purpose: 'download',
    expiresAt: inDays(scope.now, policy.packageDays)
  })
  return { package: packageLink(scope.publicUrl, slug, download.token), status: await followLinkFor(scope, theirs) }
}

/** What products ask before they process: erased, objected, no longer consenting. A restriction was entered when it began. */
async function keepPromiseToRegister(
  scope: Scope,
  request: SubjectRequestRow,
  { details }: AnswerInputs,
  outcome: Outcome,
  letterId: string
): Promise<SubjectRequestRow> {
  let row = request
  const { register } = RIGHT_RULES[row.right]
  const isDecided = row.right === 'objection' && outcome !== 'forwarded'
  if (isDecided) {
    // What was restricted until the weighing is over ends with the answer that tells of it (GDPR Art. 18(1)(d), 18(3)).
    row = await liftRegister(scope, row, { kind: 'restricted', because: 'objection_decided', toldBy: letterId })
  }
  if (outcome === 'refused' || outcome === 'forwarded') {
    // So does what was entered at once for a request that is then refused, or for another company to decide.
    for (const kind of isDecided ? (['objected'] as const) : (['restricted', 'objected'] as const))
      row = await liftRegister(scope, row, { kind, because: `request_${outcome}`, toldBy: letterId })
  }
  if (register === null || register === 'restricted') return row
  if (outcome !== 'granted' && outcome !== 'partly_granted') return row
  return await enterRegister(scope, row, entriesOf(register, row.right, details))
}
