// Whoever fills in the form with somebody else's address must not flood that inbox, nor reach it once its owner has said no.

import { findMailbox } from '../../domain/mailbox-address.ts'
import type { Subject } from '../../domain/subject-request.ts'
import { inDays, inHours } from '../../domain/timers.ts'
import { findCase } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import type { InboundRow } from '../../storage/inbound.ts'
import { countMailsTo, inboxOfCase, isMuted, wasNamedBesides } from '../../storage/inboxes.ts'
import { currentPolicy } from '../../storage/policies.ts'
import { subjectKeysOf } from '../../storage/subject-keys.ts'

/** Mails to one inbox that nobody has proven to be theirs. */
const MAILS_PER_DAY = 3
export const HOURS_COUNTED = 24
/** For how long an inbox stays muted, if the case in which its owner said so is kept as long. */
const MUTED_DAYS = 90

/**
 * Keyed, so that it tells nobody the address. Tags count as the same inbox, as most hosts deliver them, and so does case: that two
 * people are counted as one costs the second a mail at most, for staff have their form.
 */
export function inboxKeyOf(scope: Scope, { email }: Pick<Subject, 'email'>): Buffer | null {
  const mailbox = email === null ? null : findMailbox(email)
  return mailbox === null ? null : scope.vault.blindIndex('inbox', mailbox.inboxForm)
}

/** Why a form leads to no mail; null where it does. */
export async function whyNoMail(
  scope: Scope,
  { addressKey: inbox }: InboundRow,
  subject: Subject
): Promise<'address_muted' | 'too_many_for_address' | null> {
  if (inbox === null) return null
  const mails = await countMailsTo(scope, inbox, inHours(scope.now, -HOURS_COUNTED))
  if (await isMuted(scope, inbox, subjectKeysOf(scope.vault, subject), inDays(scope.now, -MUTED_DAYS)))
    return 'address_muted'
  return mails >= MAILS_PER_DAY ? 'too_many_for_address' : null
}

/**
 * Whether a case that nobody has proven may be written about by itself once more: to remind, or to say that it is over. Not where
 * another form named the same inbox while this one waited, or not long before: whoever is waiting for our mail sends one.
 */
export async function mayWriteAgain(scope: Scope, caseId: string): Promise<boolean> {
  const inbox = await inboxOfCase(scope, caseId)
  if (inbox === null) return true
  const { body: policy } = await currentPolicy(scope)
  const { subjectKeys, receivedAt } = await findCase(scope, caseId)
  if (await isMuted(scope, inbox, subjectKeys, inDays(scope.now, -MUTED_DAYS))) return false
  if (await wasNamedBesides(scope, inbox, caseId, inDays(receivedAt, -policy.verification.windowDays))) return false
  return (await countMailsTo(scope, inbox, inHours(scope.now, -HOURS_COUNTED))) < MAILS_PER_DAY
}
