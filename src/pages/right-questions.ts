// What the form asks beside a right, because nothing can be done about it before that is known. No answer is an answer: staff ask.

import { type Html, html } from '../archive/package/escape-html.ts'
import { RESTRICTION_GROUNDS } from '../domain/details.ts'
import type { Right } from '../domain/rights.ts'
import type { Details } from '../domain/subject-request.ts'
import { textOf } from './forms.ts'
import { type Frame, NOTHING } from './layout.ts'
import type { PageWord } from './words.ts'

interface Answer {
  readonly value: string
  readonly label: PageWord
  readonly details: Details
}

interface Question {
  readonly label: PageWord
  readonly answers: readonly Answer[]
}

const QUESTIONS: Readonly<Partial<Record<Right, Question>>> = {
  // GDPR Art. 21(2)-(3): advertising ends without weighing, all else is weighed.
  objection: {
    label: 'ask.objection',
    answers: [
      { value: 'advertising', label: 'ask.objection.advertising', details: { directMarketing: true } },
      { value: 'other', label: 'ask.objection.other', details: { directMarketing: false } }
    ]
  },
  // GDPR Art. 18(1)(a)-(d)
  restriction: {
    label: 'ask.restriction',
    answers: RESTRICTION_GROUNDS.map(ground => ({
      value: ground,
      label: `ask.restriction.${ground}` as const,
      details: { ground }
    }))
  }
}
const ASKED = Object.keys(QUESTIONS) as Right[]

/** What was chosen, by right; empty where nothing was. */
export type Answers = Readonly<Partial<Record<Right, string>>>

export function answersIn(body: unknown): Answers {
  return Object.fromEntries(ASKED.map(right => [right, textOf(body, fieldOf(right))]))
}

/** Rights that a question was answered about without their being asked for: nobody may guess which of the two was meant. */
export function answeredUnasked(answers: Answers, rights: readonly string[]): Right[] {
  return ASKED.filter(right => answerOf(right, answers) !== undefined && !rights.includes(right))
}

export function detailsAnswered(right: Right, answers: Answers): Details {
  return answerOf(right, answers)?.details ?? {}
}

export function questionField(right: Right, answers: Answers, { say }: Frame): Html {
  const question = QUESTIONS[right]
  if (question === undefined) return NOTHING
  const chosen = answerOf(right, answers)
  const options = question.answers.map(
    ({ value, label }) =>
      html`<option value="${value}"${value === chosen?.value ? html` selected` : NOTHING}>${say(label)}</option>`
  )
  return html`<div class="field"><label for="${fieldOf(right)}">${say('form.optional', { label: say(question.label) })}</label>
<select id="${fieldOf(right)}" name="${fieldOf(right)}" autocomplete="off">
<option value="">${say('ask.none')}</option>
${options}
</select></div>`
}

const fieldOf = (right: Right) => `about-${right}`

function answerOf(right: Right, answers: Answers): Answer | undefined {
  return QUESTIONS[right]?.answers.find(({ value }) => value === answers[right])
}
