// From whom and to whom.

import type { Requester } from '../domain/subject-request.ts'

/** In whose name the letter goes out. */
export interface Sender {
  readonly name: string
  /** Where questions go: a mail address, or another way that a person can follow. */
  readonly contact: string
}

/** What every letter to the person, or to whoever asks for them, begins and ends with. */
export interface ToPerson {
  readonly tenant: Sender
  /** For the greeting; null where the name is not known or not proven. */
  readonly name: string | null
  /** As what somebody gets it who asks for another; null or missing where it goes to the person whose data it is. */
  readonly actsAs?: Requester['relation'] | null
  readonly reference: string
}
