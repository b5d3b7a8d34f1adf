// What enters the register with a case whose proof comes along: nobody is to be processed until a job has run.

import { uuidv7 } from 'uuidv7'
import { entriesAtOnce, inKnownWords } from '../../domain/register.ts'
import type { Right } from '../../domain/rights.ts'
import type { Details, Subject } from '../../domain/subject-request.ts'
import type { Tenant, Who } from '../../storage/database.ts'
import type { NewCase } from '../../storage/new-cases.ts'
import { registerKeysOf } from '../../storage/register-keys.ts'

interface AskedWithProof {
  readonly rights: readonly Right[]
  readonly details: Readonly<Partial<Record<Right, Details>>>
  readonly verification: { readonly proven: boolean }
}

/** Whether something is entered by the name of a purpose, for which the data map has to be read. Most intakes name none. */
export function namesPurpose({ rights, details, verification }: AskedWithProof): boolean {
  return verification.proven && rights.some(right => details[right]?.purpose !== undefined)
}

export function firstEntries(
  { vault }: Tenant,
  { now }: Who,
  { id: requestId, right, details }: { id: string; right: Right; details: Details },
  { subject, known }: { subject: Subject; known: ReadonlySet<string> }
): NewCase['entries'] {
  const entries = inKnownWords(entriesAtOnce(right, details), known)
  if (entries.length === 0) return []
  const subjectKeys = registerKeysOf(vault, subject)
  return entries.map(entry => ({ ...entry, id: uuidv7(), requestId, subjectKeys, sinceAt: now }))
}
