// The answers of a case, as the person reads them behind their link.

import type { FieldChange } from '../../letters/done-facts.ts'
import type { ResponseFacts } from '../../letters/response-facts.ts'
import { type CaseRow, openCaseVault } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { contentsOfLetter, findLetter } from '../../storage/letters.ts'
import { responsesOf } from '../../storage/responses.ts'
import { contentsOf, type SubjectRequestRow } from '../../storage/subject-requests.ts'
import { contentsOfTask, tasksOfRequest } from '../../storage/tasks.ts'

/**
 * What was answered last, by request: the letter that was sent, with the values that it leaves out because it travels by mail.
 * What was taken up again has no answer that stands.
 * @param theirs  with its key: what was erased cannot be read
 */
export async function answersOf(
  scope: Scope,
  theirs: CaseRow,
  requests: readonly SubjectRequestRow[]
): Promise<Map<string, ResponseFacts>> {
  const answers = new Map<string, ResponseFacts>()
  for (const row of requests.filter(({ respondedAt }) => respondedAt !== null)) {
    const [newest] = await responsesOf(scope, row.id)
    if (newest === undefined) continue
    const letter = await findLetter(scope, newest.letterId)
    const { facts } = contentsOfLetter(scope, letter, openCaseVault(scope, theirs))
    answers.set(row.id, await withValues(scope, theirs, row, facts as ResponseFacts))
  }
  return answers
}

async function withValues(
  scope: Scope,
  theirs: CaseRow,
  row: SubjectRequestRow,
  answer: ResponseFacts
): Promise<ResponseFacts> {
  if (answer.right !== 'rectification' || !('done' in answer)) return answer
  const vault = openCaseVault(scope, theirs)
  const tasks = await tasksOfRequest(scope, row.id)
  const applied = tasks.flatMap(task => contentsOfTask(vault, task).changes)
  const decided = contentsOf(vault, row).decision?.changes ?? []
  const filled = (change: FieldChange): FieldChange => {
    // What a system changed counts before what staff meant it to.
    const known = [...applied, ...decided].find(({ field }) => field === change.field)
    return known === undefined ? change : { ...change, before: known.before, after: known.after }
  }
  return { ...answer, done: { ...answer.done, changes: answer.done.changes.map(filled) } }
}
