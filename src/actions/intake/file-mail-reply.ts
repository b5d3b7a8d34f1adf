// A mail that answers one of our letters, told by the Message-IDs it names.

import { findMailbox } from '../../domain/mailbox-address.ts'
import { contactOfCase, findCase, peopleIfKept } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { moveInboundIntoCase } from '../../storage/inbound.ts'
import type { KeptMail } from '../../storage/inbound-contents.ts'
import { findLetterByMessageId, type LetterRow } from '../../storage/letters.ts'
import { receiveReply } from './receive-reply.ts'

interface Threaded {
  readonly inReplyTo: string | null
  readonly references: readonly string[]
}

/** A thread may name a hundred mails; ours among the newest are enough to know it by. */
const LOOKED_UP = 10

/** The newest of our letters that the mail names. */
export async function letterAnswered(
  scope: Scope,
  { inReplyTo, references }: Threaded
): Promise<LetterRow | undefined> {
  const ourEnd = `@${new URL(scope.publicUrl).hostname}>`
  const named = [...(inReplyTo === null ? [] : [inReplyTo]), ...references.toReversed()]
  const ours = [...new Set(named)].filter(id => id.toLowerCase().endsWith(ourEnd)).slice(0, LOOKED_UP)
  for (const messageId of ours) {
    const letter = await findLetterByMessageId(scope, messageId)
    if (letter !== undefined) return letter
  }
  return undefined
}

/**
 * Files the mail as a message of the letter's case.
 * @returns false when the letter belongs to none, or the case's personal data was erased: then staff look at the mail
 */
export async function fileMailReply(
  scope: Scope,
  { from }: { readonly from: { readonly name: string | null; readonly address: string } | null },
  letter: LetterRow,
  { id, contents, receivedAt }: { readonly id: string; readonly contents: KeptMail; readonly receivedAt: Date }
): Promise<boolean> {
  if (letter.caseId === null) return false
  const theirs = await findCase(scope, letter.caseId)
  const people = peopleIfKept(scope, theirs)
  if (people === null) return false

  const onFile = [people.subject.email, contactOfCase(scope, theirs).address]
  const sender = {
    name: from?.name ?? null,
    address: from?.address ?? null,
    isOnFile: from !== null && onFile.some(known => isSame(known, from.address))
  }
  const text = contents.text === '' ? contents.subject : contents.text
  await receiveReply(scope, theirs.id, { text, requestId: letter.requestId, via: 'email', sender, receivedAt })
  await moveInboundIntoCase(scope, id, theirs, { state: 'filed', why: null, contents })
  return true
}

/** Case is folded: it is only a hint to staff, and opens nothing. */
function isSame(known: string | null, address: string): boolean {
  const folded = (text: string) => findMailbox(text)?.foldedForm
  return known !== null && folded(known) !== undefined && folded(known) === folded(address)
}
