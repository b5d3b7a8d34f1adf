// Staff write to the person.

import { HabeasError } from '../../domain/errors.ts'
import { canMove } from '../../domain/lifecycle.ts'
import { portalLink } from '../../domain/links.ts'
import type { VerificationFacts } from '../../letters/facts.ts'
import { type CaseRow, contactOfCase, findCase, openCaseVault } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { note } from '../../storage/history.ts'
import { contentsOfLetter, lastLetterOf } from '../../storage/letters.ts'
import { addMessage } from '../../storage/messages.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { lockSubjectRequest, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { makeFollowLink } from '../verification/follow-link.ts'
import { tellSubject } from './tell.ts'

/** `verification` is about who the person is or what they ask for, and may be written before they have proven it. */
export const MESSAGE_TOPICS = ['request', 'verification'] as const
export type MessageTopic = (typeof MESSAGE_TOPICS)[number]

export interface OutgoingMessage {
  readonly id: string
  readonly text: string
  readonly about: MessageTopic
}

/**
 * Writes to the contact point on file, and keeps what was written.
 *
 * @throws {HabeasError} `not_found`, `version_stale`; `identity_not_proven` for a message about the request itself while nobody
 *   has proven who they are; `move_not_allowed` for one about verification when that is over; `outcome_not_possible` when there
 *   is no address to write to, or whoever reads it said that they asked for nothing
 */
export async function sendMessage(
  scope: Scope,
  requestId: string,
  { id, text, about }: OutgoingMessage
): Promise<void> {
  const row = await lockSubjectRequest(scope, requestId)
  const theirs = await findCase(scope, row.caseId)
  refuseUnreachable(scope, theirs)
  refuseUnproven(theirs, row, about)

  const { body: policy } = await currentPolicy(scope)
  const link =
    theirs.verifiedAt === null ? await linkToProve(scope, theirs) : (await makeFollowLink(scope, theirs.id)).link
  const letterId = await tellSubject(
    scope,
    policy,
    theirs,
    'message',
    { text, link },
    { requestId, greetByName: theirs.verifiedAt !== null }
  )
  await addMessage(scope, theirs, { id, direction: 'out', author: scope.actor.id, text, letterId })
  await note(scope, row, 'message_sent', { messageId: id, letterId, about })
}

function refuseUnreachable(scope: Scope, theirs: CaseRow): void {
  if (theirs.mutedAt !== null) {
    throw new HabeasError(
      'outcome_not_possible',
      'Whoever reads this address said that they asked for nothing; no more mail goes there.'
    )
  }
  if (contactOfCase(scope, theirs).address === null) {
    throw new HabeasError(
      'outcome_not_possible',
      'There is no address to write to; reach the person in another way and keep a note of it.'
    )
  }
}

function refuseUnproven(theirs: CaseRow, row: SubjectRequestRow, about: MessageTopic): void {
  const isOpenToProof = canMove(row.state, 'verify', 'subject')
  if (about === 'verification' && !isOpenToProof) {
    throw new HabeasError('move_not_allowed', `Identity is no longer a question for a request that is ${row.state}.`, {
      state: row.state
    })
  }
  if (about === 'request' && theirs.verifiedAt === null) {
    throw new HabeasError(
      'identity_not_proven',
      'Until identity is proven, only write about verification: send about: "verification".'
    )
  }
}

/** The link of the mail that asked for proof, or the tenant's page while nobody was asked. */
async function linkToProve(scope: Scope, theirs: CaseRow): Promise<string> {
  const asked = await lastLetterOf(scope, theirs.id, 'verification')
  if (asked === undefined) return portalLink(scope.publicUrl, scope.tenant.slug)
  const { facts } = contentsOfLetter(scope, asked, openCaseVault(scope, theirs))
  return (facts as VerificationFacts).link
}
