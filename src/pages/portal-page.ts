// The subjects' page of a tenant: what one can ask for, how it goes, and the form.

import { type Html, html } from '../archive/package/escape-html.ts'
import { authorityFor } from '../domain/authorities.ts'
import { type Policy, promiseFor } from '../domain/policy.ts'
import type { Locale } from '../domain/subject-request.ts'
import { lawName } from '../letters/words.ts'
import { type Frame, frameOf, NOTHING, renderPage } from './layout.ts'
import { redressSection } from './parts.ts'
import { type FormFault, formSection, type Offer, type Typed } from './portal-form.ts'

export interface Portal {
  readonly slug: string
  readonly policy: Policy
  readonly locale: Locale
  readonly offer: Offer
  readonly typed: Typed
  readonly faults: readonly FormFault[]
}

export function portalPage({ slug, policy, locale, offer, typed, faults }: Portal): string {
  const frame = frameOf(slug, policy, locale)
  const { say } = frame
  const title = say('portal.title', { tenant: policy.organisation.name })
  const body = html`<p>${say('portal.intro', { tenant: policy.organisation.name })}</p>
${faults.length > 0 ? formSection(frame, offer, typed, faults) : NOTHING}
<section aria-labelledby="next"><h2 id="next">${say('portal.next')}</h2>
<ol><li>${say('portal.next.confirm')}</li><li>${say('portal.next.work')}</li><li>${say('portal.next.answer')}</li></ol></section>
${timeSection(frame, policy)}
${faults.length > 0 ? NOTHING : formSection(frame, offer, typed, faults)}
${complainSection(frame, policy)}`
  return renderPage(frame, { title, body, languages: offer.locales })
}

/** The same for everybody, whatever was sent. */
export function acceptedPage(slug: string, policy: Policy, locale: Locale): string {
  const frame = frameOf(slug, policy, locale)
  const { say } = frame
  const body = html`<p>${say('accepted.text')}</p>
<p>${say('accepted.before')}</p>
<p>${say('accepted.noMail', { contact: policy.organisation.email })}</p>`
  return renderPage(frame, { title: say('accepted.title'), body })
}

/** Laws that give a month and two more (GDPR Art. 12(3)). */
const MONTH_LAWS: readonly string[] = ['eu-gdpr', 'uk-gdpr']

function timeSection({ say, locale }: Frame, policy: Policy): Html {
  const { default: regime } = policy.regimes
  const promise = promiseFor(policy, 'access')
  return html`<section aria-labelledby="time"><h2 id="time">${say('portal.time')}</h2>
<p>${MONTH_LAWS.includes(regime) ? say('portal.time.month') : say('portal.time.law', { law: lawName(regime, locale) })}</p>
${promise === undefined ? NOTHING : html`<p>${say('portal.time.promise', { days: promise })}</p>`}
</section>`
}

function complainSection({ say, locale }: Frame, { authority: iso, regimes }: Policy): Html {
  const authority = authorityFor({ iso })
  return authority === undefined
    ? NOTHING
    : redressSection({ regime: regimes.default, authority }, say('complain.title'), locale)
}
