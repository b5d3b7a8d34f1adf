// Reads what the public form was sent, and opens the case.

import { HabeasError } from '../../domain/errors.ts'
import { inHours } from '../../domain/timers.ts'
import { findCase } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import {
  contentsOfInbound,
  type InboundRow,
  lockInbound,
  moveInboundIntoCase,
  settleInbound,
  waitsToBeSorted
} from '../../storage/inbound.ts'
import type { InboundReason, KeptForm } from '../../storage/inbound-contents.ts'
import { openRequestsIn } from './open-requests.ts'
import { HOURS_COUNTED, whyNoMail } from './spare-inboxes.ts'
import { tellOfInbound } from './tell-of-inbound.ts'

/**
 * Opens one case, received when the form was sent. Nothing merges with what the same person asked before: nobody has proven
 * yet that it is the same. One that leads to no mail is kept, and left to staff: they can open it, and its period counts from the
 * day it came in. Safe to repeat.
 * @throws {HabeasError} `not_found`
 */
export async function openSubmission(scope: Scope, inboundId: string): Promise<void> {
  const row = await lockInbound(scope, inboundId)
  if (row.state !== 'new') return
  const contents = contentsOfInbound(scope, row, null)
  if (contents.kind !== 'form') throw new Error('Only a form is opened as one.')

  const why = await whyNoMail(scope, row, contents.subject)
  if (why !== null) return await leaveToStaff(scope, row, why, inHours(scope.now, -HOURS_COUNTED))

  const caseId = await openCase(scope, row, contents)
  if (caseId === null) return await leaveToStaff(scope, row, 'right_not_offered', null)
  await moveInboundIntoCase(scope, inboundId, await findCase(scope, caseId), { state: 'opened', why: null, contents })
}

/** @returns null when the policy changed since the form was sent and no longer has a right that was asked for */
async function openCase(
  scope: Scope,
  row: InboundRow,
  { rights, details, subject, requester }: KeptForm
): Promise<string | null> {
  try {
    const { caseId } = await openRequestsIn(scope, {
      rights,
      details,
      subject,
      requester,
      channel: 'portal',
      receivedAt: row.receivedAt,
      isReceiptSaid: false,
      datedOn: null,
      regime: null,
      verification: { method: 'email', proven: false },
      externalId: null,
      metadata: {},
      guessed: false
    })
    return caseId
  } catch (error) {
    // Refused before a statement was sent, so the transaction stands.
    if (error instanceof HabeasError && error.code === 'right_not_offered') return null
    throw error
  }
}

/** @param toldSince  staff who were told after this instant of the same reason are not told again; null tells them each time */
async function leaveToStaff(scope: Scope, row: InboundRow, why: InboundReason, toldSince: Date | null): Promise<void> {
  const areTold = toldSince !== null && (await waitsToBeSorted(scope, why, toldSince))
  await settleInbound(scope, row.id, 'to_sort', why)
  if (!areTold) await tellOfInbound(scope, row)
}
