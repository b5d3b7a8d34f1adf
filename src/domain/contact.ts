// To whom letters about a case go.

import { provesAuthority } from './identity-proof.ts'
import type { Requester, Subject } from './subject-request.ts'

/** The contact point on file. */
export interface Contact {
  readonly name: string | null
  /** Null where there is none: letters go by post. */
  readonly address: string | null
  /** As whose agent or guardian they get it; null for the person whose data it is. */
  readonly actsAs: Requester['relation'] | null
}

/**
 * The person's own, unless staff checked that whoever asks for them may: a guardian is then written to in their place, an agent
 * where the person has no address. What a request says of an agent or guardian makes nobody the contact.
 *
 * @param method  how identity was proven; null while it is not
 * @see GDPR Art. 12(6); EDPB Guidelines 01/2022, paras 80-81; docs/decisions/0019
 */
export function contactOf(
  { subject, requester }: { readonly subject: Subject; readonly requester: Requester | null },
  method: string | null
): Contact {
  if (requester !== null && method !== null && provesAuthority(method)) {
    const { name, email: address, relation: actsAs } = requester
    if (actsAs === 'guardian' || subject.email === null) return { name, address, actsAs }
  }
  return { name: subject.name, address: subject.email, actsAs: null }
}
