// The page behind which a package lies.

import { html } from '../archive/package/escape-html.ts'
import type { CaseBehind } from './case-behind.ts'
import { type Frame, renderPage } from './layout.ts'
import { doneBox, errorBox, typedField } from './parts.ts'

export interface Said {
  readonly done: string | null
  readonly error: string | null
}

/** @param path  of the link, without a trailing slash */
export function packagePage(
  { frame, theirs, maskedAddress: address }: CaseBehind,
  path: string,
  { done, error }: Said
): string {
  const { say } = frame
  const body = html`${errorBox(...(error === null ? [] : [error]))}
${doneBox(done)}
<p>${say('package.text', { address })}</p>
<p>${say('package.validity')}</p>
<section aria-labelledby="ask"><h2 id="ask">${say('package.step.code')}</h2>
<form method="post" action="${path}/code">
<p><button type="submit"${done === null ? html`` : html` class="quiet"`}>${say('package.button.code')}</button></p>
</form></section>
<section aria-labelledby="fetch"><h2 id="fetch">${say('package.step.download')}</h2>
<form method="post" action="${path}/download">
${typedField({ id: 'code', name: 'code', label: say('package.code'), isCode: true })}
<p><button type="submit">${say('package.button.download')}</button></p>
</form></section>
<p>${say('package.told')}</p>`
  return renderPage(frame, { title: say('package.title'), body, reference: theirs.reference })
}

/** A package that is gone, or that is not there yet. */
export function packageNotice(frame: Frame, reference: string, which: 'gone' | 'building'): string {
  const { say } = frame
  return renderPage(frame, {
    title: say(`package.${which}.title`),
    body: html`<p>${say(`package.${which}.text`)}</p>`,
    reference
  })
}
