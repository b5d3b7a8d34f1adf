// Assigns and labels a request. State, dates and identity have doors of their own.

import { findCase, openCaseVault } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { type Changes, note } from '../../storage/history.ts'
import { contentsOf, lockSubjectRequest, type SubjectRequestRow, sealContents } from '../../storage/subject-requests.ts'

export interface Edit {
  readonly assignee?: string | null
  readonly tags?: readonly string[]
  readonly externalId?: string | null
  readonly metadata?: Readonly<Record<string, string>>
}

/** @throws {HabeasError} `not_found`, `version_stale` */
export async function editRequest(scope: Scope, requestId: string, edit: Edit): Promise<SubjectRequestRow> {
  const row = await lockSubjectRequest(scope, requestId)
  const changes: Changes = {
    ...(edit.assignee === undefined ? {} : { assignee: edit.assignee }),
    ...(edit.tags === undefined ? {} : { tags: [...edit.tags] }),
    ...(edit.externalId === undefined ? {} : { externalId: edit.externalId }),
    ...(edit.metadata === undefined ? {} : { sealed: await sealMetadata(scope, row, edit.metadata) })
  }
  const isAssignment = Object.keys(edit).length === 1 && edit.assignee !== undefined
  // Which fields, not what they say: labels are the tenant's own words.
  const data = isAssignment ? { assignee: edit.assignee } : { fields: Object.keys(edit).sort() }
  return await note(scope, row, isAssignment ? 'assigned' : 'edited', data, changes)
}

async function sealMetadata(
  scope: Scope,
  row: SubjectRequestRow,
  metadata: Readonly<Record<string, string>>
): Promise<Buffer> {
  const vault = openCaseVault(scope, await findCase(scope, row.caseId))
  return sealContents(vault, row.id, { ...contentsOf(vault, row), metadata })
}
