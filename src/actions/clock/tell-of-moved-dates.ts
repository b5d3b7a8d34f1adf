// Tells staff whose dates moved because public holidays changed: in one mail for each mailbox, however many did.

import { requestListLink } from '../../domain/links.ts'
import type { MovedDate } from '../../domain/moved-dates.ts'
import type { Policy } from '../../domain/policy.ts'
import type { MovedItem } from '../../letters/facts.ts'
import { findCases } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import type { SubjectRequestRow } from '../../storage/subject-requests.ts'
import { type StaffMailbox, tellMailbox } from '../requests/tell.ts'
import { byMailbox, listed } from '../requests/tell-by-mailbox.ts'

/** A request whose dates moved. */
export interface Moved {
  /** As it now stands. */
  readonly row: SubjectRequestRow
  /** At least one, what matters most first. */
  readonly dates: readonly MovedDate[]
}

export async function tellOfMovedDates(scope: Scope, policy: Policy, moved: readonly Moved[]): Promise<void> {
  if (moved.length === 0) return
  const cases = await findCases(
    scope,
    moved.map(({ row }) => row.caseId)
  )
  const item = ({ row, dates }: Moved): MovedItem[] => {
    const [first] = dates
    const reference = cases.get(row.caseId)?.reference ?? ''
    return first === undefined ? [] : [{ reference, right: row.right, ...first }]
  }
  for (const { mailbox, theirs } of await byMailbox(scope, policy, moved, ({ row }) => row.assignee)) {
    await tell(scope, policy, mailbox, theirs.flatMap(item))
  }
}

async function tell(scope: Scope, policy: Policy, to: StaffMailbox, items: readonly MovedItem[]): Promise<void> {
  const [first] = items
  if (first === undefined) return
  await tellMailbox(scope, policy, to, 'alert_dates_moved', {
    reference: first.reference,
    link: requestListLink(scope.publicUrl),
    ...listed(items)
  })
}
