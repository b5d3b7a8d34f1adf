// Promises a letter: to the person, or to the tenant's staff. Nothing is sent here.

import type { Contact } from '../../domain/contact.ts'
import { requestLink } from '../../domain/links.ts'
import type { Policy } from '../../domain/policy.ts'
import type { ToPerson } from '../../letters/addressee.ts'
import type { FactsByKind, LetterKind, ToStaff } from '../../letters/facts.ts'
import { type CaseRow, contactOfCase, findCase, peopleOf } from '../../storage/cases.ts'
import type { Scope } from '../../storage/database.ts'
import { queueLetter } from '../../storage/letters.ts'
import { owedOn } from '../../storage/owed-days.ts'
import { staffMailbox } from '../../storage/staff.ts'
import type { SubjectRequestRow } from '../../storage/subject-requests.ts'

type PersonKind = { [K in LetterKind]: FactsByKind[K] extends ToPerson ? K : never }[LetterKind]
type StaffKind = { [K in LetterKind]: FactsByKind[K] extends ToStaff ? K : never }[LetterKind]
type OwnFacts<K extends PersonKind> = FactsByKind[K] extends infer F
  ? F extends ToPerson
    ? Omit<F, keyof ToPerson>
    : never
  : never

export interface TellOptions {
  readonly requestId?: string
  /** A name that nobody has proven to be theirs does not stand in a greeting. */
  readonly greetByName?: boolean
  readonly waitsForPackage?: boolean
}

/**
 * Promises a letter to the person, or to whoever staff checked may ask for them, in the language of the case. It goes to the contact
 * point on file and to nowhere else.
 * @returns the letter's id; a person without an address gets none by mail: staff read it and send it by post
 */
export async function tellSubject<K extends PersonKind>(
  scope: Scope,
  policy: Policy,
  row: CaseRow,
  kind: K,
  facts: OwnFacts<K>,
  { requestId, greetByName = true, waitsForPackage = false }: TellOptions = {}
): Promise<string> {
  const { locale } = peopleOf(scope, row).subject
  const contact = contactOfCase(scope, row)
  const name = greetByName ? contact.name : null
  const common = toPerson(policy, row, { name, actsAs: contact.actsAs })
  return await queueLetter(scope, {
    contents: {
      to: { name, address: contact.address ?? '' },
      locale,
      kind,
      facts: Object.assign({}, common, facts)
    },
    audience: 'subject',
    about: { case: row, requestId: requestId ?? null },
    waitsForPackage
  })
}

export function toPerson(policy: Policy, row: CaseRow, { name, actsAs }: Pick<Contact, 'name' | 'actsAs'>): ToPerson {
  return {
    tenant: { name: policy.organisation.name, contact: policy.organisation.email },
    name,
    actsAs,
    reference: row.reference
  }
}

/** Whom a mail to staff goes to. */
export interface StaffMailbox {
  readonly name: string
  readonly address: string
}

/** Where staff are told of what nobody is assigned to. */
export function mailboxOf({ organisation, alertsTo }: Policy): StaffMailbox {
  return { name: organisation.name, address: alertsTo }
}

/** Promises a letter about a request to whoever it is assigned to, else to the tenant's mailbox. */
export async function tellStaff<K extends StaffKind>(
  scope: Scope,
  policy: Policy,
  row: SubjectRequestRow,
  kind: K,
  facts: Omit<FactsByKind[K], keyof ToStaff | 'right' | 'state' | 'receivedOn' | 'dueOn'> & {
    readonly dueOn?: FactsByKind['alert_due']['dueOn']
  }
): Promise<string> {
  const { reference } = await findCase(scope, row.caseId)
  const assigned = row.assignee === null ? null : await staffMailbox(scope, row.assignee)
  const { id, right, state, receivedOn } = row
  const dueOn = owedOn(row)
  const about = { reference, link: requestLink(scope.publicUrl, id), right, state, receivedOn, dueOn, ...facts }
  return await tellMailbox<StaffKind>(scope, policy, assigned ?? mailboxOf(policy), kind, about)
}

/** Promises a letter to a mailbox of staff. It belongs to no case, so that it can be read by whoever may know of the request. */
export async function tellMailbox<K extends StaffKind>(
  scope: Scope,
  policy: Policy,
  to: StaffMailbox,
  kind: K,
  facts: Omit<FactsByKind[K], 'tenant'>
): Promise<string> {
  const tenant = { name: policy.organisation.name, contact: policy.organisation.email }
  return await queueLetter(scope, {
    contents: { to, locale: policy.defaultLocale, kind, facts: { tenant, ...facts } },
    audience: 'staff',
    about: null
  })
}
