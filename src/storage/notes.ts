// Notes that staff keep for themselves about a request. The person never sees them.

import { and, asc, eq, gt } from 'drizzle-orm'
import { HabeasError } from '../domain/errors.ts'
import { type CaseRow, caseVaultFor, openCaseVault } from './cases.ts'
import type { Scope } from './database.ts'
import type { SubjectRequestRow } from './subject-requests.ts'
import { notes } from './tables.ts'

export interface Note {
  readonly id: string
  readonly author: string
  /** Null once the personal data of the case was erased. */
  readonly text: string | null
  readonly createdAt: Date
}

type NoteRow = typeof notes.$inferSelect

const placeOfNote = (noteId: string) => `notes|sealed|${noteId}`

/** @throws {HabeasError} `personal_data_erased` */
export async function insertNote(
  scope: Scope,
  id: string,
  row: SubjectRequestRow,
  author: string,
  text: string
): Promise<void> {
  const vault = await caseVaultFor(scope, row.caseId)
  const sealed = vault.sealJson(placeOfNote(id), text)
  await scope.tx
    .insert(notes)
    .values({ tenantId: scope.tenantId, id, requestId: row.id, author, sealed, createdAt: scope.now })
}

/** @throws {HabeasError} `not_found` */
export async function findNote(scope: Scope, theirs: CaseRow, requestId: string, id: string): Promise<Note> {
  const [row] = await scope.tx
    .select()
    .from(notes)
    .where(and(eq(notes.requestId, requestId), eq(notes.id, id)))
  if (row === undefined) throw new HabeasError('not_found', 'There is no such note.')
  return openNote(scope, theirs, row)
}

/**
 * One page of the notes, oldest first.
 * @param after  the last id of the page before; null begins at the beginning
 */
export async function listNotes(
  scope: Scope,
  theirs: CaseRow,
  requestId: string,
  after: string | null,
  limit: number
): Promise<Note[]> {
  const rows = await scope.tx
    .select()
    .from(notes)
    .where(and(eq(notes.requestId, requestId), after === null ? undefined : gt(notes.id, after)))
    .orderBy(asc(notes.id))
    .limit(limit)
  return rows.map(row => openNote(scope, theirs, row))
}

function openNote(scope: Scope, theirs: CaseRow, { id, author, sealed, createdAt }: NoteRow): Note {
  const text = theirs.sealedKey === null ? null : openCaseVault(scope, theirs).openJson<string>(placeOfNote(id), sealed)
  return { id, author, createdAt, text }
}
