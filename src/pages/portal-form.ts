// The form for making a request: what it asks, and how what comes back is read.

import type { Submission } from '../actions/intake/receive-submission.ts'
import { type Html, html } from '../archive/package/escape-html.ts'
import { findMailbox } from '../domain/mailbox-address.ts'
import { RIGHTS, type Right } from '../domain/rights.ts'
import { LOCALES, type Locale } from '../domain/subject-request.ts'
import { rightName } from '../letters/words.ts'
import { textOf, textsOf } from './forms.ts'
import { type Frame, NOTHING } from './layout.ts'
import { errorBox } from './parts.ts'
import { type Answers, answeredUnasked, answersIn, detailsAnswered, questionField } from './right-questions.ts'
import { type PageWord, sayIn } from './words.ts'

const NAME_MAX = 200
const DETAILS_MAX = 5_000
const EMAIL_MAX = 254

/** What was typed, to be shown again when it has to be mended. */
export interface Typed {
  readonly rights: readonly string[]
  readonly name: string
  readonly email: string
  readonly country: string
  readonly details: string
  readonly answers: Answers
  readonly language: string
}

export interface Offer {
  /** Those that can be asked for. */
  readonly rights: readonly Right[]
  readonly locales: readonly Locale[]
  /** Countries, or countries and states, whose own law is kept. */
  readonly places: readonly string[]
}

export type FormFault =
  | 'form.error.rights'
  | 'form.error.right'
  | 'form.error.name'
  | 'form.error.email'
  | 'form.error.details'
  | 'form.error.unasked'

export const nothingTyped = (language: Locale): Typed => ({
  rights: [],
  name: '',
  email: '',
  country: '',
  details: '',
  answers: {},
  language
})

export function typedIn(body: unknown, fallback: Locale): Typed {
  return {
    rights: textsOf(body, 'rights'),
    name: textOf(body, 'name'),
    email: textOf(body, 'email'),
    country: textOf(body, 'country'),
    details: textOf(body, 'details').replaceAll(/\r\n?/g, '\n'),
    answers: answersIn(body),
    language: textOf(body, 'language') || fallback
  }
}

/** Everything that has to be mended, in the order of the form. */
export function faultsOf(typed: Typed, offer: Offer): FormFault[] {
  const faults: FormFault[] = []
  if (typed.rights.length === 0) faults.push('form.error.rights')
  if (typed.rights.some(right => !(offer.rights as readonly string[]).includes(right))) faults.push('form.error.right')
  if (answeredUnasked(typed.answers, typed.rights).length > 0) faults.push('form.error.unasked')
  if (typed.name.length > NAME_MAX) faults.push('form.error.name')
  if (findMailbox(typed.email) === null) faults.push('form.error.email')
  if (typed.details.length > DETAILS_MAX) faults.push('form.error.details')
  return faults
}

/** @param typed  without faults */
export function submissionOf(typed: Typed, offer: Offer): Submission {
  const rights = RIGHTS.filter(right => typed.rights.includes(right))
  const place = offer.places.includes(typed.country) ? typed.country : ''
  const [country = '', region = ''] = place.split('-')
  const text = typed.details === '' ? {} : { text: typed.details }
  return {
    rights,
    subject: {
      name: typed.name || null,
      email: typed.email,
      locale: LOCALES.find(locale => locale === typed.language) ?? null,
      country: country || null,
      region: region || null
    },
    requester: null,
    details: Object.fromEntries(rights.map(right => [right, { ...text, ...detailsAnswered(right, typed.answers) }]))
  }
}

export function formSection(frame: Frame, offer: Offer, typed: Typed, faults: readonly FormFault[]): Html {
  const { say, slug, locale } = frame
  const optional = (word: PageWord) => say('form.optional', { label: say(word) })
  const shown =
    faults.length === 0 ? [] : [say('form.error.title'), ...faults.map(fault => say(fault, { max: DETAILS_MAX }))]
  return html`<section aria-labelledby="form"><h2 id="form">${say('portal.form')}</h2>
${errorBox(...shown)}
<form method="post" action="/privacy/${slug}?language=${locale}" accept-charset="utf-8">
<fieldset><legend>${say('form.rights')}</legend>
${offer.rights.map(right => choice(right, typed, frame))}
</fieldset>
<div class="field"><label for="name">${optional('form.name')}</label>
<input type="text" id="name" name="name" autocomplete="name" maxlength="${NAME_MAX}" value="${typed.name}"></div>
<div class="field"><label for="email">${say('form.email')}</label><p class="hint" id="email-hint">${say('form.email.hint')}</p>
<input type="email" id="email" name="email" autocomplete="email" maxlength="${EMAIL_MAX}" value="${typed.email}" aria-describedby="email-hint" required></div>
${offer.places.length === 0 ? NOTHING : placeField(frame, offer.places, typed.country)}
<div class="field"><label for="details">${optional('form.details')}</label><p class="hint" id="details-hint">${say('form.details.hint')}</p>
<textarea id="details" name="details" rows="6" maxlength="${DETAILS_MAX}" aria-describedby="details-hint">${typed.details}</textarea></div>
${languageField(frame, offer.locales, typed.language)}
<p><button type="submit">${say('form.send')}</button></p>
</form>
</section>`
}

function choice(right: Right, { rights, answers }: Typed, frame: Frame): Html {
  const { say, locale } = frame
  const checked = rights.includes(right) ? html` checked` : NOTHING
  return html`<div class="choice"><input type="checkbox" id="right-${right}" name="rights" value="${right}"${checked} aria-describedby="what-${right}">
<div><label for="right-${right}">${rightName(right, locale)}</label><span class="hint" id="what-${right}">${say(`right.${right}`)}</span>${questionField(right, answers, frame)}</div></div>`
}

function placeField({ say, locale }: Frame, places: readonly string[], chosen: string): Html {
  const options = places
    .map(place => ({ place, name: placeName(place, locale) }))
    .sort((a, b) => a.name.localeCompare(b.name, locale))
    .map(({ place, name }) => option(place, name, place === chosen))
  return html`<div class="field"><label for="country">${say('form.optional', { label: say('form.country') })}</label>
<select id="country" name="country" autocomplete="off">
${[option('', say('form.country.none'), chosen === ''), ...options]}
</select></div>`
}

function languageField({ say }: Frame, locales: readonly Locale[], chosen: string): Html {
  const options = locales.map(locale => option(locale, sayIn(locale)('language.own'), locale === chosen))
  return html`<div class="field"><label for="language">${say('form.language')}</label>
<select id="language" name="language" autocomplete="off">
${options}
</select></div>`
}

function option(value: string, label: string, isChosen: boolean): Html {
  return html`<option value="${value}"${isChosen ? html` selected` : NOTHING}>${label}</option>`
}

/** A country by its name; a state by its code behind it: `United States (CA)`. */
function placeName(place: string, locale: Locale): string {
  const [country = '', region] = place.split('-')
  const name = new Intl.DisplayNames(locale, { type: 'region' }).of(country) ?? country
  return region === undefined ? name : `${name} (${region})`
}
