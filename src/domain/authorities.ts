// To whom a person may complain.

import { AUTHORITIES } from './authorities-data.ts'
import type { Authority } from './authority.ts'

export type { Authority } from './authority.ts'

/** Codes people write that are not the ISO ones. */
const ALIASES: Readonly<Record<string, string>> = { EL: 'GR', UK: 'GB' }

/**
 * The authority of a place: of the region where it has its own, else of the country.
 * @param iso country or country and region, in any case: `gr`, `DE-HH`, `AU-NSW`
 * @returns undefined where none is known, as for a US state without a law of its own
 */
export function authorityFor({ iso }: { iso: string }): Authority | undefined {
  const place = iso.trim().toUpperCase()
  const [country = '', ...region] = place.split('-')
  const named = ALIASES[country] ?? country
  return AUTHORITIES[[named, ...region].join('-')] ?? AUTHORITIES[named]
}
