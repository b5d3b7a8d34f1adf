// "Was this you?", and the question after "no".

import { html } from '../archive/package/escape-html.ts'
import { dateIn } from '../domain/deadline/local-date.ts'
import { canMove } from '../domain/lifecycle.ts'
import { confirmLabel, dayInSentence, rejectLabel } from '../letters/words.ts'
import type { CaseBehind } from './case-behind.ts'
import { TYPED_WORD } from './forms.ts'
import { NOTHING, renderPage } from './layout.ts'
import { maskAddress } from './mask-address.ts'
import { errorBox, rightList, typedField } from './parts.ts'

/**
 * Says who asks for what and when, and to which address we wrote. Neither button does anything by being pressed alone.
 * @param path  of the link, without a trailing slash
 */
export function verifyPage(behind: CaseBehind, path: string, error: string | null): string {
  const { frame, theirs, requests, requester, policy, maskedAddress } = behind
  const { say, locale } = frame
  const waiting = requests.filter(row => canMove(row.state, 'verify', 'subject'))
  const receivedOn = dayInSentence(dateIn(policy.timeZone, theirs.receivedAt), locale)
  const asked = { tenant: policy.organisation.name, receivedOn }
  const whoAsks =
    requester === null
      ? say('verify.text', asked)
      : say(`verify.text.${requester.relation}`, {
          ...asked,
          requester: requester.name,
          address: maskAddress(requester.email)
        })
  const body = html`${errorBox(...(error === null ? [] : [error]))}
<p>${whoAsks}</p>
${rightList(
  waiting.map(row => row.right),
  locale
)}
${maskedAddress === '' ? NOTHING : html`<p>${say('verify.address', { address: maskedAddress })}</p>`}
<section aria-labelledby="yes"><h2 id="yes">${say('verify.yes')}</h2>
<p>${say('verify.yes.text')}</p>
<form method="post" action="${path}/confirmation">
${typedField({ id: 'code', name: 'code', label: say('verify.code'), hint: say('verify.code.hint'), isCode: true })}
<p><button type="submit">${confirmLabel(locale)}</button></p>
</form></section>
<section aria-labelledby="no"><h2 id="no">${say('verify.no')}</h2>
<p>${say('verify.no.text')}</p>
<form method="post" action="${path}/denial">
<p><button type="submit" class="quiet">${rejectLabel(locale)}</button></p>
</form></section>`
  return renderPage(frame, { title: say('verify.title'), body, reference: theirs.reference })
}

/** A gateway that presses every button on every page still does not type a word. */
export function denyPage({ frame, theirs, policy }: CaseBehind, path: string, isRepeated: boolean): string {
  const { say, locale } = frame
  const word = TYPED_WORD[locale]
  const body = html`${isRepeated ? errorBox(say('deny.error', { word })) : NOTHING}
<p>${say('deny.text', { tenant: policy.organisation.name })}</p>
<form method="post" action="${path}/denial">
<input type="hidden" name="asked" value="yes">
${typedField({ id: 'word', name: 'word', label: say('deny.label', { word }), hint: say('deny.word', { word }), isCode: false })}
<p><button type="submit">${say('deny.button')}</button></p>
</form>
<p><a href="${path}">${say('deny.back')}</a></p>`
  return renderPage(frame, { title: say('deny.title'), body, reference: theirs.reference })
}
