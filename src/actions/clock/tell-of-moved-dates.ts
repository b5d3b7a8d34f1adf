// Tells staff whose dates moved because public holidays changed: in one mail for each mailbox, however many did.

import { requestListLink } from '../../domain/links.ts'
import type { MovedDate } from '../../domain/moved-dates.ts'
import type { Policy } from '../../domain/policy.ts'
import type { MovedItem } from '../../letters/facts.ts'
import { findCases } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { staffMailbox } from '../../storage/staff.ts'
import type { SubjectRequestRow } from '../../storage/subject-requests.ts'
import { mailboxOf, type StaffMailbox, tellMailbox } from '../requests/tell.ts'

/** A list for reading: whoever has more to do opens the work list. */
const LISTED_AT_MOST = 100

/** A request whose dates moved. */
export interface Moved {
  /** As it now stands. */
  readonly row: SubjectRequestRow
  /** At least one, what matters most first. */
  readonly dates: readonly MovedDate[]
}

/** The tenant's mailbox hears of all, whoever is assigned of theirs. */
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
  await tell(scope, policy, mailboxOf(policy), moved.flatMap(item))
  for (const [assignee, theirs] of Map.groupBy(moved, ({ row }) => row.assignee)) {
    const mailbox = assignee === null ? null : await staffMailbox(scope, assignee)
    if (mailbox === null || mailbox.address === policy.alertsTo) continue
    await tell(scope, policy, mailbox, theirs.flatMap(item))
  }
}

async function tell(scope: Scope, policy: Policy, to: StaffMailbox, items: readonly MovedItem[]): Promise<void> {
  const [first] = items
  if (first === undefined) return
  await tellMailbox(scope, policy, to, 'alert_dates_moved', {
    reference: first.reference,
    link: requestListLink(scope.publicUrl),
    items: items.slice(0, LISTED_AT_MOST),
    more: Math.max(0, items.length - LISTED_AT_MOST)
  })
}
