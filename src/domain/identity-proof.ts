// How identity may be proven, and what that is worth.

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

/** How a person proves it by themselves, or their product does for them. */
export type PersonalMethod = 'email_link_and_code' | 'email_link_and_browser' | 'session'
