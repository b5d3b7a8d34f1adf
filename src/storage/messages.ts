// The conversation of a case: what staff wrote to the person, and what the person wrote back.

import { and, asc, eq, gt } from 'drizzle-orm'
import { uuidv7 } from 'uuidv7'
import { HabeasError } from '../domain/errors.ts'
import { type CaseRow, openCaseVault } from './cases.ts'
import type { Scope } from './database.ts'
import { messages } from './tables.ts'

type MessageRow = typeof messages.$inferSelect

export interface NewMessage {
  /** Where the caller has named it already. */
  readonly id?: string
  readonly direction: 'in' | 'out'
  /** The staff member's `sub`; null for the person. */
  readonly author: string | null
  readonly text: string
  /** The letter that carried it out. */
  readonly letterId: string | null
  /** Only of a mail that came in. */
  readonly sender?: Sender
  /** When what the person wrote arrived, where that was before now. */
  readonly receivedAt?: Date
}

/** Who a mail says it is from. */
export interface Sender {
  readonly name: string | null
  readonly address: string | null
  /** Whether that is the contact point on file: somebody else may have been handed our letter. */
  readonly isOnFile: boolean
}

export interface Message {
  readonly row: MessageRow
  /** Null once the personal data of the case was erased. */
  readonly contents: MessageContents | null
}

interface MessageContents {
  readonly text: string
  readonly sender: Sender | null
}

const placeOfMessage = (messageId: string) => `messages|sealed|${messageId}`

/** Adds to the conversation. @throws {HabeasError} `personal_data_erased` */
export async function addMessage(scope: Scope, theirs: CaseRow, message: NewMessage): Promise<string> {
  const id = message.id ?? uuidv7()
  const contents: MessageContents = { text: message.text, sender: message.sender ?? null }
  await scope.tx.insert(messages).values({
    tenantId: scope.tenantId,
    id,
    caseId: theirs.id,
    direction: message.direction,
    author: message.author,
    letterId: message.letterId,
    sealed: openCaseVault(scope, theirs).sealJson(placeOfMessage(id), contents),
    receivedAt: message.direction === 'in' ? (message.receivedAt ?? scope.now) : null,
    createdAt: scope.now
  })
  return id
}

/** @throws {HabeasError} `not_found` */
export async function findMessage(scope: Scope, theirs: CaseRow, id: string): Promise<Message> {
  const [row] = await scope.tx
    .select()
    .from(messages)
    .where(and(eq(messages.caseId, theirs.id), eq(messages.id, id)))
  if (row === undefined) throw new HabeasError('not_found', 'There is no such message.')
  return openMessage(scope, theirs, row)
}

/**
 * One page of the conversation, oldest first.
 * @param after  the last id of the page before; null begins at the beginning
 */
export async function listMessages(
  scope: Scope,
  theirs: CaseRow,
  after: string | null,
  limit: number
): Promise<Message[]> {
  const rows = await scope.tx
    .select()
    .from(messages)
    .where(and(eq(messages.caseId, theirs.id), after === null ? undefined : gt(messages.id, after)))
    .orderBy(asc(messages.id))
    .limit(limit)
  return rows.map(row => openMessage(scope, theirs, row))
}

function openMessage(scope: Scope, theirs: CaseRow, row: MessageRow): Message {
  if (theirs.sealedKey === null) return { row, contents: null }
  return { row, contents: openCaseVault(scope, theirs).openJson<MessageContents>(placeOfMessage(row.id), row.sealed) }
}
