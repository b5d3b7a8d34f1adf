// Letters when a request goes elsewhere or ends without an answer, and before a restriction ends.

import { heading, link, list, paragraph, quote, when } from '../blocks.ts'
import type { CancelledFacts, ForwardingFacts, RestrictionLiftFacts, WithdrawnFacts } from '../ending-facts.ts'
import type { Body, Tongue } from '../tongue.ts'

/** From processor to controller (GDPR Art. 28(3)(e)). */
export function forwarding(facts: ForwardingFacts, { say, on, right }: Tongue): Body {
  return {
    subject: say('forwarding.subject', { reference: facts.reference }),
    blocks: [
      paragraph(say('forwarding.text', { controller: facts.controller, receivedOn: on(facts.receivedOn) })),
      heading(say('asked.heading')),
      list(facts.rights.map(right)),
      paragraph(say('forwarding.clock')),
      link(say('forwarding.link'), facts.link),
      paragraph(say('forwarding.openUntil', { openUntilOn: on(facts.openUntilOn) }))
    ]
  }
}

export function withdrawn(facts: WithdrawnFacts, { say, on, right }: Tongue): Body {
  return {
    subject: say('withdrawn.subject', { reference: facts.reference }),
    blocks: [
      paragraph(say('withdrawn.text', { withdrawnOn: on(facts.withdrawnOn) })),
      list(facts.rights.map(right)),
      paragraph(say('withdrawn.again'))
    ]
  }
}

export function cancelledNotice(facts: CancelledFacts, { say, on, right }: Tongue): Body {
  const cancelledOn = on(facts.cancelledOn)
  const { because } = facts
  return {
    subject: say('cancelled_notice.subject', { reference: facts.reference }),
    blocks: [
      paragraph(
        because.reason === 'duplicate'
          ? say('cancelled_notice.duplicate', { cancelledOn, otherReference: because.otherReference })
          : say('cancelled_notice.mistake', { cancelledOn })
      ),
      list(facts.rights.map(right)),
      paragraph(say('cancelled_notice.objection'))
    ]
  }
}

/** Told before it is lifted (GDPR Art. 18(3)). */
export function restrictionLiftNotice(facts: RestrictionLiftFacts, { say, on }: Tongue): Body {
  const days = { restrictedOn: on(facts.restrictedOn), liftsOn: on(facts.liftsOn) }
  return {
    subject: say('restriction_lift_notice.subject', { reference: facts.reference }),
    blocks: [
      paragraph(say('restriction_lift_notice.text', days)),
      ...(facts.scope.length === 0 ? [] : [heading(say('restriction_lift_notice.scope')), list(facts.scope)]),
      heading(say('restriction_lift_notice.why')),
      quote(facts.note),
      paragraph(say('restriction_lift_notice.reply')),
      ...when(facts.link, url => link(say('link.follow'), url))
    ]
  }
}
