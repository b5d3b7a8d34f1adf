// Letters about who is asking: the link with its code, the reminder, the end of the wait, and the fresh link.

import type { Right } from '../../domain/rights.ts'
import { type Block, code, heading, link, list, paragraph, when } from '../blocks.ts'
import type { FreshLinkFacts, VerificationExpiredFacts, VerificationFacts } from '../facts.ts'
import type { Body, Tongue } from '../tongue.ts'
import { confirmLabel, rejectLabel } from '../words.ts'

export function verification(facts: VerificationFacts, tongue: Tongue): Body {
  const { say, on } = tongue
  const values = { tenant: facts.tenant.name, reference: facts.reference }
  return {
    subject: say('verification.subject', values),
    blocks: [
      paragraph(say('verification.received', { receivedOn: on(facts.receivedOn) })),
      ...howToConfirm(facts, tongue)
    ]
  }
}

export function verificationReminder(facts: VerificationFacts, tongue: Tongue): Body {
  const { say, on } = tongue
  const values = { tenant: facts.tenant.name, reference: facts.reference }
  return {
    subject: say('verification_reminder.subject', values),
    blocks: [
      paragraph(say('verification_reminder.received', { receivedOn: on(facts.receivedOn) })),
      ...howToConfirm(facts, tongue)
    ]
  }
}

export function verificationExpired(facts: VerificationExpiredFacts, tongue: Tongue): Body {
  const { say, on } = tongue
  const days = { receivedOn: on(facts.receivedOn), expiredOn: on(facts.expiredOn) }
  return {
    subject: say('verification_expired.subject', { reference: facts.reference }),
    blocks: [
      paragraph(say('verification_expired.text', days)),
      ...askedFor(facts.rights, tongue),
      paragraph(say('verification_expired.again')),
      link(say('verification_expired.link'), facts.link)
    ]
  }
}

export function freshLink(facts: FreshLinkFacts, { say, on }: Tongue): Body {
  return {
    subject: say('fresh_link.subject', { reference: facts.reference }),
    blocks: [
      paragraph(say('fresh_link.text', { validUntilOn: on(facts.validUntilOn) })),
      link(say('fresh_link.link'), facts.link),
      paragraph(say('fresh_link.notYou'))
    ]
  }
}

/** Link and code in one mail: scanners open links and press buttons, but they do not type codes. */
function howToConfirm(facts: VerificationFacts, tongue: Tongue): Block[] {
  const { say, on, locale } = tongue
  return [
    ...when(facts.asks, relation => paragraph(say(`verification.asks.${relation}`))),
    ...askedFor(facts.rights, tongue),
    paragraph(say('verification.how', { confirm: confirmLabel(locale) })),
    code(facts.code),
    link(say('verification.link'), facts.link),
    paragraph(say('verification.until', { expiresOn: on(facts.expiresOn) })),
    paragraph(say('verification.notYou', { reject: rejectLabel(locale) }))
  ]
}

function askedFor(rights: readonly Right[], { say, right }: Tongue): Block[] {
  return [heading(say('asked.heading')), list(rights.map(right))]
}
