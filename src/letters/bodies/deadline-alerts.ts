// Alerts to a tenant's staff that a day comes near, is here or has passed: one for one request, or a morning's together.

import { type Block, heading, link, paragraph, rows } from '../blocks.ts'
import type { MessageKey } from '../catalogue.ts'
import type {
  AcknowledgeAlertFacts,
  DigestFacts,
  DigestItem,
  DueAlertFacts,
  MovedDatesFacts,
  MovedItem
} from '../facts.ts'
import type { Body, Tongue } from '../tongue.ts'
import { particulars } from './staff.ts'

export function dueSoon(facts: DueAlertFacts, tongue: Tongue): Body {
  const { say } = tongue
  return {
    subject: say('alert_due_soon.subject', { reference: facts.reference, days: facts.days }),
    blocks: [paragraph(say('alert_due_soon.text', { days: facts.days })), ...particulars(facts, tongue)]
  }
}

export function due(facts: DueAlertFacts, tongue: Tongue): Body {
  const { say } = tongue
  return {
    subject: say('alert_due.subject', { reference: facts.reference }),
    blocks: [paragraph(say('alert_due.text')), ...particulars(facts, tongue)]
  }
}

export function overdue(facts: DueAlertFacts, tongue: Tongue): Body {
  const { say } = tongue
  return {
    subject: say('alert_overdue.subject', { reference: facts.reference, days: facts.days }),
    blocks: [paragraph(say('alert_overdue.text', { days: facts.days })), ...particulars(facts, tongue)]
  }
}

export function acknowledge(facts: AcknowledgeAlertFacts, tongue: Tongue): Body {
  const { say, day, on } = tongue
  return {
    subject: say('alert_acknowledge.subject', { reference: facts.reference }),
    blocks: [
      paragraph(say('alert_acknowledge.text', { acknowledgeBy: on(facts.acknowledgeBy) })),
      ...particulars(facts, tongue, [[say('staff.acknowledgeBy'), day(facts.acknowledgeBy)]])
    ]
  }
}

/** Under these the requests of a morning stand, the most urgent first. */
const GROUPS: readonly { readonly heading: MessageKey; readonly holds: (days: number) => boolean }[] = [
  { heading: 'alert_digest.late', holds: days => days < 0 },
  { heading: 'alert_digest.now', holds: days => days >= 0 && days <= 1 },
  { heading: 'alert_digest.soon', holds: days => days > 1 }
]

export function digest(facts: DigestFacts, tongue: Tongue): Body {
  const { say } = tongue
  const { items, more, reference } = facts
  return {
    subject: say('alert_digest.subject', { reference, others: items.length - 1 + more }),
    blocks: [
      paragraph(say('alert_digest.text')),
      ...GROUPS.flatMap(group => {
        const held = items.filter(({ days }) => group.holds(days))
        return held.length === 0 ? [] : [heading(say(group.heading)), requestsOf(held, tongue)]
      }),
      ...(more === 0 ? [] : [paragraph(say('alert_digest.more', { more }))]),
      link(say('alert_digest.link'), facts.link)
    ]
  }
}

function requestsOf(items: readonly DigestItem[], tongue: Tongue): Block {
  return rows(items.map(item => [item.reference, described(item, tongue)]))
}

function described(item: DigestItem, { say, on, right }: Tongue): string {
  const { about, days, nextStep } = item
  const left = days < 0 ? say('alert_digest.lateBy', { days: -days }) : say('alert_digest.left', { days })
  const facts = { right: right(item.right), on: on(item.on), left }
  const due = about === 'answer' ? say('alert_digest.answer', facts) : say('alert_digest.acknowledgement', facts)
  return nextStep === null ? due : `${due} ${say(`nextStep.${nextStep}`)}`
}

/** Public holidays changed: whose dates moved, and from when to when. */
export function datesMoved(facts: MovedDatesFacts, { say, on, right }: Tongue): Body {
  const { items, more, reference } = facts
  const moved = (item: MovedItem): string =>
    say(`alert_dates_moved.${item.date}`, { right: right(item.right), from: on(item.from), to: on(item.to) })
  return {
    subject: say('alert_dates_moved.subject', { reference, others: items.length - 1 + more }),
    blocks: [
      paragraph(say('alert_dates_moved.text')),
      rows(items.map(item => [item.reference, moved(item)])),
      ...(more === 0 ? [] : [paragraph(say('alert_digest.more', { more }))]),
      link(say('alert_digest.link'), facts.link)
    ]
  }
}
