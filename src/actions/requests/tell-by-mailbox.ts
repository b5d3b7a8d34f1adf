// Mails about several requests: one for each mailbox, however many read it under several names.

import type { Policy } from '../../domain/policy.ts'
import type { Scope } from '../../storage/database.ts'
import { staffMailbox } from '../../storage/staff.ts'
import { mailboxOf, type StaffMailbox } from './tell.ts'

export interface Addressed<Item> {
  readonly mailbox: StaffMailbox
  readonly theirs: readonly Item[]
}

/** A list for reading: whoever has more to do opens the work list. */
const LISTED_AT_MOST = 100

/** The tenant's mailbox hears of all, whoever is assigned of theirs; nobody is told twice who reads both. */
export async function byMailbox<Item>(
  scope: Scope,
  policy: Policy,
  items: readonly Item[],
  assigneeOf: (item: Item) => string | null
): Promise<Iterable<Addressed<Item>>> {
  const everybodys = mailboxOf(policy)
  const told = new Map<string, Addressed<Item>>([[everybodys.address, { mailbox: everybodys, theirs: items }]])
  for (const [assignee, assigned] of Map.groupBy(items, assigneeOf)) {
    const mailbox = assignee === null ? null : await staffMailbox(scope, assignee)
    if (mailbox === null || mailbox.address === everybodys.address) continue
    const before = told.get(mailbox.address)?.theirs ?? []
    told.set(mailbox.address, { mailbox, theirs: [...before, ...assigned] })
  }
  return told.values()
}

/** As many as are listed in a mail, and how many more there are. */
export function listed<Item>(items: readonly Item[]): { readonly items: readonly Item[]; readonly more: number } {
  return { items: items.slice(0, LISTED_AT_MOST), more: Math.max(0, items.length - LISTED_AT_MOST) }
}
