// Parts that the answers to several rights share: the systems, the recipients, the package.

import { type Block, heading, link, paragraph, rows } from '../blocks.ts'
import type { PackageOffer } from '../done-facts.ts'
import type { RecipientTold, SystemResult } from '../response-facts.ts'
import type { Tongue } from '../tongue.ts'

export function systemBlocks(systems: readonly SystemResult[], { say, join }: Tongue): Block[] {
  if (systems.length === 0) return []
  const didWhat = ({ did, categories }: SystemResult): string =>
    categories.length === 0
      ? say(`did.${did}`)
      : say('response.systemWithCategories', { did: say(`did.${did}`), categories: join(categories) })
  return [heading(say('response.done')), rows(systems.map(result => [result.system, didWhat(result)]))]
}

/** Each recipient that was told, or why it was not (GDPR Art. 19). */
export function recipientBlocks(recipients: readonly RecipientTold[], { say, on }: Tongue): Block[] {
  const told = ({ toldOn, why }: RecipientTold): string =>
    toldOn === null ? say('response.recipientNotTold', { why }) : say('response.recipientTold', { toldOn: on(toldOn) })
  return [
    heading(say('response.recipients')),
    recipients.length === 0
      ? paragraph(say('response.noRecipients'))
      : rows(recipients.map(recipient => [recipient.name, told(recipient)]))
  ]
}

export function packageBlocks(offer: PackageOffer | null, { say, on }: Tongue): Block[] {
  if (offer === null) return [paragraph(say('response.packageEnclosed'))]
  return [
    link(say('response.package'), offer.link),
    paragraph(say('response.packageUntil', { availableUntilOn: on(offer.availableUntilOn) }))
  ]
}
