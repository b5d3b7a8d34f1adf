// The package behind an answer that hands data over: without one there is nothing to hand over, and the letter would wait for ever.

import { dateIn } from '../../domain/deadline/local-date.ts'
import { HabeasError } from '../../domain/errors.ts'
import type { Policy } from '../../domain/policy.ts'
import type { Outcome } from '../../domain/subject-request.ts'
import { inDays } from '../../domain/timers.ts'
import type { ResponseFacts } from '../../letters/response-facts.ts'
import { findCase } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { note } from '../../storage/history.ts'
import { changeWaitingLetters } from '../../storage/letters.ts'
import { findPackage, finishPackage, newestPackageOf, type PackageRow, retryPackage } from '../../storage/packages.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { lockSubjectRequest, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { setTimer, stopTimers } from '../../storage/timers.ts'
import { prolong } from '../../storage/tokens.ts'
import { tellStaff } from '../requests/tell.ts'
import { requireShown } from './require-shown.ts'

/**
 * Refuses to send what would wait for a package that nobody is building.
 * @throws {HabeasError} `outcome_not_possible`
 */
export async function requirePackage(
  scope: Scope,
  row: SubjectRequestRow,
  outcome: Outcome
): Promise<PackageRow | undefined> {
  const pack = await requireShown(scope, row, outcome)
  if (pack?.state === 'failed')
    throw new HabeasError('outcome_not_possible', 'The package could not be built: have it built again first.')
  return pack
}

/** Gives a package up, and tells staff: no answer leaves without it, also none that was sent already. */
export async function giveUpPackage(scope: Scope, packageId: string): Promise<void> {
  const { requestId } = await findPackage(scope, packageId)
  const row = await lockSubjectRequest(scope, requestId)
  if (!(await finishPackage(scope, packageId, { state: 'failed' }))) return
  const after = await note(scope, row, 'package_failed', { packageId })
  const { body: policy } = await currentPolicy(scope)
  await tellStaff(scope, policy, after, 'alert_package_failed', {})
}

/**
 * Has a package built again that could not be. What was sent already waits for it, and can then be fetched as long as if it
 * had been sent now.
 * @throws {HabeasError} `not_found`, `version_stale`; `conflict` when there is none that failed
 */
export async function rebuildPackage(scope: Scope, requestId: string): Promise<SubjectRequestRow> {
  const row = await lockSubjectRequest(scope, requestId)
  const pack = await newestPackageOf(scope, requestId)
  if (pack?.state !== 'failed')
    throw new HabeasError('conflict', 'There is no package of this request that could not be built.')
  await retryPackage(scope, pack.id)
  if (row.respondedAt !== null) await offerLonger(scope, row)
  return await note(scope, row, 'package_retried', { packageId: pack.id })
}

async function offerLonger(scope: Scope, { id: requestId, caseId }: SubjectRequestRow): Promise<void> {
  const { body: policy } = await currentPolicy(scope)
  const until = inDays(scope.now, policy.packageDays)
  await stopTimers(scope, 'package_expiry', { requestId })
  await setTimer(scope, { kind: 'package_expiry', dueAt: until }, { requestId })
  await prolong(scope, { caseId, requestId, purpose: 'download' }, until)
  await changeWaitingLetters(scope, await findCase(scope, caseId), requestId, facts =>
    offeredUntil(facts as ResponseFacts, policy, until)
  )
}

function offeredUntil(facts: ResponseFacts, { timeZone }: Policy, until: Date): ResponseFacts {
  if (!('done' in facts) || !('package' in facts.done) || facts.done.package === null) return facts
  const offer = { ...facts.done.package, availableUntilOn: dateIn(timeZone, until) }
  return { ...facts, done: { ...facts.done, package: offer } } as ResponseFacts
}
