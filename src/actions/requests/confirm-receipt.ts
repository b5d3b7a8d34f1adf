// Tells the person that their request has arrived, where a law wants them told and no other letter has.

import { dateIn } from '../../domain/deadline/local-date.ts'
import { OPEN_STATES } from '../../domain/lifecycle.ts'
import type { LetterKind } from '../../letters/facts.ts'
import { findCase, peopleOf } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { lettersOfCase } from '../../storage/letters.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { lockRequestsOfCase } from '../../storage/subject-requests.ts'
import { CONFIRMS_RECEIPT } from '../clock/raise-alerts.ts'
import { periodOf } from '../verification/verify-identity.ts'
import { tellSubject } from './tell.ts'

/**
 * Confirms the receipt of a case, once: of one that was handed in with an address and without a link being sent there. What was
 * read from a mail waits for staff to say that it is a request.
 * @see 11 CCR 7021(a); Data Protection Act 2018 s 164A(3)
 */
export async function confirmReceipt(scope: Scope, caseId: string): Promise<void> {
  const theirs = await findCase(scope, caseId)
  const open = (await lockRequestsOfCase(scope, caseId)).filter(row => OPEN_STATES.includes(row.state))
  const isWanted = open.some(row => row.acknowledgeBy !== null && !row.rightGuessed)
  if (!isWanted || peopleOf(scope, theirs).subject.email === null) return
  const letters = await lettersOfCase(scope, caseId)
  if (letters.some(({ kind }) => CONFIRMS_RECEIPT.includes(kind as LetterKind))) return
  const { body: policy } = await currentPolicy(scope)
  await tellSubject(
    scope,
    policy,
    theirs,
    'acknowledgement',
    { receivedOn: dateIn(policy.timeZone, theirs.receivedAt), periods: open.map(periodOf), link: null },
    { greetByName: false }
  )
}
