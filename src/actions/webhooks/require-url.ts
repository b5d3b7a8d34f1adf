// Which addresses may be named at all. Where a name leads is only known when something is sent, and is looked at again then.

import { type Fault, invalid } from '../../domain/errors.ts'

/** What is wrong with an address, or null. The service's settings decide, so it is given and not imported. */
export type CheckUrl = (url: string) => Omit<Fault, 'pointer'> | null

/** @throws {HabeasError} `invalid` */
export function requireUrl(checkUrl: CheckUrl, url: string): void {
  const fault = checkUrl(url)
  if (fault !== null) throw invalid('Nothing is sent to this address.', { pointer: '/url', ...fault })
}
