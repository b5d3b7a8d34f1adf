// What arrived from outside as staff see it.

import { type CaseRow, findCase, findCases } from '../storage/cases.ts'
import type { Scope } from '../storage/database.ts'
import { contentsOfInbound, findInbound, type InboundRow } from '../storage/inbound.ts'
import type { Kept } from '../storage/inbound-contents.ts'
import { requestsOfCase } from '../storage/subject-requests.ts'
import type { InboundItemShape, InboundSummaryShape, ReceivedShape } from './schemas/inbound.ts'

/** @throws {HabeasError} `not_found` */
export async function showReceived(scope: Scope, inboundId: string): Promise<ReceivedShape> {
  const row = await findInbound(scope, inboundId)
  const requests = row.caseId === null ? [] : await requestsOfCase(scope, row.caseId)
  return {
    inboundId: row.id,
    result: row.state,
    why: reasonOf(row),
    caseId: row.caseId,
    requests: requests.map(({ id, right, rightGuessed, state }) => ({ id, right, rightGuessed, state }))
  }
}

/** @throws {HabeasError} `not_found` */
export async function showInbound(scope: Scope, inboundId: string): Promise<InboundItemShape> {
  const row = await findInbound(scope, inboundId)
  const contents = contentsIfKept(scope, row, row.caseId === null ? null : await findCase(scope, row.caseId))
  return { ...summaryOf(row, contents), mail: mailOf(contents), form: formOf(contents) }
}

export async function showInboundList(
  scope: Scope,
  rows: readonly InboundRow[]
): Promise<(row: InboundRow) => InboundSummaryShape> {
  const cases = await findCases(scope, [...new Set(rows.flatMap(row => row.caseId ?? []))])
  return row => summaryOf(row, contentsIfKept(scope, row, row.caseId === null ? null : (cases.get(row.caseId) ?? null)))
}

function summaryOf(row: InboundRow, contents: Kept | null): InboundSummaryShape {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    why: reasonOf(row),
    from:
      contents === null
        ? null
        : contents.kind === 'email'
          ? contents.from
          : { name: contents.subject.name, address: contents.subject.email },
    subject: contents?.kind === 'email' ? contents.subject : null,
    caseId: row.caseId,
    receivedAt: row.receivedAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    erasedAt: row.erasedAt?.toISOString() ?? null
  }
}

function mailOf(contents: Kept | null): InboundItemShape['mail'] {
  if (contents?.kind !== 'email') return null
  const { text, wholeText, messageId, date, language, attachments } = contents
  return { text, wholeText, messageId, date, language, attachments: [...attachments] }
}

function formOf(contents: Kept | null): InboundItemShape['form'] {
  if (contents?.kind !== 'form') return null
  const { rights, details, requester } = contents
  const { locale, country, region } = contents.subject
  return { rights: [...rights], details: details as Record<string, object>, locale, country, region, requester }
}

/** Null once it was erased, by itself or with its case. */
function contentsIfKept(scope: Scope, row: InboundRow, theirs: CaseRow | null): Kept | null {
  return row.sealed === null ? null : contentsOfInbound(scope, row, theirs)
}

/** The column holds our own words alone. */
function reasonOf({ why }: InboundRow): ReceivedShape['why'] {
  return why as ReceivedShape['why']
}
