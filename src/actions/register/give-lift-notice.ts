// Tells a person that the restriction of their data will end.

import { dateIn, type LocalDate } from '../../domain/deadline/local-date.ts'
import { invalid } from '../../domain/errors.ts'
import type { LiftReason } from '../../domain/register.ts'
import { caseVaultFor, findCase, openCaseVault } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { record } from '../../storage/history.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { findEntry, type RegisterEntry, setNotice } from '../../storage/register.ts'
import { contentsOf, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { allSystems } from '../../storage/systems-in-scope.ts'
import { tasksOfRequest } from '../../storage/tasks.ts'
import { authorityOf } from '../requests/authority-of.ts'
import { tellSubject } from '../requests/tell.ts'
import { followLinkFor } from '../verification/follow-link.ts'
import { lockEntry, requireReason } from './lift-register-entry.ts'

export interface LiftNotice {
  readonly because: LiftReason
  /** Why the restriction ends, in words for the person. */
  readonly words: string
  readonly liftsOn: LocalDate
}

/**
 * Tells the person that a restriction will end, and when.
 * @throws {HabeasError} `not_found`; `conflict` for an entry that was lifted; `invalid` for an entry that ends without notice,
 *   another kind's reason, or a day that is past
 * @see GDPR Art. 18(3)
 */
export async function giveLiftNotice(scope: Scope, entryId: string, notice: LiftNotice): Promise<RegisterEntry> {
  const { entry, request } = await lockEntry(scope, entryId)
  if (entry.kind !== 'restricted') {
    throw invalid('Only the end of a restriction has to be told beforehand.', {
      pointer: '/path/id',
      rule: 'restricted',
      fix: 'Lift the entry itself.'
    })
  }
  requireReason(entry, notice.because)
  const { body: policy } = await currentPolicy(scope)
  if (notice.liftsOn < dateIn(policy.timeZone, scope.now)) {
    throw invalid('A restriction cannot end in the past.', {
      pointer: '/liftsOn',
      rule: 'notPast',
      fix: 'Send today or a later day.'
    })
  }
  const theirs = await findCase(scope, request.caseId)
  const facts = {
    ...authorityOf(policy, theirs, request.regime),
    restrictedOn: dateIn(policy.timeZone, entry.sinceAt),
    liftsOn: notice.liftsOn,
    scope: await restrictedCategories(scope, request, entry),
    note: notice.words,
    link: await followLinkFor(scope, theirs)
  }
  const letterId = await tellSubject(scope, policy, theirs, 'restriction_lift_notice', facts, { requestId: request.id })
  await setNotice(scope, entryId, { letterId, liftsOn: notice.liftsOn, because: notice.because })
  await record(scope, request, {
    kind: 'letter_queued',
    to: request.state,
    data: { letterId, kind: 'restriction_lift_notice', entryId, because: notice.because, liftsOn: notice.liftsOn },
    text: { words: notice.words, vault: openCaseVault(scope, theirs) }
  })
  return await findEntry(scope, entryId)
}

/** What the person reads that the restriction was about: the purpose, or what the systems marked, or all that is held. */
async function restrictedCategories(
  scope: Scope,
  request: SubjectRequestRow,
  { purpose }: RegisterEntry
): Promise<readonly string[]> {
  if (purpose !== null) return [purpose]
  const marked = (await tasksOfRequest(scope, request.id)).flatMap(task => task.categories)
  if (marked.length > 0) return [...new Set(marked)]
  const { details } = contentsOf(await caseVaultFor(scope, request.caseId), request)
  if (details.categories !== undefined && details.categories.length > 0) return details.categories
  const held = (await allSystems(scope)).flatMap(system => system.categories)
  return [...new Set(held.map(category => category.name))]
}
