// Where a case stands, for the person who follows it.

import { authorityOf } from '../actions/requests/authority-of.ts'
import { type Html, html } from '../archive/package/escape-html.ts'
import type { LocalDate } from '../domain/deadline/local-date.ts'
import { canMove } from '../domain/lifecycle.ts'
import { answerBlocks } from '../letters/letter.ts'
import type { ResponseFacts } from '../letters/response-facts.ts'
import { formatDay, rightName, stateName } from '../letters/words.ts'
import { owedOn } from '../storage/owed-days.ts'
import type { SubjectRequestRow } from '../storage/subject-requests.ts'
import type { CaseBehind } from './case-behind.ts'
import { TYPED_WORD } from './forms.ts'
import { type Frame, NOTHING, renderPage } from './layout.ts'
import { blockHtml, doneBox, errorBox, quoted, redressSection, textField, typedField } from './parts.ts'

export const MESSAGE_MAX = 5_000

export interface Following extends CaseBehind {
  /** What staff asked, by request, where an answer is waited for. */
  readonly questions: ReadonlyMap<string, string>
  /** What we answered, by request. */
  readonly answers: ReadonlyMap<string, ResponseFacts>
}

/** What was just done from this page. */
export const DONE = ['answer', 'message', 'reopening', 'withdrawal'] as const
export type Done = (typeof DONE)[number]

/** @param path  of the link, without a trailing slash */
export function statusPage(
  following: Following,
  path: string,
  { done, error }: { readonly done: Done | null; readonly error: string | null }
): string {
  const { frame, theirs, requests, requester, policy } = following
  const { say, locale } = frame
  const [first] = requests
  const body = html`${errorBox(...(error === null ? [] : [error]))}
${doneBox(done === null ? null : say(`sent.${done}`))}
<dl><dt>${say('status.reference')}</dt><dd>${theirs.reference}</dd>
${requester === null ? NOTHING : html`<dt>${say('status.requester')}</dt><dd>${requester.name} (${say(`relation.${requester.relation}`)})</dd>`}</dl>
${requests.map(row => requestSection(row, following, path))}
${requests.some(waitsUntilADay) ? html`<p><a href="${path}/calendar.ics" download>${say('status.calendar')}</a></p>` : NOTHING}
<section aria-labelledby="message"><h2 id="message">${say('message.title')}</h2>
<form method="post" action="${path}/message">
${textField({ id: 'text', name: 'text', label: say('message.label'), maxLength: MESSAGE_MAX })}
<p><button type="submit">${say('message.button')}</button></p>
</form></section>
${first === undefined ? NOTHING : redressSection(authorityOf(policy, theirs, first.regime), say('complain.title'), locale)}`
  return renderPage(frame, { title: say('status.title'), body, reference: theirs.reference })
}

/** Whether an answer is owed, by a day that is known. */
export function waitsUntilADay(row: SubjectRequestRow): boolean {
  return dayOwed(row) !== null
}

/** What is no longer owed has none, and what stands only one that goes on even so. */
function dayOwed(row: SubjectRequestRow): LocalDate | null {
  return canMove(row.state, 'withdraw', 'subject') ? owedOn(row) : null
}

/** Asks again before a request is withdrawn: pressing alone does nothing. */
export function withdrawPage(
  { frame, theirs }: CaseBehind,
  path: string,
  row: SubjectRequestRow,
  isRepeated: boolean
): string {
  const { say, locale } = frame
  const word = TYPED_WORD[locale]
  const body = html`${isRepeated ? errorBox(say('deny.error', { word })) : NOTHING}
<p><strong>${rightName(row.right, locale)}</strong></p>
<p>${say('withdraw.text')}</p>
<form method="post" action="${path}/withdrawal">
<input type="hidden" name="request" value="${row.id}">
<input type="hidden" name="asked" value="yes">
${typedField({ id: 'word', name: 'word', label: say('deny.label', { word }), hint: say('deny.word', { word }), isCode: false })}
<p><button type="submit">${say('withdraw.button')}</button></p>
</form>
<p><a href="${path}">${say('withdraw.back')}</a></p>`
  return renderPage(frame, { title: say('withdraw.title'), body, reference: theirs.reference })
}

function requestSection(row: SubjectRequestRow, { frame, questions, answers }: Following, path: string): Html {
  const { say, locale } = frame
  const id = `request-${row.id}`
  const question = questions.get(row.id)
  const answer = answers.get(row.id)
  const isOwed = canMove(row.state, 'withdraw', 'subject')
  const dueOn = dayOwed(row)
  return html`<section class="request" aria-labelledby="${id}"><h2 id="${id}">${rightName(row.right, locale)}</h2>
<dl>
<dt>${say('status.state')}</dt><dd>${stateName(row.state, locale)}</dd>
<dt>${say('status.receivedOn')}</dt><dd>${formatDay(row.receivedOn, locale)}</dd>
${dueOn === null ? NOTHING : html`<dt>${say('status.dueOn')}</dt><dd>${formatDay(dueOn, locale)}</dd>`}
<dt>${say('status.next')}</dt><dd>${say(`next.${row.state}`)}</dd>
</dl>
${isOwed && row.extendedDueOn !== null ? html`<p>${say('status.extended')}</p>` : NOTHING}
${row.pausedAt !== null ? html`<p>${say('status.paused')}</p>` : NOTHING}
${question === undefined ? NOTHING : questionForm(frame, path, row.id, question)}
${isOwed ? withdrawForm(frame, path, row.id) : NOTHING}
${answer === undefined ? NOTHING : answerSection(frame, answer)}
${canBeReopened(row) ? reopenForm(frame, path, row.id) : NOTHING}
</section>`
}

function questionForm({ say }: Frame, path: string, requestId: string, question: string): Html {
  return html`<h3>${say('question.title')}</h3>
${quoted(question)}
<form method="post" action="${path}/answer">
<input type="hidden" name="request" value="${requestId}">
${textField({ id: `answer-${requestId}`, name: 'text', label: say('question.answer'), maxLength: MESSAGE_MAX })}
<p><button type="submit">${say('question.button')}</button></p>
</form>`
}

/** Whether the person may have an answer looked at again. */
export function canBeReopened({ state, verifiedAt }: SubjectRequestRow): boolean {
  return canMove(state, 'reopen', 'subject') && verifiedAt !== null
}

function answerSection({ say, locale }: Frame, answer: ResponseFacts): Html {
  return html`<div class="answer"><h3>${say('answer.title')}</h3>
${answerBlocks(answer, locale).map(blockHtml)}
</div>`
}

function reopenForm({ say }: Frame, path: string, requestId: string): Html {
  return html`<h3>${say('reopen.title')}</h3>
<p>${say('reopen.text')}</p>
<form method="post" action="${path}/reopening">
<input type="hidden" name="request" value="${requestId}">
${textField({ id: `reopen-${requestId}`, name: 'text', label: say('reopen.label'), maxLength: MESSAGE_MAX })}
<p><button type="submit" class="quiet">${say('reopen.button')}</button></p>
</form>`
}

function withdrawForm({ say }: Frame, path: string, requestId: string): Html {
  return html`<form method="post" action="${path}/withdrawal">
<input type="hidden" name="request" value="${requestId}">
<p><button type="submit" class="quiet">${say('withdraw.button')}</button></p>
</form>`
}
