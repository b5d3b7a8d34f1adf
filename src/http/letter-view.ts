// A letter to the person as staff see it: what it says, without what only the person may hold.

import { findLetterOf } from '../actions/requests/post-letter.ts'
import { withoutPersonalLinks } from '../domain/links.ts'
import { type FactsByKind, KINDS_WITH_CODE, LETTER_KINDS, type LetterKind } from '../letters/facts.ts'
import { type Rendered, renderLetter } from '../letters/letter.ts'
import { type CaseRow, findCase, openCaseVault } from '../storage/cases.ts'
import type { Scope } from '../storage/database.ts'
import { contentsOfLetter, type LetterContents, type LetterRow, lettersOfCase } from '../storage/letters.ts'
import { findSubjectRequest } from '../storage/subject-requests.ts'
import type { LetterShape, LetterSummaryShape } from './schemas/letters.ts'

/** The letters about a request and about its case as a whole, the oldest first. @throws {HabeasError} `not_found` */
export async function showLetters(scope: Scope, requestId: string): Promise<{ data: LetterSummaryShape[] }> {
  const { caseId } = await findSubjectRequest(scope, requestId)
  const theirs = await findCase(scope, caseId)
  const rows = (await lettersOfCase(scope, caseId)).filter(
    row => row.audience !== 'staff' && (row.requestId === null || row.requestId === requestId)
  )
  return { data: rows.map(row => summaryOf(row, contentsIfKept(scope, theirs, row))) }
}

/** @throws {HabeasError} `not_found` */
export async function showLetter(scope: Scope, requestId: string, letterId: string): Promise<LetterShape> {
  const request = await findSubjectRequest(scope, requestId)
  const row = await findLetterOf(scope, request, letterId)
  const contents = contentsIfKept(scope, await findCase(scope, request.caseId), row)
  const { subject, text, html } = renderedFor(scope, contents)
  return { ...summaryOf(row, contents), subject, text, html }
}

function summaryOf(row: LetterRow, contents: LetterContents | null): LetterSummaryShape {
  const { id, requestId, state, postedOn, attempts } = row
  return {
    id,
    requestId,
    kind: row.kind as LetterKind,
    state,
    to: contents === null ? null : { name: contents.to.name, address: contents.to.address || null },
    locale: contents?.locale ?? null,
    queuedAt: row.queuedAt.toISOString(),
    sentAt: row.sentAt?.toISOString() ?? null,
    postedOn,
    attempts,
    failure: row.lastFailure
  }
}

function renderedFor(
  { publicUrl, tenant }: Scope,
  contents: LetterContents | null
): Rendered | { [Part in keyof Rendered]: null } {
  const kind = LETTER_KINDS.find(known => known === contents?.kind)
  if (contents === null || kind === undefined || KINDS_WITH_CODE.includes(kind))
    return { subject: null, text: null, html: null }
  const facts = JSON.parse(withoutPersonalLinks(publicUrl, tenant.slug, JSON.stringify(contents.facts)))
  return renderLetter(kind, contents.locale, facts as FactsByKind[LetterKind])
}

/** Null once the personal data was erased. */
function contentsIfKept(scope: Scope, theirs: CaseRow, row: LetterRow): LetterContents | null {
  return theirs.erasedAt === null ? contentsOfLetter(scope, row, openCaseVault(scope, theirs)) : null
}
