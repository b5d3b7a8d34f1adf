// To whom the person may turn against us. No template writes this part, so none can leave it out.

import type { Authority } from '../domain/authorities.ts'
import type { RegimeName } from '../domain/deadline/regimes.ts'
import { type Block, heading, type Line, lines, paragraph, requireWebAddress } from './blocks.ts'
import { incomplete } from './incomplete.ts'
import type { Tongue } from './tongue.ts'

/** Without it no answer, extension or end of a restriction is rendered (GDPR Art. 12(3)-(4), 77, 79). */
export interface Redress {
  readonly regime: RegimeName
  readonly authority: Authority
}

/**
 * The right to complain, the authority with its address, and the right to a court.
 * @throws {HabeasError} `outcome_not_possible` when the authority has no name or no address under which it can be reached
 */
export function redressBlocks({ regime, authority }: Redress, tongue: Tongue): Block[] {
  const { say } = tongue
  return [
    heading(say('redress.heading')),
    paragraph(say(`redress.${regime}.complain`)),
    lines(...authorityLines(authority, tongue)),
    paragraph(say(`redress.${regime}.court`))
  ]
}

function authorityLines(authority: Authority, tongue: Tongue): Line[] {
  const { say, locale } = tongue
  const { complaintUrl, web, complaintEmail, phone, postalAddress, postalAddressLocal, language } = authority
  const isHome = language === locale && postalAddressLocal !== null
  const address = isHome ? postalAddressLocal : postalAddress
  if (
    authority.nameEn.trim() === '' ||
    (address.length === 0 && complaintEmail === null && complaintUrl.trim() === '')
  ) {
    throw incomplete('The supervisory authority has to be named with an address.')
  }
  requireWebAddress(complaintUrl)
  requireWebAddress(web)
  return [
    { text: authorityName(authority, tongue) },
    ...address.map(text => ({ text })),
    ...(phone === null ? [] : [{ text: say('redress.phone', { phone }) }]),
    ...(complaintEmail === null ? [] : [{ text: say('redress.email', { email: complaintEmail }) }]),
    { text: `${say('redress.online')}: ${complaintUrl}`, url: complaintUrl },
    ...(web === complaintUrl ? [] : [{ text: `${say('redress.web')}: ${web}`, url: web }])
  ]
}

/** The authority in its own language where that is the letter's, else in English beside its own name. */
function authorityName({ nameEn, nameLocal, language }: Authority, { locale }: Tongue): string {
  if (nameEn === nameLocal || nameLocal.startsWith(nameEn)) return nameLocal
  return language === locale ? nameLocal : `${nameEn} (${nameLocal})`
}
