// What was done, right by right.

import { type Block, heading, paragraph, quote } from '../blocks.ts'
import type { MessageKey } from '../catalogue.ts'
import { incomplete } from '../incomplete.ts'
import type { ResponseFacts } from '../response-facts.ts'
import type { Tongue } from '../tongue.ts'
import { accessDone } from './done-access.ts'
import { erasureDone, rectificationDone, restrictionDone } from './done-changes.ts'
import { portabilityDone } from './done-portability.ts'
import { limitUseDone, objectionDone, optOutDone, withdrawConsentDone } from './done-stops.ts'

type Done = Extract<ResponseFacts, { outcome: 'granted' | 'partly_granted' }>

export function doneBlocks(facts: Done, tongue: Tongue): Block[] {
  const { say, on } = tongue
  switch (facts.right) {
    case 'access':
      return accessDone(facts.done, facts.regime, tongue)
    case 'rectification':
      return rectificationDone(facts.done, tongue)
    case 'erasure':
      return erasureDone(facts.done, tongue)
    case 'restriction':
      return restrictionDone(facts.done, tongue)
    case 'portability':
      return portabilityDone(facts.done, tongue)
    case 'objection':
      return objectionDone(facts.done, tongue)
    case 'withdraw_consent':
      return withdrawConsentDone(facts.done, tongue)
    case 'opt_out':
      return optOutDone(facts.done, facts.regime, tongue)
    case 'limit_use':
      return limitUseDone(facts.done, tongue)
    case 'automated_decision': {
      const { result, reviewedOn, explanation } = facts.done
      return [
        paragraph(say(`automated_decision.${result}`, { reviewedOn: on(reviewedOn) })),
        ...inWords('automated_decision.explanation', explanation, tongue)
      ]
    }
    case 'complaint':
      return inWords('complaint.finding', facts.done.finding, tongue)
    case 'appeal':
      return inWords('appeal.finding', facts.done.finding, tongue)
    case 'information':
      return inWords('information.text', facts.done.text, tongue)
  }
}

/** An answer that consists of words has none without them. */
function inWords(title: MessageKey, text: string, { say }: Tongue): Block[] {
  if (text.trim() === '')
    throw incomplete('This answer consists of what you write to the person: record a decision with its reasons.')
  return [heading(say(title)), quote(text)]
}
