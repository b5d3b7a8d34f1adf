// Assigns and labels a request. State, dates and identity have doors of their own.

import { findCase, openCaseVault } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { type Changes, note } from '../../storage/history.ts'
import type { CaseVault } from '../../storage/sealing.ts'
import { contentsOf, lockSubjectRequest, type SubjectRequestRow, sealContents } from '../../storage/subject-requests.ts'

export interface Edit {
  readonly assignee?: string | null
  readonly tags?: readonly string[]
  readonly externalId?: string | null
  readonly metadata?: Readonly<Record<string, string>>
}

/** @throws {HabeasError} `not_found`, `version_stale`; `personal_data_erased`, for labels are words as well */
export async function editRequest(scope: Scope, requestId: string, edit: Edit): Promise<SubjectRequestRow> {
  const row = await lockSubjectRequest(scope, requestId)
  const vault = openCaseVault(scope, await findCase(scope, row.caseId))
  const changes: Changes = {
    ...(edit.assignee === undefined ? {} : { assignee: edit.assignee }),
    ...(edit.tags === undefined ? {} : { tags: [...edit.tags] }),
    ...(edit.externalId === undefined ? {} : { externalId: edit.externalId }),
    ...(edit.metadata === undefined ? {} : { sealed: sealMetadata(vault, row, edit.metadata) })
  }
  const isAssignment = Object.keys(edit).length === 1 && edit.assignee !== undefined
  // Which fields, not what they say: labels are the tenant's own words.
  const data = isAssignment ? { assignee: edit.assignee } : { fields: Object.keys(edit).sort() }
  return await note(scope, row, isAssignment ? 'assigned' : 'edited', data, changes)
}

function sealMetadata(vault: CaseVault, row: SubjectRequestRow, metadata: Readonly<Record<string, string>>): Buffer {
  return sealContents(vault, row.id, { ...contentsOf(vault, row), metadata })
}
