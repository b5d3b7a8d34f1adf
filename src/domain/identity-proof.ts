// How identity may be proven, and what that is worth.

import { type HabeasError, invalid } from './errors.ts'

/** How staff may have convinced themselves. A copy of an identity document is never kept, only that one was seen (EDPB 01/2022, para. 79). */
export const STAFF_METHODS = [
  'known_contact',
  'phone_callback',
  'id_seen',
  'account_login',
  'in_person',
  'mandate_checked'
] as const
export type StaffMethod = (typeof STAFF_METHODS)[number]

/**
 * Whether staff also checked who asks for the person and that they may: an agent's mandate, a guardian's authority, and that the
 * address in the request is theirs. The other methods are about the person alone.
 */
export const provesAuthority = (method: string): boolean => method === ('mandate_checked' satisfies StaffMethod)

/** Staff say how they convinced themselves, and note what they checked. @param pointer  where the method stood */
export const sessionOfStaff = (pointer: string): HabeasError =>
  invalid('Staff say how they convinced themselves.', {
    pointer,
    rule: 'enum',
    fix: 'A session is for integrations to assert; staff confirm with a method and a note.'
  })
