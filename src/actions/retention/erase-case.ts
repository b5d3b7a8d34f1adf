// Erases the personal data of a case: its key is destroyed, and what systems handed in for it is removed. What happened and
// when, how it was answered and on which ground stays, and still verifies.

import { HabeasError } from '../../domain/errors.ts'
import { isFinal } from '../../domain/lifecycle.ts'
import type { ErasureReason } from '../../domain/retention.ts'
import { type CaseRow, destroyCaseKey, lockCase } from '../../storage/cases.ts'
import { takeAllCollected } from '../../storage/collected.ts'
import { copiesOwed } from '../../storage/copies-owed.ts'
import type { Scope } from '../../storage/database.ts'
import { note } from '../../storage/history.ts'
import { eraseInboundOfCase } from '../../storage/inbound.ts'
import { hasLettersToSend, suppressLetters } from '../../storage/letters.ts'
import { expirePackages } from '../../storage/packages.ts'
import { promise } from '../../storage/promises.ts'
import { restrictionsOf } from '../../storage/register.ts'
import { lockRequestsOfCase, type SubjectRequestRow, versionOfCase } from '../../storage/subject-requests.ts'
import { stopTimers } from '../../storage/timers.ts'
import { supersedeAll } from '../../storage/tokens.ts'

/** A case with its requests, all locked. */
export interface LockedCase {
  readonly theirs: CaseRow
  readonly requests: readonly SubjectRequestRow[]
}

/** @throws {HabeasError} `not_found`; `version_stale` when the caller saw another version of the case */
export async function lockWholeCase(scope: Scope, caseId: string): Promise<LockedCase> {
  const requests = await lockRequestsOfCase(scope, caseId)
  const theirs = await lockCase(scope, caseId)
  const version = versionOfCase(requests)
  if (scope.ifMatch != null && scope.ifMatch !== version) {
    throw new HabeasError('version_stale', 'The case has changed since you read it.', { version })
  }
  return { theirs, requests }
}

/**
 * Erases on the word of an admin, before the tenant's period has ended.
 * @throws {HabeasError} `not_found`, `version_stale`; `personal_data_erased` when it was before; as `refuseWhileNeeded` does
 */
export async function eraseCase(scope: Scope, caseId: string, because: ErasureReason): Promise<void> {
  const locked = await lockWholeCase(scope, caseId)
  const { erasedAt } = locked.theirs
  if (erasedAt !== null) {
    throw new HabeasError('personal_data_erased', 'The personal data of this case was erased before.', {
      erasedAt: erasedAt.toISOString()
    })
  }
  await refuseWhileNeeded(scope, locked)
  await erase(scope, locked, because)
}

/**
 * Nothing is erased that somebody still needs: neither we, for what is not finished, nor the person.
 * @throws {HabeasError} `move_not_allowed` while a request of the case has not ended; `waits_for_other_request` while the person
 *   is owed a copy; `conflict` while their data is restricted, or a letter to them has yet to leave
 * @see GDPR Art. 15, 18(2)
 */
export async function refuseWhileNeeded(scope: Scope, { theirs, requests }: LockedCase): Promise<void> {
  const open = requests.filter(row => !isFinal(row.state))
  if (open.length > 0) {
    throw new HabeasError('move_not_allowed', 'Personal data is erased once all requests of the case have ended.', {
      open: open.map(({ id, state }) => ({ id, state }))
    })
  }
  const waitsFor = await copiesOwed(scope, { caseId: theirs.id })
  if (waitsFor.length > 0) {
    throw new HabeasError(
      'waits_for_other_request',
      'This person has an open access or portability request; the erasure waits for its answer.',
      { waitsFor }
    )
  }
  const restrictions = await restrictionsOf(scope, theirs)
  if (restrictions.length > 0) {
    throw new HabeasError(
      'conflict',
      'The data of this person is restricted: until that is lifted it may only be stored.',
      { registerEntries: restrictions }
    )
  }
  if (await hasLettersToSend(scope, theirs.id))
    throw new HabeasError('conflict', 'A letter to this person has yet to leave; try again once it has.')
}

/** @param locked  a case that nobody needs any more */
export async function erase(scope: Scope, { theirs, requests }: LockedCase, because: ErasureReason): Promise<void> {
  const objects: string[] = []
  for (const row of requests) {
    objects.push(...(await takeAllCollected(scope, row.id)))
    objects.push(...(await expirePackages(scope, row.id)).map(one => one.objectKey))
    await stopTimers(scope, '%', { requestId: row.id })
    // Labels are the tenant's own words, and not sealed.
    await note(scope, row, 'personal_data_erased', { because }, { tags: [], externalId: null })
  }
  await stopTimers(scope, '%', { caseId: theirs.id })
  await supersedeAll(scope, theirs.id)
  await suppressLetters(scope, theirs.id)
  await eraseInboundOfCase(scope, theirs.id)
  await destroyCaseKey(scope, theirs.id)
  if (objects.length > 0) await promise(scope, 'remove_objects', { keys: objects })
}
