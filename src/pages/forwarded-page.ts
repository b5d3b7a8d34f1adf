// A request as the company reads it to which it was passed on: who asks, and for what.

import { type Html, html } from '../archive/package/escape-html.ts'
import type { Details } from '../domain/subject-request.ts'
import { formatDay, rightName } from '../letters/words.ts'
import type { People } from '../storage/cases.ts'
import type { SubjectRequestRow } from '../storage/subject-requests.ts'
import { type Frame, NOTHING, renderPage } from './layout.ts'
import { quoted } from './parts.ts'

export interface PassedOn {
  readonly frame: Frame
  readonly reference: string
  readonly row: Pick<SubjectRequestRow, 'right' | 'receivedOn'>
  readonly people: People
  readonly details: Details
}

export function forwardedPage({ frame, reference, row, people, details }: PassedOn): string {
  const { say, locale, organisation } = frame
  const { subject, requester } = people
  const body = html`<p>${say('forwarded.text', { tenant: organisation.name })}</p>
<section aria-labelledby="who"><h2 id="who">${say('forwarded.who')}</h2>
<dl>${subject.name === null ? NOTHING : fact(say('form.name'), subject.name)}
${subject.email === null ? NOTHING : fact(say('form.email'), subject.email)}
${subject.identifiers.map(({ kind, value }) => fact(kind, value))}
${requester === null ? NOTHING : fact(say('forwarded.requester'), `${requester.name} <${requester.email}>`)}
</dl>
<p>${say('forwarded.proven')}</p></section>
<section aria-labelledby="what"><h2 id="what">${say('forwarded.what')}</h2>
<dl>${fact(say('status.reference'), reference)}
${fact(say('forwarded.right'), rightName(row.right, locale))}
${fact(say('status.receivedOn'), formatDay(row.receivedOn, locale))}
${(details.categories ?? []).map(category => fact(say('forwarded.category'), category))}
${details.purpose === undefined ? NOTHING : fact(say('forwarded.purpose'), details.purpose)}
${(details.changes ?? []).map(({ field, current, proposed }) => fact(field, current === undefined ? proposed : `${current} → ${proposed}`))}
</dl>
${[details.text, details.situation].map(words => (words === undefined ? NOTHING : quoted(words)))}
</section>
<p>${say('forwarded.clock')}</p>`
  return renderPage(frame, { title: say('forwarded.title'), body, reference })
}

/** After the link has run out, or a newer one took its place. */
export function forwardedNotice(frame: Frame, reference: string): string {
  const { say } = frame
  const body = html`<p>${say('forwarded.gone.text')}</p>`
  return renderPage(frame, { title: say('forwarded.gone.title'), body, reference })
}

function fact(term: string, value: string): Html {
  return html`<dt>${term}</dt><dd>${value}</dd>`
}
