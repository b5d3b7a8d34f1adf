// Keeps a case that has ended for as long as the tenant says, and no longer (GDPR Art. 5(1)(e)).

import type { LocalDate } from '../../domain/deadline/local-date.ts'
import { HabeasError } from '../../domain/errors.ts'
import { isFinal } from '../../domain/lifecycle.ts'
import { caseKeptUntil, type EndedCase } from '../../domain/retention.ts'
import { inDays } from '../../domain/timers.ts'
import type { Scope } from '../../storage/database.ts'
import { lastMoveIn } from '../../storage/endings.ts'
import { currentPolicy } from '../../storage/policies.ts'
import type { SubjectRequestRow } from '../../storage/subject-requests.ts'
import { setTimer, stopTimers } from '../../storage/timers.ts'
import { daysKeptBackBy } from '../answers/look-again.ts'
import { erase, type LockedCase, lockWholeCase, refuseWhileNeeded } from './erase-case.ts'

/** While somebody still needs what would be erased it is asked for again every day. */
const DAYS_BETWEEN_TRIES = 1

/**
 * Sets the timer that erases, when a request has ended. The last of its case to end sets the one that counts.
 * @param row  as it now stands
 */
export async function setRetention(scope: Scope, row: SubjectRequestRow): Promise<void> {
  const { body: policy } = await currentPolicy(scope)
  const dueAt = caseKeptUntil(policy, await whatEnded(scope, [row], scope.now))
  await stopTimers(scope, 'retention', { caseId: row.caseId })
  await setTimer(scope, { kind: 'retention', dueAt }, { caseId: row.caseId })
}

/**
 * Erases a case whose period has ended. Where the period has become longer, and while somebody still needs the data, it is
 * asked for again; a case with a request that has not ended sets its timer when that does.
 */
export async function eraseAfterRetention(scope: Scope, caseId: string): Promise<void> {
  const locked = await lockWholeCase(scope, caseId)
  const { theirs, requests } = locked
  if (theirs.erasedAt !== null || requests.some(row => !isFinal(row.state))) return
  const { body: policy } = await currentPolicy(scope)
  const endedAt = (await lastMoveIn(scope, caseId)) ?? theirs.createdAt
  const dueAt = caseKeptUntil(policy, await whatEnded(scope, requests, endedAt))
  if (dueAt > scope.now) return await setTimer(scope, { kind: 'retention', dueAt }, { caseId })
  if (await isNeeded(scope, locked)) {
    return await setTimer(scope, { kind: 'retention', dueAt: inDays(scope.now, DAYS_BETWEEN_TRIES) }, { caseId })
  }
  await erase(scope, locked, 'retention')
}

async function isNeeded(scope: Scope, locked: LockedCase): Promise<boolean> {
  try {
    await refuseWhileNeeded(scope, locked)
    return false
  } catch (error) {
    if (error instanceof HabeasError) return true
    throw error
  }
}

async function whatEnded(scope: Scope, requests: readonly SubjectRequestRow[], endedAt: Date): Promise<EndedCase> {
  const days: LocalDate[] = []
  for (const row of requests.filter(({ respondedAt }) => respondedAt !== null))
    days.push(...(await daysKeptBackBy(scope, row)))
  return {
    endedAt,
    wasAnswered: requests.some(row => row.verifiedAt !== null || row.respondedAt !== null),
    regimes: requests.map(row => row.regime),
    keptBackUntil: days.sort().at(-1) ?? null
  }
}
