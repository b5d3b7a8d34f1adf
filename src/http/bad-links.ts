// An entry of a history that is not as it was written, as the wire names it.

import { type BadLink, LINK_FAULTS } from '../domain/chain.ts'

export function badLinkOnTheWire(bad: BadLink | null) {
  return bad === null ? null : { ...bad, detail: LINK_FAULTS[bad.why] }
}
