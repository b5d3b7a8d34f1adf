// Alerts to a tenant's staff. They name a reference and a link, never a person.

import { type Block, link, paragraph, rows } from '../blocks.ts'
import type {
  AlertFacts,
  LookAgainFacts,
  MailToSortFacts,
  NewRequestFacts,
  TaskAssignedFacts,
  TaskFailedFacts,
  UndeliverableFacts,
  WebhookDisabledFacts
} from '../facts.ts'
import type { Body, Tongue } from '../tongue.ts'
import { stateName, taskName } from '../words.ts'

export function newRequest(facts: NewRequestFacts, tongue: Tongue): Body {
  const { say } = tongue
  return {
    subject: say('alert_new_request.subject', { reference: facts.reference }),
    blocks: [
      paragraph(say('alert_new_request.text')),
      ...(facts.waitsForStaff ? [paragraph(say('alert_new_request.waits'))] : []),
      ...particulars(facts, tongue)
    ]
  }
}

export function notRequested(facts: AlertFacts, tongue: Tongue): Body {
  const { say } = tongue
  return {
    subject: say('alert_not_requested.subject', { reference: facts.reference }),
    blocks: [paragraph(say('alert_not_requested.text')), ...particulars(facts, tongue)]
  }
}

export function undeliverable(facts: UndeliverableFacts, tongue: Tongue): Body {
  const { say, day } = tongue
  return {
    subject: say('alert_undeliverable.subject', { reference: facts.reference }),
    blocks: [
      paragraph(say('alert_undeliverable.text')),
      ...particulars(facts, tongue, [
        [say('staff.letter'), facts.letter],
        [say('staff.failedOn'), day(facts.failedOn)]
      ])
    ]
  }
}

export function packageFailed(facts: AlertFacts, tongue: Tongue): Body {
  const { say } = tongue
  return {
    subject: say('alert_package_failed.subject', { reference: facts.reference }),
    blocks: [paragraph(say('alert_package_failed.text')), ...particulars(facts, tongue)]
  }
}

export function canGoOn(facts: AlertFacts, tongue: Tongue): Body {
  const { say } = tongue
  return {
    subject: say('alert_can_go_on.subject', { reference: facts.reference }),
    blocks: [paragraph(say('alert_can_go_on.text')), ...particulars(facts, tongue)]
  }
}

export function lookAgain(facts: LookAgainFacts, tongue: Tongue): Body {
  const { say, day } = tongue
  return {
    subject: say('alert_look_again.subject', { reference: facts.reference }),
    blocks: [
      paragraph(say('alert_look_again.text')),
      ...particulars(facts, tongue, [[say('staff.keptBackUntil'), day(facts.until)]])
    ]
  }
}

export function mailToSort(facts: MailToSortFacts, { say, on }: Tongue): Body {
  return {
    subject: say('alert_mail_to_sort.subject', { reference: facts.reference }),
    blocks: [
      paragraph(say('alert_mail_to_sort.text', { receivedOn: on(facts.receivedOn) })),
      link(say('staff.link'), facts.link)
    ]
  }
}

export function webhookDisabled(facts: WebhookDisabledFacts, { say, on }: Tongue): Body {
  const happened =
    facts.reason === 'gone'
      ? say('alert_webhook_disabled.gone')
      : say('alert_webhook_disabled.failing', { failingSinceOn: on(facts.failingSinceOn) })
  return {
    subject: say('alert_webhook_disabled.subject', { reference: facts.reference }),
    blocks: [paragraph(happened), paragraph(say('alert_webhook_disabled.feed')), link(say('staff.link'), facts.link)]
  }
}

export function taskAssigned(facts: TaskAssignedFacts, tongue: Tongue): Body {
  const { say, locale } = tongue
  return {
    subject: say('task_assigned.subject', { reference: facts.reference, system: facts.system }),
    blocks: [
      paragraph(say('task_assigned.text')),
      ...particulars(facts, tongue, [
        [say('staff.task'), taskName(facts.task, locale)],
        [say('staff.system'), facts.system]
      ])
    ]
  }
}

export function taskFailed(facts: TaskFailedFacts, tongue: Tongue): Body {
  const { say, locale } = tongue
  return {
    subject: say('alert_task_failed.subject', { reference: facts.reference, system: facts.system }),
    blocks: [
      paragraph(say('alert_task_failed.text', { failures: facts.failures })),
      ...particulars(facts, tongue, [
        [say('staff.task'), taskName(facts.task, locale)],
        [say('staff.system'), facts.system]
      ])
    ]
  }
}

export function messageReceived(facts: AlertFacts, tongue: Tongue): Body {
  const { say } = tongue
  return {
    subject: say('alert_message_received.subject', { reference: facts.reference }),
    blocks: [paragraph(say('alert_message_received.text')), ...particulars(facts, tongue)]
  }
}

/** What every alert says of the request it is about. */
export function particulars(
  facts: AlertFacts,
  tongue: Tongue,
  more: readonly (readonly [string, string])[] = []
): Block[] {
  const { say, day, right, locale } = tongue
  return [
    rows([
      [say('staff.reference'), facts.reference],
      [say('staff.right'), right(facts.right)],
      [say('staff.state'), stateName(facts.state, locale)],
      [say('staff.receivedOn'), day(facts.receivedOn)],
      [say('staff.dueOn'), facts.dueOn === null ? say('staff.noDueOn') : day(facts.dueOn)],
      ...more
    ]),
    link(say('staff.link'), facts.link)
  ]
}
