// Staff send by post what could not go by mail.

import { addDays, dateIn, type LocalDate, startOfDay } from '../../domain/deadline/local-date.ts'
import { type Fault, HabeasError, invalid } from '../../domain/errors.ts'
import { KINDS_WITH_CODE } from '../../letters/facts.ts'
import type { Scope } from '../../storage/database.ts'
import { note } from '../../storage/history.ts'
import { findLetter, type LetterRow, markPosted } from '../../storage/letters.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { lockSubjectRequest, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { liftAfterNotice } from '../register/lift-register.ts'

/**
 * Records that a letter has left by post. From then on the person counts as told, and what waited for that goes on.
 *
 * @throws {HabeasError} `not_found`, `version_stale`; `already_sent`; `outcome_not_possible` for a letter with a code; `invalid`
 *   for a day to come, or before the letter was written
 */
export async function postLetter(
  scope: Scope,
  requestId: string,
  letterId: string,
  postedOn: LocalDate
): Promise<void> {
  const row = await lockSubjectRequest(scope, requestId)
  const letter = await findLetterOf(scope, row, letterId)
  if (KINDS_WITH_CODE.some(kind => kind === letter.kind)) {
    throw new HabeasError(
      'outcome_not_possible',
      'A letter with a code is for the person alone; confirm identity in another way.'
    )
  }
  const { body: policy } = await currentPolicy(scope)
  refuseDay(postedOn, {
    today: dateIn(policy.timeZone, scope.now),
    writtenOn: dateIn(policy.timeZone, letter.queuedAt)
  })

  const endOfDay = startOfDay(policy.timeZone, addDays(postedOn, 1))
  const sentAt = endOfDay < scope.now ? endOfDay : scope.now
  if (!(await markPosted(scope, letterId, { postedOn, sentAt })))
    throw new HabeasError('already_sent', 'This letter has left before.', {
      sentAt: letter.sentAt?.toISOString() ?? null
    })
  const noted = await note(scope, row, 'letter_sent', { letterId, kind: letter.kind, via: 'post', postedOn })
  await liftAfterNotice(scope, noted, letterId)
}

/**
 * A letter to the person about this request, or about its case as a whole, or to the company it was passed on to.
 * @throws {HabeasError} `not_found`
 */
export async function findLetterOf(
  scope: Scope,
  { id, caseId }: Pick<SubjectRequestRow, 'id' | 'caseId'>,
  letterId: string
): Promise<LetterRow> {
  const letter = await findLetter(scope, letterId)
  const isTheirs = letter.caseId === caseId && letter.audience !== 'staff'
  if (isTheirs && (letter.requestId === null || letter.requestId === id)) return letter
  throw new HabeasError('not_found', 'There is no such letter.')
}

function refuseDay(postedOn: LocalDate, { today, writtenOn }: { today: LocalDate; writtenOn: LocalDate }): void {
  const fault = (rule: string, fix: string): Fault => ({ pointer: '/postedOn', rule, fix })
  if (postedOn > today)
    throw invalid('A letter is marked once it was posted.', fault('notInFuture', `Send a day up to ${today}.`))
  if (postedOn < writtenOn)
    throw invalid(
      'A letter is posted after it was written.',
      fault('notBeforeWritten', `Send a day from ${writtenOn} on.`)
    )
}
