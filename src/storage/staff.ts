// The tenant's staff, as far as they are to be written to.

import { and, eq } from 'drizzle-orm'
import { uuidv7 } from 'uuidv7'
import type { StaffRole } from '../domain/actor.ts'
import type { Scope } from './database.ts'
import { staff } from './tables.ts'

interface StaffContact {
  readonly name: string
  readonly address: string
}

export async function addStaff(
  scope: Scope,
  person: { subject: string; roles: readonly StaffRole[]; name: string; address: string }
): Promise<void> {
  const id = uuidv7()
  const sealed = scope.vault.sealJson(placeOfStaff(id), {
    name: person.name,
    address: person.address
  } satisfies StaffContact)
  await scope.tx.insert(staff).values({
    tenantId: scope.tenantId,
    id,
    subject: person.subject,
    roles: [...person.roles],
    sealed,
    createdAt: scope.now
  })
}

/** Where a staff member reads mail; null for one who left, was never entered, or is an integration. */
export async function staffMailbox(scope: Scope, subject: string): Promise<StaffContact | null> {
  const [row] = await scope.tx
    .select()
    .from(staff)
    .where(and(eq(staff.subject, subject), eq(staff.active, true)))
  return row === undefined ? null : scope.vault.openJson<StaffContact>(placeOfStaff(row.id), row.sealed)
}

/** Whether this `sub` was shut out. Somebody who was never entered here is the issuer's to vouch for. */
export async function isShutOut(scope: Scope, subject: string): Promise<boolean> {
  const [row] = await scope.tx.select({ active: staff.active }).from(staff).where(eq(staff.subject, subject))
  return row?.active === false
}

const placeOfStaff = (id: string) => `staff|sealed|${id}`
