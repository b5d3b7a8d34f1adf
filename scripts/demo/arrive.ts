// How a demo case comes in: as a mail, or through the action that the form, a product and staff share.

import { hash } from 'node:crypto'
import { openRequestsIn } from '../../src/actions/intake/open-requests.ts'
import { receiveEmail } from '../../src/actions/intake/receive-email.ts'
import { SYSTEM } from '../../src/domain/actor.ts'
import type { Right } from '../../src/domain/rights.ts'
import { parseMail } from '../../src/inbound/parse-mail.ts'
import { type Database, inTenant, type Who } from '../../src/storage/database.ts'
import { findInbound } from '../../src/storage/inbound.ts'
import { requestsOfCase } from '../../src/storage/subject-requests.ts'
import type { ByHand, ByMail } from './demo-case.ts'

/** The requests that a case was opened with, by right. */
export type Arrived = ReadonlyMap<Right, string>

/** @param who  the staff member or integration that takes it in */
export async function arrive(db: Database, who: Who, arrives: ByMail | ByHand): Promise<Arrived> {
  return 'mail' in arrives
    ? await arriveByMail(db, { ...who, actor: SYSTEM }, arrives)
    : await arriveByHand(db, who, arrives)
}

/** @returns no request for a mail that staff have to sort first */
async function arriveByMail(db: Database, who: Who, { mail }: ByMail): Promise<Arrived> {
  const raw = Buffer.from(mail.join('\r\n'))
  const read = { ...(await parseMail(raw)), digest: hash('sha256', raw, 'buffer') }
  return await inTenant(db, who, async scope => {
    const { inboundId } = await receiveEmail(scope, read, null)
    const { caseId } = await findInbound(scope, inboundId)
    return caseId === null ? new Map() : byRight(await requestsOfCase(scope, caseId))
  })
}

async function arriveByHand(
  db: Database,
  who: Who,
  { rights, subject, details = {}, channel }: ByHand
): Promise<Arrived> {
  return await inTenant(db, who, async scope => {
    const { caseId } = await openRequestsIn(scope, {
      rights,
      details,
      subject: { region: null, identifiers: [], ...subject },
      requester: null,
      channel,
      receivedAt: scope.now,
      isReceiptSaid: false,
      datedOn: null,
      regime: null,
      verification: { method: subject.email === null ? 'none' : 'email', proven: false },
      externalId: null,
      metadata: {},
      guessed: false
    })
    return byRight(await requestsOfCase(scope, caseId))
  })
}

function byRight(requests: readonly { readonly right: Right; readonly id: string }[]): Arrived {
  return new Map(requests.map(({ right, id }) => [right, id]))
}
