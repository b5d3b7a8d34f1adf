// Letters between receipt and answer: what to expect, what is missing, and when the date moves.

import { type Block, heading, link, paragraph, quote, rows, when } from '../blocks.ts'
import type { AlsoDue, ExtensionFacts, PauseFacts, ResumptionFacts } from '../clock-facts.ts'
import type { MessageFacts, Period, QuestionFacts, ReceiptFacts, ReopenedFacts } from '../facts.ts'
import { reasonBlocks } from '../reason.ts'
import type { Body, Tongue } from '../tongue.ts'
import { lawName } from '../words.ts'

export function verified(facts: ReceiptFacts, tongue: Tongue): Body {
  const { say, on } = tongue
  return {
    subject: say('verified.subject', { reference: facts.reference }),
    blocks: [paragraph(say('verified.text', { receivedOn: on(facts.receivedOn) })), ...whatToExpect(facts, tongue)]
  }
}

export function acknowledgement(facts: ReceiptFacts, tongue: Tongue): Body {
  const { say, on } = tongue
  return {
    subject: say('acknowledgement.subject', { reference: facts.reference }),
    blocks: [
      paragraph(say('acknowledgement.text', { receivedOn: on(facts.receivedOn) })),
      ...whatToExpect(facts, tongue)
    ]
  }
}

export function clarificationQuestion(facts: QuestionFacts, tongue: Tongue): Body {
  const { say, yourRequest } = tongue
  return {
    subject: say('clarification_question.subject', { reference: facts.reference }),
    blocks: [
      paragraph(say('clarification_question.text', { request: yourRequest(facts.right) })),
      quote(facts.question),
      link(say('clarification_question.link'), facts.link),
      paragraph(say(facts.clockStops ? 'clarification_question.clockStops' : 'clarification_question.clockRuns')),
      ...goesOnUnder(facts.alsoDue, tongue)
    ]
  }
}

export function message(facts: MessageFacts, { say }: Tongue): Body {
  return {
    subject: say('message.subject', { reference: facts.reference }),
    blocks: [paragraph(say('message.text')), quote(facts.text), link(say('message.link'), facts.link)]
  }
}

/** The notice with its reasons, due within the first period (GDPR Art. 12(3)). */
export function extension(facts: ExtensionFacts, tongue: Tongue): Body {
  const { say, on, yourRequest } = tongue
  const values = {
    request: yourRequest(facts.right),
    receivedOn: on(facts.receivedOn),
    firstDueOn: on(facts.firstDueOn),
    dueOn: on(facts.dueOn)
  }
  return {
    subject: say('extension.subject', { reference: facts.reference }),
    blocks: [
      paragraph(say('extension.text', values)),
      ...when(facts.alsoDue, ({ regime, dueOn }) =>
        paragraph(say('extension.alsoDue', { law: lawName(regime, tongue.locale), dueOn: on(dueOn) }))
      ),
      heading(say('extension.why')),
      ...reasonBlocks(facts.reasons, tongue),
      paragraph(say('extension.once')),
      ...when(facts.link, url => link(say('link.follow'), url))
    ]
  }
}

export function pauseNotice(facts: PauseFacts, tongue: Tongue): Body {
  const { say, on, yourRequest } = tongue
  return {
    subject: say('pause_notice.subject', { reference: facts.reference }),
    blocks: [
      paragraph(say('pause_notice.text', { request: yourRequest(facts.right), pausedOn: on(facts.pausedOn) })),
      heading(say('pause_notice.why')),
      ...reasonBlocks([facts.reason], tongue),
      link(say('pause_notice.link'), facts.link),
      paragraph(say('pause_notice.goesOn')),
      ...goesOnUnder(facts.alsoDue, tongue)
    ]
  }
}

export function resumptionNotice(facts: ResumptionFacts, { say, on, yourRequest }: Tongue): Body {
  const values = { request: yourRequest(facts.right), resumedOn: on(facts.resumedOn), dueOn: on(facts.dueOn) }
  return {
    subject: say('resumption_notice.subject', { reference: facts.reference }),
    blocks: [
      paragraph(say('resumption_notice.text', values)),
      ...when(facts.link, url => link(say('link.follow'), url))
    ]
  }
}

export function reopened(facts: ReopenedFacts, { say, on, yourRequest }: Tongue): Body {
  const values = { request: yourRequest(facts.right), reopenedOn: on(facts.reopenedOn), dueOn: on(facts.dueOn) }
  return {
    subject: say('reopened.subject', { reference: facts.reference }),
    blocks: [paragraph(say('reopened.text', values)), ...when(facts.link, url => link(say('link.follow'), url))]
  }
}

/** Where two laws apply, one may know nothing of a wait that stops the other. */
function goesOnUnder(alsoDue: AlsoDue | null, { say, on, locale }: Tongue): readonly Block[] {
  return when(alsoDue, ({ regime, dueOn }) =>
    paragraph(say('pause_notice.alsoDue', { law: lawName(regime, locale), dueOn: on(dueOn) }))
  )
}

/** The period from day to day, as EDPB Guidelines 01/2022, para. 57 recommend. */
function whatToExpect(facts: ReceiptFacts, tongue: Tongue): Block[] {
  const { say, right } = tongue
  return [
    heading(say('receipt.periods')),
    rows(facts.periods.map(period => [right(period.right), periodText(facts, period, tongue)])),
    paragraph(say('receipt.free')),
    ...when(facts.link, url => link(say('link.follow'), url))
  ]
}

function periodText(facts: ReceiptFacts, period: Period, tongue: Tongue): string {
  const { say, on, locale } = tongue
  const [first, second] = period.laws
  const text = withoutLaws(facts, period, tongue)
  if (first === undefined || second === undefined) return text
  const values = { firstOn: on(first.dueOn), secondOn: on(second.dueOn) }
  const names = { first: lawName(first.regime, locale), second: lawName(second.regime, locale) }
  return `${text}. ${say('receipt.laws', { ...values, ...names })}`
}

function withoutLaws({ receivedOn }: ReceiptFacts, { dueOn, targetOn }: Period, { say, on }: Tongue): string {
  if (dueOn === null) {
    return targetOn === null
      ? say('receipt.withoutDelay')
      : say('receipt.withoutDelayWithTarget', { targetOn: on(targetOn) })
  }
  const values = { receivedOn: on(receivedOn), dueOn: on(dueOn) }
  return targetOn === null
    ? say('receipt.period', values)
    : say('receipt.periodWithTarget', { ...values, targetOn: on(targetOn) })
}
