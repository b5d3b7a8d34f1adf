// A note that staff keep for themselves.

import type { Scope } from '../../storage/database.ts'
import { note } from '../../storage/history.ts'
import { insertNote } from '../../storage/notes.ts'
import { lockSubjectRequest } from '../../storage/subject-requests.ts'

/** Keeps the note, sealed, and says in the history that there is one. @throws {HabeasError} `not_found`, `version_stale` */
export async function addNote(
  scope: Scope,
  requestId: string,
  { id, text }: { readonly id: string; readonly text: string }
): Promise<void> {
  const row = await lockSubjectRequest(scope, requestId)
  await insertNote(scope, id, row, scope.actor.id ?? scope.actor.mover, text)
  await note(scope, row, 'note_added', { noteId: id })
}
